"""Decision tree, random forest and gradient boosting, all of them sums of trees over log-odds.

A leaf's answer is the log-odds of its share of buyers, drawn towards everybody's; a forest takes the mean of its trees'
log-odds, not of their shares, so that effects add up on the same scale as those of the other models.

Sources: Breiman et al. 1984 (trees); Breiman, Machine Learning 2001 (forests); Friedman, Annals of Statistics 2001, and
Ke et al., NeurIPS 2017 (boosting over histograms).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.predictions.purchase import tree_effects
from customer_insight.predictions.purchase.tree_effects import Tree

# Levels of splits at most: effects are looked up in tables of 2 ** levels.
_TREE_LEVELS = 5
_FOREST_LEVELS = 5
_BOOSTING_LEVELS = 4
# Trees of each of the two forests that answer together, and customers that a tree sees at most.
_FOREST_TREES = 20
_TREE_CUSTOMERS = 5_000
# Steps of each of the two boostings that answer together, and the share of a step that is taken.
_BOOSTING_ROUNDS = 40
_BOOSTING_RATE = 0.15
# Customers of a leaf at least.
_LEAF_CUSTOMERS = 30
# Customers with everybody's share of buyers that each leaf starts with.
_PRIOR_CUSTOMERS = 10.0


@dataclass(frozen=True)
class Trees:
    """base plus the sum of trees."""

    trees: list[Tree]
    base: float

    def scores(self, values: Floats) -> Floats:
        """Log-odds, shape (customers,)."""
        columns = np.ascontiguousarray(values.T)
        total = np.full(len(values), self.base)
        for tree in self.trees:
            waiting = [(0, np.arange(len(values)))]
            while waiting:
                node, rows = waiting.pop()
                if tree.left[node] < 0:
                    total[rows] += tree.value[node]
                    continue
                goes_left = columns[tree.feature[node], rows] <= tree.threshold[node]
                waiting += [(tree.left[node], rows[goes_left]), (tree.right[node], rows[~goes_left])]
        return total

    def effects(self, values: Floats) -> tuple[Floats, float]:
        """Effects (customers, features) and base, which add up to the scores."""
        found, base = tree_effects.effects(self.trees, values)
        return found, base + self.base


def decision_tree(values: Floats, bought: Bools) -> Trees:
    """Learned from values (customers, features) and who bought; both outcomes must occur."""
    model = DecisionTreeClassifier(max_depth=_TREE_LEVELS, min_samples_leaf=_least(bought), random_state=SEED)
    return Trees([_of_shares(model.fit(values, bought).tree_, bought, 1)], 0.0)


def random_forest(values: Floats, bought: Bools) -> Trees:
    """The same with many trees, each of a sample of customers and of features."""
    model = RandomForestClassifier(
        _FOREST_TREES,
        max_depth=_FOREST_LEVELS,
        min_samples_leaf=_least(bought),
        max_samples=min(bought.size, _TREE_CUSTOMERS),
        random_state=SEED,
    ).fit(values, bought)
    return Trees([_of_shares(tree.tree_, bought, _FOREST_TREES) for tree in model.estimators_], 0.0)


def gradient_boosting(values: Floats, bought: Bools) -> Trees:
    """The same with small trees, each learned from what those before it got wrong."""
    model: Any = HistGradientBoostingClassifier(
        max_iter=_BOOSTING_ROUNDS,
        learning_rate=_BOOSTING_RATE,
        max_depth=_BOOSTING_LEVELS,
        min_samples_leaf=_least(bought),
        l2_regularization=5.0,
        early_stopping=False,
        random_state=SEED,
    ).fit(values, bought)
    # its trees are reachable only behind an underscore; a test holds them to its answers
    trees = [_of_nodes(predictor.nodes) for (predictor,) in model._predictors]
    return Trees(trees, float(np.ravel(model._baseline_prediction)[0]))


def _least(bought: Bools) -> int:
    return max(2, min(_LEAF_CUSTOMERS, bought.size // 20))


def _of_shares(tree: Any, bought: Bools, trees: int) -> Tree:
    everybody = float(bought.mean())
    customers = np.asarray(tree.weighted_n_node_samples, dtype=np.float64)
    buyers = tree.value[:, 0, 1] * customers + _PRIOR_CUSTOMERS * everybody
    share = buyers / (customers + _PRIOR_CUSTOMERS)
    return Tree(
        tree.feature.astype(np.int64),
        tree.threshold.astype(np.float64),
        tree.children_left.astype(np.int64),
        tree.children_right.astype(np.int64),
        np.log(share / (1 - share)) / trees,
        customers,
    )


def _of_nodes(nodes: Any) -> Tree:
    is_leaf = nodes["is_leaf"].astype(np.bool_)
    return Tree(
        nodes["feature_idx"].astype(np.int64),
        nodes["num_threshold"].astype(np.float64),
        np.where(is_leaf, -1, nodes["left"].astype(np.int64)),
        np.where(is_leaf, -1, nodes["right"].astype(np.int64)),
        nodes["value"].astype(np.float64),
        nodes["count"].astype(np.float64),
    )
