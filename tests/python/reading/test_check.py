"""`customer-insight check`: what it says of the rows of an export, before anything is built."""

import csv
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from customer_insight.commands import needed_rates
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.warehouse_names import proposed_warehouse
from customer_insight.commands.zone_proposal import proposed_zone
from test_values import ROOT

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


def test_who_names_customers_and_what_was_sold_beyond_a_million(check):
    events = "event_id,event_type,visitor_id,occurred_at\nE1,view,V1,2024-07-01 10:00\n"
    nobody = "no row of order_lines or events names a customer"
    lines = "order_id,product_id,ordered_at,customer_id,quantity,unit_price\nA1,P1,2024-07-01 11:00,,2,1500000.00\n"
    code, said = check(order_lines=lines, events=events)
    assert code == 0, said
    assert "sold: 1 order, worth 3,000,000.00\n" in said
    assert nobody in said
    # lines do, or links from visitors
    assert "names a customer" not in check(order_lines=lines.replace(",,", ",C1,"))[1]
    links = "visitor_id,customer_id,linked_at\nV1,C1,2024-07-01 10:00\n"
    assert "names a customer" not in check(order_lines=lines, identity_links=links)[1]


LINES = "order_id,product_id,ordered_at,currency\n"


def test_rates_that_a_build_will_need_come_before_the_build(check):
    lines = "A1,P1,2024-01-05,EUR\nA2,P1,2024-01-06,EUR\nA3,P1,2024-01-07,USD\nA4,P1,2024-01-09,USD\n"
    code, said = check(order_lines=LINES + lines, products="product_id,currency,price\nP1,SEK,10\nP2,NOK,\n")
    assert code == 0, said
    # a product has no day of its own: its price is converted on the last one, and one without a price is not
    rates = "First give the rates of SEK for 2024-01-09, USD from 2024-01-07 to 2024-01-09 in exchange_rates.csv"
    assert rates in said
    assert "was worth in EUR" in said
    assert "NOK" not in said.partition("First give")[2]
    assert said.endswith("--set reporting_currency=EUR\n")
    rate = "rate_date,currency,rate\n"
    _, said = check(exchange_rates=rate + "2024-01-07,USD,0\n2024-01-02,SEK,0.09\n")
    assert "First give the rates of USD from 2024-01-07 to 2024-01-09 in" in said
    assert "First give" not in check(exchange_rates=rate + "2024-01-02,USD,0.9\n2024-01-02,SEK,0.09\n")[1]


@pytest.mark.parametrize(
    ("rates", "missing"),
    [
        ({("USD", 2), ("SEK", 2)}, []),
        ({("USD", 1), ("SEK", 9)}, ["USD for 2024-01-09"]),
        ({("USD", 8), ("SEK", 9)}, ["USD for 2024-01-07"]),
        ({("NOK", 7), ("SEK", 10)}, ["SEK for 2024-01-09", "USD from 2024-01-07 to 2024-01-09"]),
        (set(), ["SEK for 2024-01-09", "USD from 2024-01-07 to 2024-01-09"]),
    ],
)
def test_a_rate_holds_for_seven_days_and_for_its_own_currency(rates, missing):
    lines = Counter({("EUR", 5): 2, ("USD", 7): 1, ("USD", 9): 1, (None, 9): 1})
    amounts = needed_rates.Amounts(
        Counter({(currency, date(2024, 1, day)): rows for (currency, day), rows in lines.items()}),
        Counter({"SEK": 1, "NOK": 1}),
        Counter({"SEK": 1}),
        {(currency, date(2024, 1, day)) for currency, day in rates},
    )
    settings, first = needed_rates.advice(amounts, "EUR", date(2024, 1, 9))
    assert settings == []
    assert [sentence.split(" in exchange_rates")[0] for sentence in first] == (
        [f"First give the rates of {', '.join(missing)}"] if missing else []
    )


