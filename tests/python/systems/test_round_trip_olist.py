"""The round trip: the made shop as Olist would have published it gives the orders, people and money of its own tables.

What the format cannot say is left out of the comparison, and listed in `customer_insight.demo.exports.olist`.
"""

from collections import Counter

import pytest
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines products stg_customers stg_reviews shop_facts"
# An order's money is what was paid: in Olist's tables discounts are taken off and nothing comes back.
ORDERS = """
    select
        l.order_id, min(l.ordered_at),
        round(sum(l.quantity * l.unit_price - coalesce(l.discount_amount, 0)), 2) as paid,
        sum(l.quantity) as units,
        count(distinct l.product_id) as products,
        bool_and(l.order_status = 'cancelled') as is_cancelled
    from shop.order_lines as l where l.product_id <> 'POSTAGE' group by all order by all
"""
BUYERS = "select order_id, {customer} from shop.orders order by all"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    tables = ("order_lines", "customers", "products", "reviews")
    return built_from_own_tables(tmp_path_factory.mktemp("own"), MODELS, tables)


@pytest.fixture(scope="module")
def olist(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("olist"), "olist", MODELS, "BRL")


def test_every_order_has_its_time_money_pieces_and_state(own, olist):
    expected, found = own.rows(ORDERS), olist.rows(ORDERS)
    assert len(expected) > 1000
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []


def test_every_order_has_its_buyer_and_guests_are_somebody(own, olist):
    expected = own.rows(BUYERS.format(customer="coalesce(customer_id, 'guest ' || order_id)"))
    assert olist.rows(BUYERS.format(customer="customer_id")) == expected


def test_cities_are_those_of_the_people_who_bought(own, olist):
    cities = """
        select c.customer_id, lower(c.city) from staging.stg_customers as c
        where c.customer_id not like 'guest%' and c.customer_id in (select o.customer_id from shop.orders as o)
        order by 1
    """
    assert len(own.rows(cities)) > 100
    assert olist.rows(cities) == own.rows(cities)


def test_products_have_the_last_level_of_their_category(own, olist):
    category = """
        select product_id, {category} as category from staging.stg_products
        where product_id <> 'POSTAGE' and {category} not like '%tea%' order by all
    """
    expected = own.rows(category.format(category="lower(trim(split_part(category, '/', -1)))"))
    assert len(expected) > 90
    assert olist.rows(category.format(category="category")) == expected


def test_reviews_are_of_orders_with_one_product(own, olist):
    reviews = """
        select product_id, case when customer_id not like 'guest%' then customer_id end, reviewed_at, rating, title,
            review_text
        from staging.stg_reviews
    """
    known, found = Counter(own.rows(reviews)), Counter(olist.rows(reviews))
    assert sum(found.values()) > 10
    assert not found - known


def test_days_are_those_of_sao_paulo(olist):
    assert olist.rows("select value, reason from quality.shop_facts where fact = 'calendar_time_zone'") == [
        ("America/Sao_Paulo", "The zone of the source system.")
    ]
