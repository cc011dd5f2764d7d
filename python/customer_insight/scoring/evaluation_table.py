"""The table of an evaluation: one row for each figure of a method, whatever was judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays


@dataclass(frozen=True)
class EvaluationRow:
    """One figure of a method in a window of the past; NaN where it, or an end of its interval, has no meaning.

    customers: how many it was measured on. The rest says where; not every evaluation needs all of it.
    """

    method: str
    metric: str
    value: float
    ci_low: float
    ci_high: float
    customers: int
    cut_age_days: float = 0
    time_window: str = ""
    scope: str = ""
    target: str = ""
    k: int = 0


# What the columns that say where are called; a method is a strategy, a model or a learner.
_FIELDS = {"strategy": "method", "model": "method", "learner": "method"}
_MEASURED: dict[str, pa.DataType] = {
    "value": pa.float64(),
    "ci_low": pa.float64(),
    "ci_high": pa.float64(),
    "customers": pa.int64(),
}


def evaluation_table(
    where: Mapping[str, pa.DataType],
    rows: Sequence[EvaluationRow],
    is_champion: Callable[[EvaluationRow], bool],
) -> pa.Table:
    """Columns of `where` (their names and types), then value, ci_low, ci_high, customers and is_champion."""
    columns: dict[str, arrays.ArrowArray] = {}
    for name, kind in {**where, **_MEASURED}.items():
        values = [getattr(row, _FIELDS.get(name, name)) for row in rows]
        is_double = pa.types.is_floating(kind)
        columns[name] = arrays.nullable(np.array(values, dtype=np.float64)) if is_double else pa.array(values, kind)
    columns["is_champion"] = pa.array([is_champion(row) for row in rows], pa.bool_())
    return pa.table(columns)
