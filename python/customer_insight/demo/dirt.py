"""Harmless dirt: cells that a careful reader accepts as they are meant. No row is rejected for them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.numerics.arrays import Bools, Ints

HOUR = 3600
# (table, column, style, share of rows)
DIRT: list[tuple[str, str, str, float]] = [
    ("order_lines", "order_id", "blanks", 0.002),
    ("order_lines", "customer_id", "blanks", 0.002),
    ("order_lines", "ordered_at", "iso", 0.006),
    ("order_lines", "quantity", "blanks", 0.002),
    ("order_lines", "quantity", "default 1", 0.002),
    ("order_lines", "unit_price", "blanks", 0.002),
    ("order_lines", "order_status", "case", 0.006),
    ("order_lines", "order_status", "default completed", 0.002),
    ("order_lines", "is_product", "boolean", 0.02),
    ("events", "occurred_at", "iso", 0.004),
    ("events", "event_type", "case", 0.004),
    ("events", "visitor_id", "blanks", 0.001),
    ("events", "customer_id", "blanks", 0.001),
    ("customers", "customer_id", "blanks", 0.003),
    ("customers", "created_at", "iso", 0.02),
    ("customers", "email", "blanks", 0.005),
    ("customers", "marketing_consent", "boolean", 0.2),
    ("products", "product_name", "blanks", 0.01),
    ("products", "is_available", "boolean", 0.1),
    ("reviews", "reviewed_at", "iso", 0.02),
    ("reviews", "rating", "blanks", 0.01),
    ("reviews", "product_id", "blanks", 0.005),
    ("support_messages", "sent_at", "iso", 0.03),
    ("support_messages", "message_text", "blanks", 0.01),
    ("touches", "shown_at", "iso", 0.01),
    ("touches", "propensity", "blanks", 0.004),
    ("assignments", "arm", "case", 0.004),
    ("assignments", "assigned_at", "iso", 0.004),
    ("product_vectors", "product_id", "blanks", 0.01),
    ("identity_links", "linked_at", "iso", 0.02),
    ("identity_links", "visitor_id", "blanks", 0.004),
]


def _iso(times: TextColumn, style: Ints) -> TextColumn:
    """`2024-03-01 12:00:00` as five other ways to write the same instant (the fourth, a quarter of a second later)."""
    seconds: Any = pc.cast(pc.strptime(times, "%Y-%m-%d %H:%M:%S", "s"), pa.int64())
    ahead: Any = columns.times(seconds.to_numpy() + HOUR)
    with_t: Any = pc.replace_substring(times, " ", "T")
    options = [
        with_t,
        columns.join(with_t, "Z"),
        columns.join(pc.replace_substring(ahead, " ", "T"), "+01:00"),
        columns.join(times, ".250"),
        columns.join(with_t, ".000Z"),
    ]
    return pc.choose(pa.array(style % len(options)), *options)


def _boolean(values: TextColumn, style: Ints) -> TextColumn:
    """`true` and `false` as others write them."""
    truth = pc.equal(values, pa.scalar("true"))
    yes, no = pa.array(["1", "yes", "TRUE", "Yes"]), pa.array(["0", "no", "FALSE", "No"])
    index: Any = pa.array(style % 4)
    return pc.if_else(truth, yes.take(index), no.take(index))


def _soil(values: TextColumn, how: str, style: Ints) -> TextColumn:
    """`values` (none null) in another way of writing; a `default` is left out where it is the value."""
    if how == "iso":
        return _iso(values, style)
    if how == "boolean":
        return _boolean(values, style)
    if how == "case":
        return pc.choose(pa.array(style % 2), pc.utf8_upper(values), pc.utf8_capitalize(values))
    if how == "blanks":
        return pc.choose(
            pa.array(style % 3),
            columns.join(" ", values),
            columns.join(values, "  "),
            columns.join("  ", values, " "),
        )
    return pc.if_else(pc.equal(values, pa.scalar(how.removeprefix("default "))), pa.scalar(None, pa.string()), values)


class Edits:
    """New cells of a table, written once a column: a column of text is copied whole for any change."""

    def __init__(self) -> None:
        self.cells: dict[str, list[tuple[Ints, TextColumn]]] = {}

    def add(self, column: str, rows: Ints, values: TextColumn) -> None:
        """`values` for `column` at `rows`; no cell twice."""
        self.cells.setdefault(column, []).append((rows, values))

    def apply(self, table: TextTable) -> TextTable:
        """`table` with the new cells."""
        for column, changes in self.cells.items():
            rows = np.concatenate([where for where, _ in changes])
            values = pa.concat_arrays([text for _, text in changes]).take(columns.rows(np.argsort(rows)))
            mask = np.zeros(table.num_rows, dtype=bool)
            mask[rows] = True
            mixed = pc.replace_with_mask(table[column].combine_chunks(), pa.array(mask), values)
            table = table.set_column(table.schema.get_field_index(column), column, mixed)
        return table


def soil(rng: np.random.Generator, name: str, table: TextTable) -> tuple[Edits, Bools]:
    """(cells with harmless dirt, which rows have some). No row is soiled twice."""
    dirty = np.zeros(table.num_rows, dtype=bool)
    edits = Edits()
    for where, column, how, share in DIRT:
        if where != name:
            continue
        wanted = rng.random(table.num_rows) < max(share, min(1.0, 3 / max(table.num_rows, 1)))
        cells = table[column].combine_chunks()
        rows = np.flatnonzero(wanted & cells.is_valid().to_numpy(zero_copy_only=False) & ~dirty)
        style = rng.integers(0, 60, len(rows))
        if len(rows):
            edits.add(column, rows, _soil(cells.take(columns.rows(rows)), how, style))
            dirty[rows] = True
    return edits, dirty
