"""Models of purchases judged on the shop's past: how well they foretold orders and revenue, and which one to use."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.predictions.value import purchase_histories, value_choice
from customer_insight.predictions.value.purchase_histories import PurchaseDays
from customer_insight.predictions.value.value_choice import ValueChoice
from customer_insight.steps import parameters
from customer_insight.steps.learned import OK, Learned
from customer_insight.steps.parameters import Setting

_NOW = 0  # days are counted backwards from as_of


def run(purchase_days: pa.Table, *, horizon_days: Setting, is_evaluated: Setting = True) -> Learned:
    """From purchase days (see `purchase_histories.read_purchase_days`). horizon_days: how far ahead models are judged.

    Tables: evaluation (cut_age_days, target, model, metric, value, ci_low, ci_high, customers, is_champion), see
    `value_choice`; choice (target, model), one row. Not evaluated, or too little history: no figures, and the default.
    """
    horizon = parameters.whole_number("horizon_days", horizon_days, minimum=1)
    is_wanted = parameters.truth("evaluate", is_evaluated)
    bought = purchase_histories.read_purchase_days(purchase_days)
    with threadpool_limits(1):
        found = _choice(bought, horizon, is_wanted)
    return Learned(
        tables={
            "evaluation": _evaluation_table(found, horizon),
            "choice": pa.table({"target": [value_choice.TARGET], "model": [found.model]}),
        },
        status=found.sentence or OK,
        parameters={"horizon_days": horizon, "evaluate": is_wanted},
        metrics={
            "champion": found.model if found.judged else None,
            "judged": {name: value_choice.description(each) for name, each in found.judged.items()},
        },
        input_fingerprint=arrays.fingerprint(bought.arrays()),
    )


def _choice(bought: PurchaseDays, horizon: int, is_wanted: bool) -> ValueChoice:
    default = value_choice.DEFAULT_MODEL
    if not is_wanted:
        sentence = f"Not evaluated, as the setting evaluate asks: {default} is used unless an earlier run chose."
        return ValueChoice(default, sentence=sentence)
    if bought.day.size == 0:
        return ValueChoice(default, sentence="There are no purchases.")
    return value_choice.choose(bought, _NOW, horizon)


def _evaluation_table(found: ValueChoice, horizon: int) -> pa.Table:
    figures = found.figures
    doubles = {name: np.array([getattr(each, name) for each in figures]) for name in ("value", "ci_low", "ci_high")}
    return pa.table(
        {
            "cut_age_days": pa.array([horizon] * len(figures), pa.int32()),
            **{
                name: pa.array([getattr(each, name) for each in figures], pa.string())
                for name in ("target", "model", "metric")
            },
            **{name: arrays.nullable(values) for name, values in doubles.items()},
            "customers": pa.array([each.customers for each in figures], pa.int64()),
            "is_champion": pa.array([each.model == found.model for each in figures], pa.bool_()),
        }
    )
