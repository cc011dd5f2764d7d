"""Harmless dirt: cells that a careful reader accepts as they are meant. No row is rejected for them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo.columns import Bools, Ints, Table, Text

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
    ("product_vectors", "product_id", "blanks", 0.01),
    ("identity_links", "linked_at", "iso", 0.02),
    ("identity_links", "visitor_id", "blanks", 0.004),
]


def _iso(times: Text, style: Ints) -> Text:
    """`2024-03-01 12:00:00` as five other ways to write the same instant (the last one a quarter of a second later)."""
    moment = pc.strptime(times, "%Y-%m-%d %H:%M:%S", "s")
    ahead = pc.cast(pc.cast(pc.add(pc.cast(moment, pa.int64()), HOUR), pa.timestamp("s")), pa.string())
    with_t = pc.replace_substring(times, " ", "T")
    options = [
        with_t,
        pc.binary_join_element_wise(with_t, "Z", ""),
        pc.binary_join_element_wise(pc.replace_substring(ahead, " ", "T"), "+01:00", ""),
        pc.binary_join_element_wise(times, ".250", ""),
        pc.binary_join_element_wise(with_t, ".000Z", ""),
    ]
    return pc.choose(pa.array(style % len(options)), *options)


def _boolean(values: Text, style: Ints) -> Text:
    """`true` and `false` as others write them."""
    truth = pc.equal(values, "true")
    yes, no = pa.array(["1", "yes", "TRUE", "Yes"]), pa.array(["0", "no", "FALSE", "No"])
    index = pa.array(style % 4)
    return pc.if_else(truth, yes.take(index), no.take(index))


def _soil(values: Text, how: str, style: Ints) -> Text:
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
            pc.binary_join_element_wise(" ", values, ""),
            pc.binary_join_element_wise(values, "  ", ""),
            pc.binary_join_element_wise("  ", values, " ", ""),
        )
    return pc.if_else(pc.equal(values, how.removeprefix("default ")), pa.scalar(None, pa.string()), values)


def replace_cells(table: Table, column: str, rows: Ints, values: Text) -> Table:
    """`table` with `values` in `column` at the ascending positions `rows`."""
    mask = np.zeros(table.num_rows, dtype=bool)
    mask[rows] = True
    cells = table[column].combine_chunks()
    mixed = pc.replace_with_mask(cells, pa.array(mask), values)
    return table.set_column(table.schema.get_field_index(column), column, mixed)


def soil(rng: np.random.Generator, name: str, table: Table) -> tuple[Table, Bools]:
    """(table with harmless dirt, which rows have some). No row is soiled twice."""
    dirty = np.zeros(table.num_rows, dtype=bool)
    for where, column, how, share in DIRT:
        if where != name:
            continue
        wanted = rng.random(table.num_rows) < max(share, min(1.0, 3 / max(table.num_rows, 1)))
        known = table[column].combine_chunks().is_valid().to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(wanted & known & ~dirty)
        style = rng.integers(0, 60, len(rows))
        if len(rows):
            cells = table[column].combine_chunks().take(pa.array(rows))
            table = replace_cells(table, column, rows, _soil(cells, how, style))
            dirty[rows] = True
    return table, dirty
