"""The few parameters of each strategy, chosen on a holdout that lies before all that judge: see `parameter_trials`.

All trials are judged by a quarter of the customers, the best two by all of them. Source: Jamieson and Talwalkar,
AISTATS 2016 (successive halving).
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.recommendations.judging.holdout import Holdout
from customer_insight.recommendations.judging.list_judge import Judge
from customer_insight.recommendations.proposing.candidates import propose
from customer_insight.recommendations.strategies.contract import FittedStrategy, Strategy
from customer_insight.scoring import parameter_trials
from customer_insight.scoring.contract import Parameters

# Customers that trials are judged by at most.
_CUSTOMERS = 1000
# One customer in so many judges first.
_FIRST = 4
# Trials that are left for all customers to judge.
_LEFT = 2
_PROPOSED = 20
_HALF_LIFE = "half_life_days"
# Decimals of a mean nDCG: trials that differ further out are the same.
_DECIMALS = 6


def defaults(strategy: Strategy) -> Parameters:
    """The first value of each parameter."""
    return parameter_trials.defaults(strategy.PARAMETERS)


def trials(strategy: Strategy, count: int, *, has_ages: bool = True) -> list[Parameters]:
    """The default, then `count` others: see `drawn_from_grid`.

    has_ages: false where everything happened on one day, so that no half life makes a difference.
    """
    tried = {
        name: values[: None if has_ages or name != _HALF_LIFE else 1] for name, values in strategy.PARAMETERS.items()
    }
    return parameter_trials.drawn_from_grid(tried, count)


def tune(strategies: dict[str, Strategy], holdout: Holdout, count: int, scope: str) -> dict[str, Parameters]:
    """For each strategy the trial with the highest mean nDCG@10 (ties: the earliest). count: beside the default."""
    if count == 0:
        return {name: defaults(strategy) for name, strategy in strategies.items()}
    judge = Judge(_sampled(holdout, _CUSTOMERS))
    sample, first = judge.holdout, Judge(_sampled(judge.holdout, _CUSTOMERS // _FIRST))
    _ = sample.history.pairs, sample.history.owned, sample.history.last_age  # once, before threads ask for them
    has_ages = bool(sample.history.age.size) and sample.history.age.min() < sample.history.age.max()
    names = list(strategies)[::-1]  # the most complex first: it takes longest
    tried = {name: trials(strategies[name], count, has_ages=has_ages) for name in names}
    judges = first, judge
    found = linear_algebra_in_threads(lambda name: _best(strategies[name], tried[name], judges, scope), names)
    best = dict(zip(names, found, strict=True))
    return {name: best[name] for name in strategies}


def _best(strategy: Strategy, candidates: list[Parameters], judges: tuple[Judge, Judge], scope: str) -> Parameters:
    if len(candidates) == 1:
        return candidates[0]
    history = judges[0].holdout.history
    models = [strategy.fit(history, **trial) for trial in candidates]
    left = np.arange(len(candidates))
    for judge, kept in zip(judges, (_LEFT, 1), strict=True):
        if left.size > kept:
            means = [_mean_ndcg(models[trial], judge, scope) for trial in left]
            left = np.sort(left[np.argsort(-np.round(means, _DECIMALS), kind="stable")[:kept]])
    return candidates[int(left[0])]


def _mean_ndcg(model: FittedStrategy, judge: Judge, scope: str) -> float:
    sample = judge.holdout
    values = judge.ndcg(propose(model, sample.history, sample.customers, _PROPOSED), scope)
    return float(np.nanmean(values)) if np.isfinite(values).any() else 0.0


def _sampled(holdout: Holdout, most: int) -> Holdout:
    step = max(1, -(-holdout.customers.size // most))
    catalogue = holdout.history.catalogue
    place, item = catalogue.split(holdout.keys)
    keep = place % step == 0
    keys = catalogue.keys(place[keep] // step, item[keep])
    return Holdout(holdout.history, holdout.customers[::step], keys, holdout.cut_days)
