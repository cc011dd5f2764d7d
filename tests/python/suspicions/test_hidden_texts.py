"""Addresses, payers and devices: the same hash however they are written, and never the text."""

from functools import cache
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql

ROOT = Path(__file__).parents[3]
ENGINE = duckdb.connect()
ENGINE.execute("set variable id_key = '0123'")
ENGINE.execute(
    f"create table address_words as from read_csv('{ROOT}/seeds/reference/address_words.csv', header = true)"
)


@cache
def expression(column):
    sql = ProjectSql(ROOT, {})
    words = sql.call("words_of_addresses").replace('"', "")
    words = words[: words.index("from ")] + "from address_words as w)"
    rows = f"unnest(?::string[]) as texts (x) cross join {words} as short"
    return f"select {sql.call('hidden_text', column, 'x')} from {rows}"


def hidden(column, *texts):
    return [value for (value,) in ENGINE.execute(expression(column), [list(texts)]).fetchall()]


@pytest.mark.parametrize(
    "ways",
    [
        ("12 Mill Lane, LS1 4AB", "12 MILL LN LS1 4AB", "Mill Ln. 12 - LS14AB", "  mill lane  12,ls1 4ab "),
        (
            "Hauptstraße 12, 10115 Berlin",
            "Hauptstr. 12 10115 Berlin",
            "HAUPT STR 12, BERLIN 10115",
            "Hauptstrasse 12 10115 Berlin",
        ),
        ("Müllerstr. 7 a, 13353", "Muellerstrasse 7a 13353"),
        ("5 Rue de l'Église, 75001", "5, RUE DE L'EGLISE - 75001", "5 rue LEglise 75001"),
        ("Flat 3, 9 Park Avenue, N1 9GU", "Apt. 3 9 Park Ave N1 9GU", "Apartment 3, 9 PARK AVE. N19GU"),
    ],
)
def test_an_address_is_one_however_it_is_written(ways):
    first, *others = hidden("shipping_address", *ways)
    assert set(others) == {first}


def test_other_addresses_names_and_devices_are_others():
    ways = ["12 Mill Lane, LS1 4AB", "13 Mill Lane, LS1 4AB", "12 Mill Road, LS1 4AB", "12 Mill Lane, LS1 4AC"]
    assert len(set(hidden("shipping_address", *ways))) == 4
    assert len(set(hidden("payment_name", "Ada Byrne", "BYRNE, ADA", "Mrs. Ada  Byrne"))) == 1
    assert len(set(hidden("payment_name", "Ada Byrne", "Ada Brown"))) == 2
    assert hidden("device_id", "D-1") == hidden("device_id", "d-1") != hidden("device_id", "d-2")


def test_the_text_is_gone_a_hash_stays_and_one_text_is_not_the_same_in_two_columns():
    (address,) = hidden("shipping_address", "12 Mill Lane")
    assert address.startswith("hidden-")
    assert len(address) == 39
    assert "mill" not in address
    assert hidden("shipping_address", address, None) == [address, None]
    assert hidden("device_id", "12 mill lane") != [address]
