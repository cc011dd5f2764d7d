"""Finding the raw tables of a source system and saying, before anything is built, what is wrong with their outside.

A source system is described by its raw tables (macros/sources/raw_tables.sql). A table's columns are a mapping from the
name that the model uses to the names that the raw file may use, `*` marking the required ones:
`{"invoice*": "Invoice|InvoiceNo", "sheet": "sheet"}`. Names are compared trimmed and without regard to case.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from customer_insight.commands.known_exports import looks_like, missing_columns
from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import RawFile, kind_of, read_outside, require_readable_text
from customer_insight.commands.raw_places import ANY_NAME, nothing_needed, paths_of

# How the raw tables of a system are described, by name.
Described: TypeAlias = dict[str, dict[str, Any]]


def files_of(name: str, described: dict[str, Any]) -> str:
    """How the files of a raw table are called: after the table, where nothing else is said."""
    return str(described.get("files", name))


@dataclass(frozen=True)
class RawTable:
    """What a source system expects: required and optional columns, each with the names it may have in the file.

    `files`: how its files are called; `one_file`: if there may be one only; `header`: the columns of texts without one.
    """

    name: str
    columns: dict[str, list[str]]
    required: list[str]
    files: str
    one_file: bool
    header: list[str]

    @classmethod
    def of(cls, name: str, described: dict[str, Any]) -> RawTable:
        """From what macros/sources/raw_tables.sql says of it."""
        columns = described["columns"]
        names = {key.rstrip("*"): spellings.split("|") for key, spellings in columns.items()}
        required = [key.rstrip("*") for key in columns if key.endswith("*")]
        return cls(
            name,
            names,
            required,
            files_of(name, described),
            described.get("one_file", False),
            described.get("header", []),
        )

    def known_names(self) -> set[str]:
        """Every spelling of every column, lower case."""
        return {spelling.lower() for spellings in self.columns.values() for spelling in spellings}


@dataclass(frozen=True)
class RawPart:
    """Files of a table that are read alike: same header, delimiter and lines before the rows.

    `columns` maps the model's column names to the file's; `types` stand beside `header`, Arrow's names in Parquet.
    """

    paths: list[str]
    header: list[str]
    delimiter: str
    skip: int
    types: list[str]
    columns: dict[str, str]


@dataclass(frozen=True)
class TableFinding:
    """What was found of one raw table: its files as `parts`, in the order of their names."""

    table: str
    paths: list[str] = field(default_factory=list)
    format: str = ""
    parts: list[RawPart] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    size: int = 0
    rows: int | None = None
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def inspect(raw_path: str, tables: Described, full: bool = False) -> list[TableFinding]:
    """One finding per expected table, in the order of `tables`; a table that is not there has no paths.

    `full` also reads every byte of every text file to see that it is UTF-8. Nothing is raised for what the files hold:
    it is in `problems`, one sentence each, beginning with the file.
    """
    expected = [RawTable.of(name, described) for name, described in tables.items()]
    root = Path(raw_path).expanduser()
    if not raw_path or not root.exists():
        return [TableFinding(table.name) for table in expected]
    return [_inspect_table(root, table, full) for table in expected]


def problems(raw_path: str, tables: Described, findings: list[TableFinding]) -> list[str]:
    """All that is wrong, one sentence each: the path, that one of the needed tables is there, every table's own."""
    root = Path(raw_path).expanduser()
    if not raw_path:
        return [
            "raw_path is not set: expected the file or folder of the raw data; give it as --raw PATH, "
            "CUSTOMER_INSIGHT_RAW or the var raw_path"
        ]
    if not root.exists():
        return [f"{root.absolute()}: expected the raw data, found nothing at this path; check the spelling of raw_path"]
    if not root.is_dir() and ANY_NAME not in [files_of(name, described) for name, described in tables.items()]:
        return [f"{root.absolute()}: expected a folder of tables, found a file; give the folder that holds it"]
    found = [finding for finding in findings if finding.paths or finding.problems]
    messages = [problem for finding in found for problem in finding.problems]
    needed = [name for name, described in tables.items() if described.get("needed")]
    if needed and not {finding.table for finding in found} & set(needed):
        messages.insert(0, nothing_needed(root, [finding.table for finding in findings if finding.paths], needed))
        messages += _known_files(root)
    return messages


