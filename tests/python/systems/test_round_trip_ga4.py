"""The round trip: the made shop as GA4 exports it gives the orders, buyers, money and visits of its own tables.

What the format cannot say is left out in `tracked_shop`, and listed in `customer_insight.demo.exports.ga4`.
"""

import pytest
from round_trip import built_as
from tracked_shop import MODELS, ORDERS, PRODUCTS, RETURNED, SESSIONS, SOLD, own_tables


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    # GA4's revenue is without postage
    return own_tables(tmp_path_factory.mktemp("own"), left_out={"POSTAGE"})


@pytest.fixture(scope="module")
def ga4(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("ga4"), "ga4", MODELS)


@pytest.mark.parametrize(
    ("rows", "least"), [(ORDERS, 300), (SOLD, 80), (RETURNED, 20), (SESSIONS, 1000), (PRODUCTS, 100)]
)
def test_orders_money_visits_and_products_are_those_of_the_own_tables(own, ga4, rows, least):
    expected, found = own.rows(rows), ga4.rows(rows)
    assert len(expected) > least
    assert [pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]] == []
    assert len(expected) == len(found)


def test_purchases_that_were_told_again_are_no_orders(ga4):
    assert ga4.rows("""
        select count(*) > count(distinct order_id), count(distinct order_id) = (select count(*) from shop.orders)
        from (select distinct order_id, occurred_at from sources.src_events where event_type = 'purchase')
    """) == [(True, True)]
