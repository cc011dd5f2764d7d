"""Finding the raw tables of a source system and saying, before anything is built, what is wrong with them.

A source system is described by a layout and by its tables (macros/sources/raw_tables.sql). A table's columns are a
mapping from the name that the model uses to the names that the raw file may use, `*` marking the required ones:
`{"invoice*": "Invoice|InvoiceNo", "sheet": "sheet"}`. Names are compared trimmed and without regard to case.
"""

from __future__ import annotations

import difflib
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from customer_insight.commands.raw_files import RawFile, RawFileError, read_outside, require_readable_text

# How the files of a source system lie under the raw path.
TABLE_PER_FILE = "table_per_file"  # a folder with <table>.parquet, <table>.csv or <table>/*.parquet
ONE_FILE = "one_file"  # one table: the file itself, or the only such file in the folder
FILES = "files"  # one table: the file itself, or all such files in the folder
SUFFIXES = (".parquet", ".csv", ".csv.gz")


@dataclass(frozen=True)
class RawTable:
    """What a source system expects: required and optional columns, each with the names it may have in the file."""

    name: str
    columns: dict[str, list[str]]
    required: list[str]

    @classmethod
    def of(cls, name: str, columns: dict[str, str]) -> RawTable:
        """From the mapping that macros/sources/raw_tables.sql writes."""
        names = {key.rstrip("*"): spellings.split("|") for key, spellings in columns.items()}
        return cls(name, names, [key.rstrip("*") for key in columns if key.endswith("*")])

    def known_names(self) -> set[str]:
        """Every spelling of every column, lower case."""
        return {spelling.lower() for spellings in self.columns.values() for spelling in spellings}


@dataclass(frozen=True)
class TableFinding:
    """What was found of one raw table: `columns` maps the model's column names to the file's.

    `header` and `types` are the file's own, side by side; `types` are Arrow's names, empty in a csv.
    """

    table: str
    paths: list[str] = field(default_factory=list)
    format: str = ""
    delimiter: str = ""
    header: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    size: int = 0
    rows: int | None = None
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def inspect(layout: str, raw_path: str, tables: dict[str, dict[str, str]], full: bool = False) -> list[TableFinding]:
    """One finding per expected table, in the order of `tables`; a table that is not there has no paths.

    `full` also reads every byte of every csv file to see that it is UTF-8. Nothing is raised for what the files hold:
    it is in `problems`, one sentence each, beginning with the file.
    """
    expected = [RawTable.of(name, columns) for name, columns in tables.items()]
    root = Path(raw_path).expanduser()
    if not raw_path or not root.exists():
        return [TableFinding(table.name) for table in expected]
    return [_inspect_table(layout, root, table, full) for table in expected]


def problems(layout: str, raw_path: str, findings: list[TableFinding], needed: list[str]) -> list[str]:
    """All that is wrong, one sentence each: the path, that one of the tables `needed` is there, every table's own."""
    root = Path(raw_path).expanduser()
    if not raw_path:
        return [
            "raw_path is not set: expected the file or folder of the raw data; give it as --raw PATH, "
            "CUSTOMER_INSIGHT_RAW or the var raw_path"
        ]
    if not root.exists():
        return [f"{root.absolute()}: expected the raw data, found nothing at this path; check the spelling of raw_path"]
    if layout == TABLE_PER_FILE and not root.is_dir():
        return [f"{root.absolute()}: expected a folder of tables, found a file; give the folder that holds it"]
    found = [finding for finding in findings if finding.paths or finding.problems]
    messages = [problem for finding in found for problem in finding.problems]
    if needed and not {finding.table for finding in found} & set(needed):
        messages.insert(0, _nothing_needed(layout, root, findings, needed))
    return messages


def _inspect_table(layout: str, root: Path, table: RawTable, full: bool) -> TableFinding:
    try:
        paths = _paths_of(layout, root, table)
    except RawFileError as error:
        return TableFinding(table.name, problems=[str(error)])
    files, wrong = [], []
    for path in paths:
        try:
            files.append(read_outside(path, table.known_names()))
            if full and files[-1].format == "csv":
                require_readable_text(path, files[-1].delimiter)
        except (RawFileError, OSError, EOFError, zlib.error) as error:
            wrong.append(f"{path}: {error}")
    wrong += [problem for file in files for problem in _column_problems(table, file)]
    if not files or wrong:
        return TableFinding(table.name, [str(path) for path in paths], problems=wrong)
    first = files[0]
    wrong = [
        f"{file.path}: expected the header of {Path(first.path).name}, found another "
        f"({', '.join(file.columns)}); all files of one table need the same columns"
        for file in files[1:]
        if not _same_header(first, file)
    ]
    columns = _match(table, first)
    return TableFinding(
        table=table.name,
        paths=[file.path for file in files],
        format=first.format,
        delimiter=first.delimiter,
        header=first.columns,
        types=_types(files),
        columns=columns,
        ignored=[name for name in first.columns if name not in columns.values()],
        size=sum(file.size for file in files),
        rows=None if first.rows is None else sum(file.rows or 0 for file in files),
        problems=wrong,
    )


