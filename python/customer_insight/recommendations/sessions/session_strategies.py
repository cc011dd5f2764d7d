"""The session strategies by name, the least complex first, and sets of their parameters to try."""

from __future__ import annotations

from customer_insight.recommendations.sessions import (
    sequential_rules,
    session_item_based,
    session_popular,
    stan,
    vs_knn,
)
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.contract import FittedSessionStrategy, SessionStrategy
from customer_insight.scoring import parameter_trials
from customer_insight.scoring.contract import Parameters

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
    return parameter_trials.defaults(STRATEGIES[name].PARAMETERS)


def trials(name: str, count: int) -> list[Parameters]:
    """The usual parameters and up to `count` other sets, always the same ones: see `drawn_by_lot`."""
    return parameter_trials.drawn_by_lot(STRATEGIES[name].PARAMETERS, count, NAMES.index(name))
