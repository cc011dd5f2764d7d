"""What a mapping says: for each input table, which files it is made of and which of their columns are ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from customer_insight.commands.raw_errors import RawFileError

MAPPING_FILE = "mapping.yml"
# How dates are written: what the reading of a column is called in macros/reading/time_reading.sql.
DATE_ORDERS = {"day_first": "day first", "month_first": "month first", "year_first": ""}
UNITS = ("days since 1899-12-30", *(f"{unit}seconds since 1970" for unit in ("", "milli", "micro", "nano")))
DATE_READINGS = DATE_ORDERS | {unit: unit for unit in UNITS}
DECIMAL_MARKS = ("point", "comma")
# What an amount of a whole line is, of which the price of a piece is made.
TOTALS = ("total", "total_after_discount")
# What a discount is where it is no amount: 0.2 and 20 of a line's worth.
SHARES = ("share", "percent")
# An amount in hundredths.
CENTS = "cents"
# The answer that leaves something out.
NONE = "none"


class MappingError(RawFileError):
    """A mapping does not say what it has to; the text says where, what was expected and what was found."""


@dataclass(frozen=True)
class ColumnFrom:
    """Where a column of ours comes from.

    `columns`: headers of the file, whose texts are joined by `between`; `constant`: the text of all rows instead.
    `kind`: one of TOTALS where an amount is of the whole line, one of SHARES where a discount is none; CENTS.
    `words`: ours by theirs, in lower case.
    `negative_quantity`: the state of lines whose quantity is below zero. `lookup`: the lookup whose columns are meant.
    `is_numbered`: each row is a thing of its own, called by its number.
    """

    columns: tuple[str, ...] = ()
    between: str = "-"
    constant: str = ""
    kind: str = ""
    words: dict[str, str] = field(default_factory=dict)
    negative_quantity: str = ""
    lookup: str = ""
    is_numbered: bool = False


@dataclass(frozen=True)
class Lookup:
    """Another file with one row for each value of its column `key`, which is also in the column `by` of this one."""

    files: str
    key: str
    by: str
    sheet: str = ""


@dataclass(frozen=True)
class Entry:
    """Files that are read alike, as rows of one table.

    `files`: their name, `*` for any letters; `sheet` of a workbook; `section`: of several tables one below the other
    the how manieth; `header_line`: where the names of columns stand, 0 where they stand nowhere and are called
    `column 1` and so on. `one_row_per`: the column of ours of which each value makes one row, from its last line.
    """

    files: str
    sheet: str = ""
    section: int = 0
    header_line: int | None = None
    date_order: str = ""
    decimal_mark: str = ""
    time_zone: str = ""
    one_row_per: str = ""
    lookups: dict[str, Lookup] = field(default_factory=dict)
    columns: dict[str, ColumnFrom] = field(default_factory=dict)

    def headers(self) -> list[str]:
        """Every column of its own files that is read, each once."""
        own = [name for column in self.columns.values() if not column.lookup for name in column.columns]
        return list(dict.fromkeys([*own, *(lookup.by for lookup in self.lookups.values())]))


@dataclass(frozen=True)
class Question:
    """What nothing decides: a sentence, what may be answered, what the file shows, and where the answer goes.

    `sets`: places such as `order_lines/1/date_order`, the entries of a table counted from 1. `candidates`: by the word
    that is answered what is set. An empty answer leaves the question open.
    """

    question: str
    sets: tuple[str, ...]
    candidates: dict[str, Any] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class Mapping:
    """All tables with their entries, in order; columns that nobody reads, by file; questions."""

    tables: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    not_read: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def open_questions(self) -> list[Question]:
        """Those without an answer."""
        return [question for question in self.questions if not question.answer]

    def answered(self) -> Mapping:
        """The same with every answer where it belongs."""
        mapping = self
        for question in self.questions:
            if question.answer:
                for place in question.sets:
                    mapping = _with_answer(mapping, place, question.candidates.get(question.answer, question.answer))
        kept = {table: tuple(one for one in entries if one.files) for table, entries in mapping.tables.items()}
        return replace(mapping, tables={table: entries for table, entries in kept.items() if entries})

    def entries(self) -> Iterator[tuple[str, int, Entry]]:
        """Each with its table and its number there, from 1."""
        for table, entries in self.tables.items():
            for at, entry in enumerate(entries, 1):
                yield table, at, entry


def _with_answer(mapping: Mapping, place: str, value: Any) -> Mapping:
    table, number, *where = place.split("/")
    entries = list(mapping.tables.get(table, ()))
    if not number.isdigit() or not 1 <= int(number) <= len(entries) or where[:1] not in ([n] for n in PLACES):
        raise MappingError(
            f"expected a place of this file in `sets`, such as order_lines/1/date_order, found `{place}`"
        )
    entry = entries[int(number) - 1]
    if where[0] == "words":
        status = entry.columns.get("order_status", ColumnFrom())
        word = {} if value == NONE else {"/".join(where[1:]): str(value)}
        changed = replace(entry, columns=entry.columns | {"order_status": replace(status, words=status.words | word)})
    elif where[0] == "columns":
        columns = {name: column for name, column in entry.columns.items() if name != where[-1]}
        if value != NONE:
            columns[where[-1]] = value if isinstance(value, ColumnFrom) else ColumnFrom((str(value),))
        changed = replace(entry, columns=columns)
    else:
        said: dict[str, Any] = {where[0]: "" if value == NONE else str(value)}
        changed = replace(entry, **said)
    entries[int(number) - 1] = changed
    return replace(mapping, tables=mapping.tables | {table: tuple(entries)})


# What a question can set.
PLACES = ("columns", "files", "date_order", "decimal_mark", "time_zone", "words")
