from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations.history.read_history import read_history
from customer_insight.recommendations.judging import tuning
from customer_insight.recommendations.judging.champion_choice import ROLES, evaluate
from customer_insight.recommendations.judging.holdout import nested
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, STRATEGIES
from customer_insight.scoring import champion
from shops import Shop, random_shop

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

NAMES = (*STRATEGIES, BLENDED)


@cache
def shop_of(kind):
    if kind == "days":
        return random_shop(rows=9000)
    return random_shop(customers=400, days=1, rows=8000)


def judged(shop, names=NAMES, trials=2, scope="all"):
    return evaluate(shop.history, names=names, horizon_days=40, tuning_trials=trials, scope=scope, default="item_based")


@cache
def evaluated(kind):
    return judged(shop_of(kind))


def flat(windows):
    return {
        (window.role, window.cut_days, name, figure.scope, figure.metric, figure.k): figure.values
        for window in windows
        for name, figures in window.figures.items()
        for figure in figures
    }


def assert_same_windows(left, right):
    left, right = flat(left), flat(right)
    assert left.keys() == right.keys()
    for key, values in left.items():
        np.testing.assert_array_equal(values, right[key], err_msg=str(key))


@pytest.mark.parametrize("kind", ["days", "products"])
def test_every_strategy_is_judged_in_every_window(kind):
    found = evaluated(kind)
    assert [window.role for window in found.windows] == list(ROLES)
    assert [window.cut_days for window in found.windows] == ([40, 80, 120] if kind == "days" else [0, 0, 0])
    assert all(set(window.figures) == set(NAMES) for window in found.windows)
    assert found.champion in NAMES
    assert set(found.parameters) == set(STRATEGIES)


@pytest.mark.parametrize("kind", ["days", "products"])
def test_rows_in_any_order_give_the_same_to_the_bit(kind):
    shop = shop_of(kind)
    order = np.random.default_rng(9).permutation(len(shop.rows))
    again = judged(Shop([shop.rows[at] for at in order], shop.customers, shop.products, shop.unavailable, shop.content))
    found = evaluated(kind)
    assert_same_windows(again.windows, found.windows)
    assert (again.parameters, again.champion) == (found.parameters, found.champion)


def test_the_reporting_window_chooses_nothing():
    shop = shop_of("days")
    rows = [(c, (7 * p + 3) % 40 if age < 40 else p, age, n, carts, views) for c, p, age, n, carts, views in shop.rows]
    rows += [(c, 6, 0, 50, 1, 1) for c in range(0, shop.customers, 2)]
    changed = judged(Shop(rows, shop.customers, shop.products, shop.unavailable, shop.content))
    found = evaluated("days")
    assert (changed.parameters, changed.champion) == (found.parameters, found.champion)
    assert_same_windows(changed.windows[1:], found.windows[1:])
    with pytest.raises(AssertionError):
        assert_same_windows(changed.windows[:1], found.windows[:1])


def test_the_choosing_windows_tune_nothing():
    shop = shop_of("days")
    rows = [(c, (7 * p + 3) % 40 if age < 120 else p, age, *counts) for c, p, age, *counts in shop.rows]
    changed = judged(Shop(rows, shop.customers, shop.products, shop.unavailable, shop.content), names=tuple(STRATEGIES))
    assert changed.parameters == evaluated("days").parameters


def test_the_champion_is_the_best_by_the_means_of_both_choosing_windows():
    found = evaluated("days")
    means = []
    for customer in range(shop_of("days").customers):
        rows = []
        for window, holdout in zip(found.windows, nested(shop_of("days").history, 40, 3), strict=True):
            place = np.flatnonzero(holdout.customers == customer)
            if window.role != "reporting" and place.size:
                rows.append([ndcg_of(window, name)[place[0]] for name in NAMES])
        means += [np.mean(rows, axis=0)] if rows else []
    assert (
        found.champion == NAMES[champion.champion(np.array(means), NAMES.index(BLENDED) if BLENDED in NAMES else None)]
    )


def ndcg_of(window, name):
    return next(f.values for f in window.figures[name] if (f.scope, f.metric, f.k) == ("all", "ndcg", 10))


def test_a_shop_of_two_kinds_of_customers_is_not_won_by_what_everyone_buys():
    assert evaluated("days").champion not in ("popular", "content")


def test_too_little_to_judge_by_means_the_default_with_its_defaults():
    found = judged(random_shop(customers=10, rows=50))
    assert (found.windows, found.champion, found.window_days) == ([], "item_based", 0)
    assert found.parameters["popular"] == {"half_life_days": 60}
    assert found.sentence.startswith("Fewer than 30 customers")


@pytest.mark.parametrize("names", [("popular",), (BLENDED,), (BLENDED, "popular")])
def test_any_choice_of_strategies_can_be_judged(names):
    found = judged(shop_of("days"), names=names, trials=0)
    assert found.champion in (*names, "item_based")


def test_without_dates_nothing_is_judged_and_the_default_is_used():
    shop = shop_of("days")
    table = shop.table.set_column(2, "age_days", pa.nulls(shop.table.num_rows, pa.int64()))
    history = read_history(table, np.arange(shop.customers), shop.catalogue)
    found = evaluate(history, names=NAMES, horizon_days=40, tuning_trials=2, scope="all", default="item_based")
    assert (found.windows, found.champion, found.window_days) == ([], "item_based", 0)
    assert found.sentence == "The orders have no dates, so nothing is judged on the past: item_based is used."
    assert found.parameters == {name: tuning.defaults(module) for name, module in STRATEGIES.items()}
