"""What a mapping makes of single rows: totals to the cent, shares, cents, words, lookups, and texts that do not fit."""

import json
import random
from decimal import Decimal

import pytest
from customer_insight.commands.raw_check import RawCheck
from customer_insight.commands.raw_input import find
from source_warehouse import ROOT

HEAD = "version: 1\ntables:\n  order_lines:\n    - files: lines.csv\n"
NEEDED = "order_id: No, product_id: Item, ordered_at: Day"


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Columns of the order lines that a mapping makes of texts, in the order of rows."""
    monkeypatch.setenv("CUSTOMER_INSIGHT_SOURCE", "files")
    monkeypatch.setenv("CUSTOMER_INSIGHT_RAW", str(tmp_path))

    def ask(_, request):
        asked = json.loads(request)
        finding = find(asked["raw_path"], asked["tables"], asked["table"])
        assert finding.problems == []
        return json.dumps(finding.as_dict())

    def called(mapping, columns, table="order_lines", **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        (tmp_path / "mapping.yml").write_text(mapping, encoding="utf-8")
        check = RawCheck(ROOT, {}, ask)
        source = check._relation(f"src_{table}")
        return check._engine.execute(f"select {columns} from {source} order by row_number").fetchall()

    return called


def test_the_pieces_of_a_total_are_worth_its_cents_again(read):
    chance = random.Random(3)
    rows = [(chance.randrange(1, 10 ** chance.randrange(1, 6)), chance.randrange(0, 10**7)) for _ in range(2000)]
    rows += [(3, 1000), (40000, 1234567), (7, 1), (99999, 3)]
    text = "No;Item;Day;Qty;Sum\n" + "".join(f"{at};P;2024-01-02;{q};{c / 100:.2f}\n" for at, (q, c) in enumerate(rows))
    found = read(
        HEAD + f"      columns: {{{NEEDED}, quantity: Qty, unit_price: {{total: Sum}}}}\n",
        "quantity, unit_price, discount_amount",
        lines=text,
    )
    for (quantity, cents), (_, price, discount) in zip(rows, found, strict=True):
        worth = quantity * Decimal(price) - Decimal(discount or 0)
        assert round(worth, 2) == Decimal(cents) / 100, (quantity, cents, price, discount)
        assert Decimal(discount or 0) <= quantity * Decimal("0.000002")


@pytest.mark.parametrize("mark", ["point", "comma", ""])
@pytest.mark.parametrize("kind", ["total", "total_after_discount"])
def test_a_total_with_an_amount_taken_off_is_read_by_any_mark(read, kind, mark):
    sign = "," if mark == "comma" else "."
    rows = [(3, "10.00", "1.50"), (7, "0.01", "0.25"), (2, "5.00", ""), (1, "4.00", "0.00")]
    text = "No;Item;Day;Qty;Sum;Off\n" + "".join(
        f"{at};P;2024-01-02;{quantity};{worth};{off}\n".replace(".", sign)
        for at, (quantity, worth, off) in enumerate(rows)
    )
    columns = f"quantity: Qty, unit_price: {{{kind}: Sum}}, discount_amount: Off"
    said = f"      decimal_mark: {mark}\n" if mark else ""
    found = read(
        HEAD + said + f"      columns: {{{NEEDED}, {columns}}}\n", "quantity, unit_price, discount_amount", lines=text
    )
    for (quantity, worth, off), (_, price, discount) in zip(rows, found, strict=True):
        paid = Decimal(worth) - (Decimal(off or 0) if kind == "total" else 0)
        left = quantity * Decimal(price) - Decimal((discount or "0").replace(",", "."))
        assert round(left, 2) == paid, (quantity, worth, off, price, discount)


def test_no_pieces_no_amount_and_what_is_no_amount(read):
    text = "No;Item;Day;Qty;Sum\n1;P;2024-01-02;;3,50\n2;P;2024-01-02;0;3,50\n3;P;2024-01-02;0;0\n4;P;2024-01-02;2;\n"
    text += "5;P;2024-01-02;-2;-7,00\n6;P;2024-01-02;2;NULL\n7;P;2024-01-02;2;7.00.1\n8;P;2024-01-02;2;1.234,50 €\n"
    found = read(
        HEAD + "      decimal_mark: comma\n      columns: {" + NEEDED + ", quantity: Qty, unit_price: {total: Sum}, "
        "order_status: {negative_quantity: returned}}\n",
        "unit_price, order_status",
        lines=text,
    )
    assert found == [
        ("3.500000", None),
        ("3,50 for 0 pieces", None),
        ("0.000000", None),
        (None, None),
        ("3.500000", "returned"),
        ("NULL", None),
        ("not an amount: 7.00.1", None),
        ("617.250000", None),
    ]


def test_discounts_in_percent_and_shares_and_amounts_in_cents(read):
    text = "No,Item,Day,Qty,Price,Off,Rate,Cost\n1,P,2024-01-02,3,10.00,20%,0.2,499\n2,P,2024-01-02,1,5.00,,0,x1\n"
    columns = "quantity: Qty, unit_price: Price, unit_cost: {cents: Cost}"
    for said in ("{percent: Off}", "{share: Rate}"):
        (first, second) = read(
            HEAD + f"      columns: {{{NEEDED}, {columns}, discount_amount: {said}}}\n",
            "discount_amount, unit_cost",
            lines=text,
        )
        assert Decimal(first[0]) == 6
        assert Decimal(first[1]) == Decimal("4.99")
        assert Decimal(second[0] or 0) == 0
        assert second[1] == "not an amount: x1"


def test_times_are_read_as_the_mapping_says_and_others_say_what_they_are_not(read):
    days = ["31.12.2023 23:30", "01/02/2024", "12/31/2024", "2024-07-01 10:00:00 +0200", "", "n/a", "1-2-24 9:05"]
    text = "No;Item;Day\n" + "".join(f"{at};P;{day}\n" for at, day in enumerate(days))
    found = read(
        HEAD + "      date_order: day_first\n      time_zone: Europe/Berlin\n      columns: {" + NEEDED + "}\n",
        "ordered_at",
        lines=text,
    )
    assert [value for (value,) in found] == [
        "2023-12-31 22:30:00",
        "2024-01-31 23:00:00",
        "not day_first: 12/31/2024",
        "2024-07-01 08:00:00",
        None,
        "n/a",
        "2024-02-01 08:05:00",
    ]


def test_columns_are_joined_looked_up_and_put_into_our_words(read):
    lines = "No,Item,Size,State\n1,P,M,binned\n1,Q,,PAID\n2,P,L,\nragged\n3,P,L,\n"
    orders = "id,when,who\n1,2024-01-02,C1\n2,2024-01-03,C2\n2,2024-01-04,C3\n"
    mapping = HEAD + (
        "      lookups: {orders: {files: orders.csv, key: id, by: No}}\n"
        "      columns: {order_id: No, product_id: [Item, Size], ordered_at: {column: when, lookup: orders}, "
        "customer_id: {column: who, lookup: orders}, order_status: {column: State, words: {Binned: cancelled}}, "
        "currency: {constant: EUR}}\n"
    )
    columns = "row_number, order_id, product_id, ordered_at, customer_id, order_status, currency, row_defect"
    assert read(mapping, columns, lines=lines, orders=orders) == [
        (1, "1", "P-M", "2024-01-02", "C1", "cancelled", "EUR", None),
        (2, "1", "Q", "2024-01-02", "C1", "PAID", "EUR", None),
        (3, "2", "P-L", "2024-01-04", "C3", None, "EUR", None),
        (4, "ragged", None, None, None, None, "EUR", "wrong number of fields"),
        (5, "3", "P-L", None, None, None, "EUR", None),
    ]


def test_a_customer_is_the_last_row_that_names_it_and_a_table_below_another_is_read_alone(read):
    text = "No;Who;Town\n1;A;Bonn\n2;B;Kiel\n3;A;Köln\n4;;Ulm\n\nStock\nItem;Left\nP;3\nQ;4\n"
    mapping = (
        "version: 1\ntables:\n  customers:\n    - files: lines.csv\n      section: 1\n      one_row_per: customer_id\n"
        "      columns: {customer_id: Who, city: Town}\n"
        "  products:\n    - {files: lines.csv, section: 2, columns: {product_id: Item, price: Left}}\n"
    )
    assert read(mapping, "row_number, customer_id, city", "customers", lines=text) == [
        (2, "B", "Kiel"),
        (3, "A", "Köln"),
    ]
    assert read(mapping, "row_number, product_id, price", "products", lines=text) == [(1, "P", "3"), (2, "Q", "4")]


def test_an_id_that_was_kept_from_a_spreadsheet_is_itself(read):
    lines = 'No,Item,Day\n"=""0012""","=""007""",2024-01-02\n12,=,2024-01-02\n"=""""",P,2024-01-02\n'
    found = read(HEAD + f"      columns: {{{NEEDED}}}\n", "order_id, product_id", lines=lines)
    assert found == [("0012", "007"), ("12", "="), (None, "P")]
