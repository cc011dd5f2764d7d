"""Every strategy scored on the past, and the one that wins: see `holdout`, `list_judge`, `tuning`, `champion`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.judging import tuning
from customer_insight.recommendations.judging.backtest import Backtest
from customer_insight.recommendations.judging.blender_examples import BlenderExamples
from customer_insight.recommendations.judging.holdout import plan
from customer_insight.recommendations.judging.list_judge import Judge, ListFigure
from customer_insight.recommendations.proposing.blender import ordered
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, STRATEGIES
from customer_insight.scoring import champion
from customer_insight.scoring.contract import Parameters
from customer_insight.scoring.time_cuts import NO_DATES, ROLES


@dataclass(frozen=True)
class ListWindow:
    """One window: role, days from its cut to now, figures of each strategy, judged customers (positions)."""

    role: str
    cut_days: int
    figures: dict[str, list[ListFigure]]
    customers: Ints


@dataclass(frozen=True)
class ListEvaluation:
    """windows: the latest first; empty where there was too little. parameters: tuned, of each strategy.

    examples: what the blender learned from, see `blender_examples`.
    """

    windows: list[ListWindow]
    parameters: dict[str, Parameters]
    champion: str
    window_days: int
    sentence: str
    examples: BlenderExamples = field(default_factory=BlenderExamples)


def evaluate(
    history: History, *, names: Sequence[str], horizon_days: int, tuning_trials: int, scope: str, default: str
) -> ListEvaluation:
    """Tunes, judges and chooses among the named strategies, given by rising complexity.

    scope: in which the champion is chosen (discovery where nothing may be recommended that was bought already).
    default: the champion where there is too little to judge by.
    """
    history = replace(history, catalogue=history.catalogue.with_everything())
    modules = {name: module for name, module in STRATEGIES.items() if name in names}  # in the order of the lists
    untuned = {name: tuning.defaults(module) for name, module in modules.items()}
    if not history.is_dated:
        sentence = f"{NO_DATES.capitalize()}, so nothing is judged on the past: {default} is used."
        return ListEvaluation([], untuned, default, 0, sentence)
    found = plan(history, horizon_days)
    if not found.holdouts:
        return ListEvaluation([], untuned, default, 0, found.sentence())
    days, sentence = found.window_days, found.sentence()
    parameters = tuning.tune(modules, found.holdouts[-1], tuning_trials, scope)
    del found  # each holdout has a history of its own
    backtest = Backtest(history, parameters, days, scope=scope)
    windows = [
        _judged(backtest, role, number * backtest.step, names) for number, role in reversed(list(enumerate(ROLES)))
    ]
    windows.reverse()
    chosen = _champion(names, windows[1:], scope, default)
    return ListEvaluation(windows, parameters, chosen, days, sentence, backtest.examples)


def _judged(backtest: Backtest, role: str, moment: int, names: Sequence[str]) -> ListWindow:
    """The window that ends at the moment; the blender learns from the windows before it, down to the tuning window."""
    backtest.keep_for(moment)
    blender = backtest.blender_at(moment + backtest.step, len(ROLES) * backtest.step) if BLENDED in names else None
    outcome = backtest.outcome_at(moment)
    proposals = dict(outcome.proposals)
    if blender is not None:
        proposals[BLENDED] = ordered(blender, outcome.pool)
    judge = Judge(outcome.holdout)
    found = linear_algebra_in_threads(judge.figures, list(proposals.values()))
    figures = dict(zip(proposals, found, strict=True))
    return ListWindow(role, outcome.holdout.cut_days, figures, outcome.holdout.customers)


def ndcg_at_10(figures: list[ListFigure], scope: str) -> Floats:
    """By which strategies are compared, of each judged customer; NaN: nothing of the scope was bought."""
    return next(each.values for each in figures if (each.scope, each.metric, each.k) == (scope, "ndcg", 10))


def _champion(names: Sequence[str], windows: list[ListWindow], scope: str, default: str) -> str:
    """By nDCG@10 of each customer, averaged over the choosing windows in which it was judged.

    Of those as good as the best it is the blend: when it serves it has learned from one window more.
    """
    everywhere = [name for name in names if all(name in window.figures for window in windows)]
    if not everywhere:
        return default
    customers = np.concatenate([window.customers for window in windows])
    values = np.concatenate(
        [np.column_stack([ndcg_at_10(window.figures[name], scope) for name in everywhere]) for window in windows]
    )
    judged = np.isfinite(values[:, 0])
    means = champion.mean_by_unit(customers[judged], values[judged])
    blend = everywhere.index(BLENDED) if BLENDED in everywhere else None
    return everywhere[champion.champion(means, blend)] if len(means) > 1 else default
