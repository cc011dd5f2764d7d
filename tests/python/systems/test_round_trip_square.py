"""The round trip: the made shop as Square exports it gives the transactions, people, money and items of its own tables.

What the format cannot say is taken out of the shop's own tables in `as_square_says`, and listed in
`customer_insight.demo.exports.square`.
"""

import pytest
from customer_insight.demo.exports.square import POSTAGE, refund_number
from round_trip import built_as, built_from_own_tables

MODELS = "orders order_lines products stg_customers"
ORDERS = """
    select
        o.order_id, o.ordered_at, o.customer_id, o.channel,
        sum(l.gross_revenue) as gross_revenue, sum(l.net_revenue) as net_revenue, sum(l.quantity) as pieces,
        sum(l.discount_amount) as discounts, count(*) as lines, count(*) filter (where l.is_product) as product_lines,
        bool_and(l.order_status = 'cancelled') as is_cancelled, bool_and(l.order_status = 'returned') as is_refund
    from shop.orders as o
    inner join shop.order_lines as l on o.order_id = l.order_id
    group by all order by all
"""
ITEMS = """
    select
        p.product_name, p.category, sum(l.quantity) as pieces,
        cast(sum(cast(l.quantity as decimal(18, 2)) * l.unit_price) as decimal(18, 2)) as listed
    from shop.order_lines as l inner join shop.products as p on l.product_id = p.product_id
    where l.is_product group by all order by all
"""
PEOPLE = """
    select customer_id, email, phone, city, has_marketing_consent from staging.stg_customers order by all
"""


def as_square_says(name, rows):
    if name == "products":
        return [row | {"category": (row["category"] or "").split("/")[-1].strip()} for row in rows]
    return [line for order in orders_of(rows) for line in lines_of(order)] if name == "order_lines" else rows


def orders_of(rows):
    orders = {}
    for row in rows:
        orders.setdefault(row["order_id"], []).append(row)
    return list(orders.values())


def lines_of(order):
    """Sales, and refunds with an id of their own and nobody's name; what was cancelled had no price."""
    lines = [row | {"country": None} for row in order if row["product_id"] != POSTAGE]
    for line in lines:
        was_void = {"unit_price": "0", "discount_amount": None} if line["order_status"] == "cancelled" else {}
        yield (
            line
            | was_void
            | {
                "order_status": line["order_status"].replace("returned", "completed"),
                "returned_at": None,
            }
        )
    for number, line in enumerate(line for line in lines if line["order_status"] == "returned"):
        yield line | {
            "order_id": f"{line['order_id']}-{refund_number(number)}",
            "ordered_at": line["returned_at"],
            "customer_id": None,
            "quantity": f"-{line['quantity']}",
            "returned_at": None,
        }


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return built_from_own_tables(tmp_path_factory.mktemp("own"), MODELS, change=as_square_says)


@pytest.fixture(scope="module")
def square(tmp_path_factory):
    return built_as(tmp_path_factory.mktemp("square"), "square", MODELS)


def test_every_transaction_has_its_time_person_money_and_lines(own, square):
    expected, found = own.rows(ORDERS), square.rows(ORDERS)
    assert len(expected) > 1000
    assert sum(row[-1] for row in expected) > 100
    assert sum(row[-2] for row in expected) > 10
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []


def test_every_item_is_called_and_sold_as_it_was(own, square):
    assert len(own.rows(ITEMS)) > 100
    assert square.rows(ITEMS) == own.rows(ITEMS)


def test_people_are_who_they_were_and_want_what_they_wanted(own, square):
    assert len(own.rows(PEOPLE)) > 100
    assert square.rows(PEOPLE) == own.rows(PEOPLE)
