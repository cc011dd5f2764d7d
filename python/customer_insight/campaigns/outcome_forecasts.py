"""A forecast of a number from features: the mean of a ridge regression and of shallow boosting.

Effects of campaigns are small beside the noise. The regression is steady where there are few customers, boosting finds
segments that no line does; their mean is near the better one on most made shops (D229).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Floats

# Steps of boosting, the share of a step that is taken, leaves of a tree, and customers of a leaf at least (a share, a
# number): effects are not to be had from fewer.
_ROUNDS = 40
_RATE = 0.1
_LEAVES = 8
_LEAF_SHARE, _LEAF_CUSTOMERS = 0.02, 100
# Customers with the mean outcome that each direction of the regression starts with.
_RIDGE = 100.0
# Points of a feature's distribution by which the regression knows a value.
_KNOTS = 63


@dataclass(frozen=True)
class FeatureScale:
    """Features as places in their distribution: of each, some values, rising, and their places from -1 to 1."""

    places: list[tuple[Floats, Floats]]

    def codes(self, values: Floats) -> Floats:
        """Places in whole steps, 0 the lowest, NaN where unknown: boosting sorts these in a tenth of the time."""
        found = np.empty(values.shape, order="F")
        for number, ((points, _), column) in enumerate(zip(self.places, values.T, strict=True)):
            found[:, number] = np.where(np.isfinite(column), np.searchsorted(points[1:], column, side="right"), np.nan)
        return found

    def terms(self, values: Floats) -> Floats:
        """Terms of the regression: place, its square, whether it is known; shape (customers, 3 x features)."""
        found: list[Floats] = []
        for (points, places), column in zip(self.places, values.T, strict=True):
            is_known = np.isfinite(column)
            place = np.where(is_known, np.interp(np.where(is_known, column, points[0]), points, places), 0.0)
            found += [place, np.where(is_known, place**2 - 1 / 3, 0.0), is_known.astype(np.float64)]
        return np.stack(found, axis=1)


def scale_of(values: Floats) -> FeatureScale:
    """Learned from values (customers, features); NaN where unknown."""
    found = []
    for column in values.T:
        known = column[np.isfinite(column)]
        points = np.quantile(known, np.linspace(0, 1, _KNOTS), method="lower") if known.size else np.zeros(_KNOTS)
        # a value that many customers share is several points: it stands at their middle
        distinct, place = np.unique(points, return_inverse=True)
        middle = np.bincount(place.reshape(-1), weights=np.linspace(-1, 1, _KNOTS)) / np.bincount(place.reshape(-1))
        found.append((distinct, middle))
    return FeatureScale(found)


@dataclass(frozen=True)
class Forecast:
    """What `fit` has learned."""

    coefficients: Floats
    boosting: Any

    def of(self, codes: Floats, terms: Floats) -> Floats:
        """Foretold numbers, shape (customers,); codes and terms by the scale it was learned with."""
        line = terms @ self.coefficients[1:] + self.coefficients[0]
        return np.asarray((line + self.boosting.predict(codes)) / 2, dtype=np.float64)


def fit(codes: Floats, terms: Floats, target: Floats, weight: Floats) -> Forecast:
    """Learned from codes and terms (customers, …), the number to foretell and each customer's weight."""
    weight = weight / weight.mean()
    centre = weight @ terms / weight.sum()
    mean = float(weight @ target / weight.sum())
    away = terms - centre
    matrix = (away * weight[:, None]).T @ away
    matrix[np.diag_indices_from(matrix)] += _RIDGE
    slopes = np.linalg.solve(matrix, (away * weight[:, None]).T @ (target - mean))
    boosting = HistGradientBoostingRegressor(
        max_iter=_ROUNDS,
        learning_rate=_RATE,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=max(_LEAF_CUSTOMERS, int(_LEAF_SHARE * target.size)),
        max_bins=_KNOTS + 1,
        early_stopping=False,
        random_state=SEED,
    ).fit(codes, target, sample_weight=weight if np.ptp(weight) > 0 else None)
    return Forecast(np.concatenate([[mean - float(centre @ slopes)], slopes]), boosting)
