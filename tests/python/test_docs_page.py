"""dbt's page becomes one file that says nothing about the machine."""

import argparse
import json
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands import docs
from customer_insight.commands.docs import one_file
from customer_insight.commands.model_comments import first_comment, with_descriptions
from customer_insight.commands.project import CommandError, DbtRun

PAGE = "the page of "
MODEL = {"resource_type": "model", "name": "orders", "language": "sql", "description": "", "columns": {}}


@pytest.fixture
def document(tmp_path, monkeypatch):
    """Runs the verb in a project for which dbt has written a page."""
    manifest = json.dumps({"nodes": {"model.orders": {**MODEL, "raw_code": "-- One row per order.\nselect 1"}}})
    files = {"docs/pipeline.svg": "<svg/>", "dbt_project.yml": "vars: {}"}
    files |= {"target/manifest.json": manifest, "target/static_index.html": PAGE + manifest}
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    duckdb.connect(str(tmp_path / "shop.duckdb")).close()
    monkeypatch.setattr(docs, "project_folder", lambda: tmp_path)
    monkeypatch.setattr(docs, "run_dbt", lambda *_, **__: DbtRun())
    monkeypatch.setattr(docs, "column_meanings", lambda _: {"orders": {"order_id": "The order."}})
    monkeypatch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    monkeypatch.setenv("CUSTOMER_INSIGHT_WAREHOUSE", str(tmp_path / "shop.duckdb"))
    monkeypatch.delenv("DBT_TARGET_PATH", raising=False)
    parser = argparse.ArgumentParser()
    docs.add_arguments(parser)
    return lambda *arguments: docs.run(parser.parse_args(arguments))


def test_the_page_is_beside_the_warehouse_or_where_it_is_wanted(tmp_path, document):
    assert document() == document("--to", str(tmp_path / "a" / "b" / "page.html")) == 0
    pages = [(tmp_path / page).read_text() for page in ("docs_shop.html", "a/b/page.html")]
    assert [page.startswith(PAGE) for page in pages] == [True, True]


def test_on_the_page_a_model_is_described_by_its_first_comment(tmp_path, document):
    document()
    page = (tmp_path / "docs_shop.html").read_text()
    assert json.loads(page.removeprefix(PAGE))["nodes"]["model.orders"]["description"] == "One row per order."


def test_on_the_page_a_column_has_the_meaning_that_is_known_of_it(tmp_path, document):
    document()
    page = (tmp_path / "docs_shop.html").read_text()
    columns = json.loads(page.removeprefix(PAGE))["nodes"]["model.orders"]["columns"]
    assert {name: column["description"] for name, column in columns.items()} == {"order_id": "The order."}


def test_a_description_in_yml_stays_and_what_is_no_model_has_none():
    orders = {**MODEL, "description": "Of the yml.", "raw_code": "-- One row per order."}
    seed = {"resource_type": "seed", "description": "", "raw_code": ""}
    nodes = {"nodes": {"orders": orders, "seed": seed}, "metadata": {"käse": 1}}
    assert json.loads(with_descriptions(json.dumps(nodes), {})) == nodes


@pytest.mark.parametrize(
    ("code", "language", "comment"),
    [
        ("-- One row per order:\n-- a sale.\nselect 1 -- not this\n-- nor this\n", "sql", "One row per order: a sale."),
        ("{{ config(enabled=source_system() == 'demo') }}\n\n-- One row.\nselect 1", "sql", "One row."),
        ("-- One row.\n\n-- why it is quick\nselect 1", "sql", "One row."),
        ("select 1\n-- One row.\n", "sql", ""),
        ("", "sql", ""),
        ("-- One row.", "sql", "One row."),
        ('"""One row per\ncustomer."""\n\ndef model(dbt, session): ...', "python", "One row per customer."),
        ("def model(dbt, session): ...", "python", ""),
    ],
)
def test_the_first_comment_is_what_stands_before_the_code(code, language, comment):
    assert first_comment(code, language) == comment


def test_a_place_where_no_page_can_be_is_said_in_a_sentence(tmp_path, document):
    with pytest.raises(CommandError, match=r"docs cannot be written: it is not a file\."):
        document("--to", str(tmp_path / "docs"))


def test_the_picture_is_in_the_page():
    page = one_file("![a](docs/pipeline.svg) docs/pipeline.svg", b"<svg/>", [])
    assert page == "![a](data:image/svg+xml;base64,PHN2Zy8+) docs/pipeline.svg"


def test_of_the_places_where_it_was_made_the_last_name_stays():
    places = [Path("/home/ann/shop/target"), Path("/home/ann/shop"), Path("/data/käse")]
    page = '{"root": "/home/ann/shop", "sql": "/home/ann/shop/target/a.sql", "raw": "/data/k\\u00e4se/x.csv"}'
    assert one_file(page, b"", places) == '{"root": "shop", "sql": "target/a.sql", "raw": "k\\u00e4se/x.csv"}'


def test_the_page_asks_for_no_icon_that_is_not_in_it():
    page = '<link rel="shortcut icon" href="${x}"/><use xlink:href="#icn"/><use xlink:href="{{ icon }}"/>'
    assert one_file(page, b"", []) == '<use xlink:href="#icn"/><use ng-attr-href="{{ icon }}"/>'


@pytest.mark.parametrize("secret", ["hunter2", 'a "quoted} one\\', "{käse: [1, 2]}", ""])
def test_the_page_does_not_tell_what_dbt_knows_of_the_environment(secret):
    metadata = {"dbt_version": "1.11", "env": {"KEY": secret, "OTHER": secret}, "project_name": "shop"}
    nodes = {"macro": 'select \'{"env": "x"}\'', "config": {"env": "prod"}}
    page = one_file(json.dumps([{"metadata": metadata, "nodes": nodes}, {"metadata": metadata}]), b"", [])
    silent = metadata | {"env": {}}
    assert json.loads(page) == [{"metadata": silent, "nodes": nodes}, {"metadata": silent}]
