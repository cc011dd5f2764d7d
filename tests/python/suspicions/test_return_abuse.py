"""Who sends back far more than others, and who does not."""

import numpy as np
import pyarrow as pa
from customer_insight.suspicions import return_abuse
from customer_insight.suspicions.suspicion_rules import SuspicionRule
from hypothesis import given, settings
from hypothesis import strategies as st

ABUSE = SuspicionRule("return_abuse", 5, 0.4, 0.05)
LATE = SuspicionRule("wardrobing", 5, 0.8, 0.01)


def returns(orders, returned, expected, late=None):
    late = np.zeros_like(returned) if late is None else late
    return pa.table(
        {
            "customer_code": pa.array(np.arange(orders.size), pa.int32()),
            "orders": orders,
            "returned": returned,
            "expected": pa.array(expected, pa.float64()),
            "dated_returns": returned,
            "late_returns": late,
            "age_days": pa.array(np.full(orders.size, 3.0)),
        }
    )


def shop(seed, share=0.08, spread=12.0, customers=3000):
    """Honest customers around a share, each with a habit."""
    rng = np.random.default_rng(seed)
    orders = 1 + rng.poisson(6, customers)
    habit = rng.beta(share * spread, (1 - share) * spread, customers)
    return orders, rng.binomial(orders, habit), orders * share


def found(table, rule=ABUSE):
    rows = return_abuse.find(table, rule if rule is ABUSE else None, rule if rule is LATE else None)
    return set(rows["code"].to_pylist())


def test_who_sends_nearly_everything_back_is_found_among_thousands_and_hardly_anybody_else():
    for seed in range(4):
        orders, returned, expected = shop(seed)
        orders[:30], returned[:30] = 12, 10
        suspects = found(returns(orders, returned, expected))
        assert len(suspects & set(range(30))) >= 28
        assert len(suspects - set(range(30))) <= 2


def test_in_a_shop_where_all_send_much_back_nobody_is_suspect():
    for seed in range(4):
        assert found(returns(*shop(seed, share=0.45, spread=6.0))) == set()


def test_few_orders_are_no_suspicion_and_neither_is_a_large_buyer_who_sends_some_back():
    orders, returned, expected = shop(1)
    orders[:2], returned[:2], expected[:2] = [4, 900], [4, 200], [0.3, 70]
    assert not found(returns(orders, returned, expected)) & {0, 1}


def test_late_returns_of_one_who_sends_much_back_are_worn_and_those_of_one_who_keeps_are_not():
    orders, returned, expected = shop(2)
    late = np.random.default_rng(3).binomial(returned, return_abuse.LATE)
    orders[:3], returned[:3], late[:3] = [12, 12, 80], [10, 10, 10], [10, 3, 10]
    assert found(returns(orders, returned, expected, late), LATE) == {0}
    (score,) = return_abuse.find(returns(orders, returned, expected, late), None, LATE)["score"].to_pylist()
    assert score == 10


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.permutations(range(40)))
def test_the_order_of_rows_does_not_matter(seed, order):
    orders, returned, expected = shop(seed, customers=40)
    orders[0], returned[0] = 20, 19
    table = returns(orders, returned, expected)
    assert found(table.take(pa.array(order))) == found(table)


def test_the_chance_is_that_of_two_groups_by_bayes():
    orders, returned = np.full(400, 10.0), np.r_[np.zeros(392), np.full(8, 10.0)]
    chance = return_abuse.honest(orders, returned, np.full(400, 0.02))
    assert chance[0] > 0.99
    assert chance[-1] < 0.01
    assert (return_abuse.honest(orders, np.zeros(400), np.full(400, 0.02)) == 1).all()
