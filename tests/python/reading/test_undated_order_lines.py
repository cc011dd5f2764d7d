"""Order lines have dates, or none of them: what the check of the input says, and which rows it refuses."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_check import RawCheck
from customer_insight.commands.raw_input import inspect
from hypothesis import given, settings
from hypothesis import strategies as st
from test_values import ROOT

EMPTY = (
    "ordered_at: no row says when it was ordered. Products, orders, frequent itemsets, rules and recommendations are"
)
FILES = ProjectSql(ROOT, {"source_system": "files"})
TABLES = FILES.call("raw_tables", "files")
# what stands for no date in exports
NOTHING = ["", "NULL", "0000-00-00 00:00:00"]


def problems(folder):
    return [problem for finding in inspect(str(folder), TABLES) for problem in finding.problems]


def test_without_the_column_it_says_what_will_be_empty_and_goes_on(check):
    code, said = check(order_lines="order_id,product_id\n1,beer\n1,chips\n2,beer\n")
    assert code == 0, said
    for part in (EMPTY, "rows: 3\n", "sold: 2 orders", "names a customer", "The input can be read. Next:"):
        assert part in said
    assert "refused" not in said
    assert "in no row" not in said


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_column_that_is_empty_throughout_is_as_if_it_were_not_there(check, nothing):
    code, said = check(order_lines=f"order_id,product_id,ordered_at\n1,beer,{nothing}\n2,beer,{nothing}\n")
    assert code == 0, said
    assert EMPTY in said
    assert "refused" not in said


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_row_without_a_date_is_refused_where_another_row_has_one(check, nothing):
    lines = f"order_id,product_id,ordered_at\n1,beer,2024-01-01\n2,beer,2024-01-02\n3,beer,{nothing}\n"
    code, said = check(order_lines=lines)
    assert code == 0, said
    assert "1 x ordered_at is missing, for example line 4 of order_lines.csv" in said
    assert EMPTY not in said


def test_dates_that_nobody_can_read_are_no_missing_ones(check):
    code, said = check(order_lines="order_id,product_id,ordered_at\n1,beer,unknown\n2,beer,1970-01-01\n")
    assert code == 1, said
    assert "2 of 2 rows would be refused, most because ordered_at is " in said


def test_the_only_date_may_be_in_the_last_file(check, tmp_path):
    folder = tmp_path / "order_lines"
    folder.mkdir()
    (folder / "2023.csv").write_text("order_id,product_id,ordered_at\n" + "1,beer,\n" * 1200)
    (folder / "2024.csv").write_text("order_id,product_id,ordered_at\n2,beer,2024-01-01\n")
    code, said = check()
    assert code == 1, said
    assert "1,200 of 1,201 rows would be refused, most because ordered_at is missing" in said


@pytest.mark.parametrize("name", ["Order Date", "created_at", "Ordered-At", "Datum", "fecha_pedido"])
def test_where_a_column_may_be_meant_it_asks(check, name):
    code, said = check(order_lines=f"order_id,product_id,{name}\n1,beer,2024-01-01\n")
    assert code == 1, said
    assert (
        f"expected the column ordered_at, found order_id, product_id, {name}; is `{name}` meant? Then rename it" in said
    )


def test_other_columns_that_nobody_reads_ask_nothing(check):
    header = "order_id,product_id,days_since_prior_order,order_hour_of_day,database,updates"
    code, said = check(order_lines=f"{header}\n1,beer,7,10,a,b\n")
    assert code == 0, said
    assert "not read: days_since_prior_order, order_hour_of_day, database, updates" in said


@pytest.mark.parametrize("has_date", [0, 1])
def test_all_files_have_the_column_or_none(tmp_path, has_date):
    folder = tmp_path / "order_lines"
    folder.mkdir()
    for number, name in enumerate(("a.csv", "b.csv.gz")):
        dated = number == has_date
        text = "order_id,product_id,ordered_at\n1,beer,2024-01-01\n" if dated else "order_id,product_id\n1,beer\n"
        (folder / name).write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    (said,) = problems(tmp_path)
    lacking, having = ("b.csv.gz", "a.csv") if has_date == 0 else ("a.csv", "b.csv.gz")
    assert lacking in said.partition(":")[0]
    assert "expected the required column ordered_at, found order_id, product_id" in said
    assert f"{having} has it: all files have it, or none" in said


def test_parquet_without_the_column_or_with_nulls(check, tmp_path):
    lines = {"order_id": [1, 1, 2], "product_id": ["beer", "chips", "beer"]}
    for nulls in ({}, {"ordered_at": pa.nulls(3, pa.timestamp("us"))}):
        pq.write_table(pa.table(lines | nulls), tmp_path / "order_lines.parquet")
        code, said = check()
        assert code == 0, said
        assert EMPTY in said
        assert "refused" not in said


def test_visits_beside_them_have_their_times(check):
    code, said = check(
        order_lines="order_id,product_id,customer_id,order_status\n1,beer,c,returned\n2,beer,c,\n",
        events="occurred_at,event_type,visitor_id\n2024-01-01,view,v\n2024-01-02,view,v\n",
    )
    assert code == 0, said
    assert EMPTY in said
    assert "rows: 2, from 2024-01-01 to 2024-01-02" in said
    assert "the day of its order" not in said  # there is none


@pytest.mark.parametrize(
    ("currencies", "product", "says"),
    [("EUR USD", "EUR", True), ("EUR EUR", "USD", True), ("EUR EUR", "EUR", False), (" ", "EUR", False)],
)
def test_amounts_are_in_one_currency(check, currencies, product, says):
    first, second = currencies.split(" ")
    code, said = check(
        order_lines=f"order_id,product_id,unit_price,currency\n1,beer,1,{first}\n2,beer,2,{second}\n",
        products=f"product_id,price,currency\nbeer,1,{product}\n",
    )
    assert code == 0, said
    assert ("First write all amounts in one currency" in said) == says
    assert "exchange_rates" not in said


def test_systems_whose_exports_have_dates_require_them():
    for system in FILES.vars["source_tables"]:
        sql = ProjectSql(ROOT, {"source_system": system})
        assert sql.call("all_or_none", "order_lines") == (["ordered_at"] if system == "files" else [])
        assert sql.call("all_or_none", "events") == []


@pytest.fixture(scope="module")
def cast():
    """Reasons of refusal of lines with these dates, as the models of a build decide them."""
    check = RawCheck(ROOT, {"source_system": "files"}, lambda *_: '{"parts": [], "paths": []}')
    given = {"order_id": "'1'", "product_id": "'beer'", "ordered_at": "ordered_at"}
    names = [*check.sql.call("canonical_columns", "order_lines"), "row_defect"]
    columns = ", ".join(f"cast({given.get(name, 'null')} as string) as {name}" for name in names)
    engine, check._made = check._engine, {"src_order_lines"}

    def reasons(dates):
        engine.execute("create or replace table dates as select unnest(?::string[]) as ordered_at", [dates])
        engine.execute(
            f"create or replace view src_order_lines as "
            f"select row_number() over () as row_number, 'files' as source_name, {columns} from dates"
        )
        return {refusal.reason: refusal.rows for refusal in check.table("order_lines", 0, {}).refusals}

    return reasons


@settings(max_examples=12)
@given(
    st.lists(st.sampled_from([None, "", "NULL", "0000-00-00", "0", "2024-05-01", "2024-05-01 10:00:00"]), min_size=1)
)
def test_a_row_without_a_date_is_refused_if_and_only_if_another_has_one(cast, dates):
    dated = sum(bool(date) and date.startswith("2024") for date in dates)
    missing = len(dates) - dated
    assert cast(dates) == ({"ordered_at is missing": missing} if dated and missing else {})
