"""The session strategies by name, the least complex first, and sets of their parameters to try."""

from __future__ import annotations

import numpy as np

from customer_insight.recommendations.sessions import (
    sequential_rules,
    session_item_based,
    session_popular,
    stan,
    vs_knn,
)
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.contract import FittedSessionStrategy, Parameters, SessionStrategy

STRATEGIES: dict[str, SessionStrategy] = {
    "session_popular": session_popular,
    "sequential_rules": sequential_rules,
    "session_item_based": session_item_based,
    "vs_knn": vs_knn,
    "stan": stan,
}
NAMES = tuple(STRATEGIES)
DEFAULT = "vs_knn"


def fit(name: str, clicks: Clicks, parameters: Parameters) -> FittedSessionStrategy:
    """The model of a strategy."""
    return STRATEGIES[name].fit(clicks, **parameters)


def defaults(name: str) -> Parameters:
    """The usual parameters: the first of each list."""
    return {key: values[0] for key, values in STRATEGIES[name].PARAMETERS.items()}


def to_try(name: str, trials: int) -> list[Parameters]:
    """The usual parameters and up to `trials` other sets, drawn at random from the lists; always the same ones."""
    lists = STRATEGIES[name].PARAMETERS
    random = np.random.default_rng(NAMES.index(name))
    sets = [defaults(name)]
    for _ in range(20 * trials):
        drawn = {key: values[int(random.integers(len(values)))] for key, values in lists.items()}
        if drawn not in sets and len(sets) <= trials:
            sets.append(drawn)
    return sets
