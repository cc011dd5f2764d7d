"""An entry of a mapping as macros/sources/mapped_rows.sql wants it: its files, and what each column is made of."""

from __future__ import annotations

import csv
import fnmatch
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import RawFile, kind_of, read_outside
from customer_insight.commands.raw_findings import RawPart, parts_of
from customer_insight.commands.raw_header import Expected
from customer_insight.commands.raw_places import listing, together
from customer_insight.commands.raw_sheets import sheet_as_csv
from customer_insight.mapping.mapping_file import DATE_READINGS, SHARES, TOTALS, ColumnFrom, Entry, Lookup, MappingError
from customer_insight.mapping.text_blocks import blocks_of, delimiter_of, head_of, names_of, raw_file_of


def files_of(root: Path, pattern: str, entry: Entry | Lookup) -> list[Path]:
    """The files of a name or pattern, in the order of their names. Raises RawFileError where there is none."""
    if root.is_file():
        return [root] if fnmatch.fnmatch(root.name.lower(), pattern.lower()) else []
    paths = [path for path in (*root.glob("*"), *root.glob("*/*")) if path.is_file() and kind_of(path)]
    named = [path for path in paths if fnmatch.fnmatch(str(path.relative_to(root)).lower(), pattern.lower())]
    if not named:
        raise RawFileError(f"expected files called {pattern}, found {listing(root)}; put it there, or name another")
    return together(root, named)


def read_file(path: Path, entry: Entry | Lookup, names: Iterable[str]) -> tuple[RawFile, int]:
    """A file as an entry says it is read, and how many of its rows are meant (0: all). Raises RawFileError."""
    header_line, section = (entry.header_line, entry.section) if isinstance(entry, Entry) else (None, 0)
    kind = kind_of(path)
    text = sheet_as_csv(path, entry.sheet) if kind == "sheet" and entry.sheet else path
    text = sheet_as_csv(path) if text == path and kind == "sheet" else text
    if kind in ("json", "parquet"):
        return read_outside(path, Expected()), 0
    if section:
        blocks = blocks_of(text)
        if section > len(blocks):
            raise MappingError(f"expected table {section} of {path.name}, found {len(blocks)} one below the other")
        return raw_file_of(text, blocks[section - 1]), blocks[section - 1].rows
    if header_line is None:
        file = read_outside(text, Expected({name.lower() for name in names}))
        return replace(file, columns=names_of(file.columns)), 0
    head = head_of(text)
    lines = head.split("\n")
    delimiter = delimiter_of("\n".join(lines[max(header_line - 1, 0) :]))
    if not delimiter or header_line > len(lines):
        raise MappingError(f"expected columns from line {max(header_line, 1)} of {path.name}, found none")
    fields = next(csv.reader(lines[max(header_line - 1, 0) :], delimiter=delimiter))
    columns = names_of(fields if header_line else [""] * len(fields))
    file = RawFile(str(text), "csv", text.stat().st_size, columns, [""] * len(columns), delimiter, '"', header_line)
    return file, 0


def _match(file: RawFile, aliases: dict[str, str], path: Path) -> dict[str, str]:
    """Our aliases of headers, with the spelling of the file. Raises MappingError where one is missing."""
    spelled = {name.strip().lower(): name for name in reversed(file.columns)}
    missing = [name for name in aliases if name.strip().lower() not in spelled]
    if missing:
        raise MappingError(
            f"expected a column `{missing[0]}` in {path.name}, found {', '.join(name for name in file.columns[:30])}"
        )
    return {alias: spelled[name.strip().lower()] for name, alias in aliases.items()}


def recipe_of(root: Path, entry: Entry, paths: list[Path]) -> dict[str, Any]:
    """What macros/sources/mapped_rows.sql needs to know of an entry."""
    aliases = _aliases(entry, "")
    files, parts = _parts(paths, entry, aliases)
    lookups, looked_up = [], []
    for at, (name, lookup) in enumerate(entry.lookups.items(), 1):
        theirs = _aliases(entry, name) | {lookup.key: f"l{at}_key_id"}
        others, their_parts = _parts(files_of(root, lookup.files, lookup), lookup, theirs)
        looked_up += [str(path) for path in files_of(root, lookup.files, lookup)]
        told = {"name": f"l{at}", "key": f"l{at}_key_id", "by": aliases[lookup.by], "names": list(theirs.values())}
        lookups.append(told | {"format": others[0].format, "parts": [vars(part) for part in their_parts]})
        files += others
    texts = {name: _text_of(entry, column, aliases) for name, column in entry.columns.items()}
    mark = {"comma": "'decimal comma'", "point": "null"}.get(entry.decimal_mark, "")
    return {
        "format": files[0].format,
        "files": files,
        "parts": parts,
        "names": list(aliases.values()),
        "lookups": lookups,
        "looked_up": looked_up,
        "texts": texts,
        "total": _kind(entry, "unit_price", TOTALS),
        "discount": _kind(entry, "discount_amount", SHARES),
        "negative_quantity": next((c.negative_quantity for c in entry.columns.values() if c.negative_quantity), ""),
        "date_order": entry.date_order,
        "date_reading": f"'{DATE_READINGS[entry.date_order]}'" if DATE_READINGS.get(entry.date_order) else "null",
        "decimal_mark": entry.decimal_mark,
        "number_reading": mark or "null",
        "time_zone": entry.time_zone,
        "one_row_per": entry.one_row_per,
    }


def _kind(entry: Entry, column: str, kinds: Iterable[str]) -> str:
    kind = entry.columns.get(column, ColumnFrom()).kind
    return kind if kind in kinds else ""


def _aliases(entry: Entry, lookup: str) -> dict[str, str]:
    """A short name for each header that is read, of the entry's own files or of a lookup; ids end with _id."""
    names = entry.headers() if not lookup else []
    names += [name for one in entry.columns.values() if one.lookup == lookup and lookup for name in one.columns]
    ids = {name for ours, one in entry.columns.items() if ours.endswith("_id") for name in one.columns}
    ids |= {one.by for one in entry.lookups.values()}
    start = f"l{list(entry.lookups).index(lookup) + 1}_" if lookup else ""
    unique = dict.fromkeys(names)
    return {name: f"{start}h{at}{'_id' if name in ids else ''}" for at, name in enumerate(unique, 1)}


def _text_of(entry: Entry, column: ColumnFrom, aliases: dict[str, str]) -> dict[str, Any]:
    known = _aliases(entry, column.lookup) if column.lookup else aliases
    if column.lookup:
        lookup = entry.lookups[column.lookup]
        known = known | {lookup.key: f"l{list(entry.lookups).index(column.lookup) + 1}_key_id"}
    words = {theirs.strip().lower(): ours for theirs, ours in column.words.items()}
    names = [known[name] for name in column.columns] if not column.is_numbered else ["cast(row_number as string)"]
    return {"names": names, "kind": column.kind, "between": column.between, "constant": column.constant, "words": words}


def _parts(paths: list[Path], entry: Entry | Lookup, aliases: dict[str, str]) -> tuple[list[RawFile], list[RawPart]]:
    read = [read_file(path, entry, aliases) for path in paths]
    files = [file for file, _ in read]
    matches = [_match(file, aliases, path) for file, path in zip(files, paths, strict=True)]
    if len(files) == 1:
        return files, [replace(part, rows=read[0][1]) for part in parts_of(files, matches)]
    if any(rows for _, rows in read):
        parts = [replace(parts_of([f], [m])[0], rows=rows) for (f, rows), m in zip(read, matches, strict=True)]
        return files, parts
    return files, parts_of(files, matches)
