"""The eBay source: transaction reports in English and German, orders of several items, and what was paid back."""

import csv
import io

import pytest
from rendered_warehouse import rendered, rendered_sources
from round_trip import built
from source_warehouse import contract

HEADER = [
    *("Transaction creation date", "Type", "Order number", "Buyer username", "Ship to country", "Net amount"),
    *("Item ID", "Transaction ID", "Item title", "Custom label", "Quantity", "Item subtotal"),
    *("Shipping and handling", "Seller collected tax", "Gross transaction amount", "Transaction currency"),
    *("Reference ID", "Description"),
]
GERMAN = [
    *("Datum der Transaktionserstellung", "Typ", "Bestellnummer", "Nutzername des Käufers", "Versandziel - Land"),
    *("Betrag abzügl. Kosten", "Artikelnr.", "Transaktionsnummer", "Angebotstitel", "Bestandseinheit", "Stückzahl"),
    *("Zwischensumme Artikel", "Verpackung und Versand", "Vom Verkäufer eingezogene Steuer"),
    *("Transaktionsbetrag (inkl. Kosten)", "Transaktionswährung", "Referenznummer", "Beschreibung"),
]
NAMES = {
    "net": "Net amount",
    "item_id": "Item ID",
    "transaction_id": "Transaction ID",
    "title": "Item title",
    "label": "Custom label",
    "quantity": "Quantity",
    "subtotal": "Item subtotal",
    "postage": "Shipping and handling",
    "tax": "Seller collected tax",
    "gross": "Gross transaction amount",
    "currency": "Transaction currency",
    "reference": "Reference ID",
}
ABOVE = "--,--,--\nNotes\n\nTransaction report\nSeller,made.shop\nStart date,Dec-01-2022 00:00:00 AM PST\n\n"


def report(*rows, header=HEADER, delimiter=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="--", lineterminator="\n", delimiter=delimiter)
    csv.writer(text, lineterminator="\n", delimiter=delimiter).writerow(header)
    writer.writerows(rows)
    return ABOVE + text.getvalue()


def row(day, kind, number, buyer="bo", **fields):
    return {
        "Transaction creation date": day,
        "Type": kind,
        "Order number": number,
        "Buyer username": buyer,
        "Ship to country": "US",
        **{NAMES[key]: value for key, value in fields.items()},
    }


def item(number, place, subtotal, quantity="1", **fields):
    sold = {"item_id": f"15700000{place}", "transaction_id": f"100{number[-1]}{place}", "title": f"Card {place}"}
    return {"quantity": quantity, "subtotal": subtotal, "label": "SHELF 3"} | sold | fields


def whole(amount):
    return {"net": amount, "gross": amount, "currency": "USD"}


DECEMBER = report(
    row(
        "Dec 29, 2022",
        "Order",
        "07-1",
        **item("07-1", "1", "10", quantity="3", postage="5.5"),
        **whole("15.5"),
    ),
    row("Dec 29, 2022", "Other fee", "07-1", net="-0.89", item_id="157000001", gross="-0.89"),
    row("Dec 29, 2022", "Shipping label", "07-1", net="-3.35", gross="-3.35"),
    # several items: the total has no item, the items have no total and no currency
    row("Dec 30, 2022", "Order", "07-2", **whole("1,215")),
    row("Dec 30, 2022", "Order", "07-2", **item("07-2", "2", "1,200", postage="5")),
    row("Dec 30, 2022", "Order", "07-2", **item("07-2", "3", "10")),
    row("Dec 30, 2022", "Payout", "--", buyer="--", net="-3,666.78", gross="-3,666.78"),
    row("Dec 31, 2022", "Hold", "07-2", net="-152", item_id="157000002", subtotal="162.26", quantity="1"),
    row("Dec 31, 2022", "Order", "07-3", **item("07-3", "4", "20"), **whole("20")),
    row("Dec 31, 2022", "Order", "07-4", **item("07-4", "5", "30", postage="4"), **whole("34")),
    # an order of which there is a total alone
    row("Dec 31, 2022", "Order", "07-5", buyer="cy", **whole("7.25")),
)
JANUARY = report(
    # both reports hold this day
    row("Dec 31, 2022", "Order", "07-3", **item("07-3", "4", "20"), **whole("20")),
    # a part, twice on one day, with tax of the shop's own; a whole order; one that was cancelled; one from before
    row("Jan 3, 2023", "Refund", "07-2", title="Card 2", reference="Return ID 1", **whole("-100")),
    row(
        *("Jan 3, 2023", "Refund", "07-2"),
        **{"title": "Card 2", "reference": "Return ID 2", "tax": "-8"} | whole("-108"),
    ),
    row("Jan 4, 2023", "Refund", "07-4", title="Card 5", reference="Return ID 3", **whole("-34")),
    row("Jan 4, 2023", "Refund", "07-3", title="Card 4", reference="Cancel ID 4", **whole("-20")),
    row("Jan 5, 2023", "Refund", "07-0", buyer="di", title="Old", reference="Return ID 5", **whole("-9.99")),
    row("Jan 5, 2023", "Claim", "07-1", reference="Case ID 6", **whole("-2.5")),
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ebay_raw")
    (folder / "Transaction_report_20221201_20221231.csv").write_text(DECEMBER)
    (folder / "Transaction_report_20221231_20230131.csv").write_text(JANUARY)
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory, raw):
    run = rendered_sources("ebay", raw)
    return run


