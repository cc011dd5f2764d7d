"""docs/input.md, written from what the project itself reads: `python -m customer_insight.commands.input_page`."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from customer_insight.commands.input_tables import InputColumn, InputTable, column_types, input_tables
from customer_insight.commands.project import project_folder
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_places import ANY_NAME
from customer_insight.commands.raw_tables import Described, RawTable

PAGE = "docs/input.md"
OPENING = """\
# Input

What a shop can give, table by table and column by column. `customer-insight check --columns order_lines` says the same
of one table. This page is written by `make input-page`; what it says stands in [macros/input](../macros/input),
[macros/systems](../macros/systems) and [seeds/reference](../seeds/reference).

Only `order_lines` or `events` is needed. Give any of the other tables and columns that you have: each makes more of it.
A column that is needed has to be there, and its fields filled: a row without is refused. One that is needed in all rows
or none may be missing in all files, or be empty throughout. In other columns an empty
field says that it is not known. Upper and lower case in names, blanks around them and the order of columns do not
matter. Columns with other names are not read, and the check names them.

## Types

| type | what may stand in such a column |
|---|---|
{types}

In every column {words} and an empty text are nothing (seed `words_for_nothing`).
"""
SYSTEMS = """\
## Exports of systems

These are read as they come, with `--source` and the name of the system.
"""
# Columns whose values have spellings, and the seed that has them.
SPELLED = {"event_type": "event_types", "order_status": "order_statuses"}


def input_page(folder: Path) -> str:
    """The whole page, of the project in `folder`."""
    sql = ProjectSql(folder, {})
    types = [f"| {kind} | {said} |" for kind, said in column_types(sql).items()]
    words = ", ".join(f"`{word}`" for word, *_ in _seed(folder, "words_for_nothing"))
    tables = [_table(folder, table) for table in input_tables(sql)]
    systems = {name: sql.call("raw_tables", name) for name in sql.vars["source_tables"] if name != "files"}
    parts = [_system(folder, name, raw, sql.vars["source_tables"][name]) for name, raw in systems.items() if raw]
    return "\n".join([OPENING.format(types="\n".join(types), words=words), *tables, SYSTEMS, *parts])


def _table(folder: Path, table: InputTable) -> str:
    lines = [f"## `{table.name}`", "", f"One row is {table.one_row}.", ""]
    lines += ["| column | type | needed | meaning |", "|---|---|---|---|"]
    lines += [f"| {column.name} | {column.type} | {_needed(column)} | {column.meaning} |" for column in table.columns]
    for column in table.columns:
        lines += _spellings(folder, SPELLED[column.name]) if column.name in SPELLED else []
    return "\n".join([*lines, ""])


def _needed(column: InputColumn) -> str:
    return "in all rows or none" if column.is_all_or_none else _yes(column.is_needed)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""


def _spellings(folder: Path, seed: str) -> list[str]:
    """A table of the values that a seed knows, and how each may be spelled."""
    known: dict[str, list[str]] = {}
    for spelling, value in _seed(folder, seed):
        known.setdefault(value, []).extend([f"`{spelling}`"] if spelling != value else [])
    rows = [f"| `{value}` | {', '.join(spellings)} |" for value, spellings in known.items()]
    return ["", f"| value | also spelled, in upper or lower case (seed `{seed}`) |", "|---|---|", *rows]


def _system(folder: Path, name: str, raw_tables: Described, gives: list[str]) -> str:
    code = (folder / "macros" / "systems" / f"{name}.sql").read_text(encoding="utf-8")
    (said, *_) = re.findall(r"{#(.*?)#}", code, re.DOTALL)
    tables = " and ".join(f"`{table}`" for table in gives)
    lines = [f"### `{name}`", "", f"{' '.join(said.split())} It becomes {tables}."]
    for raw_name, described in raw_tables.items():
        table = RawTable.of(raw_name, described)
        files = " or ".join(f"`{one}`" for one in table.files.split("|"))
        called = "files of any name" if table.files == ANY_NAME else f"files called {files}"
        lines += ["", f"`{raw_name}`, {called}:", "", "| column | needed | in the file |", "|---|---|---|"]
        for column, spellings in table.columns.items():
            spelled = ", ".join(f"`{spelling}`" for spelling in spellings)
            lines.append(f"| {column} | {_yes(column in table.required)} | {spelled} |")
    return "\n".join([*lines, ""])


def _seed(folder: Path, name: str) -> list[list[str]]:
    with (folder / "seeds" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


if __name__ == "__main__":
    project = project_folder()
    (project / PAGE).write_text(input_page(project), encoding="utf-8")
