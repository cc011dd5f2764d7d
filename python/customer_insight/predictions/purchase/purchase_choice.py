"""The models judged on windows of the past that they have not seen: which one answers, and how good its answers are.

The latest window reports. The two before it choose: the model with the lowest log loss, or the least complex of those
as good (see `champion`). Each model judged in a window was learned from windows that had ended at its cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.predictions.purchase.purchase_model import BAYESIAN, MODELS, TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.scoring import probability_scores
from customer_insight.scoring.champion import champion, mean_by_unit
from customer_insight.scoring.choice_loss import METRIC, choice_loss
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import mean_intervals
from customer_insight.scoring.time_cuts import ROLES


@dataclass(frozen=True)
class JudgedWindow:
    """A window: probabilities of each model, (customers, models), and who bought."""

    cut: int
    customers: Ints
    probabilities: Floats
    bought: Bools


@dataclass(frozen=True)
class PurchaseChoice:
    """champion: name of the model that answers. judged: the latest window first. sentence: '' or why it fell back."""

    champion: str
    judged: list[JudgedWindow]
    sentence: str


def evaluate(past: PurchasePast) -> PurchaseChoice:
    """Windows at one, two and three horizons before as_of, as many as the history has."""
    judged = [window for number in range(1, len(ROLES) + 1) if (window := _judge(past, number)) is not None]
    choosing = [window for window in judged if window.cut > past.horizon_days]
    if not choosing:
        return PurchaseChoice(BAYESIAN, judged, _too_short(past))
    customers = np.concatenate([window.customers for window in choosing])
    losses = np.concatenate([_losses(window) for window in choosing])
    return PurchaseChoice(MODELS[champion(-mean_by_unit(customers, losses))], judged, "")


def _too_short(past: PurchasePast) -> str:
    days = past.horizon_days
    return (
        f"too few customers bought, or did not, in the windows of {days} days before the last one to choose a model "
        "by, so the Bayesian answer is taken."
    )


def _judge(past: PurchasePast, number: int) -> JudgedWindow | None:
    """The window `number` horizons before as_of; None where there was not enough to learn from before it."""
    cut = number * past.horizon_days
    training = TrainingSet(past, cut)
    if not training.is_enough:
        return None
    window = past.window(cut, training.rhythm_model)
    _ = training.scaled, training.now  # once, before threads ask for it
    probabilities = linear_algebra_in_threads(lambda name: training.fit(name).probability(window.known), MODELS)
    return JudgedWindow(cut, window.known.customers, np.column_stack(probabilities), window.bought)


def _losses(window: JudgedWindow) -> Floats:
    return np.column_stack([probability_scores.log_loss(column, window.bought) for column in window.probabilities.T])


def loss_of_choice(window: JudgedWindow, champion_name: str, target: str) -> EvaluationRow:
    """What the choice loses of the log loss, see `choice_loss`."""
    lost = choice_loss(-_losses(window), MODELS.index(champion_name))
    measured = (lost.value, lost.low, lost.high, window.customers.size)
    return EvaluationRow(champion_name, METRIC, *measured, cut_age_days=window.cut, target=target)


def figures(window: JudgedWindow, target: str = "") -> list[EvaluationRow]:
    """AUC, Brier score, log loss and calibration error of every model, with 95 % intervals where there are any."""
    errors = [probability_scores.brier(column, window.bought) for column in window.probabilities.T]
    means = np.column_stack([*errors, _losses(window)])
    low, high = mean_intervals(means)
    values = means.mean(axis=0) if len(means) else np.full(means.shape[1], np.nan)
    found: list[EvaluationRow] = []
    for place, name in enumerate(MODELS):
        column = window.probabilities[:, place]
        error = probability_scores.calibration_error(column, window.bought)
        for metric, value, lower, upper in [
            ("auc", *probability_scores.auc(column, window.bought)),
            ("brier", values[place], low[place], high[place]),
            ("log_loss", *(part[len(MODELS) + place] for part in (values, low, high))),
            ("calibration_error", error, np.nan, np.nan),
        ]:
            measured = (float(value), float(lower), float(upper), len(column))
            found.append(EvaluationRow(name, metric, *measured, cut_age_days=window.cut, target=target))
    return found
