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


def test_tables_of_quality_alone_look_at_rows_as_they_came(edges):
    below = {"sources", "staging"}
    accounts = {"row_counts", "rejected_rows", "column_readings"}
    reads = {(model, read) for model, layer, read, of in edges if layer == "marts" and of in below}
    assert {(model, read) for model, read in reads if model not in accounts and read != "stg_as_of"} == {
        ("products", "stg_reviews")
    }
