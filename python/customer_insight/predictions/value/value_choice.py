"""Which model of purchases predicted the last horizon of this shop best, and how sure that is.

Everything is learned from what was known a horizon before the end; the last horizon is only looked at to judge. The
linear regression learns one horizon earlier still. MBG/NBD is used unless Pareto/NBD, whose likelihood is an integral,
has lower squared errors of orders, customer by customer (see `champion`). The last horizon chooses, too: what one
horizon earlier chose serves worse. So what the choice loses is told of that earlier one, measured on the last horizon.
BG/NBD and the regression are yardsticks and never used: BG/NBD holds everybody who bought once for alive, after two
years of silence too, and the regression says nothing about being alive.

Sources: Efron and Tibshirani 1993, chapter 13 (percentile bootstrap); Fader, Hardie and Lee 2005, section 5 (hold-out).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value import bg_nbd, linear_baseline, mbg_nbd, pareto_nbd
from customer_insight.predictions.value.contract import ValueMethod, ValueModel
from customer_insight.predictions.value.purchase_histories import PurchaseDays
from customer_insight.predictions.value.shop_at_cut import ShopAtCut, actual, shop_at_cut
from customer_insight.scoring import champion
from customer_insight.scoring.choice_loss import METRIC, choice_loss
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import intervals, mean_intervals, resampled
from customer_insight.scoring.time_cuts import TimeCut

# What may be used, the simplest first; and what is only judged.
MODELS: dict[str, ValueMethod] = {mbg_nbd.NAME: mbg_nbd, pareto_nbd.NAME: pareto_nbd}
YARDSTICKS: dict[str, ValueMethod] = {bg_nbd.NAME: bg_nbd}
DEFAULT_MODEL = mbg_nbd.NAME
# The name of this choice among those of other models.
TARGET = "value"
TARGETS = ("orders", "revenue")
METRICS = ("rmse", "mae", "bias")
COVERAGE = "coverage_80"
_ROUNDING = 1e-6
# Horizons of history without which nothing is judged.
MIN_HORIZONS = 3
# Customers known, and customers coming back, without whom nothing is judged.
MIN_CUSTOMERS = 50
MIN_RETURNED = 20
# Customers are resampled one by one, or in so many groups formed by lot: the variance is the same.
_GROUPS = 5_000
_SEED = 1993


@dataclass(frozen=True)
class ValueChoice:
    """The model to use, the figures, the models judged, and a sentence where nothing could be judged (else '').

    squared: errors of orders in the last horizon and in the one before it, see `squared_errors`.
    """

    model: str
    figures: list[EvaluationRow] = field(default_factory=list)
    judged: dict[str, ValueModel] = field(default_factory=dict)
    sentence: str = ""
    squared: tuple[Floats, ...] = ()


def choose(bought: PurchaseDays, horizon_days: int) -> ValueChoice:
    """Judges all models on the last horizon; too short a history: the default, and a sentence."""
    last, earlier = (TimeCut(bought, number * horizon_days, horizon_days) for number in (1, 2))
    now, before = shop_at_cut(last.known()), shop_at_cut(earlier.known())
    truth = np.column_stack(actual(last.came(), now))
    sentence = _too_little(bought, horizon_days, before.size, int((truth[:, 0] > 0).sum()))
    if sentence:
        return ValueChoice(DEFAULT_MODEL, sentence=sentence)
    models = {name: method.fit(now.histories) for name, method in {**MODELS, **YARDSTICKS}.items()}
    predicted = {name: _orders_and_revenue(now, model, horizon_days) for name, model in models.items()}
    outcomes = np.column_stack(actual(earlier.came(), before))
    earlier_models = {name: method.fit(before.histories) for name, method in MODELS.items()}
    expected = {name: _orders_and_revenue(before, model, horizon_days) for name, model in earlier_models.items()}
    squared = squared_errors(predicted, truth), squared_errors(expected, outcomes)
    best, chosen_before = (champion.champion(-each) for each in squared)
    predicted[linear_baseline.NAME] = linear_baseline.fit(before, outcomes).scores(now)
    found = [
        *figures(predicted, truth, horizon_days),
        *(coverage(now, models[name], truth[:, 1], horizon_days) for name in MODELS),
        loss_of_choice(squared[0], chosen_before, horizon_days),
    ]
    return ValueChoice(list(MODELS)[best], found, models, squared=squared)


def squared_errors(predicted: Mapping[str, Floats], truth: Floats) -> Floats:
    """Of orders, of the models that may be used, shape (customers, models)."""
    return np.column_stack([(predicted[name][:, 0] - truth[:, 0]) ** 2 for name in MODELS])


def coverage(shop: ShopAtCut, model: ValueModel, money: Floats, horizon_days: int) -> EvaluationRow:
    """The share of customers whose money of the last horizon, (customers,), lies between the ends given for it."""
    low, high = shop.money_interval(model, horizon_days, shop.expected(model, horizon_days))
    held = ((money >= low - _ROUNDING) & (money <= high + _ROUNDING)).astype(np.float64)
    ci_low, ci_high = mean_intervals(held[:, None])
    measured = (float(held.mean()), float(ci_low[0]), float(ci_high[0]), held.size)
    return EvaluationRow(model.name, COVERAGE, *measured, cut_age_days=horizon_days, target=TARGETS[1])


def loss_of_choice(squared: Floats, chosen: int, horizon_days: int) -> EvaluationRow:
    """What the model chosen a horizon earlier loses of squared errors in the last one, see `choice_loss`."""
    lost = choice_loss(-_sums_of_groups(squared), chosen)
    measured = (lost.value, lost.low, lost.high, len(squared))
    return EvaluationRow(list(MODELS)[chosen], METRIC, *measured, cut_age_days=horizon_days, target=TARGETS[0])


def description(model: ValueModel) -> dict[str, Any]:
    """Name, parameters and log-likelihood, for the record."""
    return {"name": model.name, **model.parameters, "log_likelihood": model.log_likelihood}


def _too_little(bought: PurchaseDays, horizon_days: int, customers: int, returned: int) -> str:
    days = -int(bought.day.min()) if bought.day.size else 0
    if days < MIN_HORIZONS * horizon_days:
        found = f"The purchases reach back {days} days and judging needs {MIN_HORIZONS} times {horizon_days}"
    elif customers < MIN_CUSTOMERS or returned < MIN_RETURNED:
        found = f"Only {customers} customers were known two horizons ago and {returned} bought in the last one"
    else:
        return ""
    return f"{found}: no model was judged and {DEFAULT_MODEL} is used."


def _orders_and_revenue(shop: ShopAtCut, model: ValueModel, days: int) -> Floats:
    expected = shop.expected(model, days).days
    return np.column_stack([expected * shop.orders_per_day, expected * shop.value_per_day])


def figures(predicted: Mapping[str, Floats], truth: Floats, horizon_days: int = 0) -> list[EvaluationRow]:
    """Errors with 95 % intervals by customer; predictions and truth of shape (customers, 2): orders, revenue.

    bias: total predicted / total that came - 1; NaN where it has no meaning.
    """
    columns = [np.ones((len(truth), 1)), truth]
    for each in predicted.values():
        columns += [each, np.abs(each - truth), (each - truth) ** 2]
    sums = _sums_of_groups(np.column_stack(columns))
    whole = _metrics(sums.sum(axis=0, keepdims=True))[0]
    low, high = intervals(resampled(len(sums), lambda times: _metrics(times @ sums), _SEED))
    found: list[EvaluationRow] = []
    for model, target, metric in np.ndindex(len(predicted), len(TARGETS), len(METRICS)):
        value, ci_low, ci_high = (float(each[model, target, metric]) for each in (whole, low, high))
        measured = (list(predicted)[model], METRICS[metric], value, ci_low, ci_high, len(truth))
        found.append(EvaluationRow(*measured, cut_age_days=horizon_days, target=TARGETS[target]))
    return found


def _sums_of_groups(columns: Floats) -> Floats:
    if len(columns) <= _GROUPS:
        return columns
    order = np.random.default_rng(_SEED).permutation(len(columns))
    starts = np.linspace(0, len(columns), _GROUPS, endpoint=False).astype(np.int64)
    return np.asarray(np.add.reduceat(columns[order], starts, axis=0), dtype=np.float64)


def _metrics(sums: Floats) -> Floats:
    """From sums of shape (samples, 3 + 6 x models) the metrics, shape (samples, models, targets, metrics)."""
    count, truth = sums[:, :1, None], sums[:, None, 1:3]
    predicted, absolute, squared = np.moveaxis(sums[:, 3:].reshape(len(sums), -1, 3, 2), 2, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([np.sqrt(squared / count), absolute / count, predicted / truth - 1], axis=-1)
