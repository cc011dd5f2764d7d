from collections import defaultdict

import numpy as np
import pytest
from customer_insight.recommendations.judging.holdout import MIN_CUSTOMERS, nested, plan
from customer_insight.recommendations.judging.list_judge import Judge
from customer_insight.recommendations.judging.tuning import _sampled
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import Shop, random_shop, shops

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


def kept_back(holdout):
    """Customer: products."""
    place, product = np.divmod(holdout.keys, holdout.history.catalogue.count)
    found = defaultdict(set)
    for customer, item in zip(holdout.customers[place].tolist(), product.tolist(), strict=True):
        found[customer].add(item)
    return dict(found)


def pairs_of(history):
    return set(zip(history.customer.tolist(), history.product.tolist(), strict=True))


@given(shops(max_rows=60), st.integers(1, 3))
@settings(max_examples=60)
def test_windows_keep_back_what_known_customers_bought_in_their_days(shop, days):
    for number, holdout in enumerate(nested(shop.history, days, 2)):
        start, end = (number + 1) * days, number * days
        before = {c for c, _, age, n, *_ in shop.seen if n and age >= start}
        expected = defaultdict(set)
        for c, p, age, n, *_ in shop.seen:
            if n and end <= age < start and c in before:
                expected[c].add(p)
        assert kept_back(holdout) == expected
        assert holdout.customers.tolist() == sorted(expected)
        assert holdout.relevant.tolist() == [len(expected[c]) for c in sorted(expected)]
        assert holdout.cut_days == start
        earlier = Shop([(c, p, age - start, *counts) for c, p, age, *counts in shop.rows if age >= start], 6, 7)
        assert holdout.history.product.tolist() == earlier.history.product.tolist()
        assert holdout.history.age.tolist() == earlier.history.age.tolist()


@given(shops(max_rows=60))
@settings(max_examples=60)
def test_products_kept_back_are_nowhere_in_what_is_learned_from(shop):
    hidden_before = {}
    for holdout in nested(shop.history, 0, 4):
        hidden = kept_back(holdout)
        assert not hidden.keys() & hidden_before.keys()
        hidden_before |= hidden
        gone = {(c, p) for c, products in hidden_before.items() for p in products}
        assert not gone & pairs_of(holdout.history)
        for c, products in hidden.items():
            size = len(shop.owned(c))
            assert len(products) == (size // 4 if size >= 4 else 1)
            assert products < shop.owned(c)
        assert holdout.cut_days == 0


def test_windows_are_a_sixth_of_a_short_history_and_the_horizon_of_a_long_one():
    history = random_shop(days=400).history
    assert plan(history, 30).window_days == 30
    assert [holdout.cut_days for holdout in plan(history, 30).holdouts] == [30, 60, 90, 120]
    short = random_shop(days=61).history
    assert plan(short, 30).window_days == 10
    assert plan(short, 30).sentence() == ""


def test_one_day_is_cut_by_products_and_too_few_customers_are_not_judged():
    one_day = plan(random_shop(days=1, customers=300).history, 30)
    assert one_day.window_days == 0
    assert len(one_day.holdouts) == 4
    assert "kept back" in one_day.sentence()
    few = plan(random_shop(days=1, customers=20).history, 30)
    assert few.holdouts == []
    assert str(MIN_CUSTOMERS) in few.sentence()


@pytest.mark.parametrize("window", [0, 30])
def test_what_is_learned_from_does_not_depend_on_what_is_kept_back(window):
    shop = random_shop()
    holdout = nested(shop.history, window, 1)[0]
    hidden = {(c, p) for c, products in kept_back(holdout).items() for p in products}
    changed = [
        (c, p, age, 9 * n, 0, 9 * views) if (age < window if window else (c, p) in hidden) else (c, p, age, n, 0, views)
        for c, p, age, n, _, views in shop.rows
    ]
    after = nested(Shop(changed, shop.customers, shop.products, shop.unavailable).history, window, 1)[0]
    np.testing.assert_array_equal(after.history.popularity(60), holdout.history.popularity(60))
    np.testing.assert_array_equal(Judge(after).popularity, Judge(holdout).popularity)
    np.testing.assert_array_equal(after.history.matrix().toarray(), holdout.history.matrix().toarray())


def test_a_sample_of_the_judged_keeps_their_products():
    holdout = nested(random_shop(customers=2500, rows=30000).history, 100, 1)[0]
    assert holdout.customers.size > 1000
    sample = _sampled(holdout, 1000)
    assert 500 < sample.customers.size <= 1000
    whole = kept_back(holdout)
    assert kept_back(sample) == {c: whole[c] for c in sample.customers.tolist()}
