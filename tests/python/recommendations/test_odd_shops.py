import time
import tracemalloc

import numpy as np
import pytest
from customer_insight.recommendations.judging.champion_choice import evaluate
from customer_insight.recommendations.proposing.candidates import propose
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, STRATEGIES
from shops import Shop, bought

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

MANY = range(130)
ODD = {
    "no customers at all": Shop([], 0, 0),
    "customers and products without a row": Shop([], 5, 5),
    "one order": bought((0, 0, 3)),
    "one product": bought(*((c, 0, age) for c in MANY for age in range(0, 60, 7))),
    "one customer": bought(*((0, p, age) for p in range(20) for age in range(p, 200, 9))),
    "nobody buys twice": bought(*((c, c % 7, c) for c in MANY)),
    "all on one day": bought(*((c, (c + p) % 11, 0) for c in MANY for p in range(5))),
    "all on one day long ago": bought(*((c, (c + p) % 11, 20_000) for c in MANY for p in range(5))),
    "everyone buys the same": bought(*((c, p, age) for c in MANY for p in range(4) for age in range(0, 70, 8))),
    "everyone buys the same on one day": bought(*((c, p, 0) for c in MANY for p in range(6))),
    "views only": Shop([(c, (c + p) % 13, c % 60 + p, 0, p % 2, 1) for c in MANY for p in range(9)], 140, 15),
    "views only, the same for everyone": Shop([(c, p, 0, 0, 0, 1) for c in MANY for p in range(5)], 130, 5),
    "views and one sale": Shop([(c, c % 9, c % 50, c == 7, 0, 2) for c in MANY], 130, 9),
    "nothing may be recommended": Shop(bought(*((c, c % 5, c % 70) for c in MANY)).rows, 130, 5, frozenset(range(5))),
    "a customer with 50,000 orders": Shop(
        [(c, (c + age) % 12, age, 1, 0, 0) for c in MANY for age in range(0, 100, 9)]
        + [(0, 3, age, 500, 0, 0) for age in range(100)],
        130,
        12,
    ),
    "rows of ten years ago among this year's": Shop(
        [(c, (c + age) % 12, age, 1, 0, 0) for c in MANY for age in range(0, 100, 9)] + [(130, 2, 5_000, 1, 0, 0)],
        131,
        12,
        content=np.eye(3)[np.arange(12) % 3].tolist(),
    ),
}


def judged(shop, names=(*STRATEGIES, BLENDED), trials=1, scope="all"):
    return evaluate(shop.history, names=names, horizon_days=30, tuning_trials=trials, scope=scope, default="item_based")


def assert_sound(found):
    assert found.champion in (*STRATEGIES, BLENDED)
    assert set(found.parameters) == set(STRATEGIES)
    for of_one in found.parameters.values():
        assert not any(isinstance(value, float) and np.isnan(value) for value in of_one.values())
    for window in found.windows:
        for figures in window.figures.values():
            for figure in figures:
                known = figure.values[~np.isnan(figure.values)]
                assert np.isfinite(known).all()
                assert figure.metric in ("novelty", "popularity_bias") or ((known > -1e-9) & (known < 1 + 1e-9)).all()


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("scope", ["all", "discovery"])
def test_an_odd_shop_is_judged_without_a_warning(name, scope):
    assert_sound(judged(ODD[name], scope=scope))


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("name", ODD)
def test_an_odd_shop_gets_only_what_may_be_recommended(name, strategy):
    shop, module = ODD[name], STRATEGIES[strategy]
    fastest = {"half_life_days": 7} if "half_life_days" in module.PARAMETERS else {}
    for chosen in ({}, fastest):
        new, own = propose(module.fit(shop.history, **chosen), shop.history, np.arange(shop.customers), 5)
        for part in (new, own):
            assert np.isfinite(part.score).all()
            assert shop.history.catalogue.is_available[part.product].all()
        if strategy == "content":
            assert max([*new.score, *own.score], default=0) <= 1 + 1e-9


def test_a_customer_with_5000_products_costs_seconds():
    rows = [(c, (7 * c + 3 * age) % 5000, age, 1, 0, 0) for c in MANY for age in range(0, 100, 9)]
    shop = Shop(rows + [(0, p, p % 100, 1, 0, 0) for p in range(5000)], 130, 5000)
    names = tuple(name for name in STRATEGIES if name != "ease")  # whose inverse takes seconds whoever has the products
    start = time.process_time()
    found = judged(shop, names=names, trials=0)
    assert time.process_time() - start < 20
    assert found.champion in names


@pytest.mark.long
def test_300_000_products_of_which_100_are_sold_cost_seconds_and_never_customers_times_products():
    rows = [(c, 3000 * ((c + age) % 100), age, 1, 0, 0) for c in range(150) for age in range(c % 9, 100, 9)]
    shop = Shop(rows, 150, 300_000)
    tracemalloc.start()
    start = time.process_time()
    found = judged(shop, trials=0)
    seconds, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.windows
    assert seconds < 30
    assert peak < 1e9
