"""How good intents are out of time: learned from messages before a day, judged by the labelled ones after it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import intervals, resampled
from customer_insight.voice import intent_model
from customer_insight.voice.labelled_messages import NO_LABEL, Messages

LEARNED, COMMONEST = "learned", "commonest intent"
# Share of the labelled messages that judges, the latest; how many that are at least, and at most.
JUDGED_SHARE = 0.2
LEAST_JUDGED = 50
MOST_JUDGED = 5_000


def evaluate(messages: Messages) -> list[EvaluationRow]:
    """Figures of what was learned, and of always saying the commonest intent; none where too few labels have days."""
    dated = (messages.label != NO_LABEL) & np.isfinite(messages.day)
    if dated.sum() * JUDGED_SHARE < LEAST_JUDGED:
        return []
    cut = float(np.quantile(messages.day[dated], 1 - JUDGED_SHARE, method="lower"))
    texts, labels, intents = messages.examples(dated & (messages.day <= cut))
    judged = np.flatnonzero(dated & (messages.day > cut))[:MOST_JUDGED]
    if not texts or judged.size < LEAST_JUDGED:
        return []
    model = intent_model.fit(texts, labels, intents)
    asked = [messages.texts[place] for place in messages.distinct.place[judged]]
    found = model.best_two(asked)
    known = np.array([messages.intents.index(intent) for intent in intents])
    truth = messages.label[judged]
    best = np.where(np.isfinite(found.probabilities[:, 0]), known[found.places[:, 0]], NO_LABEL)
    answered = model.is_sure(found)
    commonest = np.full(truth.size, known[np.bincount(labels).argmax()])
    return [
        *_figures(LEARNED, best, truth, answered),
        *_figures(COMMONEST, commonest, truth, np.ones(truth.size, dtype=np.bool_)),
    ]


def _figures(name: str, said: Ints, truth: Ints, answered: Bools) -> list[EvaluationRow]:
    right, given = (said == truth).astype(np.float64), answered.astype(np.float64)
    kinds = np.unique(truth)
    is_said, is_true = said[:, None] == kinds, truth[:, None] == kinds

    def macro_f1(times: Floats) -> Floats:
        both, either = times @ (is_said & is_true), times @ is_said.astype(np.float64) + times @ is_true
        return np.asarray(np.divide(2 * both, either, out=np.zeros_like(both), where=either > 0).mean(axis=1))

    figures: dict[str, Callable[[Floats], Floats]] = {
        "accuracy": lambda times: times @ right / times.sum(axis=1),
        "macro_f1": macro_f1,
        "answered_share": lambda times: times @ given / times.sum(axis=1),
        "accuracy_of_answered": lambda times: np.divide(
            times @ (right * given), times @ given, out=np.full(len(times), np.nan), where=times @ given > 0
        ),
    }
    rows = []
    for metric, figure in figures.items():
        drawn = resampled(truth.size, figure)
        drawn = drawn[np.isfinite(drawn)]
        low, high = intervals(drawn[:, None]) if drawn.size else (np.array([np.nan]), np.array([np.nan]))
        value = float(figure(np.ones((1, truth.size)))[0])
        rows.append(EvaluationRow(name, metric, value, float(low[0]), float(high[0]), truth.size))
    return rows
