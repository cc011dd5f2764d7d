"""The round trip: the made shop as Snowplow tells it gives the orders, buyers, money and visits of its own tables.

What the format cannot say is left out in `tracked_shop`, and listed in `customer_insight.demo.exports.snowplow`.
"""

import pytest
from round_trip import built_as
from tracked_shop import MODELS, ORDERS, PRODUCTS, RETURNED, SESSIONS, SOLD, own_tables


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    # a revenue is with postage
    return own_tables(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def snowplow(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("snowplow"), "snowplow", MODELS)


@pytest.mark.parametrize(
    ("rows", "least"), [(ORDERS, 300), (SOLD, 80), (RETURNED, 20), (SESSIONS, 1000), (PRODUCTS, 100)]
)
def test_orders_money_visits_and_products_are_those_of_the_own_tables(own, snowplow, rows, least):
    expected, found = own.rows(rows), snowplow.rows(rows)
    assert len(expected) > least
    assert [pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]] == []
    assert len(expected) == len(found)


def test_purchases_that_were_told_again_are_no_orders(snowplow):
    assert snowplow.rows("""
        select count(*) > count(distinct order_id), count(distinct order_id) = (select count(*) from shop.orders)
        from (select distinct order_id, occurred_at from sources.src_events where event_type = 'purchase')
    """) == [(True, True)]
