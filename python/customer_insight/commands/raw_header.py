"""The header of a text table: which line it is, and what divides its columns."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass

from customer_insight.commands.raw_errors import RawFileError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# Reports say above their header what they are of; so many lines are looked at for it.
LINES_ABOVE = 40
# A line is a header that has so many known names.
TELLING = 3


@dataclass(frozen=True)
class Header:
    """The names of the columns, what divides them, and how many lines there are up to it, itself included."""

    columns: list[str]
    delimiter: str
    lines: int

    def known(self, names: set[str]) -> int:
        """How many of the columns have one of these names (lower case)."""
        return len({name.strip().lower() for name in self.columns} & names)


def reader_of(lines: Iterable[str], delimiter: str, is_quoted: bool) -> Iterator[list[str]]:
    """The records of a text; the csv module's reader."""
    quoting = csv.QUOTE_MINIMAL if is_quoted or delimiter != "\t" else csv.QUOTE_NONE
    return csv.reader(lines, delimiter=delimiter, quoting=quoting)


def find_header(text: str, known_names: set[str], is_quoted: bool = True) -> Header:
    """The header of a text that begins with it, or with lines of a report above it.

    `known_names` (lower case) decide between delimiters, the one that gives most of them, and whether a line further
    down is meant. Raises RawFileError where there is none.
    """
    # what spreadsheets write for themselves
    told = re.match(r'("?)sep=.\1\r?\n', text, re.IGNORECASE)
    text, above = (text[told.end() :], 1) if told else (text, 0)
    first = _header(text, known_names, above)
    if first.known(known_names) >= TELLING:
        return first
    rest = text
    for line in range(1, LINES_ABOVE):
        _, _, rest = rest.partition("\n")
        if not rest:
            break
        header = _header(rest, known_names, above + line)
        if header.known(known_names) >= max(TELLING, first.known(known_names) + 1):
            return header
    if not text.split("\n", 1)[0].strip():
        raise RawFileError("expected column names on the first line, found a blank line; remove it")
    if len(first.columns) == 1 and not first.known(known_names):
        raise RawFileError(
            f"expected column names separated by {', '.join(DELIMITERS.values())}, found one field: "
            f"`{first.columns[0][:80]}`; export it with commas, or add the header line if it has none"
        )
    return first


def _header(text: str, known_names: set[str], above: int) -> Header:
    """The first record, divided so that it has most of the known names, else most columns; of equals by a comma."""
    headers = [Header(_first_record(text, delimiter), delimiter, above + 1) for delimiter in DELIMITERS]
    return max(headers, key=lambda header: (header.known(known_names), len(header.columns)))


def _first_record(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(itertools.islice(io.StringIO(text, newline=""), LINES_ABOVE), delimiter=delimiter))
    except (csv.Error, StopIteration):
        return [text.split("\n", 1)[0]]
