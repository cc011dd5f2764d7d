"""The tables in the files of a folder, and what their columns look like."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import RawFile, kind_of, read_outside, require_readable_text, text_head
from customer_insight.commands.raw_header import DELIMITERS, Expected
from customer_insight.commands.raw_places import READABLE, listing
from customer_insight.commands.raw_sheets import sheet_as_csv, sheets_of
from customer_insight.mapping.mapping_file import Entry
from customer_insight.mapping.profiles import Profile, profile_of
from customer_insight.mapping.samples import Sample, sample_of
from customer_insight.mapping.text_blocks import TextBlock, blocks_of, raw_file_of

# Of larger texts only the sample is looked at for bytes that are no UTF-8; a check reads all.
READ_WHOLE = 16 << 20


@dataclass
class FileTable:
    """One table: the beginning of an entry that reads it (`entry`), the file, and rows of it."""

    entry: Entry
    file: RawFile
    sample: Sample

    @property
    def name(self) -> str:
        """What it is called before people: the file, the sheet, the how manieth of several."""
        sheet = f", sheet {self.entry.sheet}" if self.entry.sheet else ""
        section = f", table {self.entry.section}" if self.entry.section else ""
        return f"{self.entry.files}{sheet}{section}"

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """What the columns look like, by name, in the order of their names."""
        return {name: profile_of(name, self.sample.values(name)) for name in sorted(self.sample.columns)}


def tables_in(root: Path) -> tuple[list[FileTable], list[str]]:
    """Every table under a folder, or in a file, sorted by name; and a sentence for each file that cannot be read."""
    paths = [root] if root.is_file() else sorted({*root.glob("*"), *root.glob("*/*")}, key=lambda p: str(p).lower())
    readable = [path for path in paths if path.is_file() and kind_of(path) and not re.match(r"[._~]|tmp_", path.name)]
    if not readable:
        raise RawFileError(f"{root}: expected {READABLE}, found {listing(root)}; put the export there")
    tables, problems = [], []
    for path in readable:
        name = path.name if root.is_file() else path.relative_to(root).as_posix()
        try:
            tables += _tables_of(path, name)
        except (RawFileError, OSError, EOFError, zlib.error) as error:
            problems.append(f"{path}: {error}")
    return tables, problems


def _tables_of(path: Path, name: str) -> list[FileTable]:
    kind = kind_of(path)
    if kind in ("json", "parquet"):
        file = read_outside(path, Expected())
        return [FileTable(Entry(name), file, sample_of(file))]
    if path.stat().st_size == 0:
        raise RawFileError("expected a table, found a file of zero bytes; export it again, at least with its header")
    if kind == "sheet":
        sheets = sheets_of(path)
        is_one = len({tuple(map(str, rows[0])) for rows in sheets.values()}) == 1
        copies = {sheet: sheet_as_csv(path, sheet) for sheet in (list(sheets)[:1] if is_one else sheets)}
        found = [table for sheet, copy in copies.items() for table in _of_text(copy, Entry(name, sheet=sheet))]
        # read as one where all sheets are alike, with nothing above their header
        is_plain = is_one and len(found) == 1 and found[0].entry.header_line is None
        return [replace(found[0], entry=replace(found[0].entry, sheet=""))] if is_plain else found
    text_head(path, "a csv text file", "CSV (UTF-8)")
    return _of_text(path, Entry(name))


def _of_text(path: Path, entry: Entry) -> list[FileTable]:
    blocks = blocks_of(path)
    if not blocks:
        raise RawFileError(
            f"expected columns separated by {', '.join(DELIMITERS.values())}, found one field a line; export it so"
        )
    tables = []
    for at, block in enumerate(blocks, 1):
        placed = (
            replace(entry, section=at) if len(blocks) > 1 else replace(entry, header_line=_header_line(path, block))
        )
        file = raw_file_of(path, block)
        if at == 1 and path.stat().st_size <= READ_WHOLE:
            require_readable_text(file)
        try:
            tables.append(FileTable(placed, file, sample_of(file, block.rows)))
        except UnicodeDecodeError:
            # says where
            require_readable_text(file)
            raise
    return tables


def _header_line(path: Path, block: TextBlock) -> int | None:
    if not block.has_header:
        return 0
    with path.open("rb") as stream:
        is_told = re.match(rb'(?:\xef\xbb\xbf)?"?sep=', stream.read(16), re.IGNORECASE) is not None
    return None if block.skip == 1 + is_told else block.skip
