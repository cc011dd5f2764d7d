"""What an action is expected to bring, by a model that has not seen the row it is asked about (cross-fitting).

A line through levels: each row has a cell (such as the product shown) and a few levels (its position, whether it is of
the customer's favourite category). What it brings is a mean, an effect of the cell and one of each level, all drawn
towards none (ridge). Customers are in five parts; each part is told by a model of the other four.

Rows are added up by cell and levels first, and the cells are solved for apart from the levels (Schur complement): so
millions of rows and thousands of cells take a second. Cross-fitting: Chernozhukov et al. 2018, section 3.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.numerics.even_draws import drawn_evenly

FOLDS = 5
# Rows without an effect that each cell and level starts with.
RIDGE = 100.0
# Another draw than those of learners that policies are made of.
_SALT = 28


@dataclass(frozen=True)
class RewardModel:
    """Effects that were learned without each fold: means (folds,), cells (folds, cells), levels: (folds, size) each."""

    means: Floats
    cells: Floats
    levels: list[Floats]

    def expected(self, fold: Ints, cell: Ints, levels: Sequence[Ints]) -> Floats:
        """What rows would bring, shape (rows,): of each its fold, and the cell and levels that are asked about."""
        found: Floats = self.means[fold] + self.cells[fold, cell]
        for effects, level in zip(self.levels, levels, strict=True):
            found += effects[fold, level]
        return found


def folds_of(unit: Ints) -> Ints:
    """The part of each customer (or other unit), 0 to FOLDS - 1: the same in any order of rows; shape (rows,)."""
    return np.minimum((drawn_evenly(unit, _SALT) * FOLDS).astype(np.int64), FOLDS - 1)


def fit(fold: Ints, cell: Ints, levels: Sequence[Ints], reward: Floats, sizes: Sequence[int]) -> RewardModel:
    """Learned from rows, each array of shape (rows,). sizes: how many cells there are, and levels of each kind."""
    key = fold.copy()
    for codes, size in zip((cell, *levels), sizes, strict=True):
        key = key * size + codes
    keys, place = arrays.dense(key)
    rows = np.bincount(place, minlength=keys.size).astype(np.float64)
    total = arrays.sums(place, reward, keys.size)
    codes_of: list[Ints] = []
    for size in reversed(sizes):
        keys, code = np.divmod(keys, size)
        codes_of.insert(0, code)
    models = [_without(keys != number, rows, total, codes_of, sizes) for number in range(FOLDS)]
    return RewardModel(
        np.array([mean for mean, _, _ in models]),
        np.stack([cells for _, cells, _ in models]),
        [np.stack([effects[place] for _, _, effects in models]) for place in range(len(sizes) - 1)],
    )


def _without(
    kept: arrays.Bools, rows: Floats, total: Floats, codes: list[Ints], sizes: Sequence[int]
) -> tuple[float, Floats, list[Floats]]:
    """Mean, effects of cells and of levels, by the groups of rows that are kept."""
    weight, target = rows[kept], total[kept]
    mean = float(target.sum() / weight.sum()) if weight.size else 0.0
    away = target - mean * weight
    cell, *levels = (code[kept] for code in codes)
    starts = np.concatenate([[0], np.cumsum(sizes[1:])]).astype(np.int64)
    diagonal = arrays.sums(cell, weight, sizes[0]) + RIDGE
    of_cells = arrays.sums(cell, away, sizes[0])
    across, square = np.zeros((sizes[0], starts[-1])), np.diag(np.full(starts[-1], RIDGE))
    of_levels = np.zeros(starts[-1])
    for number, level in enumerate(levels):
        at = slice(starts[number], starts[number + 1])
        size = sizes[number + 1]
        of_levels[at] = arrays.sums(level, away, size)
        across[:, at] = arrays.sums(cell * size + level, weight, sizes[0] * size).reshape(-1, size)
        square[at, at] += np.diag(arrays.sums(level, weight, size))
    for (one, first), (two, second) in itertools.combinations(enumerate(levels), 2):
        shape = sizes[one + 1], sizes[two + 1]
        both = arrays.sums(first * shape[1] + second, weight, shape[0] * shape[1]).reshape(shape)
        square[starts[one] : starts[one + 1], starts[two] : starts[two + 1]] = both
        square[starts[two] : starts[two + 1], starts[one] : starts[one + 1]] = both.T
    scaled = across / diagonal[:, None]
    effects = np.linalg.solve(square - across.T @ scaled, of_levels - scaled.T @ of_cells)
    cells = of_cells / diagonal - scaled @ effects
    parts = itertools.pairwise(starts.tolist())
    return mean, cells, [np.asarray(effects[start:end]) for start, end in parts]
