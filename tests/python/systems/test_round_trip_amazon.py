"""The round trip: the made shop as Amazon reports all orders gives the orders, money and products of its own tables."""

import pytest
from customer_insight.demo.exports import amazon
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines products"
ORDERS = """
    select
        order_id, ordered_at, channel, country, currency, order_status, is_sale, lines, products, units, list_revenue,
        discount_amount, gross_revenue, returned_revenue, net_revenue
    from shop.orders where channel <> 'Non-Amazon' order by all
"""
LINES = """
    select
        l.order_id, p.product_name, l.line_number, l.quantity, l.unit_price, l.discount_amount, l.order_status,
        l.gross_revenue, l.net_revenue
    from shop.order_lines as l
    inner join shop.products as p on l.product_id = p.product_id
    inner join shop.orders as o on l.order_id = o.order_id
    where o.channel <> 'Non-Amazon' and l.order_status <> 'cancelled' order by all
"""


def without_what_amazon_cannot_say(name, rows):
    """Left out: who bought, when goods came back, postage, that a voucher is no product, how many pieces of a cancelled
    line there were; lines are numbered anew.
    """
    if name == "products":
        return rows
    written, places = [], {}
    for row in rows:
        if row["product_id"] == amazon.POSTAGE:
            continue
        places[row["order_id"]] = places.get(row["order_id"], 0) + 1
        written.append(
            row
            | {
                "order_id": f"202-{row['order_id'][1:].zfill(7)}-0000001",
                "line_number": str(places[row["order_id"]]),
                "customer_id": "",
                "returned_at": "",
                "channel": amazon.CHANNELS[row["channel"]],
                "currency": amazon.CURRENCY,
                "is_product": "true",
                "quantity": "0" if row["order_status"] == "cancelled" else row["quantity"],
            }
        )
    return written


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    tables = ("order_lines", "products")
    return built_from_own_tables(tmp_path_factory.mktemp("own"), MODELS, tables, change=without_what_amazon_cannot_say)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("amazon"), "amazon", MODELS)


def test_every_order_has_its_time_state_and_money(own, reported):
    expected, found = own.rows(ORDERS), reported.rows(ORDERS)
    assert len(expected) > 1000
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    seen = "count(*) filter (order_status = 'returned') > 10, count(*) filter (order_status = 'cancelled') > 10"
    assert reported.rows(f"select {seen}, sum(returned_revenue) > 100 from shop.orders") == [(True, True, True)]


def test_every_line_is_sold_as_it_was(own, reported):
    assert len(own.rows(LINES)) > 4000
    assert reported.rows(LINES) == own.rows(LINES)


def test_what_amazon_sent_out_for_another_shop_is_no_sale(reported):
    sent_out = "from shop.orders where channel = 'Non-Amazon'"
    assert reported.rows(f"select count(*) > 10, bool_or(is_sale), sum(gross_revenue) {sent_out}") == [(True, False, 0)]


def test_orders_that_stand_in_both_files_are_there_once(reported):
    twice = "where ordered_at >= '2025-05-01' and ordered_at < '2025-06-01'"
    assert reported.rows(
        f"select count(*) > 50, count(*) = count(distinct (order_id, line_number)) from shop.order_lines {twice}"
    ) == [(True, True)]
