"""`customer-insight erase` on a warehouse of a few ids."""

import argparse

import duckdb
import pytest
from customer_insight.commands import erase
from customer_insight.commands.project import CommandError
from customer_insight.publish.erasure_file import erasure_file, erasure_key, read_erasures
from customer_insight.publish.id_key import KEY_VARIABLE

KEY = "a" * 64
MADE = """
create schema staging;
create schema intermediate;
create table intermediate.int_customers as
    select unnest(['C1', 'C2', 'orders only', 'anna@example.com', 'AB@cd==']) as customer_id;
create table staging.stg_customers__wishes as select unnest(['C1', 'C2', 'refused']) as customer_id;
create table staging.stg_customer_joins as select * from (values ('C1b', 'C1'), ('C1c', 'C1'))
    as t(own_customer_id, customer_id);
create table staging.stg_published_ids as select 'anna@example.com' as own_id, 'id-1234' as published_id;
"""


@pytest.fixture
def warehouse(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute(MADE)
    return tmp_path / "shop.duckdb"


def erased(warehouse, *ids):
    assert erase.run(argparse.Namespace(customers=list(ids), warehouse=str(warehouse))) == 0
    names = ["C1", "C1b", "C1c", "C2", "orders only", "anna@example.com", "AB@cd==", "refused"]
    found = read_erasures(warehouse, KEY)
    known = {name for name in names if erasure_key(KEY, name) in found}
    assert len(known) == len(found)
    return known


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("C2", {"C2"}),
        ("C1", {"C1", "C1b", "C1c"}),
        ("C1b", {"C1", "C1b", "C1c"}),
        ("orders only", {"orders only"}),
        ("refused", {"refused"}),
        ("id-1234", {"anna@example.com"}),
        ("Anna@Example.com", {"anna@example.com"}),
        ("AB@cd==", {"AB@cd=="}),
    ],
)
def test_all_ids_of_a_person_are_erased_and_nobody_else(warehouse, told, expected):
    assert erased(warehouse, told) == expected


def test_who_is_erased_again_is_told_to_be(warehouse, capsys):
    erased(warehouse, "C2")
    assert erased(warehouse, "C2", "orders only", "orders only") == {"C2", "orders only"}
    assert capsys.readouterr().out.count("1 of 2 ids") == 1


def test_where_one_is_unknown_nobody_is_erased(warehouse):
    with pytest.raises(CommandError, match=r"^c2, nobody: expected the id of a customer in .* Nobody was erased"):
        erase.run(argparse.Namespace(customers=["C2", "nobody", "c2"], warehouse=str(warehouse)))
    assert not erasure_file(warehouse).exists()


def test_a_file_that_is_no_warehouse_is_told(tmp_path):
    with pytest.raises(CommandError, match="build it first"):
        erase.run(argparse.Namespace(customers=["C2"], warehouse=str(tmp_path / "none.duckdb")))
    (tmp_path / "text.duckdb").write_text("no warehouse")
    with pytest.raises(CommandError, match="cannot be asked who its customers are"):
        erase.run(argparse.Namespace(customers=["C2"], warehouse=str(tmp_path / "text.duckdb")))
