"""The few parameters of each strategy, chosen on a holdout that lies before all that judge: see `parameter_trials`."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.recommendations.judging.holdout import Holdout
from customer_insight.recommendations.judging.list_judge import Judge
from customer_insight.recommendations.proposing.candidates import propose
from customer_insight.recommendations.strategies.contract import Strategy
from customer_insight.scoring import parameter_trials
from customer_insight.scoring.contract import Parameters

# Customers that trials are judged by at most.
_CUSTOMERS = 1000
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

    def mean_ndcg(trial: Parameters) -> float:
        model = strategy.fit(sample.history, **trial)
        values = judge.ndcg(propose(model, sample.history, sample.customers, _PROPOSED), scope)
        return float(np.nanmean(values)) if np.isfinite(values).any() else 0.0

    return parameter_trials.best_trial(candidates, mean_ndcg, _DECIMALS)


def _sampled(holdout: Holdout) -> Holdout:
    step = max(1, -(-holdout.customers.size // _CUSTOMERS))
    width = max(1, holdout.history.catalogue.count)
    place, item = np.divmod(holdout.keys, width)
    keep = place % step == 0
    return Holdout(
        holdout.history, holdout.customers[::step], place[keep] // step * width + item[keep], holdout.cut_days
    )
