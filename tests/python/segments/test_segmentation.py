import numpy as np
import pyarrow as pa
import pytest
from customer_insight.segments import (
    customer_features,
    segment_assignment,
    segment_count,
    segment_methods,
    segment_names,
    segment_profiles,
    segmentation,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from segment_shops import blobs, name_of, shop
from threadpoolctl import threadpool_limits


@pytest.mark.parametrize(
    "centres", [[(0, 0), (9, 9)], [(0, 0), (9, 0), (0, 9)], [(0, 0), (9, 0), (0, 9), (9, 9), (4.5, 20)]]
)
def test_clear_groups_are_found_in_number_and_members(centres):
    table, labels = blobs(centres)
    learned = segmentation.run(table)
    found = np.array(learned.tables["assignments"]["segment_code"])
    assert learned.tables["segments"].num_rows == len(centres)
    assert len(set(zip(found.tolist(), labels.tolist(), strict=True))) == len(centres)
    assert np.array(learned.tables["assignments"]["silhouette"]).min() > 0.4
    assert learned.metrics["silhouette_kind"] == "exact"


def test_segments_are_numbered_by_their_total_revenue():
    table, _ = blobs([(0, 0), (9, 9), (18, 0)])
    learned = segmentation.run(table)
    means = [row["mean"] for row in learned.tables["features"].to_pylist() if row["feature"] == "gross_revenue"]
    assert means == sorted(means, reverse=True)


def test_a_shop_without_clear_groups_gets_a_readable_number():
    learned = segmentation.run(shop(800))
    assert 4 <= learned.tables["segments"].num_rows <= 8
    assert segmentation.run(shop(800), segment_count=3).tables["segments"].num_rows == 3


def test_features_are_in_original_units_and_gaps_and_constants_are_told():
    table = shop()
    learned = segmentation.run(table, segment_count=2)
    assigned = learned.tables["assignments"].sort_by("customer_code")["segment_code"]
    orders, segment = np.array(table.sort_by("customer_code")["orders"]), np.array(assigned)
    for code in (1, 2):
        rows = [row for row in learned.tables["features"].to_pylist() if row["segment_code"] == code]
        means = {row["feature"]: row for row in rows}
        assert means["orders"]["mean"] == pytest.approx(orders[segment == code].mean())
        assert (means["return_share"]["mean"], means["return_share"]["z_score"]) == (0.0, None)
        assert means["views_per_session"]["mean"] is None
    assert learned.metrics["features_left_out"] == ["return_share", "views_per_session"]
    assert learned.metrics["imputed"]["average_days_between_orders"] > 0


@pytest.mark.parametrize("size", [0, 1, 9])
def test_few_customers_are_one_segment(size):
    table = shop().slice(0, size)
    learned = segmentation.run(table)
    assert learned.tables["segments"]["segment_name"].to_pylist() == ["All customers"] * min(size, 1)
    assert learned.tables["assignments"].num_rows == size
    expected = f"There are {size} customers: they are one segment." if size else "There are no customers."
    assert learned.status == expected
    assert learned.as_rows("x").schema == segmentation.run(shop()).as_rows("x").schema


def test_equal_customers_are_one_segment():
    learned = segmentation.run(pa.table({"customer_code": np.arange(50), "orders": np.ones(50)}))
    assert learned.tables["segments"].num_rows == 1
    assert learned.status == "All customers are alike: they are one segment."
    assert learned.tables["assignments"]["silhouette"].null_count == 50


def test_more_segments_than_different_customers_are_not_made():
    table = pa.table({"customer_code": np.arange(40), "orders": np.repeat([1.0, 5.0], 20)})
    learned = segmentation.run(table, segment_count=6)
    assert learned.tables["segments"].num_rows == 2
    assert learned.status == "There are only 2 different customers, so not 6 segments."


def test_a_customer_with_two_rows_is_an_error():
    with pytest.raises(ValueError, match="one row a customer"):
        segmentation.run(pa.table({"customer_code": [1, 1], "orders": [1.0, 2.0]}))


@given(st.randoms(use_true_random=False), st.integers(0, 3))
@settings(max_examples=8)
def test_the_order_of_rows_and_columns_does_not_matter(random, seed):
    table = shop(120, seed)
    order, columns = list(range(120)), table.column_names
    random.shuffle(order)
    random.shuffle(columns)
    first = segmentation.run(table).as_rows("x")
    assert segmentation.run(table.take(order).select(columns)).as_rows("x").equals(first)


def test_the_number_of_threads_does_not_matter():
    with threadpool_limits(2):
        first = segmentation.run(shop()).as_rows("x")
    with threadpool_limits(1):
        assert segmentation.run(shop()).as_rows("x").equals(first)


@given(st.integers(0, 2**32 - 1), st.integers(2, 10))
@settings(max_examples=25)
def test_names_are_distinct_and_full(seed, count):
    random = np.random.default_rng(seed)
    table = pa.table(
        {
            "customer_code": np.arange(60),
            **{name: np.round(random.gamma(1, 2, 60)) for name in ("orders", "gross_revenue", "sessions", "new_thing")},
            "recency_days": random.choice([1.0, 50.0, np.nan, np.inf], 60),
        }
    )
    learned = segmentation.run(table, segment_count=count)
    names = learned.tables["segments"]["segment_name"].to_pylist()
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name and name[0].isupper() and "cluster" not in name.lower() for name in names)
    assert not any("nan" in text for text in learned.tables["segments"]["description"].to_pylist())
    assert sum(learned.tables["segments"]["customers"].to_pylist()) == 60


