"""The Etsy source: items of orders in two spellings, coupons, postage, buyers, and what was paid back."""

import csv
import io

import pytest
from rendered_warehouse import rendered, rendered_sources
from source_warehouse import contract

HEADER = [
    *("Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Discount Amount", "Order Shipping", "Item Total"),
    *("Currency", "Transaction ID", "Listing ID", "Ship Country", "Order ID", "Order Type", "SKU"),
]
BRITISH = [name.replace("Shipping", "Delivery").replace("Ship ", "Delivery ") for name in HEADER]
ORDERS = [
    *("Sale Date", "Order ID", "Order Total", "Status", "Card Processing Fees", "Order Net", "Adjusted Order Total"),
    *("Adjusted Card Processing Fees", "Adjusted Net Order Amount"),
]


def export(header, *rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def item(day, order, line, buyer, price, quantity="1", discount="0", postage="0", name="Fox", currency="USD"):
    listing = {"Fox": "901", "Owl": "902"}[name]
    return [
        *(day, name, buyer, quantity, price, discount, postage, "", currency, line, listing, "United States", order),
        *("online", ""),
    ]


ANN = "Ann Lee (annlee42)"
OLD = export(
    HEADER,
    # three equal items share a coupon of five and have postage, both on the first
    item("12/31/20", "3001", "10000000001", ANN, "10.00", discount="5.00", postage="4.5"),
    item("12/31/20", "3001", "10000000002", ANN, "10.00"),
    item("12/31/20", "3001", "10000000003", ANN, "10.00"),
    # a guest, and a price in thousands
    item("12/30/20", "3002", "10000000004", "", "1,050.00", name="Owl"),
    # three of one kind, and the name alone that somebody signs in with
    item("12/29/20", "3003", "10000000005", "annlee42", "3.30", quantity="3", name="Owl"),
)
NEW = export(
    BRITISH,
    item("01/05/21", "3004", "10000000006", "B (x) Lee (blee)", "28", currency="CAD"),
    item("01/06/21", "3005", "10000000007", "blee", "20", postage="5", currency="CAD"),
    item("01/07/21", "3006", "10000000008", "blee", "20", currency="CAD"),
    item("01/08/21", "3007", "10000000009", "blee", "20", currency="CAD"),
)
# the month as it was exported by itself: the same order once more
MONTH = export(BRITISH, item("01/05/21", "3004", "10000000006", "B (x) Lee (blee)", "28", currency="CAD"))
SOLD = export(
    ORDERS,
    # a tenth came back of 28 and of the shop's own tax of 1.40
    ["01/05/21", "3004", "29.4", "", "1.13", "28.27", "0", "1.04", "25.42"],
    # the postage came back, and 1.5 of tax that Etsy pays are in the total alone
    ["01/06/21", "3005", "26.5", "", "0.88", "24.12", "0", "0.73", "19.27"],
    ["01/07/21", "3006", "20", "Canceled", "0.73", "19.27", "0", "0", "0"],
    ["01/08/21", "3007", "20", "", "0.73", "19.27", "0", "0", "0"],
    # an order without items: its year was not exported
    ["01/09/21", "3999", "20", "", "0.73", "19.27", "0", "0.5", "9.5"],
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("etsy_raw")
    texts = {
        "EtsySoldOrderItems2020": OLD,
        "EtsySoldOrderItems2021": NEW,
        "EtsySoldOrderItems2021-1": MONTH,
        "EtsySoldOrders2021": SOLD,
    }
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory, raw):
    run = rendered_sources("etsy", raw)
    return run


def test_items_with_their_share_of_the_coupon_and_what_was_paid_back(shop):
    columns = "order_id, product_id, line_number, quantity, cast(unit_price as double), cast(discount_amount as double)"
    assert shop.rows(
        f"select {columns}, order_status, is_product from sources.src_order_lines order by order_id, row_number"
    ) == [
        ("3001", "901", "10000000001", "1", 10.0, 1.67, None, None),
        ("3001", "901", "10000000002", "1", 10.0, 1.66, None, None),
        ("3001", "901", "10000000003", "1", 10.0, 1.67, None, None),
        ("3002", "902", "10000000004", "1", 1050.0, 0.0, None, None),
        ("3003", "902", "10000000005", "3", 3.3, 0.0, None, None),
        ("3004", "901", "10000000006", "1", 28.0, 0.0, None, None),
        ("3004", "refund", None, "-1", 2.8, None, "returned", "false"),
        ("3005", "901", "10000000007", "1", 20.0, 0.0, None, None),
        ("3005", "refund", None, "-1", 5.0, None, "returned", "false"),
        ("3006", "901", "10000000008", "1", 20.0, 0.0, "cancelled", None),
        ("3007", "901", "10000000009", "1", 20.0, 0.0, None, None),
    ]
    assert shop.columns("sources.src_order_lines") == contract("order_lines")
    assert shop.rows("select count(*) = count(distinct row_number) from sources.src_order_lines") == [(True,)]


def test_buyers_are_called_by_what_they_sign_in_with_and_guests_by_nothing(shop):
    columns = "distinct order_id, customer_id, ordered_at, channel, country, currency"
    assert shop.rows(f"select {columns} from sources.src_order_lines order by 1") == [
        ("3001", "annlee42", "2020-12-31", "online", "United States", "USD"),
        ("3002", None, "2020-12-30", "online", "United States", "USD"),
        ("3003", "annlee42", "2020-12-29", "online", "United States", "USD"),
        ("3004", "blee", "2021-01-05", "online", "United States", "CAD"),
        ("3005", "blee", "2021-01-06", "online", "United States", "CAD"),
        ("3006", "blee", "2021-01-07", "online", "United States", "CAD"),
        ("3007", "blee", "2021-01-08", "online", "United States", "CAD"),
    ]


def test_money_of_orders_adds_up_to_the_cent(tmp_path, raw):
    (tmp_path / "raw").mkdir()
    for path in raw.iterdir():
        (tmp_path / "raw" / path.name).write_text(path.read_text().replace("CAD", "USD"))
    run = rendered("etsy", tmp_path / "raw", "orders")
    money = "order_id, cast(ordered_at as date)::string, cast(gross_revenue as double), cast(net_revenue as double)"
    assert run.rows(f"select {money}, is_sale from shop.orders order by 1") == [
        ("3001", "2020-12-31", 25.0, 25.0, True),
        ("3002", "2020-12-30", 1050.0, 1050.0, True),
        ("3003", "2020-12-29", 9.9, 9.9, True),
        ("3004", "2021-01-05", 28.0, 25.2, True),
        ("3005", "2021-01-06", 20.0, 15.0, True),
        ("3006", "2021-01-07", 0.0, 0.0, False),
        ("3007", "2021-01-08", 20.0, 20.0, True),
    ]


def test_a_ragged_row_arrives(tmp_path):
    (tmp_path / "EtsySoldOrderItems2020.csv").write_text(OLD + "12/31/20,ragged\n")
    run = rendered_sources("etsy", tmp_path)
    assert run.rows(
        "select ordered_at, order_id, row_defect from sources.src_order_lines where row_defect is not null"
    ) == [("2020-12-31", None, "wrong number of fields")]


def test_days_that_could_be_months_refused_items_and_discounts_of_any_sign(tmp_path):
    rows = export(
        HEADER,
        # a coupon of three is shared by what can be read alone
        item("01/05/21", "1", "10000000001", ANN, "10.00", discount="-3.00"),
        item("01/05/21", "1", "10000000002", ANN, "10.00", quantity="0"),
        item("01/05/21", "1", "10000000003", ANN, "20.00"),
        item("02/06/21", "2", "10000000004", ANN, "1500000.00", quantity="2", discount="300000"),
        item("02/06/2021", "3", "10000000005", ANN, "10.00", discount="a part"),
    )
    (tmp_path / "EtsySoldOrderItems2021.csv").write_text(rows + "01/05/21,Fox,,1,30.00,,,,,,,,1\n")
    run = rendered("etsy", tmp_path, "orders")
    money = "order_id, cast(ordered_at as date)::string, cast(gross_revenue as double)"
    assert run.rows(f"select {money} from shop.orders order by 1") == [
        ("1", "2021-01-05", 27.0),
        ("2", "2021-02-06", 2700000.0),
    ]
    refused = "select row_number, reject_reason from staging.stg_order_lines__typed where reject_reason is not null"
    assert run.rows(f"{refused} order by 1") == [
        (2, "quantity is zero"),
        (5, "discount_amount is not a number"),
        (6, "wrong number of fields"),
    ]
