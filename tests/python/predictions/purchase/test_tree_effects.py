from itertools import combinations
from math import factorial

import numpy as np
import pytest
from customer_insight.predictions.purchase import tree_effects
from customer_insight.predictions.purchase.classifiers import linear, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier


def examples(seed, customers=300, features=5):
    random = np.random.default_rng(seed)
    values = np.round(random.normal(size=(customers, features)), 1)
    bought = random.random(customers) < 1 / (1 + np.exp(-values[:, 0] * values[:, 1] - values[:, 2]))
    bought[:2] = [True, False]
    return values, bought


def answer(tree, row, known, node=0):
    """The tree's answer where only some features are known: both branches, by their customers, at the others."""
    if tree.left[node] < 0:
        return tree.value[node]
    left, right = tree.left[node], tree.right[node]
    if tree.feature[node] in known:
        return answer(tree, row, known, left if row[tree.feature[node]] <= tree.threshold[node] else right)
    parts = [tree.customers[child] * answer(tree, row, known, child) for child in (left, right)]
    return sum(parts) / tree.customers[node]


def shapley(tree, row):
    features = range(len(row))
    effects = np.zeros(len(row))
    for feature in features:
        others = [other for other in features if other != feature]
        for size in range(len(row)):
            weight = factorial(size) * factorial(len(row) - 1 - size) / factorial(len(row))
            for known in combinations(others, size):
                gain = answer(tree, row, {*known, feature}) - answer(tree, row, set(known))
                effects[feature] += weight * gain
    return effects


@pytest.mark.parametrize("learn", [trees.decision_tree, trees.random_forest, trees.gradient_boosting])
@settings(max_examples=5)
@given(seed=st.integers(0, 1000))
def test_effects_are_the_shapley_values_of_all_coalitions(learn, seed):
    values, bought = examples(seed)
    model = learn(values, bought)
    few = model.trees[:4]
    effects, base = tree_effects.effects(few, values[:6])
    for row, found in zip(values[:6], effects, strict=True):
        np.testing.assert_allclose(found, sum(shapley(tree, row) for tree in few), atol=1e-12)
    np.testing.assert_allclose(base, sum(answer(tree, values[0], set()) for tree in few), atol=1e-12)


LEARNERS = [
    linear.logistic_regression,
    linear.linear_svm,
    trees.decision_tree,
    trees.random_forest,
    trees.gradient_boosting,
]


@pytest.mark.parametrize("learn", LEARNERS)
def test_effects_and_base_add_up_to_the_scores(learn):
    values, bought = examples(7, customers=40_000)
    model = learn(values[:2000], bought[:2000])
    effects, base = model.effects(values)
    np.testing.assert_allclose(base + effects.sum(axis=1), model.scores(values), atol=1e-10)


def test_gradient_boosting_gives_the_answers_of_scikit_learn():
    values, bought = examples(3, customers=3000)
    peer = HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.1, max_depth=4, min_samples_leaf=30, l2_regularization=5.0,
        early_stopping=False, random_state=trees.SEED,
    ).fit(values, bought)  # fmt: skip
    np.testing.assert_allclose(
        trees.gradient_boosting(values, bought).scores(values), peer.decision_function(values), atol=1e-10
    )


def test_a_leaf_answers_with_the_log_odds_of_its_share_drawn_towards_everybody():
    values = np.repeat([[0.0], [1.0]], 100, axis=0)
    bought = np.concatenate([np.arange(100) < 20, np.arange(100) < 60])
    share = (np.array([20, 60]) + 10 * 0.4) / 110
    expected = np.log(share / (1 - share))
    np.testing.assert_allclose(trees.decision_tree(values, bought).scores(values)[[0, 100]], expected)


def test_no_customer_has_no_effects():
    values, bought = examples(1)
    effects, _ = trees.decision_tree(values, bought).effects(values[:0])
    assert effects.shape == (0, 5)
