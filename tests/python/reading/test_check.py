"""`customer-insight check`: what it says of the rows of an export, before anything is built."""

import csv
import re
from collections import Counter

import pytest
from customer_insight.commands.cli import main
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.zone_proposal import proposed_zone
from test_values import ROOT


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Exit code and output of a check of files with these texts."""
    monkeypatch.chdir(ROOT)
    for name in ("SOURCE", "RAW", "WAREHOUSE"):
        monkeypatch.setenv(f"CUSTOMER_INSIGHT_{name}", "")

    def checked(*arguments, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        code = main(["check", "--source", "files", "--raw", str(tmp_path), *arguments])
        return code, capsys.readouterr().out

    return checked


ODD = """\
sep=;
order_id;product_id;ordered_at;customer_id;quantity;unit_price;order_status
A1;P1;31.12.2023 10:00;anna@example.com;1;12,50;paid
A2;P2;01.02.2024 11:00;17850.0;2;1.234,50 €;canceled
A3;P2;01.02.2024 11:00;NULL;2;3,50;"we
ird"
A4;P2;02.02.2024 11:00;NULL;2;3,50;pending
A5;P2;02.02.2024 11:00;NULL;;3,50;shipped
A5;P2;02.02.2024 11:00;NULL;;3,50;shipped
A6;P2;never;NULL;1;3,50;shipped
"""


def test_it_says_how_each_column_is_read_and_what_is_refused_with_an_example_and_its_line(check):
    code, said = check(order_lines=ODD)
    assert code == 0, said
    for part in [
        "rows: 7, from 2023-12-31 to 2024-02-02",
        "ordered_at is read day before month (31/12/2024)",
        "unit_price is read with a decimal comma (1.234,50)",
        "1 line cancelled",
        "1 line waits for payment and is no sale;",
        "pending_is_sale=true",
        "1 line equals another one and has no line_number",
        "customer ids are e-mail addresses",
        "refused: 2 rows (28.6 %)",
        "1 x order_status is unknown, for example `we\nird` in line 5 of order_lines.csv",
        "1 x ordered_at is not a time, for example `never` in line 10 of order_lines.csv",
        "Next:\n  customer-insight build --source files --raw ",
    ]:
        assert part in said, part


def test_rates_that_a_build_will_need_come_before_the_build(check):
    lines = "A1,P1,2024-01-05,EUR\nA2,P1,2024-01-06,EUR\nA3,P1,2024-01-07,USD\n"
    order_lines = "order_id,product_id,ordered_at,currency\n" + lines
    products = "product_id,currency\nP1,SEK\n"
    code, said = check(order_lines=order_lines, products=products)
    assert code == 0, said
    assert "First give the rates of SEK, USD from 2024-01-05 to 2024-01-07 in exchange_rates.csv" in said
    assert "was worth in EUR" in said
    assert said.endswith("--set reporting_currency=EUR\n")
    _, said = check(exchange_rates="rate_date,currency,rate\n2024-01-07,USD,0.9\n")
    assert "First give" not in said


def test_a_last_day_far_from_the_rest_is_asked_about(check):
    order_lines = "order_id,product_id,ordered_at\nA1,P1,2024-01-05 10:00\nA2,P1,2024-01-05 11:00\nA3,P1,{}\n"
    assert "the one before" not in check(order_lines=order_lines.format("2024-02-04"))[1]
    _, said = check(order_lines=order_lines.format("2042-02-04"))
    assert "the last day, 2042-02-04, is 6,605 days after the one before, 2024-01-05: is it mistyped?" in said
    assert "--set as_of='2024-01-05 23:59:59'" in said


def test_who_was_erased_is_counted_whatever_else_cannot_be_read(check):
    customers = "customer_id,erased_at,birth_date\nC1,2024-01-05,deleted\nC2,2024-01-05,\nC3,,\n"
    _, said = check(order_lines="order_id,product_id,ordered_at\nA1,P1,2024-01-05\n", customers=customers)
    assert "2 rows say that the customer was erased" in said


def test_it_says_the_last_thing_last(check):
    _, said = check(order_lines="order_id,product_id,ordered_at\nA1,P1,2024-01-01\n")
    assert said.rstrip().split("\n")[-1].strip().startswith("customer-insight build --source files --raw ")


def test_it_asks_what_nothing_decides(check):
    code, said = check(order_lines='order_id,product_id,ordered_at,unit_price\nA1,P1,03/04/2024,"1,234"\n')
    assert code == 1
    assert "order_lines.ordered_at: nothing decides whether 03/04/2024 is in March or in April" in said
    assert "order_lines.unit_price: nothing decides whether 1,234 is a thousand" in said
    code, said = check("--set", "date_order=day_first", "--set", "decimal_mark=comma")
    assert code == 0, said
    assert said.rstrip().endswith("--set date_order=day_first --set decimal_mark=comma")


def test_it_stops_where_a_build_would(check):
    code, said = check(order_lines="order_id,product_id,ordered_at\nA1,P1,never\nA2,P1,neither\nA3,P1,2024-01-01\n")
    assert code == 1
    assert "order_lines: 2 of 3 rows would be refused, most because ordered_at is not a time" in said
    assert "refused: 2 rows (66.7 %)" in said
    _, said = check(order_lines="order_id,product_id,ordered_at\nA1,P1,never\n")
    assert "order_lines: 1 of 1 row would be refused" in said
    assert "refused: 1 row (100.0 %)" in said


def test_what_lies_in_two_places_is_said_once(check, tmp_path):
    (tmp_path / "order_lines").mkdir()
    (tmp_path / "order_lines" / "2024.csv").write_text("order_id,product_id,ordered_at\nA1,P1,2024-01-01\n")
    code, said = check(order_lines="order_id,product_id,ordered_at\nA1,P1,2024-01-01\n", order_linse="x\n")
    assert code == 1
    assert "expected one place for order_lines, found order_lines and order_lines.csv; remove all but one" in said
    assert said.count("order_lines.csv") == 1
    assert "Not read: order_linse.csv (is order_lines meant?)" in said


def test_it_proposes_the_zone_whose_offsets_are_written(check):
    lines = "order_id,product_id,ordered_at\nA1,P1,2023-05-31 23:06:04 -0700\nA2,P1,2023-12-31 23:06:04 -0800\n"
    _, said = check(order_lines=lines)
    assert "times are written with the offsets of America/Los_Angeles" in said
    assert said.rstrip().endswith("--set time_zone=America/Los_Angeles")


def test_it_looks_at_every_table(check):
    code, said = check(
        events="occurred_at,event_type,visitor_id,customer_id\n"
        "2024-01-01 10:00:00,view,v,0\nyesterday,view,v,0\n2024-01-02,view,v,0\n",
        customers="customer_id,erased_at\nC1,2024-01-01\n",
        product_vectors='product_id,vector\nP1,"[1, 2]"\nP2,\n',
        stranger="x\n",
    )
    assert code == 0, said
    assert "3 rows have the customer id 0 or -1" in said or "2 rows have the customer id 0 or -1" in said
    assert "1 x occurred_at is not a time, for example `yesterday` in line 3 of events.csv" in said
    assert "1 row says that the customer was erased" in said
    assert "Not read: stranger.csv" in said


@pytest.mark.parametrize(
    ("seen", "zone"),
    [
        ([("2023-05", "-0700"), ("2023-12", "-0800")], "America/Los_Angeles"),
        ([("2023-07", "+0200"), ("2023-01", "+0100")], "Europe/Berlin"),
        ([("2023-03", "+0200"), ("2023-03", "+0100")], "Europe/Berlin"),
        ([("2023-07", "+0530")], "Asia/Kolkata"),
        ([("2023-07", "+0000"), ("2023-01", "+0000")], ""),
        ([("2023-07", "-0700"), ("2023-07", "+0900")], ""),
        ([], ""),
    ],
)
def test_the_zone_of_offsets(seen, zone):
    assert proposed_zone(seen) == zone


def test_a_replaced_macro_is_another_in_the_macros_that_were_used_before():
    sql = ProjectSql(ROOT, {})
    before = sql.call("read_columns", "customers")
    sql.replace(reading_of=lambda column: f"'the reading of {column}'")
    assert "the reading of birth_date" in sql.call("read_columns", "customers")
    assert "the reading of" not in before


def test_what_the_first_rows_say_of_a_column_is_only_a_guess(check):
    rows = [f"A{n},P1,03/04/2024 10:00,12.50" for n in range(1500)]
    rows += ["B1,P1,31/12/2023 10:00,12.50", 'B2,P1,02/03/2024 10:00,"3,50"', 'B3,P1,31/12/2023 10:00,"4,50"']
    code, said = check(order_lines="order_id,product_id,ordered_at,unit_price\n" + "\n".join(rows))
    assert code == 0, said
    assert "rows: 1,503, from 2023-12-31 to 2024-04-03" in said
    assert "ordered_at is read day before month" in said
    assert "refused: 2 rows" in said
    assert "2 x unit_price is not a number, for example `3,50` in line 1,503 of order_lines.csv" in said


def test_first_rows_that_are_read_in_another_way_than_the_rest(check):
    rows = [f'A{n},P1,31/12/2023,"12,50"' for n in range(1000)] + ["B1,P1,2024-01-31,3"] * 100_000
    code, said = check(order_lines="order_id,product_id,ordered_at,unit_price\n" + "\n".join(rows))
    assert code == 0, said
    assert "ordered_at is read" not in said
    assert "unit_price is read with a decimal comma" in said
    assert "1,000 x ordered_at is not a time, for example `31/12/2023` in line 2 of order_lines.csv" in said


def test_a_blank_around_a_number_is_no_fault(check):
    lines = "order_id,product_id,ordered_at,unit_price,quantity\nA1,P1,2024-01-01,12.50 ,1\nA2,P1,2024-01-02,3.5€, 2 \n"
    code, said = check(order_lines=lines)
    assert code == 0, said
    assert "rows: 2" in said
    assert "refused" not in said
    assert "is read" not in said


def test_of_the_made_shop_it_counts_what_was_planted(check):
    code, said = check("--source", "demo", "--raw", "")
    assert code == 0, said
    assert "Not read" not in said
    counted = {}
    for section in said.split("\n\n")[1:]:
        table = section.partition("\n")[0]
        found = re.findall(r"^    ([0-9,]+) x (.+?), for example", section, re.MULTILINE)
        counted |= {(table, reason): int(rows) for rows, reason in found}
    with (ROOT / "tests/fixtures/demo_planted/defects.csv").open(encoding="utf-8", newline="") as file:
        planted = Counter((row["source_table"], row["reason"]) for row in csv.DictReader(file))
    # which rows repeat another only the whole table can say
    repeated = ("exact duplicate of another row", "another row has the same key")
    assert len(counted) > 30
    assert counted == {defect: rows for defect, rows in planted.items() if defect[1] not in repeated}
