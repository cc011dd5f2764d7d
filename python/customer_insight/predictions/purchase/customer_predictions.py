"""How likely each customer orders within the horizon or is lost, by the champion, and what moved the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.predictions.purchase import customer_days, drivers
from customer_insight.predictions.purchase.customer_days import CustomerDays
from customer_insight.predictions.purchase.drivers import Drivers
from customer_insight.predictions.purchase.features import Features
from customer_insight.predictions.purchase.purchase_model import BAYESIAN, MIN_EXAMPLES, PurchaseModel, TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.predictions.purchase.sample import sampled
from customer_insight.predictions.purchase.targets import Target, targets
from customer_insight.scoring.suspects import count_suspects, without_suspects
from customer_insight.scoring.time_cuts import NO_DATES
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

# Customers whose effects are held in full at a time.
_BLOCK_ROWS = 100_000
# Probabilities closer than this are one.
_ALIKE = 1e-9


@dataclass(frozen=True)
class Prediction:
    """probability: (all customers,), NaN for those who are no part of the target. features: names by code.

    model: '' where nothing is predicted.
    """

    model: str
    probability: Floats
    drivers: pa.Table
    features: list[str]
    figures: dict[str, Any]
    sentence: str


def run(days: pa.Table, choice: pa.Table, *, prediction_horizon_days: Setting, churn_days: Setting) -> StepResult:
    """From customer days (see `customer_days.read_customer_days`) and the model chosen for each target (target, model).

    Tables: predictions (customer_code, purchase_probability, churn_probability: null for those who have not ordered;
    both for everybody where the orders reach back fewer days than they speak of, or have no dates), purchase_drivers
    and churn_drivers (customer_code, driver_rank, feature_code, feature_value, effect), features (feature_code,
    feature), models (target, model: the one that answered; no row where nothing is predicted).
    """
    chosen = targets(prediction_horizon_days, churn_days)
    models = {str(row["target"]): str(row["model"]) for row in choice.to_pylist()}
    known = customer_days.read_customer_days(days)
    learned_from = sampled(customer_days.read_customer_days(without_suspects(days)))
    found: dict[str, Prediction] = {}
    with threadpool_limits(1):
        for target in chosen:
            past = target.past(learned_from)
            found[target.name] = _predicted(target, models.get(target.name, BAYESIAN), known, past)
    names = drivers.names(next((each.features for each in found.values() if each.features), []))
    return StepResult(
        tables={
            "predictions": _predictions(known, chosen, found),
            **{f"{name}_drivers": each.drivers for name, each in found.items()},
            "models": pa.table(
                {
                    "target": pa.array([name for name, each in found.items() if each.model], pa.string()),
                    "model": pa.array([each.model for each in found.values() if each.model], pa.string()),
                }
            ),
            "features": pa.table(
                {
                    "feature_code": arrays.arrow(np.arange(len(names), dtype=np.int32)),
                    "feature": pa.array(names, pa.string()),
                }
            ),
        },
        status=" ".join(each.sentence for each in found.values() if each.sentence) or OK,
        parameters={target.name: {"days": target.horizon_days, "model": models.get(target.name)} for target in chosen},
        metrics={
            "customers": known.customer_codes.size,
            "customers_learned_from": learned_from.customer_codes.size,
            "suspects_left_out": count_suspects(days),
            **{name: each.figures for name, each in found.items()},
        },
        input_fingerprint=arrays.fingerprint(known.arrays()),
    )


def _predicted(target: Target, wanted: str, known: CustomerDays, past: PurchasePast) -> Prediction:
    unknown = _unknown(target, known)
    if unknown:
        nothing = _driver_table(known.customer_codes, drivers.NOBODY)
        nobody = np.full(known.customer_codes.size, np.nan)
        return Prediction("", nobody, nothing, [], {}, f"{target.name.capitalize()}: {unknown}")
    training = TrainingSet(past, 0)
    model = training.fit(wanted)
    rows = past.features_at(known, 0, training.rhythm_model)
    probability = np.full(known.customer_codes.size, np.nan)
    probability[rows.customers] = target.probabilities(model.probability(rows))
    figures: dict[str, Any] = {
        "calibration": {"slope": model.calibration.slope, "level": model.calibration.level},
        "rhythm": {"model": training.rhythm_model, **past.rhythm(0).parameters(training.rhythm_model)},
        "windows": len(past.training_cuts(0)),
        "examples": int(training.bought.size),
        "buyers": int(training.bought.sum()),
        "texts_help": training.is_enough and model.name != BAYESIAN and training.texts_help,
    }
    if model.expected:
        bought = np.nansum(target.probabilities(probability))
        reach = model.expected.reach_80
        high = min(bought * reach, rows.customers.size)  # nobody else can be among them
        figures["expected_buyers"] = {"expected": bought, "low_80": bought / reach, "high_80": high}
    why = _why_alike(target, training, probability[rows.customers]) or _why_no_season(target, model)
    sentence = f"{target.name.capitalize()}: {why}" if why else ""
    moved = _drivers(target, model, rows, known.customer_codes)
    return Prediction(model.name, probability, moved, rows.names, figures, sentence)


def _unknown(target: Target, known: CustomerDays) -> str:
    """Why nothing is predicted, or '': a shop known for less time than that has not seen what it would speak of."""
    if known.customer_codes.size == 0:
        return "there are no customers."
    days = known.order_span_days - 1
    if days < 0:
        return f"{NO_DATES}." if known.has_undated else "there are no orders."
    if days < target.horizon_days:
        return f"the orders reach back {days} days, too short to speak of {target.horizon_days}."
    return ""


def _why_alike(target: Target, training: TrainingSet, probability: Floats) -> str:
    """Why the answers are rough or one and the same, or ''."""
    days, bought, others = target.horizon_days, training.buyers, training.others
    if not bought + others:
        return (
            f"the orders reach back less than twice {days} days to learn from: the Bayesian answer is taken as it is."
        )
    if not training.is_enough:
        return (
            f"windows of {days} days give few examples, {bought} of customers who bought and {others} of those who did"
            f" not, and learning needs {MIN_EXAMPLES} of each: the Bayesian answer is taken as it is."
        )
    if probability.size > 1 and np.ptp(probability) < _ALIKE:
        return (
            f"what is known of customers does not tell those who bought in windows of {days} days from the others, so"
            " all have one probability."
        )
    return ""


def _why_no_season(target: Target, model: PurchaseModel) -> str:
    if model.expected is None or model.expected.knows_season:
        return ""
    return f"no earlier year is known: what {target.horizon_days} days bring knows no season."


def _predictions(known: CustomerDays, chosen: list[Target], found: dict[str, Prediction]) -> pa.Table:
    purchase, churn = chosen
    bought, lost = found[purchase.name].probability, found[churn.name].probability
    # two models, one truth: whoever buys within the shorter time also buys within the longer
    is_shorter = purchase.horizon_days <= churn.horizon_days
    bound = np.minimum(lost, 1.0 - bought) if is_shorter else np.maximum(lost, 1.0 - bought)
    lost = np.where(np.isnan(bought), lost, bound)
    return pa.table(
        {
            "customer_code": arrays.arrow(known.customer_codes),
            "purchase_probability": arrays.nullable(bought),
            "churn_probability": arrays.nullable(lost),
        }
    )


def _drivers(target: Target, model: PurchaseModel, rows: Features, codes: Ints) -> pa.Table:
    sign = -1.0 if target.is_absence else 1.0
    found = [_driver_table(codes, drivers.NOBODY)]
    for start in range(0, rows.customers.size, _BLOCK_ROWS):
        block = rows.rows(np.arange(start, min(start + _BLOCK_ROWS, rows.customers.size)))
        effects, base = model.model.effects(block)
        found.append(_driver_table(codes[block.customers], drivers.strongest(block, sign * effects, sign * base)))
    return pa.concat_tables(found)


def _driver_table(codes: Ints, top: Drivers) -> pa.Table:
    return pa.table(
        {
            "customer_code": arrays.arrow(codes[top.customer].astype(np.int32)),
            "driver_rank": arrays.arrow(top.rank.astype(np.int32)),
            "feature_code": arrays.arrow(top.feature.astype(np.int32)),
            "feature_value": arrays.nullable(top.value),
            "effect": arrays.nullable(top.effect),
        }
    )
