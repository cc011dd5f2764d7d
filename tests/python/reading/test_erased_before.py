"""Who was erased by an earlier build is erased in every file, whichever sources there are then, and stays so."""

import os
from unittest import mock

import pytest
from customer_insight.publish.erasure_file import erasure_key, read_erasures
from customer_insight.publish.id_key import KEY_VARIABLE
from rendered_warehouse import Rendered, rendered

KEY = "a" * 64
CUSTOMERS = """customer_id,email,erased_at
C1,one@example.com,
C2,two@example.com,
C3,,
C4,four@example.com,2024-02-01
C5,Four@example.com,
"""
ORDERS = """order_id,customer_id,product_id,ordered_at
O1,C1,P1,2024-01-01
O2,orders only,P1,2024-01-02
O3,Anna@Example.com,P1,2024-01-03
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    (tmp_path / "customers.csv").write_text(CUSTOMERS)
    (tmp_path / "order_lines.csv").write_text(ORDERS)
    return tmp_path


def built(source, raw, *before, **settings):
    """A build that begins with the keys of these."""
    keys = [erasure_key(KEY, each) for each in before]
    make = Rendered._make

    def made(warehouse, name):
        held = f"set variable id_key = '{KEY}'; set variable erased_keys = {keys}::varchar[]"
        warehouse.connection.execute(held)
        return make(warehouse, name)

    with mock.patch.object(Rendered, "_make", made):
        return rendered(source, raw, "stg_wishes", **settings)


def kept(warehouse, source, folder):
    """What the end of the build leaves beside the warehouse."""
    with mock.patch.dict(os.environ, {"CUSTOMER_INSIGHT_SOURCE": source}):
        warehouse.keep_erasures(folder / "shop.duckdb")
    return set(read_erasures(folder / "shop.duckdb", KEY))


def erased(warehouse):
    return {row[0] for row in warehouse.rows("select customer_id from staging.stg_wishes where is_erased")}


def test_of_one_source_whoever_was_erased_alone_or_beside_others_and_all_ids_are_kept(shop, tmp_path):
    before = ["C1", "nobody", "orders only", "anna@example.com", "files:C2", "shopify:C3"]
    warehouse = built("files", shop, *before, join_people_by="email")
    assert erased(warehouse) == {"C1", "C2", "C4", "orders only", "anna@example.com"}
    ids = ["C1", "C2", "C4", "C5", "orders only", "anna@example.com"]
    expected = {erasure_key(KEY, f"{source}{each}") for each in ids for source in ("", "files:")}
    assert kept(warehouse, "files", tmp_path) == expected


def test_of_two_sources_the_one_that_was_erased(shop, tmp_path):
    source = f"files:a={shop}, files:b={shop}"
    warehouse = built(source, "", "files:a:C1", "C2")
    assert erased(warehouse) == {"files:a:C1", "files:a:C4", "files:b:C4"}
    assert kept(warehouse, source, tmp_path) == {erasure_key(KEY, each) for each in erased(warehouse)}