def test_sales_by_item_and_what_was_paid_back(shop):
    columns = (
        "order_id, product_id, line_number, cast(quantity as int), unit_price, order_status, returned_at, is_product"
    )
    assert shop.rows(f"select {columns} from sources.src_order_lines order by order_id, row_number") == [
        ("07-0", "refund", "1", -1, "9.990000", "returned", "2023-01-05", "false"),
        ("07-1", "157000001", "10011", 3, "3.333333", None, None, None),
        ("07-1", "refund", "2", -1, "2.500000", "returned", "2023-01-05", "false"),
        ("07-2", "157000002", "10022", 1, "1200.000000", None, None, None),
        ("07-2", "157000003", "10023", 1, "10.000000", None, None, None),
        ("07-2", "refund", "3", -1, "100.000000", "returned", "2023-01-03", "false"),
        ("07-2", "refund", "4", -1, "100.000000", "returned", "2023-01-03", "false"),
        ("07-3", "157000004", "10034", 1, "20.000000", "cancelled", None, None),
        ("07-4", "157000005", "10045", 1, "30.000000", "returned", "2023-01-04", None),
        ("07-5", "unknown", None, None, "7.250000", None, None, None),
    ]
    assert shop.columns("sources.src_order_lines") == contract("order_lines")
    assert shop.rows("select count(*) = count(distinct row_number) from sources.src_order_lines") == [(True,)]


def test_facts_of_the_order_hold_for_its_items(shop):
    columns = "distinct order_id, customer_id, ordered_at, country, currency"
    assert shop.rows(
        f"select {columns} from sources.src_order_lines where order_id in ('07-0', '07-2') order by 1"
    ) == [
        ("07-0", "di", "2023-01-05", "US", "USD"),
        ("07-2", "bo", "2022-12-30", "US", "USD"),
    ]


def test_money_of_orders_adds_up_to_the_cent(tmp_path, raw):
    run = rendered("ebay", raw, "orders")
    money = "order_id, cast(ordered_at as date)::string, cast(gross_revenue as double), cast(net_revenue as double)"
    assert run.rows(f"select {money}, order_status from shop.orders order by 1") == [
        ("07-0", "2023-01-05", 0.0, -9.99, "returned"),
        ("07-1", "2022-12-29", 10.0, 7.5, "completed"),
        ("07-2", "2022-12-30", 1210.0, 1010.0, "completed"),
        ("07-3", "2022-12-31", 0.0, 0.0, "cancelled"),
        ("07-4", "2022-12-31", 0.0, 0.0, "returned"),
        ("07-5", "2022-12-31", 7.25, 7.25, "completed"),
    ]


def test_a_german_report_and_a_ragged_row(tmp_path):
    first = item("08-1", "6", "19,9", quantity="2", postage="6,19")
    second = item("08-2", "7", "1.200")
    text = report(
        row("Dez 29, 2025", "Bestellung", "08-1", **first, **whole("26,09")),
        row("3. März 2025", "Bestellung", "08-2", **second, **whole("1.200")),
        row("Dez 30, 2025", "Rückerstattung", "08-1", reference="Rückgabe 1", **whole("-6,19")),
        row("31.12.2025", "Bestellung", "08-3", **item("08-3", "8", "5"), **whole("5")),
        row("Dez 30, 2025", "Andere Gebühr", "08-1", **whole("-2,14")),
        header=GERMAN,
        delimiter=";",
    )
    (tmp_path / "Transaktionsbericht.csv").write_text(text + "Dez 31, 2025;Bestellung\n")
    run = rendered_sources("ebay", tmp_path)
    columns = "order_id, product_id, ordered_at, quantity, unit_price, row_defect"
    assert run.rows(f"select {columns} from sources.src_order_lines order by row_number") == [
        ("08-1", "157000006", "2025-12-29", "2.000000", "9.950000", None),
        ("08-2", "157000007", "2025-03-03", "1.000000", "1200.000000", None),
        ("08-1", "refund", "2025-12-29", "-1", "6.190000", None),
        ("08-3", "157000008", "2025-12-31", "1.000000", "5.000000", None),
        (None, "unknown", "2025-12-31", None, None, "wrong number of fields"),
    ]


