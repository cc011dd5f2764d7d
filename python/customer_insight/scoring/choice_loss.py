"""What a choice loses: how much better the best one would have been, had the future chosen it.

The best is picked on a random half of the customers of the window that reports and measured on the other half, where
the chosen one is measured, too: so that it is not the best by luck. Below zero the chosen one did better than what
half of the future would have picked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Floats
from customer_insight.scoring.intervals import intervals, resampled

METRIC = "choice_loss"
# Random halves whose mean is the figure.
SPLITS = 20


@dataclass(frozen=True)
class ChoiceLoss:
    """Share of the best one's figure, with the ends of its 95 % interval; NaN where there is nothing to compare."""

    value: float
    low: float
    high: float


def choice_loss(values: Floats, chosen: int) -> ChoiceLoss:
    """values: shape (customers, methods), more is better (of losses their negative). chosen: the column that serves.

    The interval is that of customers drawn again, each time with another half.
    """
    if len(values) < 2 or values.shape[1] < 2:
        return ChoiceLoss(np.nan, np.nan, np.nan)
    halves = np.stack([_half(len(values), seed) for seed in range(SPLITS)])
    generator = np.random.default_rng(0)

    def losses(times: Floats) -> Floats:
        return _losses(values, chosen, times, generator.random(times.shape) < 1 / 2)

    found = _losses(values, chosen, np.ones(halves.shape), halves)
    drawn = resampled(len(values), losses)
    low, high = intervals(drawn[np.isfinite(drawn)][:, None]) if np.isfinite(drawn).any() else ([np.nan], [np.nan])
    value = float(found[np.isfinite(found)].mean()) if np.isfinite(found).any() else np.nan
    return ChoiceLoss(value, float(low[0]), float(high[0]))


def _half(size: int, seed: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """True for a random half."""
    return np.asarray(np.random.default_rng(seed).permutation(size) < size // 2, dtype=np.bool_)


def _losses(
    values: Floats, chosen: int, times: Floats, is_first: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Floats:
    """One loss a row of `times`, how often each customer was drawn; NaN where a half is empty or the best is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (
            (times * part) @ values / (times * part).sum(axis=1, keepdims=True) for part in (is_first, ~is_first)
        )
        best = second[np.arange(len(second)), np.where(np.isnan(first), -np.inf, first).argmax(axis=1)]
        return np.asarray((best - second[:, chosen]) / np.abs(best), dtype=np.float64)