def test_what_channels_cost_needs_rates_and_names_that_are_known(check):
    costs = "cost_date,channel,cost,currency\n2024-01-05,Google Ads,3.50,EUR\n2024-01-05,Paid_Social,1,\n"
    lines = LINES + "A1,P1,2024-01-05,EUR\n"
    code, said = check(order_lines=lines, channel_costs=costs)
    assert code == 0, said
    assert "no rule knows" not in said
    more = "2024-01-06,Radio Garden,7,USD\n2024-01-06,radio-garden,2,\nsoon,email,1,\n2024-01-06,email,-1,\n"
    _, said = check(channel_costs=costs + more)
    assert "  2 rows are of channels that no rule knows: radio garden. They stand apart in channels_daily;" in said
    assert "1 x cost is negative, for example `-1` in line 7 of channel_costs.csv" in said
    assert "1 x cost_date is not a date, for example `soon` in line 6" in said
    # later than now is not added to anything
    assert "First give" not in said
    _, said = check(channel_costs=costs + more, order_lines=lines + "A2,P1,2024-01-07,EUR\n")
    assert "First give the rates of USD for 2024-01-06 in exchange_rates.csv" in said


def test_lines_later_than_now_need_no_rate():
    amounts = needed_rates.Amounts(Counter({("EUR", date(2024, 1, 5)): 1, ("USD", date(2024, 1, 9)): 1}))
    assert needed_rates.advice(amounts, "EUR", date(2024, 1, 8)) == ([], [])


def test_products_in_several_currencies_need_a_reporting_currency_though_no_line_names_one(check):
    order_lines = "order_id,product_id,ordered_at\nA1,P1,2024-01-05\n"
    products = "product_id,currency,price\nP1,CHF,1\nP2,EUR,1\nP3,EUR,1\n"
    _, said = check(order_lines=order_lines, products=products)
    assert "First give the rates of CHF for 2024-01-05 in exchange_rates.csv" in said
    assert said.endswith("--set reporting_currency=EUR\n")
    # nothing of them is added to anything
    _, said = check(products="product_id,currency\nP1,CHF\nP2,EUR\n")
    assert "First give" not in said
    assert "--set reporting_currency" not in said.rstrip().split("\n")[-1]


def test_a_sign_is_no_currency_to_report_in(check):
    lines = "A1,P1,2024-01-05,€\nA2,P1,2024-01-06,€\nA3,P1,2024-01-07,CHF\n"
    code, said = check(order_lines=LINES + lines)
    assert code == 0, said
    assert "First write each currency as its three letters: `€` (EUR)" in said
    assert "reporting_currency=€" not in said
    assert check("--set", "reporting_currency=CHF")[0] == 0
    _, said = check(order_lines=LINES + "A1,P1,2024-01-05,€\nA2,P1,2024-01-06,$\n")
    assert "`$`, `€` (EUR)" in said
    assert "reporting_currency=" not in said.rstrip().split("\n")[-1]


def test_a_last_day_far_from_the_rest_is_asked_about(check):
    order_lines = "order_id,product_id,ordered_at\nA1,P1,2024-01-05 10:00\nA2,P1,2024-01-05 11:00\nA3,P1,{}\n"
    assert "the one before" not in check(order_lines=order_lines.format("2024-02-04"))[1]
    _, said = check(order_lines=order_lines.format("2042-02-04"))
    assert "the last day, 2042-02-04, is 6,605 days after the one before, 2024-01-05" in said
    assert "for example line 4 of order_lines.csv: is it mistyped?" in said
    assert "--set as_of='2024-01-05 23:59:59'" in said
    assert "mistyped" not in check("--set", "as_of='2024-01-05 23:59:59'")[1]
    # the shop's day ends later than that of UTC
    assert "--set as_of='2024-01-06 07:59:59'" in check("--set", "calendar_time_zone=America/Los_Angeles")[1]


DAYS = [date(2023, 1, 1) + timedelta(days=n) for n in range(400)]
DAILY = [f"A{n},P1,{day}" for n, day in enumerate(DAYS)]


