"""The header and the records of a text table: which line names the columns, and what divides them."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from customer_insight.commands.raw_errors import RawFileError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# Reports say above their header what they are of; so many lines are looked at for it.
LINES_ABOVE = 40
# A line is a header that has so many known names.
TELLING = 3


@dataclass(frozen=True)
class Expected:
    """What is known of a text before it is read.

    `names`: spellings of columns, lower case. `header`: the columns of a text that bears none. `is_quoted`: whether a
    quote in a text divided by tabs begins a field, or is a sign like any other.
    """

    names: set[str] = field(default_factory=set)
    header: list[str] = field(default_factory=list)
    is_quoted: bool = True


@dataclass(frozen=True)
class Layout:
    """How a text is written: the columns, what divides and quotes them ('' for nothing), lines up to the first row."""

    columns: list[str]
    delimiter: str
    quote: str
    skip: int

    def known(self, names: set[str]) -> int:
        """How many of the columns have one of these names."""
        return len({name.strip().lower() for name in self.columns} & names)


def find_layout(text: str, expected: Expected) -> Layout:
    """The layout of a text that begins with its header, with lines of a report above it, or without any header.

    Expected names decide between delimiters, the one that gives most of them, and whether a line further down is meant.
    Of a text without a header that has no rows either, the columns are known all the same. Raises RawFileError where
    there is no header.
    """
    # what spreadsheets write for themselves
    told = re.match(r'("?)sep=.\1\r?\n', text, re.IGNORECASE)
    text, above = (text[told.end() :], 1) if told else (text, 0)
    if not text and expected.header:
        return Layout(expected.header, "\t", "", 0)
    layouts = _layouts(text, expected, above)
    first = _best(layouts, expected)
    if first.known(expected.names) >= TELLING:
        return first
    bare = [layout for layout in layouts if expected.header and len(layout.columns) == len(expected.header)]
    if bare and not first.known(expected.names):
        return Layout(expected.header, bare[0].delimiter, bare[0].quote, above)
    rest = text
    for line in range(1, LINES_ABOVE):
        _, _, rest = rest.partition("\n")
        below = _best(_layouts(rest, expected, above + line), expected)
        if rest and below.known(expected.names) >= max(TELLING, first.known(expected.names) + 1):
            _require_plain_lines(text[: len(text) - len(rest)])
            return below
    if not text.split("\n", 1)[0].strip():
        raise RawFileError("expected column names on the first line, found a blank line; remove it")
    if len(first.columns) == 1 and not first.known(expected.names):
        raise RawFileError(
            f"expected column names separated by {', '.join(DELIMITERS.values())}, found one field: "
            f"`{first.columns[0][:80]}`; export it with commas, or add the header line if it has none"
        )
    return first


def records(lines: Iterable[str], layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text, each with the number of the line on which it begins."""
    above = max(layout.skip - 1, 0)
    reader = _reader(itertools.islice(lines, above, None), layout.delimiter, layout.quote)
    if layout.skip:
        next(reader, None)
    ended = reader.line_num
    for record in reader:
        yield above + ended + 1, record
        ended = reader.line_num


def _require_plain_lines(above: str) -> None:
    """Lines above a header are skipped as lines; a quoted field over several of them would take one row too many."""
    if any(line.count('"') % 2 for line in above.splitlines()):
        raise RawFileError(
            "expected lines about the report above the header, found a quoted text of several lines there; "
            "remove what stands above the header"
        )


def _layouts(text: str, expected: Expected, above: int) -> list[Layout]:
    """The first record, as each of the delimiters would divide it."""
    quotes = {delimiter: '"' if expected.is_quoted or delimiter != "\t" else "" for delimiter in DELIMITERS}
    return [Layout(_first(text, each, quote), each, quote, above + 1) for each, quote in quotes.items()]


def _best(layouts: list[Layout], expected: Expected) -> Layout:
    """The one with most of the expected names, else with most columns; of equals a comma's."""
    return max(layouts, key=lambda layout: (layout.known(expected.names), len(layout.columns)))


def _first(text: str, delimiter: str, quote: str) -> list[str]:
    try:
        return next(_reader(itertools.islice(io.StringIO(text, newline=""), LINES_ABOVE), delimiter, quote))
    except (csv.Error, StopIteration):
        return [text.split("\n", 1)[0]]


def _reader(lines: Iterable[str], delimiter: str, quote: str) -> Any:
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE)
