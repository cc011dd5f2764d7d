"""Segments keep their number and name from one as_of to the next."""

from itertools import permutations

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.segments import customer_features, segment_identity, segmentation
from hypothesis import given, settings
from hypothesis import strategies as st
from segment_shops import blobs, name_of, remembered, segment_of, shop
from sklearn.metrics import adjusted_rand_score

SQUARE = [(0, 0), (9, 0), (0, 9), (9, 9)]


def test_without_an_earlier_run_segments_are_numbered_from_one_and_new():
    table, _ = blobs(SQUARE)
    learned = segmentation.run(table)
    assert sorted(name_of(learned)) == [1, 2, 3, 4]
    assert learned.tables["segments"]["is_new"].to_pylist() == [True] * 4
    empty = remembered(learned).slice(0, 0)
    assert segmentation.run(table, empty).as_rows("x").equals(learned.as_rows("x"))


def test_customers_of_the_same_kind_keep_their_segment_when_others_spend_more():
    table, _ = blobs(SQUARE)
    first = segmentation.run(table)
    # the second group now spends most: numbering afresh would give it number 1
    second_table, _ = blobs([(0, 0), (12, 0), (0, 9), (9, 9)], seed=1)
    second = segmentation.run(second_table, remembered(first))
    assert segment_of(second) == segment_of(first)
    assert name_of(second) == name_of(first)
    assert second.metrics["segments_kept"] == 4
    assert segment_of(segmentation.run(second_table)) != segment_of(first)


