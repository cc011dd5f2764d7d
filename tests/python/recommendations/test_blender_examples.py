"""What the evaluation leaves for the lists is what they would have worked out themselves."""

import pyarrow as pa
import pytest
from customer_insight.recommendations import customer_recommendations, recommendation_evaluation
from customer_insight.recommendations.judging import blender_examples
from customer_insight.recommendations.judging.backtest import Backtest
from customer_insight.recommendations.proposing.strategy_registry import BLENDED
from shops import random_shop
from test_customer_recommendations import customers_of, products_of

NAMES = ["popular", "gp_topfreq", "content", "item_based", "popular_in_cluster", BLENDED]
STRATEGIES = pa.table({"strategy": NAMES, "complexity": list(range(len(NAMES)))})


@pytest.fixture
def learned_at(monkeypatch):
    """The moments at which strategies are learned from now on."""
    moments, models_at = [], Backtest.models_at

    def counted(past, moment):
        moments.append(moment)
        return models_at(past, moment)

    monkeypatch.setattr(Backtest, "models_at", counted)
    return moments


def described(shop):
    """Its products, each with a colour and a shape."""
    texts = [f"{('red', 'blue', 'green')[p % 3]} shape{p % 5}" for p in range(shop.products)]
    columns = {name: pa.array(texts) for name in ("product_name", "description", "category", "brand")}
    return products_of(shop, **columns)


def evaluated(shop):
    learned = recommendation_evaluation.run(shop.table, described(shop), STRATEGIES, tuning_trials=1)
    return learned.tables["choice"]


def lists(shop, choice, customers):
    return customer_recommendations.run(shop.table, described(shop), customers, choice, recommendation_strategy=BLENDED)


# the second has no days to cut at: products of customers are kept back
@pytest.mark.parametrize("days", [240, 3])
def test_lists_are_the_same_with_what_the_evaluation_left_and_without(days, learned_at):
    shop = random_shop(300, 30, days=days, rows=6000)
    everyone = customers_of(shop, segments=[c % 3 for c in range(300)])
    newcomers = pa.table({"customer_code": [-7, 900], "segment_code": [1, 2]})
    choice = evaluated(shop)
    learned_at.clear()
    with_examples = lists(shop, choice, pa.concat_tables([everyone, newcomers]))
    few = len(set(learned_at))
    learned_at.clear()
    without = lists(shop, choice, pa.concat_tables([everyone, newcomers]))
    assert with_examples.parameters["strategy"] == BLENDED
    assert with_examples.tables == without.tables
    assert with_examples.metrics == without.metrics
    assert few < len(set(learned_at))


def test_what_was_left_is_given_once_and_only_for_what_it_follows_from():
    left, parameters = (
        blender_examples.BlenderExamples(),
        {"popular": {"half_life_days": 7}, "content": {"half_life_days": 7}},
    )
    otherwise = parameters | {"popular": {"half_life_days": 60}}
    reordered = dict(reversed(parameters.items()))
    asked = [("a shop", parameters, 30), ("another shop", parameters, 30), ("a shop", parameters, 20),
             ("a shop", otherwise, 30), ("a shop", reordered, 30)]  # fmt: skip
    for key in asked:
        blender_examples.leave(left, *asked[0])
        assert (blender_examples.take(*key) is left) == (key is asked[0])
        assert blender_examples.take(*asked[0]) is not left


def test_another_shop_learns_nothing_from_it():
    shop, other = random_shop(300, 30, days=240), random_shop(300, 30, days=240, seed=9)
    choice = evaluated(other)
    after_the_other, alone = (lists(shop, choice, customers_of(shop)).tables for _ in range(2))
    assert after_the_other == alone
