"""What the interface promises of the public tables, read from the database itself."""

import re
import shutil
from collections import Counter

import duckdb
from console import ROOT
from customer_insight.commands import cli
from public_tables import PUBLIC_TABLES

TYPES = {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "DECIMAL(18,2)", "DATE", "TIMESTAMP", "BOOLEAN"}

MARTS = {f"{path.parent.name}.{path.stem}" for path in (ROOT / "models" / "marts").rglob("*.sql")}
LEARNED = {name for name, table in PUBLIC_TABLES.items() if table.learned}


def columns_where(demo, condition):
    return [
        f"{table}.{name}" for table, columns in demo.columns.items() for name, kind in columns if condition(name, kind)
    ]


def test_every_mart_is_in_the_list_of_proofs_and_no_other():
    assert set(PUBLIC_TABLES) == MARTS


def test_every_table_of_the_list_is_in_the_warehouse_and_no_other(demo):
    assert set(demo.tables) == set(PUBLIC_TABLES)


def test_promised_columns_are_there_under_their_names(demo):
    for table, promised in PUBLIC_TABLES.items():
        missing = set(promised.columns.split()) - {name for name, _ in demo.columns[table]}
        assert not missing, table


def test_columns_have_types_that_every_bi_tool_knows(demo):
    assert columns_where(demo, lambda _, kind: kind not in TYPES) == []


def test_timestamps_are_named_at_and_nothing_else_is(demo):
    def is_time(name):
        return name.endswith("_at") or name == "as_of"

    assert columns_where(demo, lambda name, kind: (kind == "TIMESTAMP") != is_time(name)) == []


def test_booleans_are_named_is_or_has_and_nothing_else_is(demo):
    assert columns_where(demo, lambda name, kind: (kind == "BOOLEAN") != name.startswith(("is_", "has_"))) == []


def test_names_are_lower_case_words(demo):
    names = [*demo.tables, *(name for columns in demo.columns.values() for name, _ in columns)]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_.]*", name)] == []


def test_ids_are_text_and_money_is_decimal(demo):
    money = ("revenue", "margin", "monetary", "price", "clv_365d", "total_clv", "order_value", "discount_amount")
    assert columns_where(demo, lambda name, kind: name.endswith("_id") and kind != "VARCHAR") == []
    assert columns_where(demo, lambda name, kind: name.endswith(money) and kind != "DECIMAL(18,2)") == []


def test_no_number_is_nan_or_infinite(demo):
    for table, columns in demo.columns.items():
        doubles = [name for name, kind in columns if kind == "DOUBLE"]
        if doubles:
            odd = " or ".join(f"not isfinite({name})" for name in doubles)
            assert demo.one(f"select count(*) from {table} where {odd}") == 0, table


def test_every_table_has_a_primary_key_of_columns_it_has(demo):
    assert set(demo.tables) <= set(demo.primary_keys)
    for table in demo.tables:
        keys = ", ".join(demo.primary_keys[table])
        nulls = " or ".join(f"{key} is null" for key in demo.primary_keys[table])
        assert demo.one(f"select count(*) from (from {table} select {keys} group by all having count(*) > 1)") == 0
        assert demo.one(f"select count(*) from {table} where {nulls}") == 0


def test_the_test_of_keys_finds_rows_that_share_one_and_rows_without(compiled):
    """DuckDB refuses such rows itself; other engines do not."""
    (query,) = compiled.rglob("primary_key_order_lines_*.sql")
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as customer_insight")
        connection.execute("create schema customer_insight.shop")
        rows = "('A', 1), ('A', 2), ('B', 1), ('B', 1), ('C', null), (null, 1)"
        connection.execute(
            f"create table customer_insight.shop.order_lines as from (values {rows}) as t(order_id, line_number)"
        )
        found = connection.execute(query.read_text()).fetchall()
    assert sorted(found, key=str) == [("B", 1, 2), ("C", None, 1), (None, 1, 1)]


def test_every_table_and_column_says_what_it_is(demo):
    tables = demo.rows("select schema_name || '.' || table_name, comment from duckdb_tables()")
    columns = demo.rows("select schema_name || '.' || table_name, column_name, comment from duckdb_columns()")
    assert [name for name, comment in tables if name in demo.tables and not comment] == []
    assert [(table, name) for table, name, comment in columns if table in demo.tables and not comment] == []


def test_table_names_are_unique_across_schemas(demo):
    counts = Counter(table.split(".")[1] for table in demo.tables)
    assert [name for name, count in counts.items() if count > 1] == []


def test_tables_of_learned_steps_and_no_others_say_which_run_made_a_row_and_of_when(demo):
    columns = {table: {name for name, _ in of_table} for table, of_table in demo.columns.items()}
    assert {table for table, names in columns.items() if "run_id" in names} == LEARNED
    assert [table for table in LEARNED if "as_of" not in columns[table]] == []


def test_every_run_id_of_a_table_is_a_run_of_this_build(demo):
    for table in sorted(LEARNED - {"quality.model_runs"}):
        assert demo.rows(f"select distinct run_id from {table} except select run_id from quality.model_runs") == [], (
            table
        )


def test_a_status_is_ok_or_a_sentence(demo):
    for status in demo.column("select status from quality.model_runs"):
        assert status == "ok" or (status[0].isupper() and status.endswith(".")), status


def test_the_warehouse_of_the_example_in_help_can_be_read(demo, tmp_path):
    (name,) = re.findall(r"--warehouse (\S+)", cli.VERBS["build"][1])
    copy = tmp_path / name
    shutil.copyfile(demo.path, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        for table in demo.tables:
            connection.execute(f"select 1 from {table} limit 1").fetchall()
