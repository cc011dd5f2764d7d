"""The Amazon source: amounts of lines, orders cancelled in part, what came back, and orders of other shops."""

import csv
import io

import pytest
from rendered_warehouse import rendered, rendered_sources
from source_warehouse import contract

HEADER = [
    *("amazon-order-id", "merchant-order-id", "purchase-date", "order-status", "fulfillment-channel"),
    *("sales-channel", "product-name", "sku", "asin", "item-status", "quantity", "currency", "item-price"),
    *("item-tax", "shipping-price", "item-promotion-discount", "ship-country", "promotion-ids"),
]
FIRST = {
    "purchase-date": "2024-06-17T08:04:21+00:00",
    "order-status": "Shipped",
    "sales-channel": "Amazon.de",
    "item-status": "Shipped",
    "quantity": "1",
    "currency": "EUR",
    "ship-country": "DE",
}


def report(*rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n", delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writeheader()
    writer.writerows(FIRST | row for row in rows)
    return text.getvalue()


def line(order, sku, price, **fields):
    names = {"state": "order-status", "item": "item-status", "channel": "sales-channel"}
    names |= {"discount": "item-promotion-discount", "name": "product-name"}
    return {"amazon-order-id": order, "sku": sku, "item-price": price, "asin": f"B0{sku}"} | {
        names.get(key, key): value for key, value in fields.items()
    }


OLD = report(
    line("305-1", "P1", "10.00", quantity="3", discount="2.00", name='"Pan" of "12'),
    # the same product on two lines of an order
    line("305-1", "P2", "5.00"),
    line("305-1", "P2", "5.00"),
    line("305-2", "P1", "", quantity="0", state="Cancelled", item="Cancelled", currency=""),
    line("305-3", "P1", "10.00", quantity="0", state="Cancelled", item="Cancelled"),
    # in part cancelled: in words, and without pieces
    line("305-4", "P1", "10.00", item="Cancelled"),
    line("305-4", "P2", "", quantity="0"),
    line("305-4", "P3", "7.50"),
    line("305-5", "P1", "10.00", state="Shipped - Returned to Seller"),
    line("305-6", "P1", "10.00", state="Pending", item="Unshipped"),
    line("S02-7", "P1", "", channel="Non-Amazon DE", currency=""),
    line("305-8", "P1", "9.00", state="Unshipped", item="Unshipped"),
)
# the later report: the order was sent back since
NEW = report(
    line("305-8", "P1", "9.00", state="Shipped - Returning to Seller"),
    line("305-9", "", "3.00", discount="-1.00"),
    line("305-91", "P1", "4500000", quantity="3", discount="1500000"),
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("amazon_raw")
    (folder / "17893423471.txt").write_text(OLD)
    (folder / "20345534990.txt").write_text(NEW)
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory, raw):
    run = rendered_sources("amazon", raw)
    return run


def test_lines_with_the_price_of_a_piece_and_their_state(shop):
    columns = (
        "order_id, product_id, line_number, cast(quantity as int), unit_price, cast(discount_amount as double), "
        "order_status"
    )
    assert shop.rows(f"select {columns} from sources.src_order_lines order by row_number") == [
        ("305-1", "P1", "1", 3, "3.333333", 2.0, "Shipped"),
        ("305-1", "P2", "2", 1, "5.000000", None, "Shipped"),
        ("305-1", "P2", "3", 1, "5.000000", None, "Shipped"),
        ("305-2", "P1", "1", 0, None, None, "cancelled"),
        ("305-3", "P1", "1", 0, "10.000000", None, "cancelled"),
        ("305-4", "P1", "1", 1, "10.000000", None, "cancelled"),
        ("305-4", "P2", "2", 0, None, None, "cancelled"),
        ("305-4", "P3", "3", 1, "7.500000", None, "Shipped"),
        ("305-5", "P1", "1", 1, "10.000000", None, "Shipped - Returned to Seller"),
        ("305-6", "P1", "1", 1, "10.000000", None, "Pending"),
        ("S02-7", "P1", "1", 1, "0", None, "Shipped"),
        ("305-8", "P1", "1", 1, "9.000000", None, "Shipped - Returning to Seller"),
        ("305-9", "B0", "1", 1, "3.000000", 1.0, "Shipped"),
        ("305-91", "P1", "1", 3, "1500000.000000", 1500000.0, "Shipped"),
    ]
    assert shop.columns("sources.src_order_lines") == contract("order_lines")
    facts = "distinct ordered_at, customer_id, channel, country, currency"
    assert shop.rows(f"select {facts} from sources.src_order_lines where order_id = '305-1'") == [
        ("2024-06-17T08:04:21+00:00", None, "Amazon.de", "DE", "EUR")
    ]
    assert shop.rows("select product_name from sources.src_order_lines where unit_price = '3.333333'") == [
        ('"Pan" of "12',)
    ]


def test_money_of_orders_adds_up_to_the_cent(tmp_path, raw):
    run = rendered("amazon", raw, "orders")
    money = "order_id, order_status, is_sale, cast(gross_revenue as double), cast(returned_revenue as double)"
    assert run.rows(f"select {money} from shop.orders order by 1") == [
        ("305-1", "completed", True, 18.0, 0.0),
        ("305-2", "cancelled", False, 0.0, 0.0),
        ("305-3", "cancelled", False, 0.0, 0.0),
        ("305-4", "completed", True, 7.5, 0.0),
        ("305-5", "returned", False, 0.0, 10.0),
        ("305-6", "cancelled", False, 0.0, 0.0),
        ("305-8", "returned", False, 0.0, 9.0),
        ("305-9", "completed", True, 2.0, 0.0),
        ("305-91", "completed", True, 3000000.0, 0.0),
        ("S02-7", "completed", False, 0.0, 0.0),
    ]


def test_a_table_in_other_spelling_and_a_ragged_row(tmp_path):
    (tmp_path / "Amazon Sale Report.csv").write_text(
        "index,Order ID,Date,Status,Fulfilment,Sales Channel ,SKU,ASIN,Qty,currency,Amount,ship-country\n"
        "0,404-1,04-30-22,Shipped - Lost in Transit,Merchant,Amazon.in,S-1,B1,1,INR,647.62,IN\n"
        "1,404-2,04-30-22,ragged\n"
    )
    run = rendered_sources("amazon", tmp_path)
    columns = "order_id, product_id, ordered_at, quantity, unit_price, order_status, channel, currency, row_defect"
    assert run.rows(f"select {columns} from sources.src_order_lines order by row_number") == [
        ("404-1", "S-1", "04-30-22", "1.000000", "647.620000", "Shipped - Lost in Transit", "Amazon.in", "INR", None),
        ("404-2", None, "04-30-22", None, None, "ragged", None, None, "wrong number of fields"),
    ]
