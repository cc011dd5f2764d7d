"""Every strategy scored on the shop's past, and the one that wins: see `holdout`, `judged`, `tuning`, `champion`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from customer_insight.arrays import Floats
from customer_insight.recommendations import blended, blender_features, champion, recommender, tuning
from customer_insight.recommendations.blender_features import Pool
from customer_insight.recommendations.candidates import in_sorted, propose
from customer_insight.recommendations.history import History
from customer_insight.recommendations.holdout import Holdout, plan
from customer_insight.recommendations.judged import Figure, Judge, Proposal
from customer_insight.recommendations.recommender import PROPOSED
from customer_insight.recommendations.strategy_list import BLENDED, STRATEGIES
from customer_insight.recommendations.tuning import Parameters

ROLES = ("reporting", "choosing_2", "choosing_1")


@dataclass(frozen=True)
class Window:
    """What was found in one window: role, days from its cut to now, the figures of each strategy, judged customers."""

    role: str
    cut_days: int
    figures: dict[str, list[Figure]]
    customers: int


@dataclass(frozen=True)
class Evaluation:
    """windows: the latest first; empty where there was too little. parameters: tuned, of each strategy."""

    windows: list[Window]
    parameters: dict[str, Parameters]
    champion: str
    window_days: int
    sentence: str


def evaluate(
    history: History, *, names: Sequence[str], horizon_days: int, tuning_trials: int, scope: str, default: str
) -> Evaluation:
    """Tunes, judges and chooses among the named strategies, given by rising complexity.

    scope: in which the champion is chosen (discovery where nothing may be recommended that was bought already).
    default: the champion where there is too little to judge by.
    """
    modules = {name: STRATEGIES[name] for name in names if name != BLENDED}
    found = plan(history, horizon_days)
    if not found.holdouts:
        untuned = {name: tuning.defaults(module) for name, module in modules.items()}
        return Evaluation([], untuned, default, 0, found.sentence())
    *judged, inner = found.holdouts
    parameters = tuning.tune(modules, inner, tuning_trials, scope)
    earlier = _pool_of(inner, _proposals(modules, parameters, inner))
    windows: list[Window] = []
    ndcg: list[dict[str, Floats]] = []
    for role, holdout in reversed(list(zip(ROLES, judged, strict=True))):
        proposals = _proposals(modules, parameters, holdout)
        pool = _pool_of(holdout, proposals)
        if BLENDED in names:
            proposals |= _blended(earlier, pool)
        earlier = pool
        judge = Judge(holdout)
        figures = {name: judge.figures(proposal) for name, proposal in proposals.items()}
        windows.insert(0, Window(role, holdout.cut_days, figures, holdout.customers.size))
        ndcg.insert(0, {name: _ndcg(each, scope) for name, each in figures.items()})
    chosen = _champion(names, judged[1:], ndcg[1:], default)
    return Evaluation(windows, parameters, chosen, found.window_days, found.sentence())


def _proposals(
    modules: dict[str, ModuleType], parameters: dict[str, Parameters], holdout: Holdout
) -> dict[str, Proposal]:
    """What each strategy, learned before the cut, proposes to the judged customers."""
    return {
        name: propose(module.learn(holdout.learn, **parameters[name]), holdout.learn, holdout.customers, PROPOSED)
        for name, module in modules.items()
    }


Labelled = tuple[Pool, np.ndarray[Any, np.dtype[np.bool_]]]


def _pool_of(holdout: Holdout, proposals: dict[str, Proposal]) -> Labelled:
    """All proposals, and which of them were bought in the window."""
    pool = blender_features.pool(proposals, holdout.learn, holdout.customers)
    keys = pool.customer * max(1, holdout.learn.catalogue.count) + pool.product
    return pool, in_sorted(keys, holdout.keys)


def _blended(earlier: Labelled, later: Labelled) -> dict[str, Proposal]:
    """What the blender learned in the earlier window proposes in the later one; nothing where it learned nothing."""
    blender = blended.learn(*earlier)
    if blender is None:
        return {}
    return {BLENDED: recommender.order(blender, later[0])}


def _ndcg(figures: list[Figure], scope: str) -> Floats:
    return next(each.values for each in figures if (each.scope, each.metric, each.k) == (scope, "ndcg", 10))


def _champion(names: Sequence[str], holdouts: list[Holdout], ndcg: list[dict[str, Floats]], default: str) -> str:
    """By nDCG@10 of each customer, averaged over the choosing windows in which it was judged."""
    everywhere = [name for name in names if all(name in window for window in ndcg)]
    customers = np.unique(np.concatenate([holdout.customers for holdout in holdouts]))
    total, count = np.zeros((customers.size, len(everywhere))), np.zeros(customers.size)
    for holdout, window in zip(holdouts, ndcg, strict=True):
        values = np.column_stack([window[name] for name in everywhere])
        judged = np.isfinite(values[:, 0])
        place = np.searchsorted(customers, holdout.customers[judged])
        total[place] += values[judged]
        count[place] += 1
    seen = count > 0
    if int(seen.sum()) < 2:
        return default
    return everywhere[champion.least_complex_unbeaten(total[seen] / count[seen][:, None])]
