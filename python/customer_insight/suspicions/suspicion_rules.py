"""The thresholds of a shop, and the rows that rules answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints

_TYPES: dict[str, pa.DataType] = {
    "rule": pa.string(),
    "code": pa.int64(),
    "score": pa.float64(),
    "chance": pa.float64(),
    "reason": pa.string(),
    "age_days": pa.float64(),
}
SCHEMA = pa.schema(_TYPES)
NOBODY = SCHEMA.empty_table()


@dataclass(frozen=True)
class SuspicionRule:
    """at_least: the score from which on it holds. share, chance: see the seed; where it says nothing, 0 and 1."""

    name: str
    at_least: int
    share: float
    chance: float


def read_rules(table: pa.Table) -> dict[str, SuspicionRule]:
    """By name, from rule, at_least, at_least_share, at_most_chance."""
    share, chance = (arrays.doubles(table, name) for name in ("at_least_share", "at_most_chance"))
    names: list[Any] = table["rule"].to_pylist()
    rows = zip(names, arrays.codes(table, "at_least").tolist(), share, chance, strict=True)
    return {
        name: SuspicionRule(name, least, float(np.nan_to_num(part)), 1.0 if np.isnan(likely) else float(likely))
        for name, least, part, likely in rows
    }


def suspects(
    rule: SuspicionRule, code: Ints, score: Floats, chance: Floats, reason: list[str], age_days: Floats
) -> pa.Table:
    """Rows of a rule by code; age_days NaN: nobody knows when."""
    order = np.argsort(code, kind="stable")
    return pa.table(
        {
            "rule": pa.array([rule.name] * code.size, pa.string()),
            "code": pa.array(code[order].astype(np.int64)),
            "score": pa.array(score[order].astype(np.float64)),
            "chance": arrays.nullable(chance[order]),
            "reason": pa.array([reason[place] for place in order], pa.string()),
            "age_days": arrays.nullable(age_days[order]),
        },
        schema=SCHEMA,
    )
