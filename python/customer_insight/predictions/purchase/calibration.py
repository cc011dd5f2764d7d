"""From log-odds to probabilities that come true: a logistic curve, with a level for each window that was learned from.

How much customers differ is learned from all windows together (the slope). How many buy differs from window to window
(the levels): the next one is predicted from the latest and from the same days a year before, half each. Where the
history is shorter than that, from the latest alone, as far as levels have lasted from one window to the next. What the
shop's forecast says of the next window moves it once more, see `expected_buyers`.

Source: Platt 1999 (the curve).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from customer_insight.numerics.arrays import Bools, Floats, Ints

# Information (sum of p (1 - p)) that counts for the mean of all levels, against that of one window.
_PRIOR_INFORMATION = 25.0
# Steps of Newton's method at most.
_STEPS = 50
_RIDGE = 1e-6
# Pull of a level towards the common one, so that a window in which all or none bought has a level, too.
_PULL = 0.1
# Buyers, and customers who do not buy, that are expected at least.
_LEAST = 0.5
_BEYOND = 1e-3


@dataclass(frozen=True)
class Calibration:
    """probability = expit(slope x log-odds + level)."""

    slope: float
    level: float

    def probabilities(self, log_odds: Floats) -> Floats:
        """Probabilities, shape (customers,)."""
        return np.asarray(expit(self.slope * log_odds + self.level), dtype=np.float64)

    def with_buyers(self, log_odds: Floats, buyers: float) -> Calibration:
        """The same slope, at the level at which the probabilities of these customers add up to so many buyers."""
        if log_odds.size <= 2 * _LEAST:
            return self
        wanted = float(np.clip(buyers, _LEAST, log_odds.size - _LEAST))
        scores = self.slope * log_odds
        # a bit beyond the ends between which it lies: at an end itself the sum of a million is off by its rounding
        low, high = (
            end + np.log(wanted / (scores.size - wanted)) for end in (-scores.max() - _BEYOND, -scores.min() + _BEYOND)
        )
        return replace(self, level=float(brentq(lambda level: expit(scores + level).sum() - wanted, low, high)))


@dataclass(frozen=True)
class WindowLevels:
    """The slope of all windows; of each window its level and how far to trust it, 0 to 1: (windows,), the latest first.

    year_before: the window of the same days a year before the one to be predicted, the last number, or None.
    """

    slope: float
    levels: Floats
    trust: Floats
    year_before: int | None

    @property
    def windows(self) -> int:
        """Windows one after the other; that of the year before is none of them."""
        return self.levels.size - (self.year_before is not None)

    def next(self) -> Calibration:
        """Of the window to be predicted."""
        away, middle = self._away(self.levels, self.trust)
        if self.year_before is None:
            return Calibration(self.slope, middle + _persistence(away) * float(away[0]))
        return Calibration(self.slope, middle + float(away[0] + away[self.year_before]) / 2)

    def of_window(self, number: int) -> Calibration:
        """Of a window learned from, as the ones before it would have had it."""
        earlier = slice(number + 1, self.windows)
        away, middle = self._away(self.levels[earlier], self.trust[earlier])
        return Calibration(self.slope, middle + _persistence(away) * float(away[0]))

    def _away(self, levels: Floats, trust: Floats) -> tuple[Floats, float]:
        middle = float((levels * trust).sum() / max(trust.sum(), 1e-9))
        return (levels - middle) * trust, middle


def fit(log_odds: Floats, bought: Bools, window: Ints, year_before: int | None) -> WindowLevels:
    """From customers that the log-odds were not learned from; window: number of each one's window, 0 is the latest."""
    common = float(_curve(log_odds, bought, np.zeros_like(window))[1][0])
    slope, levels = _curve(log_odds, bought, window, common)
    chance = expit(slope * log_odds + common)
    information = np.bincount(window, weights=chance * (1 - chance), minlength=levels.size)
    return WindowLevels(slope, levels, information / (information + _PRIOR_INFORMATION), year_before)


def _persistence(away: Floats) -> float:
    """How much of a level's distance from the mean is left a window later, 0 to 1; away: the latest window first."""
    later, earlier = away[:-1], away[1:]
    spread = float(earlier @ earlier)
    return float(np.clip(later @ earlier / spread, 0.0, 1.0)) if spread > 0 else 0.0


def _curve(log_odds: Floats, bought: Bools, window: Ints, common: float = 0.0) -> tuple[float, Floats]:
    """Slope and levels of greatest likelihood, by Newton's method; 0 where the slope would turn the order round."""
    count = int(window.max()) + 1
    slope, levels = 1.0, np.full(count, common)
    for _ in range(_STEPS):
        probability = expit(slope * log_odds + levels[window])
        weight = probability * (1 - probability)
        miss = bought - probability
        # the levels' part of the Hessian is diagonal: eliminated by hand
        diagonal = np.bincount(window, weights=weight, minlength=count) + _PULL
        cross = np.bincount(window, weights=weight * log_odds, minlength=count)
        gradient = np.bincount(window, weights=miss, minlength=count) - _PULL * (levels - common)
        pull = float(miss @ log_odds) - _RIDGE * (slope - 1.0)
        curvature = float(weight @ log_odds**2) + _RIDGE - float((cross**2 / diagonal).sum())
        step = (pull - float((cross * gradient / diagonal).sum())) / max(curvature, _RIDGE)
        step = float(np.clip(step, -1.0, 1.0))
        change = np.clip((gradient - cross * step) / diagonal, -2.0, 2.0)
        slope, levels = slope + step, levels + change
        if abs(step) < 1e-10 and np.abs(change).max() < 1e-10:
            break
    if slope < 0:
        return 0.0, _curve(np.zeros(log_odds.size), bought, window, common)[1]
    return slope, levels
