"""Planted defects: every kind of bad row that the input rules name, each row with exactly one reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dirt import Edits
from customer_insight.numerics.arrays import Bools, Ints

MISSING: list[str | None] = [None, "   "]
BAD_TIMES: list[str | None] = ["2024-13-45 10:00:00", "yesterday", "31/31/2024", "soon"]
BAD_NUMBERS: list[str | None] = ["tbc", "free", "12.50.00"]
NEGATIVE: list[str | None] = ["-4.99", "-0.01", " -12.00"]
OUT_OF_FIVE: list[str | None] = ["0", "6", "-1", "11"]
# (table, column, what is wrong, cells that have it); the reason is `column` + what is wrong
CELL_DEFECTS: list[tuple[str, str, str, list[str | None]]] = [
    *((table, column, "is missing", MISSING) for table, required in (
        ("order_lines", "order_id product_id ordered_at"), ("events", "occurred_at event_type visitor_id"),
        ("customers", "customer_id"), ("products", "product_id"), ("reviews", "review_id product_id"),
        ("support_messages", "message_id sent_at message_text"), ("touches", "touch_id shown_at"),
        ("assignments", "campaign_id customer_id"),
        ("product_vectors", "product_id"),
        ("identity_links", "visitor_id customer_id")) for column in required.split()),
    *((table, column, "is not a time", BAD_TIMES) for table, times in (
        ("order_lines", "ordered_at returned_at"), ("events", "occurred_at"), ("customers", "created_at erased_at"),
        ("reviews", "reviewed_at"), ("support_messages", "sent_at"),
        ("touches", "shown_at clicked_at converted_at"), ("assignments", "assigned_at"),
        ("identity_links", "linked_at")) for column in times.split()),
    *((table, column, "is not a number", BAD_NUMBERS) for table, numbers in (
        ("order_lines", "unit_price discount_amount"), ("events", "value"), ("products", "price"),
        ("touches", "propensity revenue"), ("assignments", "propensity")) for column in numbers.split()),
    *((table, column, "is negative", NEGATIVE) for table, amounts in (
        ("order_lines", "unit_price discount_amount"), ("products", "price"),
        ("touches", "revenue")) for column in amounts.split()),
    ("order_lines", "line_number", "is not a whole number", ["first", "1.5"]),
    ("order_lines", "quantity", "is not a number", ["two", "a few", "3x"]),
    ("order_lines", "quantity", "is zero", ["0", " 0 "]),
    ("order_lines", "order_status", "is unknown", ["lost", "in limbo", "??"]),
    ("order_lines", "is_product", "is not true or false", ["maybe", "2"]),
    ("touches", "position", "is not a whole number", ["top", "2.5"]),
    ("touches", "customer_id", "is missing, and so is visitor_id", MISSING),
    ("touches", "propensity", "is not above 0 and at most 1", ["1.7", "-0.2", "100", "0"]),
    ("assignments", "propensity", "is not above 0 and at most 1", ["0", "1.01", "50"]),
    ("assignments", "arm", "is neither treatment nor control", ["maybe", "group 3"]),
    ("touches", "satisfaction", "is not between 1 and 5", OUT_OF_FIVE),
    ("reviews", "rating", "is not between 1 and 5", OUT_OF_FIVE),
    ("customers", "birth_date", "is not a date", ["1985-02-30", "unknown", "the sixties"]),
    ("customers", "marketing_consent", "is not true or false", ["perhaps", "ask me later"]),
    ("products", "is_available", "is not true or false", ["out of stock?", "some"]),
    ("product_vectors", "vector", "is not a list of numbers", ["[0.1, 0.2", "0.1;0.2;0.3", '["a", "b"]', "soon"]),
]  # fmt: skip
EXACT = "exact duplicate of another row"
SAME_KEY = "another row has the same key"
WIDTH = "wrong number of fields"  # in csv files only
# The key of each table, the time of its rows, which decides which of a key stays (but see BY_PLACE), and a cell that
# tells a second row apart.
KEYS: dict[str, tuple[str, str | None, str | None, str]] = {
    "order_lines": ("line_number", "ordered_at", "quantity", "9"),
    "events": ("event_id", "occurred_at", "referrer", "https://mirror.example/"),
    "customers": ("customer_id", "created_at", "city", "Elsewhere"),
    "products": ("product_id", None, "brand", "Unbranded"),
    "reviews": ("review_id", "reviewed_at", "title", "Changed my mind"),
    "support_messages": ("message_id", "sent_at", "channel", "letter"),
    "touches": ("touch_id", "shown_at", "position", "4"),
    "product_vectors": ("product_id", None, "vector", "[0.5, 0.5, 0.5, 0.5]"),
}
# Tables whose time is not that of a row's version: the second row in the file stays.
BY_PLACE = {"customers", "reviews"}
SHARE = 0.00012  # of a table's rows for each kind, and at least two in the first block
LATER = [-300, 300, 0]  # seconds by which the second row of a key is later than the first


@dataclass(frozen=True)
class Damaged:
    """A table with its defects; row numbers are 1-based within this table."""

    table: TextTable
    row_number: Ints
    reason: list[str]
    wrong_width: Ints  # rows to be written with too few or too many fields, if the format can


def _take(rng: np.random.Generator, free: Bools, count: int) -> Ints:
    """Up to `count` free rows, ascending, no longer free afterwards."""
    rows = np.flatnonzero(free)
    rows = np.sort(rng.choice(rows, min(count, len(rows) // 20 + 1, len(rows)), replace=False))
    free[rows] = False
    return rows.astype(np.int64)


def _shifted(cells: columns.TextColumn, seconds: Ints) -> columns.TextColumn:
    """Times as text, moved."""
    moment: Any = pc.cast(pc.strptime(cells, "%Y-%m-%d %H:%M:%S", "s"), pa.int64())
    return columns.times(moment.to_numpy() + seconds)


def damage(rng: np.random.Generator, name: str, table: TextTable, edits: Edits, free: Bools, least: int) -> Damaged:
    """`table` with `edits` and its share of every kind of defect, at least `least` of each, on rows that are `free`."""
    free = free.copy()
    rows_before = table.num_rows
    count = max(least, round(rows_before * SHARE))
    found: list[tuple[Ints, str]] = []
    for where, column, wrong, cells in CELL_DEFECTS:
        if where == name:
            rows = _take(rng, free, count)
            values = columns.pick(cells, (np.arange(len(rows)) + rng.integers(0, 12)) % len(cells))
            edits.add(column, rows, values)
            found.append((rows, f"{column} {wrong}"))
            if wrong == "is zero":  # nothing of a cancelled line was sold, so there it is no defect
                edits.add("order_status", rows, columns.pick(["completed"], np.zeros(len(rows), np.int64)))
    width = _take(rng, free, count)
    copies, twins, later = _copies(rng, name, table, free, count + least // 2)
    exact = _take(rng, free, count + least // 2)
    added = pa.concat_tables([table.take(columns.rows(exact)), copies])
    table, position = _insert(rng, edits.apply(table), added)
    reasons: list[tuple[Ints, str]] = [(position[rows], reason) for rows, reason in found]
    second = position[rows_before : rows_before + len(exact)]
    reasons.append((np.maximum(position[exact], second), EXACT))
    second, first = position[rows_before + len(exact) :], position[twins]
    later = np.zeros_like(later) if name in BY_PLACE else later
    loser = np.where(later > 0, first, np.where(later < 0, second, np.minimum(first, second)))
    reasons.append((loser, SAME_KEY))
    return Damaged(
        table=table,
        row_number=np.concatenate([rows for rows, _ in reasons]).astype(np.int64),
        reason=[reason for rows, reason in reasons for _ in rows],
        wrong_width=position[width],
    )


def _insert(rng: np.random.Generator, table: TextTable, added: TextTable) -> tuple[TextTable, Ints]:
    """(table with the rows `added` at random places, row numbers of the rows of `table` and then of `added`)."""
    size = table.num_rows
    after = np.ceil(rng.random(added.num_rows) * size).astype(np.int64)  # rows of `table` before the added one
    order = np.argsort(after, kind="stable")
    pieces, done = [], 0
    for row in order:
        pieces += [table.slice(done, int(after[row]) - done), added.slice(int(row), 1)]
        done = int(after[row])
    pieces.append(table.slice(done))
    kept = np.arange(size) + 1 + np.searchsorted(np.sort(after), np.arange(size), side="right")
    new = np.empty(added.num_rows, dtype=np.int64)
    new[order] = after[order] + np.arange(added.num_rows) + 1
    return pa.concat_tables(pieces), np.concatenate([kept, new])


def _copies(
    rng: np.random.Generator, name: str, table: TextTable, free: Bools, count: int
) -> tuple[TextTable, Ints, Ints]:
    """(second rows of a key, rows they are copies of, seconds by which they are later)."""
    if name not in KEYS:
        return table.slice(0, 0), np.zeros(0, np.int64), np.zeros(0, np.int64)
    key, time, other, cell = KEYS[name]
    usable = free & table[key].combine_chunks().is_valid().to_numpy(zero_copy_only=False)
    if time:
        early = pc.fill_null(
            pc.less(table[time].combine_chunks(), pa.scalar("2025-12-31")), pa.scalar(False)
        )  # no copy after the end
        usable &= early.to_numpy(zero_copy_only=False)
    mine = usable.copy()
    rows = _take(rng, mine, count)
    free[rows] = False
    copies = table.take(columns.rows(rows))
    later = (
        np.array(LATER, dtype=np.int64)[np.arange(len(rows)) % len(LATER)] if time else np.zeros(len(rows), np.int64)
    )
    everywhere, edits = np.arange(len(rows)), Edits()
    if other:
        edits.add(other, everywhere, columns.pick([cell], np.zeros(len(rows), np.int64)))
    if time:
        edits.add(time, everywhere, _shifted(copies[time].combine_chunks(), later))
    return edits.apply(copies), rows, later
