"""How much each feature moves the answer of a sum of decision trees: exact Shapley values along the paths of the trees.

Of a tree's answer, each feature's share is what knowing it adds, averaged over all orders in which features can become
known; what is not known follows both branches, in the shares in which the customers learned from did. A leaf's part
of it depends only on which of the features on its path point to it: with five of them a table of 32 answers a leaf.

Source: Lundberg et al., Nature Machine Intelligence 2020 (path-dependent TreeSHAP); Yang, arXiv 2109.09847 (tables).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import factorial
from typing import Any

import numpy as np
import numpy.typing as npt

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.numerics.threads import in_threads

_BLOCK_ROWS = 1 << 14


@dataclass(frozen=True)
class _Leaf:
    """steps: for each feature on the path, its number and the (node, goes left) pairs that must hold. table: effects
    of those features for each pattern of which hold, shape (2 ** features, features). mean: of the leaf's part.
    """

    steps: list[tuple[int, list[tuple[int, bool]]]]
    table: Floats
    mean: float


@dataclass(frozen=True)
class Tree:
    """Nodes as arrays: feature and threshold (x <= threshold goes left), children (-1 at leaves), value, customers."""

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    customers: Floats

    @cached_property
    def leaves(self) -> list[_Leaf]:
        """All leaves with a table each, by node number."""
        found: list[_Leaf] = []
        stack: list[tuple[int, list[tuple[int, bool]]]] = [(0, [])]
        while stack:
            node, path = stack.pop()
            if self.left[node] < 0:
                found.append(self._leaf(node, path))
                continue
            stack.append((int(self.right[node]), [*path, (node, False)]))
            stack.append((int(self.left[node]), [*path, (node, True)]))
        return found

    def _leaf(self, leaf: int, path: list[tuple[int, bool]]) -> _Leaf:
        steps: dict[int, list[tuple[int, bool]]] = {}
        share: dict[int, float] = {}
        for node, goes_left in path:
            child = self.left[node] if goes_left else self.right[node]
            feature = int(self.feature[node])
            steps.setdefault(feature, []).append((node, goes_left))
            share[feature] = share.get(feature, 1.0) * float(self.customers[child] / self.customers[node])
        shares = np.array(list(share.values()))
        value = float(self.value[leaf])
        return _Leaf(list(steps.items()), value * _shapley(shares), value * float(np.prod(shares)))


def _shapley(shares: Floats) -> Floats:
    """Shapley values of the game prod(holds or share) for every pattern of what holds; shape (2 ** n, n)."""
    count = shares.size
    holds = (np.arange(1 << count)[:, None] >> np.arange(count)) & 1
    effects = np.zeros((1 << count, count))
    for feature in range(count):
        # coefficients: sums over coalitions of the other features, by size
        sizes = np.zeros((1 << count, max(1, count)))
        sizes[:, 0] = 1.0
        for other in range(count):
            if other != feature:
                known = sizes[:, :-1] * holds[:, [other]]
                sizes *= shares[other]
                sizes[:, 1:] += known
        weights = [factorial(k) * factorial(count - 1 - k) / factorial(count) for k in range(count)]
        effects[:, feature] = (sizes @ np.array(weights)) * (holds[:, feature] - shares[feature])
    return effects


def effects(trees: list[Tree], values: npt.NDArray[np.float64]) -> tuple[Floats, float]:
    """Effects of shape (customers, features) and the base: base + effects.sum(axis=1) is the sum of the trees."""
    for tree in trees:
        _ = tree.leaves  # made once, before threads ask for them
    blocks = [slice(start, start + _BLOCK_ROWS) for start in range(0, len(values), _BLOCK_ROWS)]
    parts = in_threads(lambda block: _of_block(trees, np.ascontiguousarray(values[block].T)), blocks)
    base = float(sum(leaf.mean for tree in trees for leaf in tree.leaves))
    return np.concatenate([part.T for part in parts]) if parts else np.zeros(values.shape), base


def _of_block(trees: list[Tree], columns: Floats) -> Floats:
    found = np.zeros(columns.shape)
    for tree in trees:
        is_left: Any = {
            int(node): columns[tree.feature[node]] <= tree.threshold[node] for node in np.flatnonzero(tree.left >= 0)
        }
        is_right = {node: ~goes for node, goes in is_left.items()}
        for leaf in tree.leaves:
            pattern = np.zeros(columns.shape[1], dtype=np.uint8)
            for place, (_, conditions) in enumerate(leaf.steps):
                holds = np.logical_and.reduce([(is_left if left else is_right)[node] for node, left in conditions])
                pattern |= holds.view(np.uint8) << np.uint8(place)
            for place, (feature, _) in enumerate(leaf.steps):
                found[feature] += leaf.table[:, place].take(pattern)
    return found
