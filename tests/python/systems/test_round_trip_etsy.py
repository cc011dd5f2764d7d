"""The round trip: the made shop as Etsy writes it gives the orders, buyers, money and products of its own tables."""

from decimal import Decimal

import pytest
from customer_insight.demo.exports import etsy
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines"
ORDERS = """
    select
        order_id, ordered_at, customer_id, country, currency, order_status, is_sale, lines, units, list_revenue,
        discount_amount, gross_revenue, returned_revenue, net_revenue
    from shop.orders order by all
"""
LINES = "select order_id, quantity, unit_price, order_status, is_product from shop.order_lines order by all"
PRODUCTS = """
    select p.product_name, count(distinct l.order_id), sum(l.quantity)
    from shop.order_lines as l inner join shop.products as p on l.product_id = p.product_id
    where l.is_product and l.order_status = 'completed' group by all order by all
"""
KEPT = {"completed": "completed", "returned": "completed", "cancelled": "cancelled"}


def without_what_etsy_cannot_say(name, rows):
    """Left out: postage, the time of day, the channel, what came back (the money of a part stays, that of a whole order
    does only where its postage was kept), that a voucher is no product, ids of orders and products, and how a coupon
    was meant for items.
    """
    if name == "products":
        return rows
    with_postage = {row["order_id"] for row in rows if row["product_id"] == etsy.POSTAGE}
    orders = {}
    for row in rows:
        if row["product_id"] != etsy.POSTAGE:
            orders.setdefault(row["order_id"], []).append(row)
    written = []
    for order_id, lines in orders.items():
        back = [line for line in lines if line["order_status"] == "returned"]
        is_seen_whole = len(back) == len(lines) and order_id in with_postage
        for line in lines:
            written.append(
                line
                | {
                    "order_id": str(3_000_000_000 + int(order_id[1:])),
                    "ordered_at": line["ordered_at"][:10],
                    "order_status": "returned" if is_seen_whole else KEPT[line["order_status"]],
                    "returned_at": "",
                    "channel": "",
                    "country": etsy.COUNTRIES[line["country"]],
                    "currency": etsy.CURRENCY,
                    "is_product": "true",
                }
            )
        if back and len(back) < len(lines):
            amount = sum(Decimal(line["unit_price"]) * int(line["quantity"]) for line in back)
            amount -= sum(Decimal(line["discount_amount"] or 0) for line in back)
            refund = {"product_id": "refund", "line_number": "", "quantity": "-1", "unit_price": str(amount)}
            written.append(
                written[-1]
                | refund
                | {"order_status": "returned", "discount_amount": "", "is_product": "false", "product_name": "Refund"}
            )
    return written


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    tables = ("order_lines", "products")
    folder = tmp_path_factory.mktemp("own")
    return built_from_own_tables(folder, MODELS + " products", tables, change=without_what_etsy_cannot_say)


@pytest.fixture(scope="module")
def downloaded(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("etsy"), "etsy", MODELS + " products")


def test_every_order_has_its_day_buyer_and_money(own, downloaded):
    expected, found = own.rows(ORDERS), downloaded.rows(ORDERS)
    assert len(expected) > 1000
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    # guests, cancelled orders, coupons and what was paid back are among them
    seen = "count(*) filter (customer_id is null) > 10, count(*) filter (order_status = 'cancelled') > 10"
    seen += ", sum(discount_amount) > 100, sum(returned_revenue) > 100"
    assert downloaded.rows(f"select {seen} from shop.orders") == [(True, True, True, True)]


def test_every_item_and_product_is_sold_as_it_was(own, downloaded):
    assert len(own.rows(LINES)) > 4000
    assert downloaded.rows(LINES) == own.rows(LINES)
    assert len(own.rows(PRODUCTS)) > 100
    assert downloaded.rows(PRODUCTS) == own.rows(PRODUCTS)


def test_items_that_stand_in_the_file_of_a_month_too_are_there_once(downloaded):
    once = "count(*) > 50, count(*) = count(distinct (order_id, line_number))"
    assert downloaded.rows(f"select {once} from shop.order_lines where strftime(ordered_at, '%Y-%m') = '2025-05'") == [
        (True, True)
    ]
