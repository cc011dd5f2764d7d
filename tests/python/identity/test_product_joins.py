"""Which products of several sources are one: by links, and by stock keeping units where a setting says so."""

from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.identity.joining import joined

ROOT = Path(__file__).parents[3]
GIVEN = """
create table stg_products (row_number bigint, product_id varchar, sku varchar, product_name varchar);
create table stg_order_lines__typed (product_id varchar, sku varchar, reject_reason varchar, known_at timestamp);
create table stg_product_links (row_number bigint, source_product_id varchar, product_id varchar);
create table stg_as_of as select timestamp '2024-06-01' as as_of;
"""


@pytest.fixture
def products():
    """A function from products (id, unit), lines (id, unit) and links to the id by which each joined one is known."""
    connection = duckdb.connect()
    connection.execute(GIVEN)

    def found(listed=(), lines=(), links=(), by="sku"):
        settings = {"source_system": ["files:web=/web", "files:till=/till"], "join_products_by": by}
        project = ProjectSql(ROOT, settings)
        for product in listed:
            connection.execute("insert into stg_products values (1, ?, ?, ?)", [*product, product[0].split(":")[-1]])
        for line in lines:
            connection.execute("insert into stg_order_lines__typed values (?, ?, null, '2024-01-01')", list(line))
        for link in links:
            connection.execute("insert into stg_product_links values (1, ?, ?)", list(link))
        for model in ("stg_product_evidence", "stg_product_codes"):
            connection.execute(f"create table {model} as {project.model(model)}")
        codes = connection.sql("select code, clue_code, known_at from stg_product_codes").to_arrow_table()
        connection.register("stg_product_sets", joined(codes))
        return dict(connection.execute(project.model("stg_product_joins")).fetchall())

    return found


def test_products_with_one_unit_are_one_however_it_is_written_and_wherever_it_stands(products):
    lines = [("files:till:7", " mug-1 ")]
    assert products([("files:web:A", "MUG-1")], lines) == {"files:till:7": "files:web:A"}


def test_without_the_setting_units_join_nothing(products):
    assert products([("files:web:A", "MUG-1"), ("files:till:7", "MUG-1")], by=None) == {}


def test_a_unit_that_more_than_five_products_of_a_source_have_joins_nothing(products):
    many = [(f"files:web:{at}", "NONE") for at in range(6)]
    assert products([*many, ("files:till:7", "NONE")]) == {}


def test_five_products_of_a_source_may_share_a_unit(products):
    few = [(f"files:web:{at}", "BOX") for at in range(5)]
    assert products(few) == {f"files:web:{at}": "files:web:0" for at in range(1, 5)}


def test_a_link_says_by_which_id_a_product_is_known(products):
    links = [("files:web:A", "files:till:7"), ("files:web:B", "files:till:7")]
    assert products(links=links, by=None) == {"files:web:A": "files:till:7", "files:web:B": "files:till:7"}


def test_links_and_units_are_one_graph(products):
    listed = [("files:web:A", "MUG"), ("files:till:7", "MUG"), ("files:till:8", "CUP")]
    assert products(listed, links=[("files:till:8", "files:web:A")]) == {
        "files:till:7": "files:web:A",
        "files:till:8": "files:web:A",
    }


def test_products_without_a_unit_that_are_called_by_their_names_are_one(products):
    listed = [("files:web:Raclette Grill", None), ("files:till:Raclette Grill", None), ("files:till:Mug", "M-1")]
    assert products(listed) == {"files:till:Raclette Grill": "files:web:Raclette Grill"}