def _known_files(root: Path) -> list[str]:
    """What the files of a folder without a table look like: the exports of a system, as they came."""
    told = []
    for path in sorted(path for path in root.iterdir() if path.is_file() and kind_of(path)):
        try:
            said = looks_like(read_outside(path, set()).columns)
        except (RawFileError, OSError, EOFError, zlib.error):
            continue
        told += [f"{path}: {said}"] if said else []
    return told


def _inspect_table(root: Path, table: RawTable, full: bool) -> TableFinding:
    try:
        paths = paths_of(root, table.name, table.files, table.one_file)
    except RawFileError as error:
        return TableFinding(table.name, problems=[str(error)])
    files, wrong = [], []
    for path in paths:
        try:
            files.append(read_outside(path, table.known_names(), table.header))
            if full and files[-1].format in ("csv", "json"):
                require_readable_text(Path(files[-1].path), files[-1].delimiter)
        except (RawFileError, OSError, EOFError, zlib.error) as error:
            wrong.append(f"{path}: {error}")
    wrong += [problem for file in files for problem in _column_problems(table, file)]
    wrong += list(_two_clocks(table, files))
    if not files or wrong:
        return TableFinding(table.name, [str(path) for path in paths], problems=wrong)
    matches = [_match(table, file) for file in files]
    columns = {name: column for match in reversed(matches) for name, column in match.items()}
    return TableFinding(
        table=table.name,
        paths=[str(path) for path in paths],
        format=files[0].format,
        parts=_parts(files, matches),
        columns={name: columns[name] for name in table.columns if name in columns},
        ignored=[name for name in files[0].columns if name not in matches[0].values()],
        size=sum(file.size for file in files),
        rows=None if files[0].rows is None else sum(file.rows or 0 for file in files),
    )


def _parts(files: list[RawFile], matches: list[dict[str, str]]) -> list[RawPart]:
    """Neighbours that are read alike together; Parquet files all, for they are read by name."""
    if files[0].format == "parquet":
        columns = {name: column for match in reversed(matches) for name, column in match.items()}
        header = list(dict.fromkeys(name for file in files for name in file.columns))
        types = [" ".join(sorted({kind for file in files for kind in _types_of(file, name)})) for name in header]
        return [RawPart([file.path for file in files], header, "", 0, types, columns)]
    parts: list[RawPart] = []
    for file, match in zip(files, matches, strict=True):
        alike = (file.columns, file.delimiter, file.skip)
        if parts and (parts[-1].header, parts[-1].delimiter, parts[-1].skip) == alike:
            parts[-1].paths.append(file.path)
        else:
            parts.append(RawPart([file.path], file.columns, file.delimiter, file.skip, file.types, match))
    return parts


def _types_of(file: RawFile, name: str) -> list[str]:
    return [kind for column, kind in zip(file.columns, file.types, strict=True) if column.lower() == name.lower()]


def _two_clocks(table: RawTable, files: list[RawFile]) -> Iterator[str]:
    """A column that says its zone in some Parquet files and not in others: the engine would take all for UTC."""
    for spellings in table.columns.values():
        for name in spellings:
            zoned = {"tz=" in kind: file for file in files for kind in _types_of(file, name) if "timestamp" in kind}
            if len(zoned) == 2:
                yield (
                    f"{zoned[False].path}: expected {name} with a time zone as in {Path(zoned[True].path).name}, "
                    "found it without one; write all files of a table alike"
                )


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
    missing = [" or ".join(table.columns[column]) for column in table.required if column not in matched]
    if missing:
        free = [name.strip() for name in file.columns if name not in matched.values()]
        wrong.append(f"{file.path}: {missing_columns(missing, [name.strip() for name in file.columns], free)}")
    return wrong
