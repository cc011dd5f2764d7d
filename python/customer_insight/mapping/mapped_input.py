"""The raw tables that a mapping makes of files: where they lie, how they are read, and what is wrong with them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import RawFile, require_readable_text
from customer_insight.commands.raw_findings import TableFinding
from customer_insight.commands.raw_tables import Described
from customer_insight.mapping.entry_recipe import files_of, recipe_of
from customer_insight.mapping.mapping_file import (
    DATE_READINGS,
    DECIMAL_MARKS,
    MAPPING_FILE,
    ColumnFrom,
    Entry,
    Mapping,
    MappingError,
)
from customer_insight.mapping.mapping_text import read_mapping


def mapping_path(raw_path: str) -> Path:
    """Where the mapping of a folder, or of a file, lies."""
    root = Path(raw_path).expanduser().absolute()
    return (root.parent if root.is_file() else root) / MAPPING_FILE


def has_mapping(raw_path: str, described: Described) -> bool:
    """Whether these raw tables may be mapped (`may_be_mapped` in macros/systems/files.sql), and are."""
    return any(table.get("may_be_mapped") for table in described.values()) and mapping_path(raw_path).is_file()


def mapped_findings(raw_path: str, described: Described, full: bool = False) -> list[TableFinding]:
    """One finding per table, as `raw_input.inspect` gives them; what is wrong with the mapping is told of the first."""
    place = mapping_path(raw_path)
    try:
        mapping = read_mapping(place)
        told = open_questions(mapping)
        mapping = mapping.answered()
        unknown = [table for table in mapping.tables if table not in described]
        if unknown:
            told.append(f"tables: there is no input table {unknown[0]}; the tables are {', '.join(described)}")
    except MappingError as error:
        mapping, told = Mapping(), [str(error)]
    if told:
        problems = [f"{place}: {sentence}" for sentence in told]
        return [TableFinding(table, problems=problems if at == 0 else []) for at, table in enumerate(described)]
    return findings_of(Path(raw_path).expanduser().absolute(), mapping, described, full)


def open_questions(mapping: Mapping) -> list[str]:
    """A sentence for each question without an answer."""
    return [
        f"a question is open: {question.question} Write behind its `answer:` "
        f"{' or '.join(question.candidates) or 'what it is'}"
        for question in mapping.open_questions()
    ]


def findings_of(root: Path, mapping: Mapping, described: Described, full: bool = False) -> list[TableFinding]:
    """What a mapping with all answers makes of the files under `root`."""
    return [_finding(root, table, mapping.tables.get(table, ()), described, full) for table in described]


def _finding(root: Path, table: str, entries: Iterable[Entry], described: Described, full: bool) -> TableFinding:
    found, wrong = [], []
    for at, entry in enumerate(entries, 1):
        where = f"{root / MAPPING_FILE if root.is_dir() else root.parent / MAPPING_FILE}: {table}, entry {at}"
        try:
            _require_columns(table, entry, described)
            places = files_of(root, entry.files, entry)
            if not places and root.is_file():
                continue
            recipe = recipe_of(root, entry, places)
            if full:
                for file in recipe["files"]:
                    if file.format in ("csv", "json"):
                        require_readable_text(file)
            found.append(recipe | {"number": at, "paths": [str(path) for path in places]})
        except (RawFileError, OSError, EOFError, zlib.error) as error:
            wrong.append(f"{where}: {error}")
    own = [path for recipe in found for path in recipe["paths"]]
    paths = list(dict.fromkeys([*own, *(path for recipe in found for path in recipe["looked_up"])]))
    if wrong or not found:
        return TableFinding(table, paths, problems=wrong)
    files: list[RawFile] = [file for recipe in found for file in recipe.pop("files")]
    parts = [part for recipe in found for part in recipe["parts"]]
    is_countable = all(part.rows == 0 for part in parts) and not any(recipe["one_row_per"] for recipe in found)
    read: dict[str, str] = {}
    for entry in reversed(list(entries)):
        read |= {name: _said(column) for name, column in entry.columns.items()}
    return TableFinding(
        table=table,
        paths=paths,
        # by it the line of a row is counted
        format=found[0]["format"] if is_countable and len({recipe["format"] for recipe in found}) == 1 else "mapped",
        parts=parts,
        columns={name: read[name] for name in _plain(described[table]["columns"]) if name in read},
        size=sum(file.size for file in {file.path: file for file in files}.values()),
        rows=None if any(file.rows is None for file in files) or not is_countable else sum(f.rows or 0 for f in files),
        entries=[recipe | {"parts": [vars(part) for part in recipe["parts"]]} for recipe in found],
    )


def _plain(columns: Iterable[str]) -> list[str]:
    return [column.rstrip("*") for column in columns]


def _said(column: ColumnFrom) -> str:
    if column.is_numbered:
        return "row number"
    return f"`{column.constant}`" if column.constant else f" {column.between} ".join(column.columns)


def _require_columns(table: str, entry: Entry, described: Described) -> None:
    known = described[table]["columns"]
    for name in [*entry.columns, *([entry.one_row_per] if entry.one_row_per else [])]:
        if name not in _plain(known):
            raise MappingError(f"there is no column {name} of {table}; the columns are {', '.join(_plain(known))}")
    missing = [name.rstrip("*") for name in known if name.endswith("*") and name.rstrip("*") not in entry.columns]
    if missing:
        raise MappingError(f"expected {', '.join(missing)} among its columns, which each row of {table} needs")
    for name, said, allowed in (
        ("date_order", entry.date_order, DATE_READINGS),
        ("decimal_mark", entry.decimal_mark, DECIMAL_MARKS),
    ):
        if said and said not in allowed:
            raise MappingError(f"expected {name} as one of {', '.join(allowed)}, found `{said}`")
    if entry.time_zone and not _is_zone(entry.time_zone):
        raise MappingError(f"expected time_zone as an IANA name such as Europe/Berlin, found `{entry.time_zone}`")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def zone_of_mapping(setting: str, findings: Iterable[TableFinding]) -> str:
    """The zone of the shop's clock where a mapping says one and no setting does, so that days are the shop's, too."""
    zones = {entry["time_zone"] for finding in findings for entry in finding.entries} - {"", "UTC"}
    return zones.pop() if setting == "UTC" and len(zones) == 1 else ""
