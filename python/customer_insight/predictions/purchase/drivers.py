"""What moved each customer's answer most: effects on the log-odds before calibration, which add up with the baseline.

For each customer: rank 0 is the baseline (the answer for an average customer), 1 to 5 the strongest features, and after
them all others together. Their sum is exactly the model's log-odds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.predictions.purchase.features import Features

SHOWN = 5
BASELINE = "baseline"
OTHERS = "all_other_features"
# Effects closer than this are the same, so that rounding does not order them.
_DECIMALS = 12


@dataclass(frozen=True)
class Drivers:
    """Rows of shape (rows,), by customer and rank. customer: place among those predicted. feature: place in `names`."""

    customer: Ints
    rank: Ints
    feature: Ints
    value: Floats
    effect: Floats


_NOTHING, _NO_PLACES = np.zeros(0), np.zeros(0, dtype=np.int64)
NOBODY = Drivers(_NO_PLACES, _NO_PLACES, _NO_PLACES, _NOTHING, _NOTHING)


def names(features: list[str]) -> list[str]:
    """Names by the numbers that `feature` holds."""
    return [*features, BASELINE, OTHERS]


def strongest(known: Features, effects: Floats, base: float) -> Drivers:
    """From effects (customers, features) and their base. Without an effect there is no row, but for the baseline."""
    count, width = effects.shape
    shown = min(SHOWN, width)
    order = np.argsort(-np.abs(np.round(effects, _DECIMALS)), axis=1, kind="stable")[:, :shown]
    top = np.take_along_axis(effects, order, axis=1)
    rest = effects.sum(axis=1) - top.sum(axis=1)
    feature = np.column_stack([np.full(count, width), order, np.full(count, width + 1)])
    effect = np.column_stack([np.full(count, base), top, rest])
    own = np.take_along_axis(known.values, order, axis=1)
    blank = np.full((count, 1), np.nan)
    value = np.concatenate([blank, own, blank], axis=1)
    rank = np.broadcast_to(np.arange(shown + 2), feature.shape)
    customer = np.broadcast_to(np.arange(count)[:, None], feature.shape)
    has_effect = np.abs(effect) > 10.0**-_DECIMALS
    has_effect[:, 0] = True
    return Drivers(*(part[has_effect] for part in (customer, rank, feature, value, effect)))
