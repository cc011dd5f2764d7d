"""Models of purchases judged on the shop's past: how well they predicted orders and revenue, and which one to use."""

from __future__ import annotations

import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.predictions.value import purchase_histories, value_choice
from customer_insight.predictions.value.purchase_histories import PurchaseDays
from customer_insight.predictions.value.value_choice import ValueChoice
from customer_insight.scoring.evaluation_table import evaluation_table
from customer_insight.scoring.suspects import count_suspects, without_suspects
from customer_insight.scoring.time_cuts import NO_DATES
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

# What says where a figure was measured.
_WHERE: dict[str, pa.DataType] = {
    "cut_age_days": pa.int32(),
    "target": pa.string(),
    "model": pa.string(),
    "metric": pa.string(),
}


def run(purchase_days: pa.Table, *, churn_days: Setting, evaluate: Setting = True) -> StepResult:
    """From purchase days (see `read_purchase_days`). churn_days: how far ahead models are judged.

    Tables: evaluation (cut_age_days, target, model, metric, value, ci_low, ci_high, customers, is_champion), see
    `value_choice`; choice (target, model), one row. Not evaluated, or too little history: no figures, and the default.
    """
    horizon = parameters.read("churn_days", "integer from 1", churn_days)
    is_wanted = parameters.read("evaluate", "boolean", evaluate)
    # of whom nothing was known at the earlier of two cuts, they teach and are judged as anybody
    bought = purchase_histories.read_purchase_days(without_suspects(purchase_days, 2 * horizon))
    with threadpool_limits(1):
        found = _choice(bought, horizon, is_wanted)
    return StepResult(
        tables={
            "evaluation": evaluation_table(_WHERE, found.figures, lambda row: row.method == found.model),
            "choice": pa.table({"target": [value_choice.TARGET], "model": [found.model]}),
        },
        status=found.sentence or OK,
        parameters={"churn_days": horizon, "evaluate": is_wanted},
        metrics={
            "champion": found.model if found.judged else None,
            "suspects_left_out": count_suspects(purchase_days, 2 * horizon),
            "judged": {name: value_choice.description(each) for name, each in found.judged.items()},
        },
        input_fingerprint=arrays.fingerprint(bought.arrays()),
    )


def _choice(bought: PurchaseDays, horizon: int, is_wanted: bool) -> ValueChoice:
    default = value_choice.DEFAULT_MODEL
    if bought.has_undated:
        return ValueChoice(default, sentence=f"{NO_DATES.capitalize()}.")
    if not is_wanted:
        sentence = f"Not evaluated, as the setting evaluate asks: {default} is used unless an earlier run chose."
        return ValueChoice(default, sentence=sentence)
    if bought.day.size == 0:
        return ValueChoice(default, sentence="There are no purchases.")
    return value_choice.choose(bought, horizon)
