"""The few parameters of a method, chosen on a window of the past that lies before all windows used for judging.

Source: Bergstra and Bengio, JMLR 2012 (random search). The default is always the first trial and stays where no other
is better, so that a shop with little to learn from gets it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from customer_insight.scoring.contract import Parameters

# Draws by lot before a trial is given up, for each that is wanted.
_DRAWS = 20


def defaults(values: Mapping[str, Sequence[Any]]) -> Parameters:
    """The first value of each parameter."""
    return {name: of_name[0] for name, of_name in values.items()}


def parameters_from_json(text: str) -> Parameters:
    """Parameters as `step_result.as_json` wrote them: JSON has no infinity, null stands for it."""
    return {name: np.inf if value is None else value for name, value in json.loads(text).items()}


def drawn_from_grid(values: Mapping[str, Sequence[Any]], count: int) -> list[Parameters]:
    """The default, then `count` others drawn from all combinations without repetition, where there are so many."""
    grid = list(product(*values.values()))
    drawn = np.random.default_rng(0).permutation(len(grid) - 1)[:count] + 1
    return [dict(zip(values, grid[at], strict=True)) for at in [0, *drawn]]


def drawn_by_lot(values: Mapping[str, Sequence[Any]], count: int, seed: int) -> list[Parameters]:
    """The default, then up to `count` others, each value drawn by itself: for grids too large to write down."""
    random = np.random.default_rng(seed)
    trials = [defaults(values)]
    for _ in range(_DRAWS * count):
        drawn = {name: of_name[int(random.integers(len(of_name)))] for name, of_name in values.items()}
        if drawn not in trials and len(trials) <= count:
            trials.append(drawn)
    return trials


def best_trial(trials: Sequence[Parameters], value_of: Callable[[Parameters], float], decimals: int) -> Parameters:
    """The trial with the highest value, rounded to so many decimals (ties: the earliest); one alone is not tried."""
    if len(trials) == 1:
        return trials[0]
    return trials[int(np.argmax([round(value_of(trial), decimals) for trial in trials]))]