def _paths_of(layout: str, root: Path, table: RawTable) -> list[Path]:
    """Absolute paths of the table's files, sorted by name; none where the table is not there."""
    root = root.absolute()
    if layout == TABLE_PER_FILE:
        places = [root / f"{table.name}.parquet", root / f"{table.name}.csv", root / table.name]
        places = [place for place in places if place.exists()]
        if len(places) > 1:
            names = " and ".join(place.name for place in places)
            raise RawFileError(f"{root}: expected one place for {table.name}, found {names}; remove all but one")
        if not places or places[0].is_file():
            return places
        return _files_in(places[0], (".parquet",), f"the Parquet files of {table.name}")
    if root.is_file():
        return [root]
    files = _files_in(root, SUFFIXES, "a csv, csv.gz or parquet file")
    if layout == ONE_FILE and len(files) > 1:
        names = ", ".join(file.name for file in files)
        raise RawFileError(f"{root}: expected one file, found {names}; set raw_path to the one to read")
    if len({file.suffix == ".parquet" for file in files}) > 1:
        raise RawFileError(f"{root}: expected files of one format, found csv and parquet; set raw_path to one of them")
    return files


def _files_in(folder: Path, suffixes: tuple[str, ...], what: str) -> list[Path]:
    """Files by name; not the hidden ones nor `tmp_*`, which a killed export leaves behind."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name.lower().endswith(suffixes)]
    files = [path for path in files if not path.name.startswith((".", "_", "tmp_"))]
    if not files:
        raise RawFileError(f"{folder}: expected {what}, found {_listing(folder)}; put them there or mend raw_path")
    return files


def _match(table: RawTable, file: RawFile) -> dict[str, str]:
    """The model's column names that the file has, with the file's spelling (the first of equals)."""
    spelled: dict[str, str] = {}
    for name in reversed(file.columns):
        spelled[name.strip().lower()] = name
    matches = {
        column: [spelled[spelling.lower()] for spelling in spellings if spelling.lower() in spelled]
        for column, spellings in table.columns.items()
    }
    return {column: names[0] for column, names in matches.items() if names}


def _column_problems(table: RawTable, file: RawFile) -> list[str]:
    names = [name.strip().lower() for name in file.columns]
    wrong = []
    for column, spellings in table.columns.items():
        same = [file.columns[at] for at, name in enumerate(names) if name in {s.lower() for s in spellings}]
        if len(same) > 1:
            wrong.append(
                f"{file.path}: expected one column {column}, found {len(same)} ({', '.join(same)}); "
                "rename or remove all but one"
            )
    matched = _match(table, file)
    for column in table.required:
        if column not in matched:
            free = [name for name in file.columns if name not in matched.values()]
            wrong.append(_missing_column(file, table.columns[column], free))
    return wrong


def _missing_column(file: RawFile, spellings: list[str], free: list[str]) -> str:
    by_lower = {name.strip().lower(): name for name in free}
    near = [n for s in spellings for n in difflib.get_close_matches(s.lower(), by_lower, 1, 0.6)]
    hint = f"rename `{by_lower[near[0]].strip()}` if it is meant" if near else "add it to the export"
    found = ", ".join(name.strip() for name in file.columns[:40])
    return f"{file.path}: expected the required column {' or '.join(spellings)}, found {found}; {hint}"


def _types(files: list[RawFile]) -> list[str]:
    """The types of the first file's columns, `int64|double` where files differ."""
    by_file = [dict(zip([name.lower() for name in file.columns], file.types, strict=True)) for file in files]
    return ["|".join(sorted({types.get(name.lower(), "") for types in by_file})) for name in files[0].columns]


def _same_header(first: RawFile, other: RawFile) -> bool:
    """Parquet files may differ in the order of columns; csv files are read by position."""
    if first.format == "csv":
        return (first.columns, first.delimiter) == (other.columns, other.delimiter)
    return {name.lower() for name in first.columns} == {name.lower() for name in other.columns}


def _nothing_needed(layout: str, root: Path, findings: list[TableFinding], needed: list[str]) -> str:
    wanted = " or ".join(needed)
    forms = "as <name>.parquet, <name>.csv or a folder <name>/*.parquet"
    others = [finding.table for finding in findings if finding.paths]
    found = f"only {', '.join(others)}" if others else _listing(root)
    near = [
        n for name in needed for n in difflib.get_close_matches(f"{name}.csv", [p.name for p in root.iterdir()], 1, 0.7)
    ]
    hint = f"rename {near[0]} if it is meant" if near else "export one of them into this folder"
    return f"{root.absolute()}: expected {wanted} {forms}, found {found}; {hint}"


def _listing(folder: Path) -> str:
    names = sorted(path.name for path in folder.iterdir())
    return (", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")) or "an empty folder"
