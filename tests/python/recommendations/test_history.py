import numpy as np
import pyarrow as pa
import pytest
import strategy_oracle as oracle
from customer_insight.recommendations.history.read_history import read_history
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import Shop, shops

FIELDS = ("customer", "product", "age", "purchases", "carts", "views")


def assert_same(left, right):
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name), err_msg=name)


@given(shops(), st.integers(0, 8))
@settings(max_examples=60)
def test_a_history_before_a_day_is_what_was_read_on_that_day(shop, days):
    earlier = Shop([(c, p, age - days, *counts) for c, p, age, *counts in shop.rows if age >= days], 6, 7)
    assert_same(shop.history.before(days), earlier.history)


@given(shops(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_rows_in_any_order_and_split_make_the_same_history(shop, random):
    rows = [row for c, p, age, n, *rest in shop.rows for row in ((c, p, age, n, 0, 0), (c, p, age, 0, *rest))]
    random.shuffle(rows)
    assert_same(Shop(rows, 6, 7).history, shop.history)


@given(shops(), st.sampled_from([5, np.inf]))
@settings(max_examples=60)
def test_pairs_popularity_and_last_purchases_are_sums_over_rows(shop, half_life):
    history = shop.history
    pairs = history.pairs
    found = zip(pairs.purchases, pairs.carts, pairs.views, pairs.age, strict=True)
    keys = zip(pairs.customer.tolist(), pairs.product.tolist(), strict=True)
    assert dict(zip(keys, (list(row) for row in found), strict=True)) == shop.pairs
    expected = np.zeros((6, 7))
    for pair, tie in oracle.strength(shop, half_life).items():
        expected[pair] = tie
    np.testing.assert_allclose(history.matrix(half_life_days=half_life).toarray(), expected, atol=1e-12)
    np.testing.assert_allclose(history.popularity(half_life), oracle.popularity(shop, half_life), atol=1e-9)
    for customer in range(6):
        ages = [age for c, _, age, n, *_ in shop.seen if c == customer and n]
        assert history.last_age[customer] == min(ages, default=np.inf)
        assert history.owned[[customer]].indices.tolist() == sorted(shop.owned(customer))


def test_one_purchase_ties_with_strength_one():
    assert Shop([(0, 0, 3, 1, 0, 0)], 1, 1).history.pairs.strength.tolist() == [1]


def test_nulls_negatives_and_rows_without_anything_count_as_nothing():
    table = pa.table(
        {
            "customer_code": [5, 5, 9],
            "product_code": [0, 1, 1],
            "age_days": [-3, 2, 2],
            "purchases": pa.array([1.0, None, -4.0]),
            "carts": pa.array([None, 0.0, float("nan")]),
            "views": pa.array([float("inf"), 0.0, 2.0]),
        }
    )
    history = read_history(table, np.array([5, 9]), Shop([], 0, 2).catalogue)
    assert [getattr(history, name).tolist() for name in FIELDS] == [[0, 1], [0, 1], [0, 2], [1, 0], [0, 0], [0, 2]]


@pytest.mark.parametrize("purchases", [0, 1])
def test_views_and_carts_stand_for_purchases_only_where_no_purchase_is_known(purchases):
    history = Shop([(0, 0, 1, 0, 1, 3), (1, 1, 1, purchases, 0, 1)], 2, 2).history
    assert history.counts_views == (purchases == 0)
    assert history.demand.tolist() == ([0, 1] if purchases else [4, 1])


def unnamed(*rows):
    """Rows of people without a name: product, age, purchases, views."""
    return [(None, product, age, purchases, 0, views) for product, age, purchases, views in rows]


def test_what_people_without_a_name_bought_is_demand_and_nothing_else():
    shop = Shop([(0, 0, 10, 1, 0, 0), *unnamed((1, 0, 2, 9), (1, 10, 1, 0))], 1, 3)
    named = Shop(shop.rows[:1], 1, 3).history
    assert_same(shop.history, named)
    assert shop.history.popularity(10).tolist() == [0.5, 2.5, 0]
    assert shop.history.before(5).popularity(5).tolist() == [0.5, 0.5, 0]


@pytest.mark.parametrize(
    ("rows", "popularity"),
    [
        # customers who only looked, sales to people without a name: only sales count
        ([(0, 0, 0, 0, 0, 5), *unnamed((1, 0, 1, 0))], [0, 1]),
        # nobody bought anything: who looked counts, with a name and without
        ([(0, 0, 0, 0, 0, 5), *unnamed((1, 0, 0, 3))], [5, 3]),
        # customers bought: that others looked does not count
        ([(0, 0, 0, 1, 0, 0), *unnamed((1, 0, 0, 3))], [1, 0]),
    ],
)
def test_popularity_is_of_sales_wherever_anybody_bought(rows, popularity):
    assert Shop(rows, 1, 2).history.popularity().tolist() == popularity


@given(shops(), st.integers(0, 8))
@settings(max_examples=40)
def test_demand_before_a_day_is_what_was_known_on_that_day(shop, days):
    rows = [(None if c % 2 else c, *rest) for c, *rest in shop.rows]
    earlier = [(c, p, age - days, *counts) for c, p, age, *counts in rows if age >= days]
    if any(row[3] for row in earlier) == any(row[3] for row in rows):
        then = Shop(earlier, 6, 7).history
        if then.counts_views == Shop(rows, 6, 7).history.counts_views:
            seen = Shop(rows, 6, 7).history.before(days)
            np.testing.assert_allclose(seen.popularity(), then.popularity(), atol=1e-9)


def undated(shop, is_undated):
    """The table of a shop in which nobody knows the day of some rows."""
    age = [None if gone else row[2] for row, gone in zip(shop.rows, is_undated, strict=False)]
    return shop.table.set_column(2, "age_days", pa.array(age, pa.int64()))


@given(shops(), st.lists(st.booleans(), min_size=40, max_size=40))
@settings(max_examples=40)
def test_where_one_day_is_not_known_all_are_one_day(shop, is_undated):
    history = read_history(undated(shop, is_undated), np.arange(6), shop.catalogue)
    assert history.is_dated == (not any(is_undated[: len(shop.rows)]))
    one_day = Shop([(c, p, 0, *counts) for c, p, _, *counts in shop.rows], 6, 7)
    assert_same(history, shop.history if history.is_dated else one_day.history)
    if not history.is_dated:
        # nothing lies before any cut
        assert history.before(1).age.size == history.before(1).unnamed.age.size == 0
        np.testing.assert_array_equal(history.popularity(), history.popularity(np.inf))
