"""Between the source and the marts, too, every table says what makes a row of it, and it is so.

A model names in yml, as meta, the columns in which no two of its rows agree (`grain`; without any it has one row), or
why there are none (`no_grain`). Marts have primary keys: see test_contracts.py.
"""

import json

import duckdb
import pytest
from built_shops import SHOPS

LAYERS = ("staging", "intermediate", "ml")


def grains(warehouse):
    """Of each table of these layers, `schema.table`, what its model says of its grain."""
    nodes = json.loads((warehouse.path.parent / "manifest.json").read_text(encoding="utf-8"))["nodes"].values()
    return {
        f"{node['schema']}.{node['alias']}": node["config"]["meta"]
        for node in nodes
        if node["resource_type"] == "model" and node["path"].split("/")[0] in LAYERS
    }


def rows_off(connection, table, grain):
    """How many rows there are more than the grain allows (or fewer than the one row); NULL is a value like others."""
    distinct = f"(select distinct {', '.join(grain)} from {table})" if grain else "(select 1)"
    (rows, kinds), *_ = connection.execute(
        f"select (select count(*) from {table}), (select count(*) from {distinct})"
    ).fetchall()
    return rows - kinds


def test_every_model_says_what_makes_a_row_or_why_nothing_does(demo):
    said = {table: {"grain", "no_grain"} & set(meta) for table, meta in grains(demo).items()}
    assert len(said) > 100
    assert [table for table, ways in said.items() if len(ways) != 1] == []


@pytest.mark.parametrize("shop", SHOPS)
def test_no_two_rows_have_the_same_grain(shop, request):
    warehouse = request.getfixturevalue(shop)
    found = {
        table: rows_off(warehouse.connection, table, meta["grain"])
        for table, meta in grains(warehouse).items()
        if "grain" in meta
    }
    assert {table: rows for table, rows in found.items() if rows} == {}


def test_rows_that_share_a_grain_are_found():
    with duckdb.connect() as connection:
        connection.execute(
            "create table lines as from (values ('A', 1), ('A', 2), (null, 1), (null, 1)) as t(id, line)"
        )
        assert [rows_off(connection, "lines", grain) for grain in (["id", "line"], ["id"], [])] == [1, 2, 3]
