"""Builds that give the same bytes.

Rows after as_of change nothing: a build of today with an as_of in the past is the build of that day. Nor does it matter
who builds, and with how many threads: the two differ in that as well, so that one pair of builds proves both.
"""

import json
import shutil

import pytest
from console import run
from customer_insight.publish.id_key import KEY_VARIABLE, key_file
from past_days import write_as_known_then
from public_tables import PUBLIC_TABLES, models_of
from rendered_warehouse import rendered
from warehouses import InMemory, differences

AS_OF = "2025-10-01 00:00:00"
SETTINGS = {"as_of": AS_OF, "tuning_trials": 1}


@pytest.fixture(scope="module")
def made_shop(workshop):
    """Raw folders of a made shop today and as its files were at as_of, and how many rows of each table came later."""
    today, then = workshop.folder / "made_shop", workshop.folder / "made_shop_then"
    for folder in (today, then):
        shutil.rmtree(folder, ignore_errors=True)
    made = workshop.demo_shop(today, customers=400, seed=3, form="csv")
    assert made.code == 0, made.output
    then.mkdir()
    left_out = {path.stem: write_as_known_then(AS_OF, path, then / path.name) for path in sorted(today.glob("*.csv"))}
    assert left_out["order_lines"] > 100
    assert left_out["events"] > 1000
    return today, then, left_out


@pytest.fixture(scope="module")
def then(made_shop, workshop):
    """The shop of then by the console program, with all threads, in a process that is not forked like the other."""
    settings = tuple(f"{name}={value}" for name, value in SETTINGS.items())
    return workshop.build("shop_of_then", "files", made_shop[1], settings, run)


@pytest.fixture(scope="module")
def today(made_shop, workshop):
    """The shop of today by `dbt build`, unit tests included, one node at a time."""
    flags = ["--threads", "1", "--vars", json.dumps(SETTINGS)]
    return workshop.dbt("shop_of_today", "files", "build", *flags, raw=made_shop[0])


@pytest.fixture(scope="module")
def demo_with_plain_dbt(workshop):
    """The demo shop by `dbt build`, into another file than `demo`."""
    return workshop.dbt("demo_with_plain_dbt", "demo", "build", "--threads", "1")


def test_rows_after_as_of_are_counted(today, then, made_shop):
    _, _, left_out = made_shop
    counts = "select source_table, rows_in, accepted, rejected, after_as_of from quality.row_counts order by 1"
    for now, past in zip(today.rows(counts), then.rows(counts), strict=True):
        table, rows_in, accepted, rejected, after_as_of = now
        assert rows_in - left_out.get(table, 0) == past[1]
        assert accepted == past[2]
        assert after_as_of + (rejected - past[3]) == left_out.get(table, 0)
        assert past[4] == 0


def test_rows_after_as_of_change_nothing_whoever_builds(today, then, tmp_path):
    counts = {name: table.counts_all_rows for name, table in PUBLIC_TABLES.items() if table.counts_all_rows}
    assert differences(today, then, tmp_path / "table.csv", leave_out=counts) == []


def test_a_plain_dbt_build_makes_every_table(today, then):
    assert today.columns == then.columns
    assert today.primary_keys == then.primary_keys


# columns that count all rows too, which are left out above
@pytest.mark.long
def test_two_builds_of_the_demo_shop_are_equal_to_the_byte(demo, demo_with_plain_dbt, tmp_path):
    assert demo_with_plain_dbt.primary_keys == demo.primary_keys
    assert differences(demo, demo_with_plain_dbt, tmp_path / "table.csv") == []


@pytest.mark.long
def test_what_tests_build_without_dbt_is_equal_to_the_byte(demo, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, key_file(demo.path).read_text(encoding="utf-8").strip())
    models = models_of(PUBLIC_TABLES)
    assert differences(demo, InMemory(rendered("demo", "", models)), tmp_path / "table.csv") == []
