"""How many segments, by which method, and which customers are in them."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.segments import segment_assignment, segment_count, segment_methods, segmentation
from scipy.cluster import hierarchy
from segment_shops import blobs, name_of, segment_of, shop
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

CENTRES = [(0, 0), (9, 0), (0, 9), (9, 9), (4.5, 20)]
METHODS = ["kmeans", "hierarchical", "density"]


def fits(by_count):
    """Centres as a method would give them: those prepared for each count."""
    return lambda rows, counts: {count: np.asarray(by_count[count]) for count in counts if count in by_count}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_clear_groups(method):
    table, labels = blobs(CENTRES)
    learned = segmentation.run(table, segment_method=method)
    assert adjusted_rand_score(labels, list(segment_of(learned).values())) == 1
    assert learned.status == "ok"


@pytest.mark.parametrize("method", METHODS)
def test_customers_outside_of_the_sample_are_assigned(method, monkeypatch):
    monkeypatch.setitem(segment_methods.FIT_SAMPLES, method, 150)
    table, labels = blobs(CENTRES)
    learned = segmentation.run(table, segment_method=method)
    assert learned.metrics["customers_fitted"] == 150
    assert adjusted_rand_score(labels, list(segment_of(learned).values())) == 1


def test_hierarchical_is_ward_with_everybody_at_the_nearest_centre():
    rows = np.random.default_rng(1).normal(size=(120, 3))
    centres = segment_methods.ward_centres(rows, [4])[4]
    peer = AgglomerativeClustering(4, linkage="ward").fit_predict(rows)
    theirs = sorted(tuple(np.round(rows[peer == label].mean(axis=0), 9)) for label in range(4))
    assert sorted(tuple(np.round(centre, 9)) for centre in centres) == theirs


def test_equal_customers_make_no_more_merges_than_there_are_kinds():
    rows = np.repeat([[0.0, 0.0], [1.0, 0.0], [5.0, 5.0]], 10, axis=0)
    assert hierarchy.linkage(rows, "ward")[:, 2].max() > 0
    assert sorted(segment_methods.ward_centres(rows, range(2, 8))) == [2, 3]


def test_dense_regions_of_any_shape_are_found_and_the_rest_goes_to_the_nearest():
    random = np.random.default_rng(2)
    angle = random.random(400) * 2 * np.pi
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * 8 + random.normal(0, 0.2, (400, 2))
    core, stray = random.normal(0, 0.4, (200, 2)), np.array([[30.0, 0.0]])
    points = np.vstack([ring, core, stray])
    table = pa.table({"customer_code": np.arange(601), "a": points[:, 0], "b": points[:, 1]})
    learned = segmentation.run(table, segment_method="density")
    found = np.array(list(segment_of(learned).values()))
    assert learned.metrics["segments"] == 2
    assert len(set(found[:400])) == len(set(found[400:600])) == 1
    assert 0 < learned.metrics["noise_share"] < 0.1
    assert found[600] == found[0]


def test_without_two_dense_regions_there_is_one_segment_and_the_status_says_so():
    random = np.random.default_rng(3)
    table = pa.table({"customer_code": np.arange(50), "a": random.normal(size=50), "b": random.normal(size=50)})
    learned = segmentation.run(table, segment_method="density")
    assert name_of(learned) == {1: "All customers"}
    assert learned.status == "There are no two dense regions: all customers are one segment."


def test_dense_regions_are_as_many_as_there_are():
    table, _ = blobs(CENTRES)
    learned = segmentation.run(table, segment_method="density", segment_count=3)
    assert learned.metrics["segments"] == 5
    assert learned.status == "There are 5 dense regions, so not 3 segments."


def test_a_word_for_another_method_is_an_error():
    with pytest.raises(ValueError, match="segment_method: expected one of kmeans, hierarchical, density"):
        segmentation.run(shop(50), segment_method="mode")


class TestTheNumber:
    rows = np.random.default_rng(4).normal(size=(400, 2))
    kmeans = staticmethod(segment_methods.kmeans_centres)

    def chosen(self, monkeypatch, silhouettes, stability, earlier=None):
        """The number that these silhouettes and stabilities lead to."""
        monkeypatch.setattr(segment_count, "_silhouettes", lambda *_: (silhouettes, set()))
        monkeypatch.setattr(segment_count, "stabilities", lambda rows, centres, _: {c: stability[c] for c in centres})
        prepared = fits({count: self.rows[:count] for count in silhouettes})
        return segment_count.choose(self.rows, 8, prepared, prepared, earlier).count

    def test_the_fewest_segments_within_five_percent_of_the_best_are_taken(self, monkeypatch):
        stable = dict.fromkeys(range(2, 9), 0.9)
        assert self.chosen(monkeypatch, {2: 0.4, 4: 0.20, 5: 0.192, 6: 0.21}, stable) == 4
        assert self.chosen(monkeypatch, {2: 0.4, 4: 0.19, 5: 0.205, 6: 0.21}, stable) == 5

    def test_unstable_numbers_are_passed_over_while_there_are_others(self, monkeypatch):
        silhouettes = {4: 0.21, 5: 0.2, 6: 0.205}
        assert self.chosen(monkeypatch, silhouettes, {4: 0.7, 5: 0.9, 6: 0.95}) == 5
        assert self.chosen(monkeypatch, silhouettes, {4: 0.7, 5: 0.6, 6: 0.5}) == 4

    def test_a_clear_structure_decides_for_itself(self, monkeypatch):
        stable = dict.fromkeys(range(2, 9), 0.9)
        assert self.chosen(monkeypatch, {2: 0.52, 3: 0.7, 4: 0.69}, stable) == 3

    def test_the_earlier_number_stays_while_it_is_nearly_as_good(self, monkeypatch):
        stable = dict.fromkeys(range(2, 9), 0.9)
        silhouettes = {4: 0.20, 5: 0.185, 6: 0.21, 7: 0.192}
        assert self.chosen(monkeypatch, silhouettes, stable, earlier=7) == 7
        assert self.chosen(monkeypatch, silhouettes, stable, earlier=5) == 4
        assert self.chosen(monkeypatch, silhouettes, stable, earlier=12) == 4

    def test_stability_is_one_for_clear_groups_and_low_for_too_many(self):
        table, _ = blobs(CENTRES, size=80)
        rows = np.column_stack([table["gross_revenue"], table["orders"]])
        centres = self.kmeans(rows, [5, 9])
        stability = segment_count.stabilities(rows, centres, segment_methods.quick_kmeans_centres)
        assert stability[5] == 1
        assert stability[9] < 0.9


def test_a_warm_start_stays_only_where_it_is_as_tight():
    rows = np.vstack([np.random.default_rng(5).normal(centre, 0.3, (50, 2)) for centre in CENTRES[:4]])
    fresh, _ = segment_methods.kmeans(rows, 4, 10)
    centres, is_warm = segment_methods.kmeans_from(rows, fresh[::-1] + 0.1, 4)
    assert is_warm
    assert centres == pytest.approx(fresh[::-1])
    bad = np.array([[-0.3, 0.0], [0.3, 0.0], [9.0, 4.5], [0.0, 9.0]])  # two for one group, one for two
    again, is_warm = segment_methods.kmeans_from(rows, bad, 4)
    assert not is_warm
    assert again == pytest.approx(fresh)


def test_every_customer_is_at_the_nearest_centre():
    random = np.random.default_rng(6)
    rows, centres = random.normal(size=(500, 4)), random.normal(size=(7, 4))
    gaps = np.linalg.norm(rows[:, None] - centres, axis=2)
    assigned = segment_assignment.to_centres(rows, centres)
    assert assigned.segment.tolist() == gaps.argmin(axis=1).tolist()
    assert assigned.distance == pytest.approx(gaps.min(axis=1))
    two = np.sort(gaps, axis=1)[:, :2]
    assert assigned.silhouette == pytest.approx((two[:, 1] - two[:, 0]) / two[:, 1])