def test_a_group_that_is_gone_leaves_its_number_and_a_group_that_came_gets_one_never_used():
    table, labels = blobs(SQUARE)
    first = segmentation.run(table)
    gone = segment_of(first)[0]
    moved, _ = blobs([(4.5, 4.5), (9, 0), (0, 9), (9, 9)], seed=1)
    second = segmentation.run(moved, remembered(first, next_code=17))
    assert set(name_of(second)) == (set(name_of(first)) - {gone}) | {17}
    came = {code for customer, code in segment_of(second).items() if labels[customer // 7] == 0}
    assert came == {17}
    assert name_of(second)[17].casefold() not in {name.casefold() for name in name_of(first).values()}


def test_one_more_group_leaves_the_others_what_they_were():
    first = segmentation.run(blobs(SQUARE)[0])
    second = segmentation.run(blobs([*SQUARE, (4.5, 20)], seed=1)[0], remembered(first))
    assert second.metrics["segments"] == 5
    assert set(name_of(second)) == {1, 2, 3, 4, 5}
    before, now = segment_of(first), segment_of(second)
    assert all(now[customer] == before[customer] for customer in before)


def test_a_name_that_has_become_untrue_is_another_segment():
    random = np.random.default_rng(3)

    def customers(recency):
        return pa.table(
            {
                "customer_code": np.arange(200),
                "orders": np.concatenate([np.full(100, 1.0), random.integers(15, 25, 100)]),
                "gross_revenue": np.concatenate([np.full(100, 20.0), np.full(100, 900.0)]) + random.random(200),
                "recency_days": random.integers(0, 20, 200) + np.repeat(recency, 100).astype(float),
            }
        )

    first = segmentation.run(customers([300, 0]), segment_count=2)
    assert sorted(name_of(first).values()) == ["Lapsed one-time small spenders", "Recent frequent big spenders"]
    alike = segmentation.run(customers([290, 5]), remembered(first), segment_count=2)
    assert name_of(alike) == name_of(first)
    turned = segmentation.run(customers([0, 300]), remembered(first), segment_count=2)
    assert set(name_of(turned)) == {3, 4}
    assert not set(name_of(turned).values()) & set(name_of(first).values())


def test_other_features_than_before_are_compared_in_what_both_have():
    table, _ = blobs(SQUARE)
    first = segmentation.run(table)
    more = table.append_column("new_feature", pa.array(np.random.default_rng(0).random(table.num_rows)))
    assert segment_of(segmentation.run(more, remembered(first), segment_count=4)) == segment_of(first)
    other = table.rename_columns(["customer_code", "a", "b"])
    unlike = segmentation.run(other, remembered(first))
    assert min(name_of(unlike)) == 5


@pytest.mark.parametrize("method", ["kmeans", "hierarchical", "density"])
@pytest.mark.parametrize("earlier_method", ["kmeans", "density"])
def test_another_method_than_before_finds_the_same_segments_again(method, earlier_method):
    table, labels = blobs(SQUARE)
    first = segmentation.run(table, segment_method=earlier_method)
    second = segmentation.run(table, remembered(first), segment_method=method)
    assert segment_of(second) == segment_of(first)
    assert adjusted_rand_score(labels, list(segment_of(second).values())) == 1


def test_everybody_stays_in_the_only_segment_and_that_ends_with_it():
    few, many = shop(9), shop(300)
    first = segmentation.run(few)
    assert name_of(segmentation.run(shop(8), remembered(first))) == {1: "All customers"}
    grown = segmentation.run(many, remembered(first))
    assert "All customers" not in name_of(grown).values()
    assert 1 not in name_of(grown)
    shrunk = segmentation.run(few, remembered(grown))
    assert name_of(shrunk) == {max(name_of(grown)) + 1: "All customers"}


@given(st.integers(0, 1000), st.sampled_from(["kmeans", "hierarchical", "density"]))
@settings(max_examples=12)
def test_a_repeated_run_gives_the_same_rows_and_ids_are_never_given_twice(seed, method):
    random = np.random.default_rng(seed)
    given_codes: set[int] = set()
    earlier, before = None, set()
    for _ in range(3):
        table = shop(int(random.integers(1, 90)), int(random.integers(0, 1000)))
        learned = segmentation.run(table, earlier, segment_method=method)
        assert segmentation.run(table, earlier, segment_method=method).as_rows("x").equals(learned.as_rows("x"))
        now = set(name_of(learned))
        assert not (now - before) & given_codes
        assert len({name.casefold() for name in name_of(learned).values()}) == len(now)
        kept = [row["segment_code"] for row in learned.tables["segments"].to_pylist() if not row["is_new"]]
        assert set(kept) == now & before
        given_codes |= now
        earlier, before = remembered(learned, max(given_codes) + 1), now


@given(st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_other_numbers_for_the_same_customers_give_the_same_segments(random):
    table, _ = blobs(SQUARE)
    earlier = remembered(segmentation.run(blobs(SQUARE, seed=5)[0]))
    codes = list(range(table.num_rows))
    random.shuffle(codes)
    renumbered = segmentation.run(table.set_column(0, "customer_code", pa.array(codes)), earlier)
    by_place = segment_of(renumbered)
    assert [by_place[code] for code in codes] == list(segment_of(segmentation.run(table, earlier)).values())


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=60)
def test_the_assignment_is_the_best_of_all(count, earlier_count, seed):
    random = np.random.default_rng(seed)
    centres, earlier = random.normal(0, 1, (count, 2)), random.normal(0, 1, (earlier_count, 2))
    found = segment_identity.matches(centres, earlier)
    kept = found[found >= 0]
    assert len(set(kept.tolist())) == len(kept)
    if earlier_count == 1:
        assert len(kept) == 1
        return
    gaps = np.sqrt(((centres[:, None] - earlier) ** 2).sum(axis=2))
    between = np.sqrt(((earlier[:, None] - earlier) ** 2).sum(axis=2)) + np.diag(np.full(earlier_count, np.inf))
    costs = np.minimum(gaps / (0.5 * between.min(axis=1)), 1)
    short, long = sorted((count, earlier_count))
    table = costs if count <= earlier_count else costs.T
    best = min(sum(table[at, place] for at, place in enumerate(order)) for order in permutations(range(long), short))
    ours = sum(costs[at, match] for at, match in enumerate(found) if match >= 0) + short - len(kept)
    assert ours == pytest.approx(best, abs=1e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_scaling_and_back_is_where_it_began(seed):
    random = np.random.default_rng(seed)
    values = random.choice([-1, 1]) * random.gamma(0.5, 10.0 ** random.integers(-3, 6), 100)
    scale = customer_features.scale_of(values)
    inside = np.abs(scale.scaled(values)) < customer_features.CLIP
    assert scale.original(scale.scaled(values))[inside] == pytest.approx(values[inside], rel=1e-6)
