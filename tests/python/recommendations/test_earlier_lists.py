"""Lists of the past: what recommendations would have said the day before, of what was shown, and nothing later."""

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations import earlier_lists
from customer_insight.recommendations.proposing.strategy_registry import BLENDED
from shops import random_shop
from test_customer_recommendations import choice_of, products_of

CUSTOMERS, PRODUCTS = 60, 15
SHOP = random_shop(CUSTOMERS, PRODUCTS, days=120, rows=1_500)
VECTORS = pa.table({"product_code": pa.array([], pa.int64()), "vector": pa.array([], pa.list_(pa.float64()))})
CANDIDATES = pa.table({"occasion_code": [1, 1, 1, 2, 2], "product_code": [2, 5, 9, 0, 9]})


def interactions(rows):
    names = ("customer_code", "product_code", "age_days", "purchases", "carts", "views")
    return pa.table(
        {name: pa.array(values, pa.int64()) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    )


def asked(ages):
    return pa.table(
        {
            "occasion_code": np.repeat(list(ages), CUSTOMERS),
            "customer_code": np.tile(np.arange(CUSTOMERS), len(ages)),
            "context_age_days": np.repeat(list(ages.values()), CUSTOMERS),
        }
    )


def lists(rows, ages, strategy="item_based"):
    return earlier_lists.run(
        interactions(rows), products_of(SHOP), choice_of(strategy), VECTORS, asked(ages), CANDIDATES
    )


@pytest.fixture(scope="module")
def found():
    return lists(SHOP.rows, {1: 20, 2: 40})


def test_only_what_was_shown_is_listed_each_once(found):
    rows = found.tables["lists"].to_pylist()
    shown = {(1, 2), (1, 5), (1, 9), (2, 0), (2, 9)}
    assert {(row["occasion_code"], row["product_code"]) for row in rows} == shown
    ranks, products = defaultdict(list), defaultdict(set)
    for row in rows:
        ranks[row["occasion_code"], row["customer_code"]].append(row["list_rank"])
        products[row["occasion_code"], row["customer_code"]].add(row["product_code"])
    assert all(each == list(range(1, len(each) + 1)) for each in ranks.values())
    assert {key: len(each) for key, each in products.items()} == {key: len(each) for key, each in ranks.items()}
    assert found.status == "ok"


def test_nothing_of_the_day_and_after_it_is_known(found):
    """At an age of 20 days a row of that day or later changes nothing; one of the day before does."""
    later = [*SHOP.rows, *((customer, 9, 20 - customer % 21, 50, 0, 0) for customer in range(CUSTOMERS))]
    same = lists(later, {1: 20, 2: 40})
    assert same.tables["lists"].equals(found.tables["lists"])
    before = [*SHOP.rows, *((customer, 9, 21, 50, 0, 0) for customer in range(CUSTOMERS))]
    assert not lists(before, {1: 20, 2: 40}).tables["lists"].equals(found.tables["lists"])


def test_a_blend_knows_nothing_later_either():
    later = [*SHOP.rows, *((customer, 9, 20 - customer % 21, 50, 0, 0) for customer in range(CUSTOMERS))]
    one, other = (lists(rows, {1: 20, 2: 40}, BLENDED) for rows in (SHOP.rows, later))
    assert one.tables["lists"].equals(other.tables["lists"])
    assert one.parameters["strategy"] == ["blended"]


def test_of_many_days_the_latest_are_looked_at():
    step = lists(SHOP.rows, {place: 10 * place for place in range(1, 9)})
    assert step.metrics["moments"] == earlier_lists.MOST_MOMENTS
    assert set(step.tables["lists"]["occasion_code"].to_pylist()) <= set(range(1, 7))


def test_nothing_asked_says_so():
    step = lists(SHOP.rows, {})
    assert step.tables["lists"].num_rows == 0
    assert step.status.startswith("Nothing was shown in a campaign")


def test_rows_in_another_order_are_the_same_lists(found):
    at = np.random.default_rng(1).permutation(len(SHOP.rows))
    other = lists([SHOP.rows[each] for each in at], {2: 40, 1: 20})
    assert sorted(map(str, other.tables["lists"].to_pylist())) == sorted(map(str, found.tables["lists"].to_pylist()))
    assert other.input_fingerprint == found.input_fingerprint
