"""Models of purchase and churn judged on the shop's past: the figures, how true the probabilities are, the champion."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.predictions.purchase import customer_days, purchase_choice
from customer_insight.predictions.purchase.purchase_choice import PurchaseChoice
from customer_insight.predictions.purchase.purchase_model import BAYESIAN, MODELS
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.predictions.purchase.sample import sampled
from customer_insight.predictions.purchase.targets import Target, targets
from customer_insight.scoring import probability_scores
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table
from customer_insight.scoring.suspects import count_suspects, without_suspects
from customer_insight.scoring.time_cuts import NO_DATES, ROLES
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

_TEXT, _COUNT, _DOUBLE = pa.string(), pa.int64(), pa.float64()
_JUDGED: dict[str, pa.DataType] = {"target": _TEXT, "model": _TEXT}
_WHERE: dict[str, pa.DataType] = {**_JUDGED, "cut_age_days": pa.int32(), "metric": _TEXT}
_RELIABILITY: dict[str, pa.DataType] = {
    **_JUDGED,
    "bin": pa.int32(),
    "customers": _COUNT,
    "predicted": _DOUBLE,
    "observed": _DOUBLE,
}


def run(
    days: pa.Table, *, prediction_horizon_days: Setting, churn_days: Setting, evaluate: Setting = True
) -> StepResult:
    """From customer days (see `read_customer_days`).

    Tables: evaluation (cut_age_days, target, model, metric, value, ci_low, ci_high, customers, is_champion),
    reliability (target, model, bin, customers, predicted, observed; the latest window), choice (target, model).
    """
    chosen = targets(prediction_horizon_days, churn_days)
    is_wanted = parameters.read("evaluate", "boolean", evaluate)
    known = customer_days.read_customer_days(days)
    # of whom nothing was known when the first window began, they teach and are judged as anybody
    first_cut = len(ROLES) * max(target.horizon_days for target in chosen)
    judged = sampled(customer_days.read_customer_days(without_suspects(days, first_cut)))
    with threadpool_limits(1):
        found = {target: _evaluated(target.past(judged), is_wanted, known.has_undated) for target in chosen}
    sentences = [f"{target.name.capitalize()}: {each.sentence}" for target, each in found.items() if each.sentence]
    return StepResult(
        tables=_tables(found),
        status=" ".join(sentences) or OK,
        parameters={target.name: target.horizon_days for target in chosen} | {"evaluate": is_wanted},
        metrics={
            "customers": known.customer_codes.size,
            "customers_judged_at_most": judged.customer_codes.size,
            "suspects_left_out": count_suspects(days, first_cut),
            "champions": {target.name: None if each.sentence else each.champion for target, each in found.items()},
        },
        input_fingerprint=arrays.fingerprint(known.arrays()),
    )


def _evaluated(past: PurchasePast, is_wanted: bool, has_undated: bool) -> PurchaseChoice:
    if has_undated:
        return PurchaseChoice(BAYESIAN, [], f"{NO_DATES}.")
    if not is_wanted:
        sentence = f"not evaluated, as the setting evaluate asks: {BAYESIAN} is used unless an earlier run chose."
        return PurchaseChoice(BAYESIAN, [], sentence)
    return purchase_choice.evaluate(past)


def _tables(found: dict[Target, PurchaseChoice]) -> dict[str, pa.Table]:
    rows: list[EvaluationRow] = []
    bins: list[dict[str, Any]] = []
    for target, each in found.items():
        for window in each.judged:
            rows += purchase_choice.figures(window, target.name)
        for window in each.judged[:1]:
            rows.append(purchase_choice.loss_of_choice(window, each.champion, target.name))
            for place, name in enumerate(MODELS):
                probability = target.probabilities(window.probabilities[:, place])
                names = ("bin", "customers", "predicted", "observed")
                bins += [
                    {"target": target.name, "model": name, **dict(zip(names, row, strict=True))}
                    for row in probability_scores.reliability(probability, target.came_true(window.bought))
                ]
    champions = {target.name: each.champion for target, each in found.items()}
    return {
        "evaluation": evaluation_table(_WHERE, rows, lambda row: row.method == champions[row.target]),
        "reliability": pa.Table.from_pylist(bins, schema=pa.schema(_RELIABILITY)),
        "choice": pa.table({"target": list(champions), "model": list(champions.values())}),
    }
