"""Activation leaves as csv and Parquet, in no database of readers, and no spreadsheet takes a text for a formula."""

import csv
import json

import duckdb
from customer_insight.publish.publication import publish_files

TEXTS = ['=cmd|"/c calc"!A1', "+1", "-2", "@sum(1)", "\tx", "plain, with comma", 'a "quote"', "two\nlines", "<b>&", ""]


def published(warehouse, tmp_path):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema activation")
        connection.execute(
            "create table activation.customer_activation (customer_id varchar primary key, segment_name varchar,"
            " email_sha256 varchar, orders bigint, p_alive double)"
        )
        connection.executemany(
            "insert into activation.customer_activation values (?, ?, 'abc', -3, -0.5)",
            [[f"C{place}", text] for place, text in enumerate(TEXTS)],
        )
    return publish_files(warehouse, tmp_path / "published", 3)


def test_texts_are_told_apart_from_formulas_and_numbers_stay_numbers(warehouse, tmp_path):
    run = published(warehouse, tmp_path)
    with (run.folder / "activation" / "customer_activation.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["segment_name"] for row in rows] == [
        "'" + text if text[:1] in "=+-@\t" and text else text for text in TEXTS
    ]
    assert {(row["orders"], row["p_alive"]) for row in rows} == {("-3", "-0.5")}


def test_activation_is_in_the_manifest_and_in_no_database_of_readers(warehouse, tmp_path):
    run = published(warehouse, tmp_path)
    manifest = json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))
    exports = [table["file"] for table in manifest["tables"] if table["schema"] == "activation"]
    assert exports == ["activation/customer_activation.parquet", "activation/customer_activation.csv"]
    for file in (run.folder / "views.duckdb", tmp_path / "published" / "customer_insight.duckdb"):
        with duckdb.connect(str(file), read_only=True) as connection:
            schemas = connection.execute("select distinct schema_name from duckdb_columns() where not internal")
            assert ("activation",) not in schemas.fetchall()
    assert "activation" not in {file.table.schema for file in run.files}
