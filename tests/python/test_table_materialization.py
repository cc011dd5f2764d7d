"""A table takes the place of the one before in one step: a run that fails leaves what was there."""

import os
import shutil
from unittest import mock

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from source_warehouse import ROOT

PROJECT = """
name: customer_insight
config-version: 2
profile: customer_insight
models: {+materialized: table}
"""
CONTRACT = """
models:
  - name: counted
    config: {contract: {enforced: true}, persist_docs: {relation: true, columns: true}}
    description: Numbers.
    columns:
      - {name: number, data_type: integer, description: A number., constraints: [{type: primary_key}]}
"""
LEARNED = """
import pyarrow as pa

def model(dbt, session):
    return pa.table({"number": dbt.ref("counted").to_arrow_table().column(0)})
"""


@pytest.fixture
def run(tmp_path):
    """Runs dbt on models by name; whether it succeeded, and a reader of the warehouse."""
    shutil.copytree(ROOT / "macros" / "materializations", tmp_path / "macros")
    (tmp_path / "models").mkdir()
    (tmp_path / "dbt_project.yml").write_text(PROJECT)
    warehouse = tmp_path / "my_shop.duckdb"

    def call(sql="", **models):
        if sql:
            with duckdb.connect(str(warehouse)) as connection:
                connection.execute(sql)
        for name, text in models.items():
            stem, _, ending = name.partition("__")
            (tmp_path / "models" / f"{stem}.{ending}").write_text(text)
        places = ["--project-dir", str(tmp_path), "--profiles-dir", str(ROOT / "profiles"), "--log-level", "none"]
        with mock.patch.dict(os.environ, {"CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse)}):
            answer = dbtRunner().invoke(["run", *places])
        DuckDBConnectionManager.close_all_connections()

        def rows(query):
            with duckdb.connect(str(warehouse), read_only=True) as connection:
                return connection.execute(query).fetchall()

        return answer.success, rows

    return call


TABLES = "select table_name, comment from duckdb_tables() union all select view_name, 'view' from duckdb_views() "
TABLES += "where not internal order by 1"


def test_a_run_that_fails_leaves_the_table_of_the_run_before(run):
    built, rows = run(models__yml=CONTRACT, counted__sql="select 1 as number", learned__py=LEARNED)
    assert built
    assert rows(TABLES) == [("counted", "Numbers."), ("learned", None)]
    # a key that is there twice, found after the table beside was made
    built, rows = run(counted__sql="select 2 as number union all select 2")
    assert not built
    assert rows("from counted") == rows("from learned") == [(1,)]
    assert [name for name, _ in rows(TABLES)] == ["counted", "learned"]
    # what reads the rows that it replaces
    built, rows = run(counted__sql="select number + 1 as number from {{ this }} union all select 7")
    assert built
    assert rows("from counted order by 1") == rows("from learned order by 1") == [(2,), (7,)]
    keys = "select constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    assert rows(keys) == [(["number"],)]


def test_what_a_killed_run_left_and_a_view_of_the_name_are_no_trouble(run):
    built, rows = run("create view counted as select 3 as number", counted__sql="select 1 as number")
    assert built
    left = "create table counted__dbt_tmp as select 5 as x; create table learned__dbt_tmp as select 6 as x"
    built, rows = run(left, learned__py=LEARNED)
    assert built
    assert rows("from counted") == rows("from learned") == [(1,)]
    assert [name for name, _ in rows(TABLES)] == ["counted", "learned"]
