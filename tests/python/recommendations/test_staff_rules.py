"""Lists that follow what staff wants: laws of each action, held against lists without a rule."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations import customer_recommendations
from customer_insight.recommendations.proposing.candidates import Candidates, weighed
from customer_insight.recommendations.proposing.staff_rules import StaffWishes, is_pinned, unweighed
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, STRATEGIES
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import bought, random_shop, shops
from test_customer_recommendations import (
    LIMIT,
    choice_of,
    customers_of,
    filters_of,
    lists_of,
    products_of,
    rows_of,
    small_shop,
)

COLUMNS = ("product_code", "action", "place", "factor", "group_code", "segment_code")
TYPES = (pa.int64(), pa.string(), pa.int32(), pa.float64(), pa.int32(), pa.int32())


def rules_of(*rules, group=0, segment=None):
    """(product, never), (product, pin, place) or (product, boost or bury, factor), as SQL hands them on."""
    rows = [
        (product, action, *((number, None) if action == "pin" else (None, number)), group, segment)
        for product, action, number in ((*rule, None)[:3] for rule in rules)
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    return pa.table(dict(zip(COLUMNS, (pa.array(*each) for each in zip(columns, TYPES, strict=True)), strict=True)))


def members(**groups):
    return pa.table(
        {
            "customer_code": pa.array([int(name[1:]) for name in groups], pa.int64()),
            "group_code": pa.array(list(groups.values()), pa.int32()),
        }
    )


def served(shop, rules=None, strategy="item_based", of=None, customers=None, filters=None, **wanted):
    return customer_recommendations.run(
        shop.table,
        products_of(shop),
        customers_of(shop) if customers is None else customers,
        choice_of(strategy),
        filters,
        None,
        rules,
        of,
        **{"recommendations_per_customer": LIMIT} | wanted,
    )


def placed(others, pins, limit):
    """By hand: pins (product: place, ascending) in their places, the others in the free ones."""
    found, others = [], [product for product in others if product not in pins]
    pins = dict(pins)
    while others or pins:
        product = next((each for each, place in pins.items() if place <= len(found) + 1), None)
        if product is None:
            product = others.pop(0) if others else next(iter(pins))
        pins.pop(product, None)
        found.append(product)
    return found[:limit]


@pytest.mark.parametrize("strategy", [*STRATEGIES, BLENDED])
@settings(max_examples=6)
@given(shop=shops(), product=st.integers(0, 6))
def test_what_is_kept_out_is_in_no_list_and_lists_are_as_full_as_in_a_shop_that_lacks_it(strategy, shop, product):
    lists = lists_of(served(shop, rules_of((product, "never")), strategy))
    without = lists_of(served(replace(shop, unavailable=shop.unavailable | {product}), None, strategy))
    assert all(product not in found for found in lists.values())
    assert {customer: len(found) for customer, found in lists.items()} == {c: len(f) for c, f in without.items()}


def test_the_next_best_takes_the_place_of_what_is_kept_out():
    shop = small_shop()
    longer = lists_of(served(shop, recommendations_per_customer=LIMIT + 2))
    lists = lists_of(served(shop, rules_of((0, "never"), (2, "never"))))
    assert any({0, 2} & set(found[:LIMIT]) for found in longer.values())
    assert lists == {c: [p for p in found if p not in {0, 2}][:LIMIT] for c, found in longer.items()}


@pytest.mark.parametrize("strategy", ["item_based", "ease", "personal_frequency", "up_cf"])
@settings(max_examples=8)
@given(shop=shops(), factors=st.dictionaries(st.integers(0, 6), st.sampled_from([0.25, 0.5, 2.0, 8.0]), max_size=4))
def test_a_score_counts_factor_times_before_lists_are_ranked_and_is_shown_as_it_is(strategy, shop, factors):
    whole = rows_of(served(shop, None, strategy, recommendations_per_customer=shop.products))
    rules = rules_of(*((product, "boost" if factor > 1 else "bury", factor) for product, factor in factors.items()))
    rows = rows_of(served(shop, rules, strategy))
    shown = {(row["customer_code"], row["product_code"]): row["score"] for row in rows}
    expected = {}
    for row in whole:
        factor = factors.get(row["product_code"], 1.0)
        score = row["score"] * factor if row["score"] > 0 else row["score"] / factor
        key = (row["strategy"] == "popular", -score, row["product_code"])
        expected.setdefault(row["customer_code"], []).append((key, row["product_code"], row["score"]))
    for customer, found in expected.items():
        best = [(product, score) for _, product, score in sorted(found)[:LIMIT]]
        assert lists_of_rows(rows)[customer] == [product for product, _ in best]
        assert [shown[customer, product] for product, _ in best] == pytest.approx(
            [score for _, score in best], abs=2e-9
        )


def lists_of_rows(rows):
    found = {}
    for row in rows:
        found.setdefault(row["customer_code"], []).append(row["product_code"])
    return found


@pytest.mark.parametrize("strategy", ["item_based", "popular", "ease", BLENDED])
@settings(max_examples=8)
@given(
    shop=shops(),
    products=st.lists(st.integers(0, 6), unique=True, max_size=3),
    places=st.sets(st.integers(1, LIMIT), min_size=3, max_size=3),
)
def test_what_is_pinned_has_its_place_and_the_others_move_down(strategy, shop, products, places):
    pins = {p: place for p, place in zip(products, sorted(places), strict=False) if p not in shop.unavailable}
    longer = lists_of(served(shop, None, strategy, recommendations_per_customer=LIMIT + 3))
    rows = rows_of(served(shop, rules_of(*((p, "pin", place) for p, place in pins.items())), strategy))
    for customer in range(shop.customers):
        assert lists_of_rows(rows).get(customer, []) == placed(longer.get(customer, []), pins, LIMIT)
    for row in rows:
        assert (row["strategy"] == "staff") == (row["product_code"] in pins)


def test_a_pin_gives_nobody_what_a_filter_forbids():
    shop = replace(small_shop(), unavailable=frozenset({7}))
    rules = rules_of((0, "pin", 1), (7, "pin", 2))
    lists = lists_of(served(shop, rules, recommend_repurchase=False))
    assert {bool(0 in shop.owned(customer)) for customer in range(shop.customers)} == {True, False}
    for customer, found in lists.items():
        assert 7 not in found
        assert (found[0] == 0) == (0 not in shop.owned(customer)) == (0 in found)
    # the pins are all that a category has room for
    lists = lists_of(served(shop, rules_of((0, "pin", 2)), filters=filters_of(category_limit=1)))
    assert all(found[1] == 0 and [product % 2 for product in found] == [1, 0] for found in lists.values())


def test_rules_of_a_group_are_for_its_members_alone():
    shop = small_shop()
    before, of = lists_of(served(shop)), members(c3=1, c8=1, c9=2)
    both = pa.concat_tables([rules_of((0, "never"), (11, "pin", 1), group=1), rules_of((1, "boost", 99.0), group=2)])
    after = lists_of(served(shop, both, of=of))
    assert {c for c in before if before[c] != after[c]} <= {3, 8, 9}
    for customer in (3, 8):
        assert after[customer][0] == 11
        assert 0 not in after[customer]
    assert after[9][0] == 1


def test_a_probability_is_that_of_the_strategys_own_list_or_none():
    shop = random_shop(300, 30, days=240)
    own = {(row["customer_code"], row["product_code"]): row for row in rows_of(served(shop))}
    rows = rows_of(
        served(shop, rules_of((29, "pin", 2), (4, "boost", 3.0), *((p, "bury", 1e-6) for p in (0, 1, 2, 3))))
    )
    assert any(row["purchase_probability"] for row in rows)
    kinds = set()
    for row in rows:
        theirs = own.get((row["customer_code"], row["product_code"]))
        kinds.add((row["product_code"] in (29, 4, 0, 1, 2, 3), theirs is not None))
        if theirs:
            assert row["purchase_probability"] == theirs["purchase_probability"]
            assert row["score"] == theirs["score"]
        elif row["product_code"] in (29, 4):
            assert row["purchase_probability"] is None
            assert (row["score"] is None) == (row["product_code"] == 29)
        else:
            assert row["purchase_probability"] is not None
    assert kinds == {(True, True), (True, False), (False, True), (False, False)}


def test_newcomers_lists_follow_too():
    shop = small_shop(newcomers=2)
    newcomer, other = shop.customers - 2, shop.customers - 1
    customers = customers_of(shop, [7] * (shop.customers - 1) + [None])
    best = lists_of(served(shop, None, customers=customers, recommendations_per_customer=12))[newcomer]
    rules = rules_of((best[0], "never"), (best[5], "boost", 1e6), (best[-1], "pin", 2), group=1, segment=7)
    rows = rows_of(served(shop, rules, customers=customers, of=members(**{f"c{newcomer}": 1})))
    theirs = [row for row in rows if row["customer_code"] == newcomer]
    assert [row["product_code"] for row in theirs] == [best[5], best[-1], best[1], best[2]]
    assert [row["strategy"] for row in theirs] == ["popular_in_segment", "staff", *["popular_in_segment"] * 2]
    assert all(0 < row["score"] <= 1 for row in theirs if row["strategy"] != "staff")
    assert best[0] in lists_of_rows(rows)[other] or best[0] != lists_of(served(shop, customers=customers))[other][0]


def test_popular_products_are_demand_as_it_is_without_what_is_kept_out():
    shop = bought((0, 0, 0), (1, 0, 1), (1, 1, 0), (2, 2, 0))
    customers = customers_of(shop, [7, 7, 8])
    of_seven = rules_of((0, "never"), (1, "bury", 0.1), group=1, segment=7)

    def popular(rules):
        learned = served(shop, rules, customers=customers, min_group_size=1)
        return [
            (row["segment_code"], row["product_code"], row["score"]) for row in learned.tables["popular"].to_pylist()
        ]

    before = popular(None)
    assert popular(rules_of((1, "boost", 9.0), (2, "pin", 1))) == before
    assert popular(of_seven) == [row for row in before if row[:2] != (7, 0)]
    # what is said of segment 7 has in it what is said of everyone; 8 is named by no rule
    both = pa.concat_tables([of_seven, rules_of((2, "never"))])
    assert popular(both) == [row for row in before if row[:2] not in {(7, 0), (None, 2), (8, 2)}]


def test_without_a_rule_nothing_changes_and_a_rule_is_another_run():
    shop = small_shop()
    plain, none, some = (served(shop, rules) for rules in (None, rules_of(), rules_of((0, "never"))))
    assert plain.as_rows("x").equals(none.as_rows("x"))
    assert plain.run_id("x") != some.run_id("x")
    assert some.run_id("x") == served(shop, rules_of((0, "never"))).run_id("x")


def test_a_shop_that_keeps_everything_out_has_empty_lists_and_says_why():
    shop = small_shop()
    learned = served(shop, rules_of(*((product, "never") for product in range(shop.products))))
    assert rows_of(learned) == []
    assert learned.status == "Staff rules keep out every product that can be recommended."


@given(
    lengths=st.lists(st.integers(0, 6), min_size=1, max_size=4),
    places=st.sets(st.integers(1, 8), max_size=3),
    data=st.data(),
)
def test_places_are_those_found_by_hand(lengths, places, data):
    pinned, places = np.arange(90, 90 + len(places)), np.array(sorted(places), dtype=np.int64)
    wishes = StaffWishes(np.ones(100, np.bool_), np.ones(100), pinned, places)
    customer = np.repeat(np.arange(len(lengths)), lengths)
    lists = Candidates(
        customer, np.concatenate([np.arange(n) for n in lengths]), -np.arange(customer.size, dtype=float)
    )
    is_free = np.array([[data.draw(st.booleans()) for _ in places] for _ in lengths], dtype=bool)
    found = wishes.in_places(wishes.pinned_first(lists, is_free.reshape(len(lengths), len(places))))
    assert set(found.product[is_pinned(found)].tolist()) <= set(pinned.tolist())
    for each, length in enumerate(lengths):
        pins = {int(p): int(at) for p, at, free in zip(pinned, places, is_free[each], strict=True) if free}
        assert found.product[found.customer == each].tolist() == placed(list(range(length)), pins, 99)


def test_what_is_blended_is_weighed_in_each_list():
    none = np.zeros(0, dtype=np.int64)
    wishes = StaffWishes(np.ones(4, np.bool_), np.array([1.0, 0.5, 4.0, 1.0]), none, none)
    lists = wishes.weighed(Candidates(np.array([0, 0, 0, 1]), np.array([0, 1, 2, 1]), np.array([0.5, 0.4, 0.2, 0.4])))
    assert lists.customer.tolist() == [0, 0, 0, 1]
    assert lists.product.tolist() == [2, 0, 1, 1]
    assert lists.score.tolist() == [0.8, 0.5, 0.2, 0.2]


@given(score=st.floats(-9, 9), factor=st.floats(1.01, 9))
def test_a_boost_never_lowers_and_a_bury_never_raises(score, factor):
    scores, factors = np.array([score]), np.array([factor])
    assert weighed(scores, 1 / factors) <= scores <= weighed(scores, factors)
    assert unweighed(weighed(scores, factors), factors) == pytest.approx(scores, abs=1e-9)
