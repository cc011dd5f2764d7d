"""How many of the customers known at a cut buy in the window from it: what the shop's forecast says of it.

The buyers of each day go on as they go lately, and as they went a year ago; the shop's customers have made a share of
these days, counted in the latest windows. What the models of customers expect is a third opinion, and what is
expected is the mean of the logarithms of all: each knows what the others do not. A model of customers knows neither
Christmas nor the slack after it; last year does not know who has been lost; smoothing knows neither, and is late.

How far that was off in past windows says how far it may be off now. Few windows say little, so they begin with what
errors are in most shops; where no year is known they are larger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.demand.window_totals import window_totals
from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.purchase.calibration import Calibration, WindowLevels
from customer_insight.predictions.purchase.purchase_windows import PurchasePast

# Days within which the share of the shop's customers in all buyers hardly changes.
_SHARE_DAYS = 90
OPINIONS = 3
_LEAST_BUYERS = 0.5
# Errors of the logarithm to begin with, and for how many windows they count.
_ERROR_WITH_SEASON, _ERROR_WITHOUT_SEASON, _PRIOR_WINDOWS = 0.12, 0.25, 4
# Windows that have to lie before one for its level to be told from them.
_LEAST_BEFORE = 2
# Of the normal distribution: eight tenths lie within so many deviations.
_DEVIATIONS_80 = 1.2816


@dataclass(frozen=True)
class ExpectedBuyers:
    """calibration: at which probabilities add up to what is expected. error: of the logarithm of that, a deviation.

    knows_season: whether what came a year ago is among what it was told from.
    """

    calibration: Calibration
    buyers: float
    error: float
    knows_season: bool

    @property
    def reach_80(self) -> float:
        """The interval that holds eight of ten is from the expected over this to the expected times this."""
        return float(np.exp(_DEVIATIONS_80 * self.error))


def expect(past: PurchasePast, cut: int, levels: WindowLevels, log_odds: Floats, errors: Floats) -> ExpectedBuyers:
    """Of the window from the cut. log_odds: of the customers known at the cut; errors: see `errors_of_window`."""
    found = levels.next()
    logs = _opinions(past, cut, found, log_odds)
    known = np.flatnonzero(np.isfinite(logs))
    weights = _weights(errors[:, known])
    buyers = float(np.exp(weights @ logs[known]))
    knows_season = bool(np.isfinite(logs[-1]))
    prior = _ERROR_WITH_SEASON if knows_season else _ERROR_WITHOUT_SEASON
    whole = errors[:, known] @ weights
    whole = whole[np.isfinite(whole)]
    error = float(np.sqrt((whole @ whole + _PRIOR_WINDOWS * prior**2) / (whole.size + _PRIOR_WINDOWS)))
    return ExpectedBuyers(found.with_buyers(log_odds, buyers), buyers, error, knows_season)


def errors_of_window(
    past: PurchasePast, cut: int, levels: WindowLevels, number: int, log_odds: Floats, came: int
) -> Floats:
    """Errors of the logarithms in a window learned from, (opinions,); NaN: none.

    Totals and levels are of what was known before it. The slope and the log-odds, of classifiers that have not seen
    these customers, are learned from all windows: no classifier is fitted for this once more.

    cut: of that window; number: its place; log_odds: of its customers; came: buyers among them.
    """
    if number + 1 + _LEAST_BEFORE > levels.windows:
        return np.full(OPINIONS, np.nan)
    said = _opinions(past, cut, levels.of_window(number), log_odds)
    return np.asarray(said - np.log(max(came, _LEAST_BUYERS)), dtype=np.float64)


def _weights(errors: Floats) -> Floats:
    """Of each opinion, by how far it was off: (opinions,), adding up to 1 (Bates and Granger 1969)."""
    count = np.isfinite(errors).sum(axis=0)
    squares = (np.nansum(errors**2, axis=0) + _PRIOR_WINDOWS * _ERROR_WITH_SEASON**2) / (count + _PRIOR_WINDOWS)
    return np.asarray((1 / squares) / (1 / squares).sum(), dtype=np.float64)


def _opinions(past: PurchasePast, cut: int, found: Calibration, log_odds: Floats) -> Floats:
    """Logarithms of the buyers in the window from the cut: by customers, lately, and by last year; NaN: not known."""
    logs = np.full(OPINIONS, np.nan)
    logs[0] = np.log(max(float(found.probabilities(log_odds).sum()), _LEAST_BUYERS))
    windows = past.training_cuts(cut)[: max(1, _SHARE_DAYS // past.horizon_days)]
    ratios = [past.known_buyers(at) / days for at in windows if (days := past.buyer_days(at)) > 0]
    if ratios:
        totals = window_totals(past.daily_buyers(cut), past.horizon_days) * float(np.mean(ratios))
        logs[1:] = np.log(np.maximum(totals, _LEAST_BUYERS))
    return logs
