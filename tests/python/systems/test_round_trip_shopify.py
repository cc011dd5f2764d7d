"""The round trip: the made shop as Shopify exports it gives the orders, people, money and products of its own tables.

What the format cannot say is left out of the comparison, and listed in `customer_insight.demo.exports.shopify`.
"""

import pytest
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines products stg_customers"
# Money by order; an order that was kept in part has its returns in `net` alone, as Shopify writes them.
ORDERS = """
    select
        o.order_id, o.ordered_at, e.email, o.country, replace(o.channel, 'store', 'pos') as channel, o.currency,
        sum(l.net_revenue) as net_revenue,
        sum(l.quantity) filter (where l.unit_price is not null and l.quantity > 0) as units,
        count(*) filter (where l.quantity > 0) as lines,
        bool_and(l.order_status = 'cancelled') as is_cancelled
    from shop.orders as o
    inner join shop.order_lines as l on o.order_id = l.order_id and l.product_id <> 'POSTAGE'
    left join staging.stg_customers as e on o.customer_id = e.customer_id
    group by all order by all
"""
PRODUCTS = """
    select product_name, description, category, brand, price, unit_cost, is_available
    from staging.stg_products where product_id <> 'POSTAGE' order by all
"""
LINES = """
    select
        p.product_name, sum(l.quantity),
        cast(sum(cast(l.quantity as decimal(18, 2)) * l.unit_price) as decimal(18, 2))
    from shop.order_lines as l inner join shop.products as p on l.product_id = p.product_id
    where l.quantity > 0 and l.product_id <> 'POSTAGE' group by all order by all
"""
PEOPLE = (
    "select email, country, city, has_marketing_consent from staging.stg_customers where email is not null order by all"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return built_from_own_tables(tmp_path_factory.mktemp("own"), MODELS)


@pytest.fixture(scope="module")
def shopify(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("shopify"), "shopify", MODELS)


def test_every_order_has_its_time_person_money_and_lines(own, shopify):
    expected, found = own.rows(ORDERS), shopify.rows(ORDERS)
    assert len(expected) > 1000
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []


def test_every_product_is_called_and_sold_as_it_was(own, shopify):
    assert shopify.rows(PRODUCTS) == own.rows(PRODUCTS)
    assert shopify.rows(LINES) == own.rows(LINES)


def test_people_are_who_they_were_and_want_what_they_wanted(own, shopify):
    assert len(own.rows(PEOPLE)) > 100
    assert shopify.rows(PEOPLE) == own.rows(PEOPLE)


def test_orders_that_stand_in_both_files_are_there_once_and_as_they_ended(shopify):
    twice = "ordered_at >= '2025-05-01' and ordered_at < '2025-06-01'"
    assert shopify.rows(
        f"select count(*) > 10, count(*) = count(distinct order_id) from shop.orders where {twice}"
    ) == [(True, True)]
    assert shopify.rows(f"select count(*) > 0 from shop.order_lines where order_status = 'returned' and {twice}") == [
        (True,)
    ]
