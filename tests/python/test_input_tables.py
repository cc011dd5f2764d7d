"""What people are told of the input tables is what the project reads, and says enough of each column."""

import re

import pytest
import yaml
from customer_insight.commands.cli import main
from customer_insight.commands.input_page import PAGE, input_page
from customer_insight.commands.input_tables import column_types, input_tables
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.demo.defects import CELL_DEFECTS
from source_warehouse import ROOT

SQL = ProjectSql(ROOT, {})
TABLES = {table.name: table for table in input_tables(SQL)}
COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]


def test_the_page_of_the_input_is_the_one_that_the_project_writes_today():
    assert (ROOT / PAGE).read_text(encoding="utf-8") == input_page(ROOT), "run `make input-page`"


def test_readme_leads_to_it_and_names_every_table():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("\n## Input") : text.index("\n## ", text.index("\n## Input") + 1)]
    assert f"]({PAGE})" in section
    assert [name for name in TABLES if f"`{name}`" not in section] == []


def test_every_column_has_a_known_type_and_a_sentence():
    kinds = column_types(SQL)
    assert len(COLUMNS) > 80
    assert [column for _, column in COLUMNS if column.type not in kinds] == []
    assert [column for _, column in COLUMNS if not re.fullmatch(r"[A-Z][^.|]+\.", column.meaning)] == []


def test_every_number_says_its_unit_or_its_bounds():
    told = r"currency|Pieces|from [01] to [0-9]|1 for the first|^Place of the line"
    numbers = [(table, column) for table, column in COLUMNS if column.type in ("number", "whole")]
    assert len(numbers) >= 15
    assert [(table, column.name) for table, column in numbers if not re.search(told, column.meaning)] == []


def test_a_table_is_described_in_a_file_of_its_name():
    assert {path.stem for path in (ROOT / "macros" / "input").glob("*.sql")} == {*TABLES, "column_kinds"}
    assert {path.stem for path in (ROOT / "models" / "sources").glob("*.sql")} == {f"src_{name}" for name in TABLES}


def test_check_says_which_columns_a_table_may_have(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["check", "--columns", "exchange_rates"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("exchange_rates: one row is a currency on a day; columns with * are needed\n")
    assert re.search(
        r"^  rate\* +number +What one unit of it was worth, in units of the reporting currency", said, re.M
    )
    assert "\n  date " in said.partition("Types:")[2]
    assert "vector" not in said
    assert main(["check", "--columns"]) == 0
    said = capsys.readouterr().out
    assert [name for name in TABLES if f"{name}: one row is " not in said] == []
    assert main(["check", "--columns", "orderlines"]) == 1
    assert "There is no input table orderlines; is order_lines meant?" in capsys.readouterr().err


@pytest.fixture(scope="module")
def seeds():
    """The columns of the made shop's tables, as their files have them."""
    headers = {
        path.stem: path.open(encoding="utf-8").readline().strip() for path in (ROOT / "seeds/demo").glob("*.csv")
    }
    return {name.removeprefix("demo_"): header.split(",") for name, header in headers.items()}


def test_the_made_shop_has_columns_of_the_input_in_their_order_every_one_as_text(seeds):
    described = yaml.safe_load((ROOT / "seeds/demo/demo.yml").read_text(encoding="utf-8"))["seeds"]
    types = {seed["name"].removeprefix("demo_"): seed["config"]["column_types"] for seed in described}
    assert types == {name: dict.fromkeys(columns, "varchar") for name, columns in seeds.items()}
    assert set(seeds) == set(TABLES) - {"exchange_rates", "customer_links", "product_links", "coupons"}
    for name, columns in seeds.items():
        known = [column.name for column in TABLES[name].columns]
        assert columns == [column for column in known if column in columns]
        assert {column.name for column in TABLES[name].columns if column.is_needed} <= set(columns)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ("is missing", None),
        ("is not a time", "time"),
        ("is not a whole number", "whole"),
        ("is not true or false", "flag"),
        ("is not a date", "date"),
        ("is not a list of numbers", "vector"),
        ("is unknown", "status"),
    ],
)
def test_every_column_of_a_kind_has_its_defect_in_the_made_shop(seeds, wrong, kind):
    planted = {(table, column) for table, column, what, _ in CELL_DEFECTS if what == wrong}
    assert planted == {
        (table, column.name)
        for table, column in COLUMNS
        # campaigns and costs of channels are few, and each of them is needed
        if table in set(seeds) - {"campaigns", "channel_costs"}
        and column.name in seeds[table]
        and (column.is_needed if kind is None else column.type == kind)
    }
