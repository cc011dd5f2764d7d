"""What `customer-insight build` puts in front of readers is the warehouse, without what is private."""

import csv
import json

import duckdb
import pytest
from console import CONSOLE, run
from customer_insight.publish.result_tables import UNPUBLISHED
from warehouses import PUBLIC_SCHEMAS


@pytest.fixture(scope="module")
def published(demo, tmp_path_factory):
    """The demo shop published once more, by the verb: the shelf of the workshop is not where it was built."""
    folder = tmp_path_factory.mktemp("reading") / "published"
    ran = run([CONSOLE, "publish", "--warehouse", str(demo.path), "--to", str(folder)], {})
    assert ran.code == 0, ran.output
    return folder


def test_a_green_build_ends_with_a_publication_of_the_same_run(demo, published):
    assert f"Published run {(published / 'current').resolve().name} (" in demo.output


def test_every_public_table_is_there_with_all_its_rows(demo, published):
    manifest = json.loads((published / "current" / "manifest.json").read_text(encoding="utf-8"))
    rows = {f"{table['schema']}.{table['table']}": table["rows"] for table in manifest["tables"]}
    withheld = {f"{schema}.{table}" for schema, table in UNPUBLISHED}
    assert withheld < set(demo.tables)
    assert rows == {table: demo.one(f"select count(*) from {table}") for table in set(demo.tables) - withheld}


PERSONAL = {"email", "phone", "birth_date", "email_sha256", "row_json", "first_name", "last_name", "postal_code"}


def test_readers_find_tables_with_descriptions_and_keys_and_nothing_private(demo, published):
    with duckdb.connect(str(published / "customer_insight.duckdb"), read_only=True) as connection:
        columns = connection.execute(
            "select schema_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
        assert {schema for schema, _, _ in columns} <= set(PUBLIC_SCHEMAS) - {"activation"}
        assert all(comment for _, _, comment in columns)
        assert not {name for _, name, _ in columns} & PERSONAL
        tables, keys = connection.execute(
            "select (select count(*) from duckdb_tables()),"
            " (select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY')"
        ).fetchall()[0]
        assert tables > 25
        assert keys >= tables - 1  # the address of a refused row goes with what was in it
        emails = demo.column("select email from shop.customers where email is not null limit 20")
        for email in emails:
            for file in (published / "current").rglob("*.parquet"):
                assert email.encode() not in file.read_bytes()


def test_after_a_build_of_a_part_nothing_is_published(workshop, demo):
    assert demo.rows("from intermediate.last_build") == [(True,)]
    partly = workshop.dbt("partly", "demo", "seed")
    assert partly.rows("from intermediate.last_build") == [(False,)]
    partly.connection.close()
    refused = workshop.at_bench("partly", [CONSOLE, "publish"], "demo")
    assert refused.code == 1
    assert "was not complete, or a test failed; nothing is published" in refused.output


def test_contacts_leave_only_with_consent_and_as_hashes(demo, published):
    with (published / "current" / "activation" / "customer_activation.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    consenting = set(
        demo.column("select customer_id from shop.customers where has_marketing_consent and not is_erased")
    )
    hashed = {row["customer_id"] for row in rows if row["email_sha256"] or row["phone_sha256"]}
    assert hashed
    assert hashed <= consenting
    expected = dict(
        demo.rows("select customer_id, sha256(lower(trim(email))) from shop.customers where email is not null")
    )
    for row in rows:
        if row["email_sha256"]:
            assert row["email_sha256"] == expected[row["customer_id"]]


def test_audiences_are_what_their_rules_say(demo):
    likely = set(
        demo.column("select customer_id from shop.customers where purchase_probability >= 0.5 and not is_erased")
    )
    members = "select customer_id from activation.audience_membership where audience = 'likely_to_buy'"
    assert set(demo.column(members)) == likely
    champions = "select customer_id from activation.audience_membership where audience = 'rfm: Champions'"
    assert set(demo.column(champions)) == set(
        demo.column("select customer_id from shop.customers where rfm_segment = 'Champions' and not is_erased")
    )
    assert demo.one("select min(customers) from activation.audience_sizes") >= 5
