"""What lists got back: click rates of each strategy with the bias of positions taken out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.campaigns import position_bias
from customer_insight.numerics import arrays
from customer_insight.steps.step_result import OK, StepResult

# The row of a strategy that is about all its positions.
ALL = 0
_COUNT, _DOUBLE = pa.int64(), pa.float64()
RATES: dict[str, pa.DataType] = {
    "strategy_code": _COUNT,
    "position": _COUNT,
    "unbiased_click_rate": _DOUBLE,
    "unbiased_low": _DOUBLE,
    "unbiased_high": _DOUBLE,
}
POSITIONS: dict[str, pa.DataType] = {
    "position": _COUNT,
    "examination": _DOUBLE,
    "examination_low": _DOUBLE,
    "examination_high": _DOUBLE,
    "method": pa.string(),
}
RANDOM, MODEL = "random positions", "position-based model"


def run(shown: pa.Table) -> StepResult:
    """Examination of positions, and click rates without it.

    shown: one row per strategy_code, item_code (what was shown to whom: such as a product on an occasion) and position
    (from 1), with impressions and clicks; rows in any order. Table positions: POSITIONS, of each position; examination
    is 1 for the first. Table rates: RATES, of each strategy and position, and of all its positions (ALL).
    """
    codes = [arrays.codes(shown, name) for name in ("strategy_code", "item_code", "position")]
    order = np.lexsort(codes[::-1])
    strategy, item, position = (values[order] for values in codes)
    impressions, clicks = (arrays.doubles(shown, name)[order] for name in ("impressions", "clicks"))
    _, item = arrays.dense(item)
    bias = position_bias.position_bias(item, position, impressions, clicks)
    low, high = bias.interval()
    place = np.searchsorted(bias.positions, position)
    count = bias.positions.size
    rates: list[dict[str, Any]] = []
    for code in arrays.distinct(strategy).tolist():
        of_it = strategy == code
        shown_at = arrays.sums(place[of_it], impressions[of_it], count)
        clicked_at = arrays.sums(place[of_it], clicks[of_it], count)
        parts = [(ALL, shown_at, clicked_at)]
        for number in np.flatnonzero(shown_at > 0).tolist():
            alone = np.arange(count) == number
            parts.append((int(bias.positions[number]), shown_at * alone, clicked_at * alone))
        for at, seen, clicked in parts:
            figures = dict(zip(list(RATES)[2:], bias.rate(seen, clicked), strict=True))
            rates.append({"strategy_code": code, "position": at} | figures)
    method = [(RANDOM if bias.is_random else MODEL) if known else None for known in np.isfinite(bias.examination)]
    positions: dict[str, arrays.ArrowArray] = {
        "position": arrays.arrow(bias.positions),
        "examination": arrays.nullable(bias.examination),
        "examination_low": arrays.nullable(low),
        "examination_high": arrays.nullable(high),
        "method": pa.array(method, pa.string()),
    }
    return StepResult(
        tables={
            "positions": pa.table(positions, schema=pa.schema(POSITIONS)),
            "rates": pa.table(
                {name: _column([row[name] for row in rates], kind) for name, kind in RATES.items()},
                schema=pa.schema(RATES),
            ),
        },
        status=OK if not bias.reason else bias.reason if count else "Nothing was shown at a known position.",
        parameters={"least_clicks": position_bias.LEAST_CLICKS},
        metrics={
            "cells": position.size,
            "positions": count,
            "strategies": int(arrays.distinct(strategy).size),
            "has_random_positions": bias.is_random,
        },
        input_fingerprint=arrays.fingerprint(
            {"strategy": strategy, "item": item, "position": position, "impressions": impressions, "clicks": clicks}
        ),
    )


def _column(values: list[Any], kind: pa.DataType) -> arrays.ArrowArray:
    return arrays.nullable(np.array(values, dtype=np.float64)) if kind == _DOUBLE else pa.array(values, kind)
