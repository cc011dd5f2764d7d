"""The round trip: the made shop as WooCommerce exports it gives the orders, people and money of its own tables.

What the format cannot say is left out of the comparison, and listed in `customer_insight.demo.exports.woocommerce`.
"""

import pytest
from customer_insight.demo.exports.woocommerce import POSTAGE
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines products stg_customers"
ORDERS = f"""
    select
        o.order_id, date_trunc('minute', o.ordered_at) as ordered_at, e.email, o.country, o.currency,
        sum(l.gross_revenue) as gross_revenue, sum(l.net_revenue) as net_revenue, sum(l.discount_amount) as discounts,
        sum(l.quantity) as units, count(*) as lines,
        count(*) filter (where l.order_status = 'cancelled') as cancelled,
        count(*) filter (where l.order_status = 'returned') as returned
    from shop.orders as o
    inner join shop.order_lines as l on o.order_id = l.order_id and l.product_id <> '{POSTAGE}'
    left join staging.stg_customers as e on o.customer_id = e.customer_id
    group by all order by all
"""
PRODUCTS = f"""
    select product_name, description, category, brand, price, unit_cost, is_available, image_path
    from staging.stg_products where product_id <> '{POSTAGE}' order by all
"""
LINES = f"""
    select
        p.product_name, sum(l.quantity),
        cast(sum(cast(l.quantity as decimal(18, 2)) * l.unit_price) as decimal(18, 2)),
        sum(l.net_revenue), sum(l.gross_margin)
    from shop.order_lines as l inner join shop.products as p on l.product_id = p.product_id
    where l.product_id not in ('{POSTAGE}', 'VOUCHER') group by all order by all
"""
# Whoever never ordered is in no export; a phone is the id where there is no address.
PEOPLE = """
    select c.email, c.phone, c.country, c.city
    from staging.stg_customers as c
    where c.email is not null and c.customer_id in (select customer_id from shop.orders) order by all
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return built_from_own_tables(tmp_path_factory.mktemp("own"), MODELS)


@pytest.fixture(scope="module")
def woocommerce(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("woocommerce"), "woocommerce", MODELS)


def test_every_order_has_its_time_person_money_and_lines(own, woocommerce):
    expected, found = own.rows(ORDERS), woocommerce.rows(ORDERS)
    assert len(expected) > 1000
    assert sum(row[-1] for row in expected) > 100
    assert sum(row[-2] for row in expected) > 50
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []


def test_every_product_is_called_and_sold_as_it_was(own, woocommerce):
    assert len(own.rows(PRODUCTS)) > 100
    assert woocommerce.rows(PRODUCTS) == own.rows(PRODUCTS)
    assert woocommerce.rows(LINES) == own.rows(LINES)


def test_people_are_who_they_were(own, woocommerce):
    assert len(own.rows(PEOPLE)) > 100
    assert woocommerce.rows(PEOPLE) == own.rows(PEOPLE)
