import json
from itertools import product

import numpy as np
import pytest
from customer_insight.scoring.parameter_trials import (
    best_trial,
    defaults,
    drawn_by_lot,
    drawn_from_grid,
    parameters_from_json,
)
from customer_insight.steps.step_result import as_json

VALUES = {"a": (1, 2, 3), "b": ("x", "y"), "c": (np.inf, 7.0)}
GRID = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]
DRAWS = {"grid": drawn_from_grid, "lot": lambda values, count: drawn_by_lot(values, count, seed=3)}


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("count", [0, 1, 4, 11, 500])
def test_the_default_comes_first_and_no_trial_comes_twice_however_they_are_drawn(draw, count):
    trials = DRAWS[draw](VALUES, count)
    assert trials[0] == defaults(VALUES) == {"a": 1, "b": "x", "c": np.inf}
    assert all(trials.count(trial) == 1 and trial in GRID for trial in trials)
    assert len(trials) == min(count + 1, len(GRID))
    assert trials == DRAWS[draw](VALUES, count)


def test_trials_are_drawn_as_ever_so_that_shops_keep_what_was_chosen_for_them():
    values = {"a": range(9), "b": range(2)}
    from_grid, by_lot = drawn_from_grid(values, 3), drawn_by_lot(values, 3, seed=2)
    assert [tuple(trial.values()) for trial in from_grid] == [(0, 0), (1, 1), (5, 1), (2, 0)]
    assert [tuple(trial.values()) for trial in by_lot] == [(0, 0), (7, 0), (3, 1), (4, 0)]


def test_other_seeds_draw_other_lots():
    assert drawn_by_lot(VALUES, 4, seed=1) != drawn_by_lot(VALUES, 4, seed=2)


def test_the_highest_value_wins_and_of_equal_ones_the_earliest():
    trials = [{"a": 1}, {"a": 2}, {"a": 3}]
    assert best_trial(trials, lambda trial: -((trial["a"] - 2) ** 2), 9) == {"a": 2}
    assert best_trial(trials, lambda _: 0.5, 9) == {"a": 1}
    assert best_trial(trials, lambda trial: 0.1 + trial["a"] * 1e-8, 6) == {"a": 1}
    assert best_trial(trials, lambda trial: 0.1 + trial["a"] * 1e-8, 9) == {"a": 3}


def test_one_trial_alone_costs_nothing():
    def never(_):
        raise AssertionError

    assert best_trial([{"a": 1}], never, 9) == {"a": 1}


def test_parameters_come_back_from_json_with_their_infinities():
    for trial in GRID:
        assert parameters_from_json(as_json(trial)) == trial
    assert json.loads(as_json(GRID[0]))["c"] is None
