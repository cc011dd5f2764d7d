"""The tables in one text file: which lines are headers, and where one table stands below another."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import HEAD_BYTES, RawFile, open_text_bytes
from customer_insight.commands.raw_header import DELIMITERS

# Files with several tables are written by people: larger ones are one table.
SECTIONED_BYTES = 64 << 20
LOOKED_AT = 60
DATA = re.compile(
    r"[-+(]?\W{0,3}[0-9][0-9.,:/ TZ%+-]*\D{0,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[^@\s]+@[^@\s]+\.[a-z]+", re.I
)


@dataclass(frozen=True)
class TextBlock:
    """A table in a text: its columns, the lines up to its first row, and how many rows it has (0: all that follow)."""

    columns: list[str]
    delimiter: str
    skip: int
    rows: int = 0
    has_header: bool = True


def names_of(header: list[str]) -> list[str]:
    """The names of columns, each once: what has no name is `column 3`, the second `Name` is `Name (2)`."""
    seen: Counter[str] = Counter()
    names = []
    for at, name in enumerate(header, 1):
        plain = name.strip() or f"column {at}"
        seen[plain.lower()] += 1
        names.append(plain if seen[plain.lower()] == 1 else f"{plain} ({seen[plain.lower()]})")
    return names


def head_of(path: Path, size: int = HEAD_BYTES) -> str:
    """The beginning of a text file. Raises RawFileError where it cannot be unpacked."""
    try:
        with open_text_bytes(path) as stream:
            return stream.read(size).decode("utf-8-sig", errors="replace")
    except (OSError, EOFError) as error:
        raise RawFileError(f"expected text, found an archive that cannot be unpacked ({error})") from error


def delimiter_of(text: str) -> str:
    """What divides the columns: of the signs the one that gives most lines the same number of fields, above one."""
    best = (0.0, 0, "")
    for at, sign in enumerate(DELIMITERS):
        rows = [row for row in _records(text, sign) if any(field.strip() for field in row)][:LOOKED_AT]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, lines = max(widths.items(), key=lambda one: (one[1] * (one[0] - 1), one[0]))
            best = max(best, (lines / len(rows) * (2 - 1 / width) * (1 + width / 200), -at, sign))
    return best[2]


def _records(text: str, delimiter: str) -> list[list[str]]:
    lines = text.splitlines(keepends=True)[: 4 * LOOKED_AT]
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.rstrip("\r\n").split(delimiter) for line in lines]


def blocks_of(path: Path) -> list[TextBlock]:
    """The tables of a text, one below the other, divided by blank lines; none where nothing divides columns.

    A line is a header that has no number, date or address in it, and the lines below it have as many fields. Raises
    RawFileError where the text cannot be unpacked.
    """
    is_small = path.stat().st_size <= SECTIONED_BYTES
    text = head_of(path, SECTIONED_BYTES if is_small else HEAD_BYTES)
    told = re.match(r'("?)sep=(.)\1\r?\n', text, re.IGNORECASE)
    delimiter = told[2] if told else delimiter_of(text[: HEAD_BYTES // 4])
    if not delimiter:
        return []
    lines = text.split("\n")
    if not is_small or not re.search(r"\n[ \t\r\"" + re.escape(delimiter) + r"]*\n[^\n]", text):
        head = _block(lines[:2000], 1 if told else 0, delimiter)
        return [head] if head else []
    return _divided(lines, delimiter)


def _divided(lines: list[str], delimiter: str) -> list[TextBlock]:
    """Blocks between blank lines; one that has no header of its own belongs to the one above it."""
    blank = _blank_lines(lines, delimiter)
    starts = [at for at, is_blank in enumerate(blank) if not is_blank and (at == 0 or blank[at - 1])]
    blocks: list[TextBlock] = []
    begins: list[int] = []
    for start in starts:
        end = next((at for at in range(start, len(lines)) if blank[at]), len(lines))
        block = _block(lines[start:end], start, delimiter)
        if block and (not blocks or (block.has_header and block.columns != blocks[-1].columns)):
            blocks.append(block)
            begins.append(block.skip)
    ends = [*begins[1:], len(lines)]
    counted = []
    for block, end in zip(blocks, ends, strict=True):
        last = max((at for at in range(block.skip, end) if not blank[at]), default=block.skip)
        # the header of the next one, and what stands above it, belong to that
        stop = end - 1 if end < len(lines) else last + 1
        while stop > block.skip and not blank[stop - 1] and end < len(lines):
            stop -= 1
        rows = csv.reader((line + "\n" for at, line in enumerate(lines[block.skip : stop])), delimiter=delimiter)
        counted.append(TextBlock(block.columns, delimiter, block.skip, sum(any(map(str.strip, row)) for row in rows)))
    return counted if len(counted) > 1 else [TextBlock(b.columns, b.delimiter, b.skip, 0, b.has_header) for b in blocks]


def _blank_lines(lines: list[str], delimiter: str) -> list[bool]:
    """Which lines hold nothing but empty fields; not those within a quoted text."""
    blank, is_quoted = [], False
    for line in lines:
        opens = line.count('"') % 2 == 1
        blank.append(not is_quoted and not opens and not line.strip(f' \t\r"{delimiter}'))
        is_quoted ^= opens
    return blank


def _block(lines: list[str], first: int, delimiter: str) -> TextBlock | None:
    """The table that begins in these lines, the first of them being line `first` of the file, from 0."""
    rows = list(csv.reader((line + "\n" for line in lines[: LOOKED_AT * 2]), delimiter=delimiter))
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    width = max(widths, key=lambda each: (widths[each] * each, each))
    at = next(at for at, row in enumerate(rows) if len(row) == width)
    if first == 0 and rows[0] and rows[0][0].lower().startswith("sep=") and at == 0:
        at = 1
    top = rows[0]
    is_narrow = at > 0 and 2 < len(top) != width and is_header(top, rows[1:20])
    if is_narrow and not is_header(rows[at], rows[at + 1 :]):
        raise RawFileError(
            f"expected {len(top)} fields in each row, as in the header, found {width} in most; is a decimal comma "
            "written without quotes? Export it with semicolons"
        )
    if is_header(rows[at], rows[at + 1 : at + 20]):
        # rows above may be of several lines
        above = list(_line_numbers(lines[: LOOKED_AT * 2], delimiter))[at]
        return TextBlock(names_of(rows[at]), delimiter, first + above, 0)
    return TextBlock(names_of([""] * width), delimiter, first + at, 0, has_header=False)


def _line_numbers(lines: list[str], delimiter: str) -> list[int]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    return [reader.line_num for _ in reader]


def is_header(row: list[str], below: list[list[str]]) -> bool:
    """Whether a row names columns: texts without numbers, each once, other than what stands below it."""
    filled = [name.strip() for name in row if name.strip()]
    if not filled or len(filled) < len(row) / 2:
        return False
    data = [name for name in filled if DATA.fullmatch(name)]
    if len(data) > len(filled) / 4 or len(set(map(str.lower, filled))) < len(filled) * 0.6:
        return False
    if not below or any(DATA.fullmatch(field.strip()) for each in below for field in each):
        return not data or len(data) < len(filled) / 4
    # texts alone in all lines: a header says what does not stand in its column
    again = [name for at, name in enumerate(row) if name and name in [each[at] for each in below if len(each) > at]]
    return not again


def raw_file_of(path: Path, block: TextBlock) -> RawFile:
    """A block of a text as a raw file."""
    columns = block.columns
    return RawFile(
        str(path), "csv", path.stat().st_size, columns, [""] * len(columns), block.delimiter, '"', block.skip
    )
