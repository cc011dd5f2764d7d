"""The recipe for a source system (models/sources/README.md) can be followed: its example is built as it stands."""

import re
import runpy
import shutil
from pathlib import Path

import pytest
import source_warehouse
import yaml
from customer_insight.commands.cli import main

ROOT = Path(__file__).parents[3]
RECIPE = (ROOT / "models/sources/README.md").read_text(encoding="utf-8")
# a file of the example stands below its name
FILES = dict(re.findall(r"^`([\w/.]+)`\n\n```\w+\n(.*?)^```$", RECIPE, re.MULTILINE | re.DOTALL))
(SETTING,) = re.findall(r"```yaml\n(.*?)```", RECIPE, re.DOTALL)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """This project with the source system of the recipe in it."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("macros", "models", "tests/singular", "tests/generic"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("seeds", "profiles", "docs"):
        (folder / name).symlink_to(ROOT / name)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    settings = (ROOT / "dbt_project.yml").read_text(encoding="utf-8")
    changed = settings.replace("  source_tables:\n", f"  source_tables:\n{SETTING}")
    assert yaml.safe_load(changed)["vars"]["source_tables"]["acme"] == ["order_lines", "events"]
    (folder / "dbt_project.yml").write_text(changed, encoding="utf-8")
    return folder


def test_a_source_system_is_five_files_its_test_included():
    assert len(FILES) + len(["dbt_project.yml"]) <= 5
    assert [name for name in FILES if (ROOT / name).exists()] == []


def test_the_example_is_built_and_its_own_test_holds(project, tmp_path, monkeypatch):
    monkeypatch.setattr(source_warehouse, "ROOT", project)
    (name,) = [name for name in FILES if name.startswith("tests/")]
    (test,) = [value for name, value in runpy.run_path(str(project / name)).items() if name.startswith("test_")]
    test(tmp_path)


def test_the_check_reads_the_example_and_says_what_is_missing(project, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(project)
    for name in ("SOURCE", "RAW", "WAREHOUSE"):
        monkeypatch.setenv(f"CUSTOMER_INSIGHT_{name}", "")
    (tmp_path / "sales_2024.csv").write_text(
        "Receipt,SKU,Sold at,Pieces\n8,P1,2024-01-02,1\n9,P1,never,1\n9,P2,2024-01-03,1\n"
    )
    web = "time,action,cookie\n2024-01-02 09:00:00,detail,V1\nnever,detail,V1\n2024-01-02 09:00:02,detail,V1\n"
    (tmp_path / "web.csv").write_text(web.replace("cookie", "device"))
    assert main(["check", "--source", "acme", "--raw", str(tmp_path)]) == 1
    assert "web.csv: expected the required column cookie, found time, action, device" in capsys.readouterr().out
    (tmp_path / "web.csv").write_text(web)
    assert main(["check", "--source", "acme", "--raw", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "sales: sales_2024.csv" in said
    assert "\norder_lines\n  rows: 3, from 2024-01-02 to 2024-01-03" in said
    assert "1 x ordered_at is not a time, for example `never` in row 2" in said
    assert "\nevents\n  rows: 3, from 2024-01-02 to 2024-01-02" in said
    assert "1 x occurred_at is not a time, for example `never` in line 3 of web.csv" in said
    assert "customer-insight build --source acme" in said


SALES = "Receipt,SKU,Sold at,Pieces\n8,P1,2024-01-02,1\n"
MODEL = "models/sources/acme/src_acme__order_lines.sql"
PROJECT, TABLES = "dbt_project.yml", "acme: [order_lines, events]"
MACRO = "macros/systems/acme.sql"
CASH = """'cash': {'files': 'cash', 'input_table': 'events', 'columns': {
      'occurred_at*': 'at', 'event_type*': 'what', 'visitor_id*': 'till',
    }},
    'web': {"""
CLIENTS = """'clients': {'files': 'clients', 'input_table': 'customers', 'columns': {
      'customer_id*': 'no', 'erased_at': 'gone',
    }},
    'web': {"""


@pytest.fixture
def changed(project, tmp_path, monkeypatch, capsys):
    """What the check and a build say of the example where one file of it has another text in the place of a text."""
    monkeypatch.setattr(source_warehouse, "ROOT", project)
    monkeypatch.chdir(project)
    for name in ("SOURCE", "RAW", "WAREHOUSE"):
        monkeypatch.setenv(f"CUSTOMER_INSIGHT_{name}", "")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "sales_2024.csv").write_text(SALES)
    (raw / "web.csv").write_text("time,action,cookie\n2024-01-02 09:00:00,detail,V1\n2024-01-02 09:00:01,detail,V1\n")
    (raw / "cash.csv").write_text("at,what,till\n2024-01-03 09:00:00,view,T1\n")
    kept = {}

    def said(name, old, new):
        path = project / name
        kept.setdefault(path, path.read_text(encoding="utf-8"))
        assert old in path.read_text(encoding="utf-8")
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        code = main(["check", "--source", "acme", "--raw", str(raw)])
        return code, capsys.readouterr().out, raw

    yield said
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")


def test_two_raw_tables_that_are_one_input_table_are_both_read(changed, tmp_path):
    code, said, raw = changed(MACRO, "'web': {", CASH)
    assert code == 0, said
    assert "\nevents\n  rows: 3, from 2024-01-02 to 2024-01-03" in said
    run = source_warehouse.build_sources(tmp_path, "acme", raw)
    assert run.success, run.output
    # in the order in which the tables are described
    assert run.rows("select row_number, visitor_id from sources.src_events order by row_number") == [
        (1, "T1"),
        (2, "V1"),
        (3, "V1"),
    ]
    assert run.columns("sources.src_events") == source_warehouse.contract("events")


def test_a_raw_table_that_nobody_would_read_stops_the_run(changed, tmp_path):
    code, said, raw = changed(MACRO, "'web': {", CLIENTS)
    sentence = (
        "acme: the raw table clients holds customers, which source_tables in dbt_project.yml does not name for acme"
    )
    assert code == 1
    assert f"{sentence}, so nobody would read it; add customers there" in said
    run = source_warehouse.build_sources(tmp_path, "acme", raw)
    assert not run.success
    assert sentence in run.output


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (
            MACRO,
            "'needed': true, 'columns': {\n      'receipt",
            "'input_table': 'order_lines', 'columns': {\n      'receipt",
            "acme: order_lines is both the raw table sales and the model src_acme__order_lines, which nobody",
        ),
        (
            MACRO,
            "'input_table': 'events'",
            "'input_table': 'event'",
            "says that it is the input table event, and",
        ),
        (
            PROJECT,
            TABLES,
            "acme: [order_lines, event]",
            "names event, and there",
        ),
        (
            PROJECT,
            TABLES,
            "acme: [order_lines, events, reviews]",
            "source_tables in dbt_project.yml names reviews, which comes from nowhere; give a raw table",
        ),
        (
            PROJECT,
            TABLES,
            "acme: [events]",
            "the model src_acme__order_lines holds",
        ),
        (
            MODEL,
            "    row_number,\n",
            "",
            "the model src_acme__order_lines has no row_number; pass on",
        ),
        (MODEL, ",\n    row_defect", "", "the model src_acme__order_lines has no row_defect"),
    ],
)
def test_the_check_says_what_would_be_lost(changed, name, old, new, sentence):
    code, said, _ = changed(name, old, new)
    assert code == 1, said
    assert sentence in said


def test_a_build_fails_where_a_model_does_not_pass_on_the_number_of_its_rows(changed, tmp_path):
    _, _, raw = changed(MODEL, "    row_number,\n", "")
    name = "sources_have_the_columns_of_the_input_alone"
    run = source_warehouse.build_sources(tmp_path, "acme", raw)
    assert not run.success
    assert name in run.output
    assert "Got 1 result" in run.output
