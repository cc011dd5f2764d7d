"""What a source system's raw tables are: the names of their files and columns, and which table a header belongs to.

A system describes them in macros/systems/ (macros/sources/raw_tables.sql says how). A table's columns are a mapping
from the name that the model uses to the names that the raw file may use, `*` marking the required ones:
`{"invoice*": "Invoice|InvoiceNo", "sheet": "sheet"}`. Names are compared trimmed and without regard to case.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import read_outside
from customer_insight.commands.raw_header import Expected

# How the raw tables of a system are described, by name; and of all systems, by their names.
Described: TypeAlias = dict[str, dict[str, Any]]
Systems: TypeAlias = dict[str, Described]
# A table is told by two required columns, or by four in all: many files have an `Email`.
TELLING_REQUIRED, TELLING_ALL = 2, 4


@dataclass(frozen=True)
class RawTable:
    """What a source system expects: required and optional columns, each with the names it may have in the file.

    `files`: how its files are called, after the table where nothing else is said; `one_file`: whether there may be one
    only; `in_bucket`: whether they lie as in a bucket, in folders called so and without endings; `row_places`: what
    models multiply the numbers of its rows by; `by_header`: whether a file of another name is known by its columns;
    `all_or_none`: columns that all of its files have, or none.
    """

    name: str
    columns: dict[str, list[str]]
    required: list[str]
    files: str
    one_file: bool
    in_bucket: bool
    row_places: int
    by_header: bool
    all_or_none: list[str]
    text: Expected

    @classmethod
    def of(cls, name: str, described: dict[str, Any]) -> RawTable:
        """From what macros/sources/raw_tables.sql says of it."""
        columns = described["columns"]
        names = {key.rstrip("*"): spellings.split("|") for key, spellings in columns.items()}
        required = [key.rstrip("*") for key in columns if key.endswith("*")]
        files = str(described.get("files", name))
        # whoever exports in our names calls the files so, too
        by_header = "files" in described
        spellings = {spelling.lower() for known in names.values() for spelling in known}
        text = Expected(spellings, described.get("header", []), described.get("quoted", True))
        one_file, in_bucket = described.get("one_file", False), described.get("in_bucket", False)
        row_places, all_or_none = described.get("row_places", 1), described.get("all_or_none", [])
        return cls(name, names, required, files, one_file, in_bucket, row_places, by_header, all_or_none, text)

    def columns_in(self, header: Iterable[str]) -> int:
        """How many of its columns a header has; 0 where a required one is missing, or they tell nothing."""
        names = {name.strip().lower() for name in header}
        has = {column for column, known in self.columns.items() if names & {spelling.lower() for spelling in known}}
        is_told = len(self.required) >= TELLING_REQUIRED or len(has) >= TELLING_ALL
        return len(has) if is_told and has.issuperset(self.required) else 0


def tables_of(described: Described) -> list[RawTable]:
    """The raw tables of a system."""
    return [RawTable.of(name, table) for name, table in described.items()]


def table_of_header(header: list[str], tables: Iterable[RawTable]) -> RawTable | None:
    """The table of which a header has most columns, the first of equals; None where it lacks required ones of all."""
    fitting = [table for table in tables if table.by_header and table.columns_in(header)]
    return max(fitting, key=lambda table: table.columns_in(header), default=None)


def header_of(path: Path, tables: list[RawTable]) -> list[str]:
    """The columns of a file that may be one of the tables, or those of a table without a header of as many fields."""
    columns: list[str] = []
    known = Expected({name for table in tables for name in table.text.names})
    for expected in [known, *[table.text for table in tables if table.text.header]]:
        try:
            columns = read_outside(path, expected).columns
        except (RawFileError, OSError, EOFError, zlib.error):
            continue
        if table_of_header(columns, tables):
            break
    return columns


def looks_like(header: list[str], systems: Systems) -> str:
    """The sentence that names the system that wrote a file with this header, or ''."""
    told, most = "", 0
    for system, described in systems.items():
        best = table_of_header(header, tables_of(described))
        if best and best.columns_in(header) > most:
            told, most = (
                f"it looks like {best.name} of {system}: read it with --source {system}",
                best.columns_in(header),
            )
    return told
