"""The round trip: the made shop as eBay reports it gives the orders, buyers, money and products of its own tables."""

from decimal import Decimal

import pytest
from customer_insight.demo.exports import ebay
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines products"
ORDERS = """
    select
        order_id, ordered_at, customer_id, country, currency, order_status, is_sale, lines, units, gross_revenue,
        returned_revenue, net_revenue
    from shop.orders order by all
"""
LINES = """
    select order_id, quantity, unit_price, order_status, returned_at, is_product, gross_revenue, net_revenue
    from shop.order_lines order by all
"""
PRODUCTS = """
    select p.product_name, count(distinct l.order_id), sum(l.quantity), sum(l.net_revenue)
    from shop.order_lines as l inner join shop.products as p on l.product_id = p.product_id
    where l.is_product group by all order by all
"""


def without_what_ebay_cannot_say(name, rows):
    """Left out: postage, the time of day, the channel, reductions (prices are after them), which items of an order that
    was kept in part came back (the money and its day stay), when each item of a whole order did, that a voucher is no
    product, and ids of orders and products.
    """
    if name == "products":
        return rows
    orders = {}
    for row in rows:
        if row["product_id"] != ebay.POSTAGE:
            orders.setdefault(row["order_id"], []).append(row)
    written = []
    for order_id, lines in orders.items():
        is_whole = {line["order_status"] for line in lines} == {"returned"}
        last = max(line["returned_at"] or "" for line in lines)[:10]
        for place, line in enumerate(lines):
            paid = Decimal(line["unit_price"]) * int(line["quantity"]) - Decimal(line["discount_amount"] or 0)
            line = line | {
                "order_id": f"07-{order_id[1:].zfill(6)[1:]}-{order_id[1:].zfill(6)[1:]}",
                "ordered_at": line["ordered_at"][:10],
                "channel": "",
                "currency": ebay.CURRENCY,
                "unit_price": f"{paid / int(line['quantity']):.6f}",
                "discount_amount": "",
                "is_product": "true",
                "returned_at": last if is_whole else "",
                "order_status": "completed"
                if line["order_status"] == "returned" and not is_whole
                else line["order_status"],
                "came_back": line["returned_at"],
                "paid": paid,
            }
            written.append(line)
            if line["came_back"] and not is_whole:
                refund = {"product_id": "refund", "line_number": str(900 + place), "quantity": "-1"}
                back = {"order_status": "returned", "is_product": "false", "returned_at": line["came_back"][:10]}
                back["unit_price"] = str(paid)
                written.append(line | refund | back | {"product_name": "Refund"})
    return [{column: row[column] for column in row if column not in ("came_back", "paid")} for row in written]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    tables = ("order_lines", "products")
    return built_from_own_tables(tmp_path_factory.mktemp("own"), MODELS, tables, change=without_what_ebay_cannot_say)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("ebay"), "ebay", MODELS)


def test_every_order_has_its_day_buyer_and_money(own, reported):
    expected, found = own.rows(ORDERS), reported.rows(ORDERS)
    assert len(expected) > 1000
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    seen = "count(*) filter (order_status = 'returned') > 10, count(*) filter (order_status = 'cancelled') > 10"
    assert reported.rows(f"select {seen}, sum(returned_revenue) > 100 from shop.orders") == [(True, True, True)]


def test_every_item_and_product_is_sold_as_it_was(own, reported):
    assert len(own.rows(LINES)) > 4000
    assert reported.rows(LINES) == own.rows(LINES)
    assert len(own.rows(PRODUCTS)) > 100
    assert reported.rows(PRODUCTS) == own.rows(PRODUCTS)


def test_what_stands_in_both_reports_is_there_once(reported):
    twice = "where ordered_at >= '2025-05-14' and ordered_at < '2025-05-20'"
    assert reported.rows(
        f"select count(*) > 10, count(*) = count(distinct (order_id, line_number)) from shop.order_lines {twice}"
    ) == [(True, True)]
    # sold before the second report and paid back in it
    assert reported.rows(
        "select count(*) > 0 from shop.order_lines where ordered_at < '2025-05-14' and returned_at >= '2025-05-20'"
    ) == [(True,)]
