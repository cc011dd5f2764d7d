"""The input tables and their columns, as macros/input/ describes them, for people who have to write them."""

from __future__ import annotations

import difflib
import textwrap
from dataclasses import dataclass

from customer_insight.commands.project import CommandError
from customer_insight.commands.project_sql import ProjectSql


@dataclass(frozen=True)
class InputColumn:
    """A column: how its text is read (`type`, see `column_types`), and what it means.

    is_all_or_none: needed, but it may be missing in all rows of all files.
    """

    name: str
    type: str
    is_needed: bool
    meaning: str
    is_all_or_none: bool = False


@dataclass(frozen=True)
class InputTable:
    """A table: what a row of it is, and its columns in order."""

    name: str
    one_row: str
    columns: list[InputColumn]


def input_tables(sql: ProjectSql) -> list[InputTable]:
    """All of them, in order."""
    tables = []
    for name in sql.call("canonical_tables"):
        described = sql.call("input_table", name)
        all_or_none = described.get("all_or_none", [])
        columns = [
            InputColumn(column.rstrip("*"), kind, column.endswith("*"), meaning, column.rstrip("*") in all_or_none)
            for column, (kind, meaning) in described["columns"].items()
        ]
        tables.append(InputTable(name, described["one_row"], columns))
    return tables


def column_meanings(sql: ProjectSql) -> dict[str, dict[str, str]]:
    """What each column of each source model means: it has the columns of its input table."""
    return {f"src_{table.name}": {one.name: one.meaning for one in table.columns} for table in input_tables(sql)}


def column_types(sql: ProjectSql) -> dict[str, str]:
    """What the text of a column of each type may be."""
    return {kind: " ".join(said.split()) for kind, said in sql.call("column_kinds").items()}


def columns_as_text(sql: ProjectSql, name: str) -> str:
    """What `customer-insight check --columns NAME` says: of the table, or of all where there is no name.

    Raises CommandError where no table has the name.
    """
    tables = {table.name: table for table in input_tables(sql)}
    if name and name not in tables:
        near = difflib.get_close_matches(name, tables, 1, 0.6)
        hint = f"is {near[0]} meant?" if near else f"the tables are {', '.join(tables)}"
        raise CommandError(f"There is no input table {name}; {hint}")
    shown = [tables[name]] if name else list(tables.values())
    used = {column.type for table in shown for column in table.columns}
    types = [(kind, said) for kind, said in column_types(sql).items() if kind in used]
    texts = [_table(table) for table in shown]
    texts.append("Types:\n" + "\n".join(_type(kind, said) for kind, said in types))
    return "\n\n".join(texts)


def _type(kind: str, said: str) -> str:
    return textwrap.fill(said.replace("`", ""), 110, initial_indent=f"  {kind:<8}", subsequent_indent=" " * 10)


def _table(table: InputTable) -> str:
    width = max(len(column.name) for column in table.columns) + 3
    lines = [
        f"  {column.name + _mark(column):<{width}}{column.type:<8}{column.meaning.replace('`', '')}"
        for column in table.columns
    ]
    told = "; columns with * are needed"
    if any(column.is_all_or_none for column in table.columns):
        told += ", those with (*) in all rows or in none"
    return "\n".join([f"{table.name}: one row is {table.one_row}{told}", *lines])


def _mark(column: InputColumn) -> str:
    return "(*)" if column.is_all_or_none else "*" * column.is_needed
