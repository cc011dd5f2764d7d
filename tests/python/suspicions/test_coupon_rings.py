"""Rings are found, and families, offices and parcel shops are left alone."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.suspicions import coupon_rings
from customer_insight.suspicions.suspicion_rules import SuspicionRule
from hypothesis import given, settings
from hypothesis import strategies as st

RULE = SuspicionRule("coupon_ring", 4, 0.5, 0.001)
# others use the code over two years
CROWD = [(1000 + number, 700.0 * number / 60, "W") for number in range(60)]


def uses(*rows):
    code, age, coupon = zip(*[*rows, *CROWD], strict=True)
    return pa.table(
        {
            "coupon": pa.array(coupon),
            "customer_code": pa.array(code, pa.int32()),
            "age_days": pa.array(age),
            "newcomers": pa.array([200] * len(code), pa.int64()),
        }
    )


def clues(rows, age=900.0):
    """rows: (customer, kind, thing)."""
    customer, kind, thing = zip(*rows, strict=True) if rows else ([], [], [])
    return pa.table(
        {
            "customer_code": pa.array(customer, pa.int32()),
            "kind": pa.array(kind, pa.string()),
            "clue_code": pa.array(thing, pa.int32()),
            "age_days": pa.array([age] * len(thing), pa.float64()),
        }
    )


def shared(customers, *kinds, thing=1):
    return [(customer, kind, thing + 1000 * place) for place, kind in enumerate(kinds) for customer in customers]


def suspects(used, things):
    return set(coupon_rings.find(uses(*used), clues(things), RULE)["code"].to_pylist())


def within(customers, days, start=100.0):
    return [(customer, start + days * place / len(customers), "W") for place, customer in enumerate(customers)]


def test_accounts_that_share_an_address_and_a_payer_and_use_a_code_within_days_are_a_ring():
    assert suspects(within(range(5), 6), shared(range(5), "address", "payer")) == set(range(5))
    found = coupon_rings.find(uses(*within(range(5), 6)), clues(shared(range(5), "address", "payer")), RULE)
    assert found["reason"][0].as_py().startswith("one of 5 accounts that share an address and a payer; each used W")
    assert found["age_days"].to_pylist() == [100.0] * 5  # the latest use is the last that speaks for it


@pytest.mark.parametrize(("age", "expected"), [(30.0, 30.0), (None, 100.0)])
def test_a_ring_is_not_known_before_its_accounts_shared_anything(age, expected):
    things = clues(shared(range(5), "address", "payer"), age)
    assert coupon_rings.find(uses(*within(range(5), 6)), things, RULE)["age_days"].to_pylist() == [expected] * 5


def test_a_ring_is_one_group_over_others_each_of_whom_changes_one_thing():
    ring = range(6)
    things = (
        shared([0, 1, 2, 3], "address") + shared([0, 1, 4, 5], "device", thing=50) + shared(ring, "payer", thing=70)
    )
    assert suspects(within(ring, 8), things) == set(ring)


@pytest.mark.parametrize("kind", coupon_rings.KINDS)
def test_one_thing_in_common_is_no_ring_however_many_have_it(kind):
    for people in (range(5), range(40)):
        assert suspects(within(people, 5), shared(people, kind)) == set()


def test_a_family_whose_members_come_over_the_years_is_none_and_neither_are_three():
    family = shared(range(5), "address", "device", "payer")
    assert suspects(within(range(5), 650, start=20.0), family) == set()
    assert suspects(within(range(3), 1), shared(range(3), "address", "device", "payer")) == set()


def test_an_office_with_a_couple_in_it_is_none():
    office = shared(range(8), "address") + shared([0, 1], "payer", "device", thing=90)
    assert suspects(within(range(8), 4), office) == set()


def test_where_most_accounts_behind_the_things_do_not_use_the_code_it_is_none():
    crowd = range(20)
    assert suspects(within(range(5), 5), shared(crowd, "address", "payer")) == set()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from(coupon_rings.KINDS), st.integers(1, 5)), max_size=40, unique=True
    ),
    st.lists(st.integers(0, 11), min_size=1, max_size=12, unique=True),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_does_not_matter_and_who_shares_nothing_makes_nobody_a_suspect(things, people, draw):
    used = within(people, 9)
    found = suspects(used, things)
    mixed = list(things)
    draw.shuffle(mixed)
    again = coupon_rings.find(uses(*used[::-1]), clues(mixed), RULE)
    assert set(again["code"].to_pylist()) == found
    stranger = suspects(used, [*things, (99, "address", 4000), (99, "device", 4001)])
    assert stranger == found
    assert found <= set(people)
    assert not np.isin([99], list(stranger)).any()
