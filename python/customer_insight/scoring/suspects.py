"""Who teaches nothing: rows of suspects, as far as they were known to be at a moment.

Inputs mark each row of a suspect with `suspected_age_days`: days before as_of on which the last thing happened that
speaks for the suspicion, null for everybody else. So at a cut in the past only those are left out of whom it was
known there.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools

COLUMN = "suspected_age_days"


def is_suspect(table: pa.Table, days: int = 0) -> Bools:
    """Which rows are of customers who were known as suspects so many days ago; nobody where the column is missing."""
    if COLUMN not in table.column_names:
        return np.zeros(table.num_rows, dtype=np.bool_)
    age = arrays.doubles(table, COLUMN)
    return np.asarray(np.isfinite(age) & (age >= days), dtype=np.bool_)


def without_suspects(table: pa.Table, days: int = 0) -> pa.Table:
    """The rows of all others."""
    left_out = is_suspect(table, days)
    return table.filter(arrays.arrow(~left_out)) if left_out.any() else table


def count_suspects(table: pa.Table, days: int = 0) -> int:
    """How many customers these are."""
    left_out = is_suspect(table, days)
    rows = table.select(["customer_code"]).filter(arrays.arrow(left_out))
    return int(arrays.distinct(arrays.codes(rows, "customer_code")).size)
