"""What a plain linear regression makes of the same facts: the yardstick that a model of purchases has to beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value.shop_at_cut import ShopAtCut

NAME = "linear_regression"


def _features(shop: ShopAtCut) -> Floats:
    """A one, repeats, last, age, recency and money so far; shape (customers, 6)."""
    histories = shop.histories
    money = np.bincount(shop.bought.customer, weights=shop.bought.revenue, minlength=shop.size)
    recency = histories.age - histories.last
    return np.column_stack([np.ones(shop.size), histories.repeats, histories.last, histories.age, recency, money])


@dataclass(frozen=True)
class LinearBaseline:
    """weights: of each feature, divided by its scale, for each target; shape (6, targets)."""

    scale: Floats
    weights: Floats

    def scores(self, shop: ShopAtCut) -> Floats:
        """Outcomes expected of each customer, at least 0; shape (customers, targets)."""
        return np.asarray(np.maximum(_features(shop) / self.scale @ self.weights, 0.0), dtype=np.float64)


def fit(shop: ShopAtCut, outcomes: Floats) -> LinearBaseline:
    """How outcomes, shape (customers, targets), followed from what was known of these customers."""
    known = _features(shop)
    # of one size, so that the least squares are well conditioned
    scale = np.maximum(np.abs(known).max(axis=0, initial=0.0), 1e-12)
    return LinearBaseline(scale, np.linalg.lstsq(known / scale, outcomes, rcond=None)[0])
