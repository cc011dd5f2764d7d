"""What a plain linear regression makes of the same facts: the yardstick that a model of purchases has to beat."""

from __future__ import annotations

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


def predict(before: ShopAtCut, outcomes: Floats, now: ShopAtCut) -> Floats:
    """Outcomes expected of the customers of `now`, at least 0, as they followed from the facts one window earlier.

    outcomes: of the customers of `before`, shape (customers before, targets); returns (customers now, targets).
    """
    known, features = _features(before), _features(now)
    # of one size, so that the least squares are well conditioned
    scale = np.maximum(np.abs(known).max(axis=0, initial=0.0), 1e-12)
    weights = np.linalg.lstsq(known / scale, outcomes, rcond=None)[0]
    return np.asarray(np.maximum(features / scale @ weights, 0.0), dtype=np.float64)
