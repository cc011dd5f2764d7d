"""What was found of unknown files, in sentences for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import Entry, Mapping, Question
from customer_insight.mapping.mapping_text import column_as_yaml
from customer_insight.mapping.order_roles import ORDERS, Role
from customer_insight.report.wording import counted

WIDTH = 28
HIDDEN = ("is_pending", "known_at", "has_unread_erasure", "is_product")
NAMES = {ORDERS: "orders without their products"}


def file_lines(found: FileTable, role: Role | None) -> list[str]:
    """What a file was taken for and why."""
    rows = len(found.sample.first) + len(found.sample.others)
    looked = f"all {counted(rows, 'row', 'rows')}" if found.sample.is_whole else f"{rows:,} rows from all over it"
    if role is None:
        columns = ", ".join(found.file.columns[:12])
        return [f"{found.name}: taken for nothing ({looked} looked at); its columns are {columns}"]
    told = [f"{found.name}: {NAMES.get(role.table, role.table)}, for {role.why} ({looked} looked at)"]
    reasons = [
        f"  {ours} is `{header}`: {role.columns.reasons[ours]}"
        for ours, header in role.columns.columns.items()
        if role.columns.reasons[ours] != "by its name"
    ]
    return told + reasons


def entry_lines(table: str, at: int, entry: Entry, several: bool) -> list[str]:
    """One entry of a mapping: which column is which, and how dates and amounts are read."""
    number = f" ({at})" if several else ""
    columns = [f"{name} = {_said(column_as_yaml(column))}" for name, column in entry.columns.items()]
    told = [f"{table}{number} from {entry.files}", *_wrapped(", ".join(columns))]
    readings = [
        f"dates are {entry.date_order.replace('_', ' ')}" if entry.date_order else "",
        f"a decimal {entry.decimal_mark}" if entry.decimal_mark else "",
        f"times of {entry.time_zone}" if entry.time_zone else "",
        f"one row for each {entry.one_row_per}, the last one" if entry.one_row_per else "",
    ]
    return told + _wrapped("; ".join(filter(None, readings)))


def _said(column: Any) -> str:
    """What YAML would say of a column, as people would."""
    if isinstance(column, dict):
        # a blank between a day and its time needs no words
        told = {name: value for name, value in column.items() if (name, value) != ("between", " ")}
        return " ".join(
            _said(value) if name == "columns" else f"{name}: {_said(value)}" for name, value in told.items()
        )
    return " + ".join(column) if isinstance(column, list) else str(column)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 116, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def rows_as_text(names: list[str], rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Rows in columns, without those that are empty in all of them."""
    texts = [[_cell(value) for value in row] for row in rows]
    kept = [at for at in range(len(names)) if any(row[at] for row in texts) and names[at] not in HIDDEN]
    widths = {at: min(max(len(names[at]), *(len(row[at]) for row in texts)), WIDTH) for at in kept}
    lines = [[names[at] for at in kept], *[[row[at] for at in kept] for row in texts]]
    return [
        "  " + "  ".join(cell[:WIDTH].ljust(widths[at]) for at, cell in zip(kept, line, strict=True)).rstrip()
        for line in lines
    ]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").lstrip("-").isdigit() else text


def question_lines(questions: list[Question]) -> list[str]:
    """Open questions, numbered, with what may be answered."""
    told = []
    for at, question in enumerate(questions, 1):
        told += textwrap.wrap(f"{at}. {question.question}", 116, subsequent_indent="   ")
        told += [f"   {value}"[:116] for value in question.values[:4]]
        told.append(f"   answer: {' | '.join(question.candidates)}")
    return told


def not_read_lines(mapping: Mapping) -> list[str]:
    """Columns that nobody reads, by file."""
    return [
        line
        for file, names in mapping.not_read.items()
        for line in textwrap.wrap(f"not read of {file}: {', '.join(names)}", 116, subsequent_indent="  ")[:3]
    ]
