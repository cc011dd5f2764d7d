"""The recipe for a source system (models/sources/README.md) can be followed: its example is built as it stands."""

import re
import runpy
import shutil
from pathlib import Path

import pytest
import source_warehouse
import yaml
from customer_insight.commands.cli import main

ROOT = Path(__file__).parents[2]
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
