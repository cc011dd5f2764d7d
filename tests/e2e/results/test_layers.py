"""Layers depend in one direction, by what dbt itself says of the project (macros that read tables included)."""

import json

import pytest

# From the bottom up. Learned models and the SQL around them feed each other, model by model.
LAYERS = {"seed": 0, "sources": 1, "staging": 2, "intermediate": 3, "ml": 3, "marts": 4}


@pytest.fixture(scope="module")
def edges(demo):
    """(model, layer, what it reads, layer of that), all of them."""
    nodes = json.loads((demo.path.parent / "manifest.json").read_text(encoding="utf-8"))["nodes"]

    def layer(node):
        return node["path"].split("/")[0] if node["resource_type"] == "model" else node["resource_type"]

    return [
        (node["name"], layer(node), nodes[read]["name"], layer(nodes[read]))
        for node in nodes.values()
        if node["resource_type"] == "model"
        for read in node["depends_on"]["nodes"]
    ]


def test_no_layer_reads_one_above_it(edges):
    assert len(edges) > 300
    assert [edge for edge in edges if LAYERS[edge[3]] > LAYERS[edge[1]]] == []


def test_a_seed_of_the_made_shop_becomes_the_input_table_of_its_name_and_staging_reads_nothing_else_of_a_source(edges):
    tables = {read.removeprefix("demo_") for _, _, read, of in edges if of == "seed" and read.startswith("demo_")}
    made = {(model, read) for model, _, read, of in edges if read.startswith("demo_")}
    assert made == {(f"src_{table}", f"demo_{table}") for table in tables}
    read = {read for _, layer, read, of in edges if layer == "staging" and of == "sources"}
    # rates of exchange and links are what the made shop does not have
    assert read == {
        f"src_{table}" for table in tables | {"exchange_rates", "customer_links", "product_links", "coupons"}
    }


def test_tables_of_quality_alone_look_at_rows_as_they_came(edges):
    below = {"sources", "staging"}
    accounts = {"row_counts", "rejected_rows", "column_readings", "customer_joins", "product_joins", "shared_clues"}
    reads = {(model, read) for model, layer, read, of in edges if layer == "marts" and of in below}
    assert {(model, read) for model, read in reads if model not in accounts and read != "stg_as_of"} == {
        ("products", "stg_reviews")
    }
