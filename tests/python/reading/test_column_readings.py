"""How a column is read is decided over all its rows: by it, by its neighbours, by a setting; or it is asked."""

from functools import cache
from itertools import zip_longest

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from test_values import ROOT


@cache
def deciding(**settings):
    return ProjectSql(ROOT, {"source_system": "demo"} | settings).model("stg_column_readings")


@cache
def columns_of(table):
    return ProjectSql(ROOT, {}).call("canonical_columns", table)


def readings(settings=None, **columns):
    """Readings of order lines with these columns, `open` where nothing decides; the usual ones left out."""
    engine = duckdb.connect()
    for table in ProjectSql(ROOT, {}).call("canonical_tables"):
        engine.execute(f"create table src_{table} ({', '.join(f'{name} string' for name in columns_of(table))})")
    rows = list(zip_longest(*columns.values()))
    engine.executemany(
        f"insert into src_order_lines ({', '.join(columns)}) values ({', '.join('?' * len(columns))})", rows
    )
    found = engine.execute(f"select column_name, reading, is_open from ({deciding(**(settings or {}))})").fetchall()
    return {name: "open" if is_open else reading for name, reading, is_open in found if is_open or reading}


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (["2024-01-01 10:00:00", "2024-01-02"], None),
        (["31/12/2023", "03/04/2024"], "day first"),
        (["12/31/20", "03/04/24"], "month first"),
        (["31.12.2023 10:00", "1.2.2024 9:00"], "day first"),
        (["17-04-2018", "03-04-2018"], "day first"),
        (["03/04/2024", "05/06/2024"], "open"),
        # nobody who writes dots puts the month first
        (["03.04.2024 10:00", "05.06.2024"], "day first"),
        (["31/12/2023", "12/31/2023"], "open"),
        # the files of two systems: the days of one would be the months of the other
        (["31/12/2023"] * 3 + ["12/31/2023", "03/04/2024"], "open"),
        (["31/12/2023"] * 200 + ["12/31/2023"], "day first"),
        (["May 31, 2023", "31 May 2023"], None),
        (["20230531", "20230601"], None),
        (["20230531230604", "20230601T230604Z"], None),
        (["31.12.2023 10.00", "01.02.2024 9.05"], "day first"),
        (["45077.96", "45078"], "days since 1899-12-30"),
        (["1685577964", "1685577965"], "seconds since 1970"),
        (["1685577964123", "NULL"], "milliseconds since 1970"),
        # dirt in a column of another form is refused, and asks nobody
        (["2024-01-01 10:00:00"] * 200 + ["03/04/2024"], None),
    ],
)
def test_times(times, expected):
    assert readings(ordered_at=times).get("ordered_at") == expected


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["12.50", "1,234.50", "3"], None),
        (["12,50", "3"], "decimal comma"),
        (["1.234,50", "3"], "decimal comma"),
        (["1.234.567", "3"], "decimal comma"),
        (["1,234", "3"], "open"),
        (["1.234", "3"], "open"),
        (["1.500 €", "3 €"], "open"),
        (["1.500€", "(1.500)", "1.500-"], "open"),
        (["12.50€", "(12.50)", "12.50-", "12.5 €"], None),
        (["12.50 ", "12.50€"], None),
        (["0.500 kg"], None),
        (["1,234", "12.50"], None),
        (["1.234", "12,50"], "decimal comma"),
        (["0.125", "3"], None),
        (["0,125", "3"], "decimal comma"),
        (["R$ 12,50", "R$ 3,00"], "decimal comma"),
        (["NaN", "n/a", ""], None),
        (["1,23,456", "1,234"], None),
        # the point of a currency says nothing
        (["Rs.500", "Rs. 250"], None),
        (["Rs. 1,250", "Rs. 1,250.00"], None),
        (["kr. 500", "kr. 99", "kr. 12,50"], "decimal comma"),
        (["kr. 1.234", "kr. 500"], "open"),
    ],
)
def test_amounts(amounts, expected):
    assert readings(unit_price=amounts).get("unit_price") == expected


def test_neighbours_decide_what_a_column_leaves_open():
    assert readings(unit_price=["1,234"], discount_amount=["12,50"]) == {
        "unit_price": "decimal comma", "discount_amount": "decimal comma",
    }  # fmt: skip
    assert readings(ordered_at=["03/04/2024"], returned_at=["31/12/2024"]) == {
        "ordered_at": "day first", "returned_at": "day first",
    }  # fmt: skip


def test_settings_decide_what_nothing_else_does():
    assert readings({"date_order": "month_first"}, ordered_at=["03/04/2024"]) == {"ordered_at": "month first"}
    assert readings({"date_order": "month_first"}, ordered_at=["31/12/2024"]) == {"ordered_at": "day first"}
    assert readings({"date_order": "month_first"}, ordered_at=["31/12/2024"] * 3 + ["12/31/2024"]) == {
        "ordered_at": "month first"
    }
    assert readings({"decimal_mark": "comma"}, unit_price=["1,234"]) == {"unit_price": "decimal comma"}
    assert readings({"decimal_mark": "point"}, unit_price=["1,234"]) == {}


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["17850.0", "17850"], "whole numbers with .0"),
        (["5.000000000", "6.000000000"], "whole numbers with .0"),
        (["17850", "C1"], None),
        (["17850.0", "C1"], None),
        (["17850.0", "nan", "NULL"], "whole numbers with .0"),
        (["17850.0", "GUEST"], "whole numbers with .0"),
        (["1.0", "1.5"], None),
    ],
)
def test_ids(ids, expected):
    assert readings(customer_id=ids).get("customer_id") == expected