def test_many_rows_and_several_days_can_be_mistyped(check):
    rows, lines = DAILY, "order_id,product_id,ordered_at\n{}\n"
    _, said = check(order_lines=lines.format("\n".join([*rows, "B1,P1,2042-01-07", "B2,P1,2042-01-03"])))
    assert "the last days, 2042-01-03 to 2042-01-07, are 6,543 days after the one before, 2024-02-04" in said
    assert "for example line 402 of order_lines.csv: are they mistyped?" in said
    _, said = check(order_lines=lines.format("\n".join([*rows, *[f"B{n},P1,2042-01-07" for n in range(120)]])))
    assert "the last day, 2042-01-07, is 6,547 days after the one before" in said


def test_a_slow_shop_and_one_that_was_closed_are_not_mistyped(check):
    days, rows, lines = DAYS, DAILY, "order_id,product_id,ordered_at\n{}\n"
    # orders of each month beside events of each day, and without them
    monthly = lines.format("\n".join(f"A{n},P1,2023-{n:02}-01" for n in range(1, 13)))
    events = "occurred_at,event_type,visitor_id\n" + "\n".join(f"{day},view,V1" for day in days[:335])
    assert "mistyped" not in check(order_lines=monthly)[1]
    assert "mistyped" not in check(order_lines=monthly, events=events)[1]
    _, said = check(events=events + "\n2042-01-03,view,V1\n")
    assert "for example line 337 of events.csv: is it mistyped?" in said
    # a shop that was closed for two months and is open again
    again = [f"C{n},P1,{day + timedelta(days=460)}" for n, day in enumerate(days[:20])]
    assert "mistyped" not in check(order_lines=lines.format("\n".join(rows + again)), events="")[1]


def test_it_says_how_a_state_and_a_negative_quantity_are_mended(check):
    lines = "A1,P1,2024-01-05,1,paid\nA2,P1,2024-01-05,1,Storniert\nA3,P1,2024-01-05,1,weg\nA4,P1,2024-01-06,-1,\n"
    more = "A5,P1,2024-01-06,-1,refunded\nA6,P1,2024-01-06,2,\n"
    _, said = check(order_lines="order_id,product_id,ordered_at,quantity,order_status\n" + lines + more)
    assert "1 line cancelled, 1 returned" in said
    assert (
        "1 x order_status is unknown, for example `weg` in line 4 of order_lines.csv; add the word to the seed" in said
    )
    reason = "1 x quantity is negative, and order_status is not returned or cancelled, for example `-1` in line 5"
    assert reason in said
    assert "where goods came back, write `returned` into its order_status" in said


def test_sold_products_that_the_list_lacks_are_counted_and_named(check):
    lines = "A1,P1,\nA1,VERSAND,\nA2,P2,\nA2,VERSAND,\nA3,FEE,false\n"
    lines = "order_id,product_id,is_product,ordered_at\n" + lines.replace("\n", ",2024-01-05\n")
    _, said = check(order_lines=lines, products="product_id\nP1\nP3\n")
    assert "2 of 3 sold products are not in products, for example VERSAND, P2; where it is postage" in said
    assert "not in products" not in check(products="product_id\nP1\nP2\nVERSAND\n")[1]


def test_a_strategy_that_there_is_not_is_named(check):
    lines = "order_id,product_id,ordered_at\nA1,P1,2024-01-05\n"
    code, said = check("--set", "recommendation_strategy=foo", order_lines=lines)
    assert code == 1
    assert "recommendation_strategy: expected one of champion, popular, " in said
    assert check("--set", "recommendation_strategy=blended")[0] == 0


def test_a_build_gets_a_warehouse_named_like_the_data(check, tmp_path, monkeypatch):
    lines = "order_id,product_id,ordered_at\nA1,P1,2024-01-05\n"
    assert f"--warehouse warehouse/{tmp_path.name.lower()}.duckdb" in check(order_lines=lines)[1]
    monkeypatch.setenv("CUSTOMER_INSIGHT_WAREHOUSE", "mine.duckdb")
    assert "--warehouse" not in check()[1]