def test_equal_rows_of_one_report_are_several_and_those_of_two_reports_one(tmp_path):
    card = {"item_id": "157000001", "title": "Card", "quantity": "1", "subtotal": "20.00"}
    last = row("Jan 9, 2023", "Order", "09-9", **item("09-9", "9", "1"), **whole("1"))
    first = (
        row("Jan 3, 2023", "Order", "09-1", **card),
        row("Jan 3, 2023", "Order", "09-1", **card),
        row("Jan 3, 2023", "Order", "09-1", **whole("40")),
        row("Jan 4, 2023", "Refund", "09-1", **whole("-5")),
    )
    second = (row("Jan 4, 2023", "Refund", "09-1", **whole("-5")), *[first[-1]] * 2, first[0], last)
    (tmp_path / "Transaction_report_1.csv").write_text(report(*first))
    (tmp_path / "Transaction_report_2.csv").write_text(report(*second))
    run = built("ebay", tmp_path, "orders", "USD")
    money = "order_id, cast(gross_revenue as double), cast(net_revenue as double)"
    assert run.rows(f"select {money} from shop.orders where order_id = '09-1'") == [("09-1", 40.0, 25.0)]


def test_what_is_won_back_postage_of_totals_and_amounts_that_are_none(tmp_path):
    rows = (
        # earlier by its day, not by its letters
        row("Apr 2, 2023", "Refund", "10-0", **whole("-3")),
        row("Dec 29, 2022", "Refund", "10-0", **whole("-4")),
        # a dispute that was won, and one of which a part was; a refund of another reference stays
        row("Jan 5, 2023", "Order", "10-1", **item("10-1", "1", "40"), **whole("40")),
        row("Jan 6, 2023", "Refund", "10-1", reference="R1", **whole("-5")),
        row("Jan 7, 2023", "Payment dispute", "10-1", reference="D1", **whole("-30")),
        row("Jan 9, 2023", "Payment dispute", "10-1", reference="D1", **whole("30")),
        row("Jan 5, 2023", "Order", "10-2", **item("10-2", "1", "40"), **whole("40")),
        row("Jan 7, 2023", "Claim", "10-2", reference="D2", **whole("-40")),
        row("Jan 9, 2023", "Claim", "10-2", reference="D2", **whole("10")),
        # of a total the postage is none of the goods, in either direction
        row("Jan 5, 2023", "Order", "10-3", **whole("25") | {"postage": "5"}),
        row("Jan 7, 2023", "Refund", "10-3", **whole("-20") | {"postage": "-5"}),
        row("Jan 5, 2023", "Order", "10-4", **whole("25") | {"postage": "5"}),
        row("Jan 7, 2023", "Refund", "10-4", **whole("-20")),
        row("Jan 5, 2023", "Order", "10-5", **item("10-5", "1", "4,500,000.00", quantity="3"), **whole("4,500,000.00")),
        row("Jan 5, 2023", "Order", "10-6", **item("10-6", "1", "20 (USD)"), **whole("20")),
        row("Jan 6, 2023", "Refund", "10-5", **whole("a part")),
        row("May 1, 2023", "Order", "10-9", **item("10-9", "1", "1"), **whole("1")),
    )
    (tmp_path / "Transaction_report.csv").write_text(report(*rows))
    run = built("ebay", tmp_path, "orders", "USD")
    money = "order_id, cast(ordered_at as date)::string, order_status, cast(net_revenue as double)"
    assert run.rows(f"select {money} from shop.orders order by 1") == [
        ("10-0", "2022-12-29", "returned", -7.0),
        ("10-1", "2023-01-05", "completed", 35.0),
        ("10-2", "2023-01-05", "completed", 10.0),
        ("10-3", "2023-01-05", "completed", 5.0),
        ("10-4", "2023-01-05", "returned", 0.0),
        ("10-5", "2023-01-05", "completed", 4500000.0),
        ("10-9", "2023-05-01", "completed", 1.0),
    ]
    assert run.rows("select returned_at from sources.src_order_lines where order_id = '10-1' and returned_at > ''") == [
        ("2023-01-06",)
    ]
    refused = "select order_id, reject_reason from staging.stg_order_lines__typed where reject_reason is not null"
    assert run.rows(f"{refused} order by 1") == [
        ("10-5", "unit_price is not a number"),
        ("10-6", "unit_price is not a number"),
    ]
