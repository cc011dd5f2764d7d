"""The few parameters of each strategy, chosen on a window that lies before all windows used for judging.

Source: Bergstra and Bengio, JMLR 2012 (random search). The default is always the first trial and stays where no other
is better, so that a shop with little to learn from gets it.
"""

from __future__ import annotations

import json
from itertools import product

import numpy as np

from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.recommendations.judging.holdout import Holdout
from customer_insight.recommendations.judging.list_judge import Judge
from customer_insight.recommendations.proposing.candidates import propose
from customer_insight.recommendations.strategies.contract import Parameters, Strategy

# Customers that trials are judged by at most.
_CUSTOMERS = 1000
_PROPOSED = 20
_HALF_LIFE = "half_life_days"


def defaults(strategy: Strategy) -> Parameters:
    """The first value of each parameter."""
    return {name: values[0] for name, values in strategy.PARAMETERS.items()}


def from_json(text: str) -> Parameters:
    """Parameters as `learned.as_json` wrote them: JSON has no infinity, null stands for it."""
    return {name: np.inf if value is None else value for name, value in json.loads(text).items()}


def trials(strategy: Strategy, count: int, *, has_ages: bool = True) -> list[Parameters]:
    """The default, then `count` others drawn from all combinations without repetition, where there are so many.

    has_ages: false where everything happened on one day, so that no half life makes a difference.
    """
    names = list(strategy.PARAMETERS)
    tried = [strategy.PARAMETERS[name][: None if has_ages or name != _HALF_LIFE else 1] for name in names]
    grid = list(product(*tried))
    drawn = np.random.default_rng(0).permutation(len(grid) - 1)[:count] + 1
    return [dict(zip(names, grid[at], strict=True)) for at in [0, *drawn]]


def tune(strategies: dict[str, Strategy], holdout: Holdout, count: int, scope: str) -> dict[str, Parameters]:
    """For each strategy the trial with the highest mean nDCG@10 (ties: the earliest). count: beside the default."""
    if count == 0:
        return {name: defaults(strategy) for name, strategy in strategies.items()}
    sample = _sampled(holdout)
    judge = Judge(sample)
    _ = sample.history.pairs, sample.history.owned, sample.history.last_age  # once, before threads ask for them
    has_ages = bool(sample.history.age.size) and sample.history.age.min() < sample.history.age.max()
    names = list(strategies)[::-1]  # the most complex first: it takes longest
    found = linear_algebra_in_threads(
        lambda name: _best(strategies[name], trials(strategies[name], count, has_ages=has_ages), judge, scope), names
    )
    best = dict(zip(names, found, strict=True))
    return {name: best[name] for name in strategies}


def _best(strategy: Strategy, candidates: list[Parameters], judge: Judge, scope: str) -> Parameters:
    sample = judge.holdout
    scores: list[float] = []
    for parameters in candidates:
        model = strategy.fit(sample.history, **parameters)
        values = judge.ndcg(propose(model, sample.history, sample.customers, _PROPOSED), scope)
        scores.append(round(float(np.nanmean(values)), 6) if np.isfinite(values).any() else 0.0)
    return candidates[int(np.argmax(scores))]


def _sampled(holdout: Holdout) -> Holdout:
    step = max(1, -(-holdout.customers.size // _CUSTOMERS))
    width = max(1, holdout.history.catalogue.count)
    place, item = np.divmod(holdout.keys, width)
    keep = place % step == 0
    return Holdout(
        holdout.history, holdout.customers[::step], place[keep] // step * width + item[keep], holdout.cut_days
    )