@pytest.mark.parametrize(
    ("raw", "file"),
    [
        ("exports/", "exports"),
        ("My Shop 2024", "my_shop_2024"),
        ("data/2019-Oct.csv.gz", "my_2019_oct"),
        ("shop", "my_shop"),
        ("customer_insight", "my_customer_insight"),
        ("///", "my_shop"),
    ],
)
def test_no_warehouse_is_named_like_a_schema_or_the_made_shops(raw, file):
    assert proposed_warehouse(raw) == f"warehouse/{file}.duckdb"


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
        # the clocks changed on the 31st
        ([("2024-03", "+0000"), ("2024-03", "+0100"), ("2024-07", "+0100")], "Europe/London"),
        ([("2023-07", "+0530")], "Asia/Kolkata"),
        ([("2023-07", "+0000"), ("2023-01", "+0000")], ""),
        ([("2023-07", "-0700"), ("2023-07", "+0900")], ""),
        ([], ""),
    ],
)
def test_the_zone_of_offsets(seen, zone):
    assert proposed_zone(seen, set()) == zone


def test_the_currency_decides_between_zones_that_agree():
    assert proposed_zone([("2021-05", "+0200")], {"ZAR"}) == "Africa/Johannesburg"
    assert proposed_zone([("2021-05", "+0200")], {"SEK"}) == "Europe/Stockholm"
    assert proposed_zone([("2021-05", "+0200")], {"USD"}) == "Europe/Berlin"


def test_a_zone_that_few_rows_bear_is_not_the_shops(check):
    rows = [f"A{n},P1,2024-07-{n:02} 10:00:00{' +0100' if n < 3 else ''}" for n in range(1, 9)]
    assert "time_zone" not in check(order_lines="order_id,product_id,ordered_at\n" + "\n".join(rows))[1]


def test_a_shop_that_sells_seldom_has_long_gaps(check):
    days = [0, 9, 40, 52, 138, 150, 160, 215, 223, 274]
    rows = [f"A{n},P1,{DAYS[0] + timedelta(days=day)}" for n, day in enumerate(days)]
    assert "mistyped" not in check(order_lines="order_id,product_id,ordered_at\n" + "\n".join(rows))[1]
    assert (
        "mistyped" in check(order_lines="order_id,product_id,ordered_at\n" + "\n".join([*rows, "B,P1,2042-01-01"]))[1]
    )


def test_it_says_what_was_sold_as_the_shop_counts_it(check):
    lines = (
        "order_id,product_id,ordered_at,customer_id,quantity,unit_price,discount_amount,order_status,currency\n"
        "A1,P1,2024-01-05,C1,2,10.00,1.50,paid,EUR\nA1,P2,2024-01-05,C1,1,3.00,,paid,EUR\n"
        "A2,P1,2024-01-06,,1,10.00,,paid,EUR\nA3,P1,2024-01-07,C2,1,10.00,,canceled,EUR\n"
        "A1,refund,2024-01-05,C1,-1,4.00,,returned,EUR\n"
    )
    assert "sold: 2 orders by 1 known customer, worth 31.50 EUR" in check(order_lines=lines)[1]
    mixed = lines.replace("A2,P1,2024-01-06,,1,10.00,,paid,EUR", "A2,P1,2024-01-06,,1,10.00,,paid,USD")
    assert "sold: 2 orders by 1 known customer\n" in check(order_lines=mixed)[1]


def test_what_it_proposes_can_be_typed(check, monkeypatch):
    monkeypatch.setattr("sys.argv", [".venv/bin/customer-insight", "check"])
    assert (
        "\n  .venv/bin/customer-insight build --source files"
        in check(order_lines="order_id,product_id,ordered_at\nA,P,2024-01-05\n")[1]
    )


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
    code, said = check("--source", "demo")
    assert code == 0, said
    assert "Not read" not in said
    assert "--warehouse" not in said
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