def test_names_are_true_of_the_customers():
    random = np.random.default_rng(5)
    once, often = np.full(100, 1.0), random.integers(15, 25, 100).astype(float)
    table = pa.table(
        {
            "customer_code": np.arange(200),
            "orders": np.concatenate([once, often]),
            "gross_revenue": np.concatenate([once * 20, often * 50]) + random.random(200),
            "recency_days": np.concatenate([random.integers(300, 400, 100), random.integers(0, 20, 100)]),
        }
    )
    names = segmentation.run(table).tables["segments"]["segment_name"].to_pylist()
    assert names == ["Recent frequent big spenders", "Lapsed one-time small spenders"]


def test_lapsed_and_long_standing_are_words_for_long_times():
    random = np.random.default_rng(0)
    gone = np.repeat([True, False], 50)

    def names(unit, **settings):
        columns = {
            "recency_days": np.where(gone, 20, 2) * unit + random.random(100),
            "tenure_days": np.where(gone, 25, 5) * unit + random.random(100),
            "orders": np.where(gone, 2.0, 3.0),
        }
        table = pa.table({"customer_code": np.arange(100), **columns})
        return " ".join(name_of(segmentation.run(table, segment_count=2, **settings)).values())

    assert "apsed" not in names(1)
    assert "apsed" in names(5)
    assert "apsed" not in names(5, churn_days=120)
    assert "apsed" in names(1, churn_days=15)
    young, old = (
        segment_profiles.profiles(
            customer_features.read_customer_features(pa.table({"customer_code": [0, 1, 2, 3], "tenure_days": days})),
            np.array([0, 0, 1, 1]),
        )
        for days in ([1.0, 2.0, 300.0, 310.0], [1.0, 2.0, 400.0, 410.0])
    )
    assert segment_names.is_true("Average buyers", young, 1)
    assert not segment_names.is_true("Long-standing buyers", young, 1)
    assert segment_names.is_true("Long-standing buyers", old, 1)


def test_long_tails_are_shortened_whatever_the_unit():
    money = np.random.default_rng(1).lognormal(3, 2, 1000)
    short, *_ = customer_features.shortened(money)
    assert abs(customer_features.skewness(short)) < 2 < customer_features.skewness(money)
    assert np.allclose(short, customer_features.shortened(money * 100)[0])


def test_blocks_and_samples_cover_every_customer(monkeypatch):
    monkeypatch.setitem(segment_methods.FIT_SAMPLES, "kmeans", 100)
    for module in (segment_assignment, segment_count):
        monkeypatch.setattr(module, "SILHOUETTE_SAMPLE", 80)
    monkeypatch.setattr(segment_assignment, "_BLOCK_ROWS", 33)
    table, labels = blobs([(0, 0), (9, 0), (0, 9), (9, 9)])
    learned = segmentation.run(table)
    found = learned.tables["assignments"]["segment_code"].to_pylist()
    assert len(set(zip(found, labels.tolist(), strict=True))) == 4
    assert learned.metrics["silhouette_kind"] == "simplified"
    assert learned.metrics["customers_fitted"] == 100
