from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace

import numpy as np
from customer_insight.recommendations.judging import tuning
from customer_insight.recommendations.judging.holdout import Holdout, nested
from customer_insight.recommendations.proposing.strategy_registry import STRATEGIES
from scipy import sparse
from shops import Shop, random_shop


@dataclass
class Told:
    """Proposes the products from `first` on; remembers nothing."""

    first: int
    count: int

    def scores(self, customers):
        rows = np.zeros((customers.size, self.count))
        rows[:, self.first :] = 1
        return sparse.csr_array(rows)


def told(values):
    """A strategy with one parameter."""
    return SimpleNamespace(
        PARAMETERS={"first": values}, fit=lambda history, first: Told(first, history.catalogue.count)
    )


def test_the_default_is_the_first_trial_and_no_trial_comes_twice():
    for strategy in STRATEGIES.values():
        grid = [
            dict(zip(strategy.PARAMETERS, values, strict=True)) for values in product(*strategy.PARAMETERS.values())
        ]
        for count in (0, 1, 4, 10_000):
            trials = tuning.trials(strategy, count)
            assert trials[0] == tuning.defaults(strategy)
            assert len(trials) == min(count + 1, len(grid))
            assert all(trials.count(trial) == 1 and trial in grid for trial in trials[:50])
        assert tuning.trials(strategy, 5) == tuning.trials(strategy, 5)


def test_half_lives_are_not_tried_where_everything_happened_on_one_day():
    tried = tuning.trials(STRATEGIES["ease"], 100, has_ages=False)
    assert {trial["half_life_days"] for trial in tried} == {np.inf}
    assert {trial["regularization"] for trial in tried} == {50, 100, 200, 500}


def test_a_day_long_ago_is_one_day_too():
    asked = []

    def fit(history, half_life_days, first):
        asked.append((half_life_days, first))
        return Told(first, history.catalogue.count)

    shop = Shop([(c, p, 3, 1, 0, 0) for c in range(20) for p in range(5)], 20, 5)
    holdout = Holdout(shop.history, np.arange(20), np.arange(0, 100, 5), 3)
    values = {"half_life_days": (9, 99), "first": (0, 1)}
    tuning.tune({"a": SimpleNamespace(PARAMETERS=values, fit=fit)}, holdout, 10, "all")
    assert asked == [(9, 0), (9, 1)]


def test_the_best_trial_wins_and_the_default_stays_where_none_is_better():
    holdout = nested(random_shop().history, 60, 1)[0]
    chosen = tuning.tune({"a": told((30, 0, 20)), "b": told((0, 30)), "c": told((39, 40))}, holdout, 10, "all")
    assert chosen == {"a": {"first": 0}, "b": {"first": 0}, "c": {"first": 39}}


def test_without_trials_the_defaults_stay():
    holdout = nested(random_shop().history, 60, 1)[0]
    assert tuning.tune({"a": told((30, 0))}, holdout, 0, "all") == {"a": {"first": 30}}
    assert tuning.tune({"a": told((30, 0))}, holdout, 1, "all") == {"a": {"first": 0}}


def test_a_scope_in_which_nothing_was_bought_keeps_the_default():
    holdout = nested(random_shop(days=1, customers=300).history, 0, 1)[0]  # products kept back are never repurchases
    assert tuning.tune({"a": told((30, 0))}, holdout, 4, "repurchase") == {"a": {"first": 30}}
