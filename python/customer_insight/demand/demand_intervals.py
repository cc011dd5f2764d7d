"""How far forecasts may be off: as far as the same method was off in the past, by how far ahead it looked.

What came is a multiple of what was foretold; the multiples of past origins are the interval (split conformal
prediction: Vovk and others 2005). Days of one origin share its error of the level, so weeks are corrected for the few
origins there are: of n the share n + 1 over n is asked for. Ends are never below zero. A week of which nothing is
expected has no interval: a multiple of nothing says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.demand.demand_backtest import LEAST_ORIGINS, DemandBacktest, is_small
from customer_insight.demand.forecasts import WEEK, weeks
from customer_insight.numerics.arrays import Floats, Ints

SHARES = (0.8, 0.95)
# Weeks ahead up to which errors are of one kind.
BANDS = (4, 8, np.inf)
_LEAST_DAYS_SOLD, _LEAST_WEEKS_SOLD = 30, 8
# A week of which a fiftieth came, or fifty times as much, is off by as much as can be said.
_MOST_LOG = float(np.log(50.0))


@dataclass(frozen=True)
class Multiples:
    """By band of weeks ahead and end (low and high of each share): what to multiply with; NaN: not known."""

    of_days: Floats
    of_weeks: Floats

    def ends(self, forecast: Floats) -> Floats:
        """(ends, series, days) of daily forecasts (series, days)."""
        ends = _multiplied(forecast, self.of_days, np.arange(forecast.shape[-1], dtype=np.int64) // WEEK)
        return np.where(np.repeat(weeks(forecast) > 0, WEEK, axis=-1), ends, np.nan)

    def ends_of_weeks(self, forecast: Floats) -> Floats:
        """(ends, series, weeks) of weekly forecasts (series, weeks)."""
        ends = _multiplied(forecast, self.of_weeks, np.arange(forecast.shape[-1], dtype=np.int64))
        return np.where(forecast > 0, ends, np.nan)


def multiples(past: DemandBacktest, method: int, known_days: int, horizon: int) -> Multiples:
    """From what had come by `known_days`, at the origins before it; of bands within so many days ahead."""
    of_days: list[list[Floats]] = [[] for _ in BANDS]
    of_weeks: list[list[Floats]] = [[] for _ in BANDS]
    for number, origin in enumerate(past.origins):
        forecast = past.forecasts[number, method]
        if origin >= known_days or not np.isfinite(forecast).all():
            continue
        is_enough = ~is_small(forecast)[:, :horizon]
        forecast, came = forecast[:, :horizon], past.came(number)[:, :horizon]
        came[:, known_days - origin :] = np.nan
        band = np.searchsorted(BANDS, np.arange(forecast.shape[1]) // WEEK, side="right")
        told = np.isfinite(came) & is_enough
        whole, whole_came = weeks(forecast), weeks(came)
        told_weeks = np.isfinite(whole_came) & (whole > 0)
        for place in range(len(BANDS)):
            days = told & (band == place)
            of_days[place].append(came[days] / forecast[days])
            chosen = told_weeks & (band[::WEEK] == place)
            of_weeks[place].append(whole_came[chosen] / whole[chosen])
    return Multiples(
        np.array([_quantiles(parts) for parts in _filled(of_days)]),
        np.array([_distances(parts) for parts in _filled(of_weeks)]),
    )


def _filled(bands: list[list[Floats]]) -> list[list[Floats]]:
    """A band of which nothing is known has the multiples of the one before it."""
    found = [[part for part in parts if part.size] for parts in bands]
    for place in range(1, len(found)):
        found[place] = found[place] or found[place - 1]
    return found


def _is_little(parts: list[Floats], least: int) -> bool:
    """Whether there are too few origins, or days (weeks) on which anything was sold, to tell an interval from."""
    return len(parts) < LEAST_ORIGINS or sum(int((part > 0).sum()) for part in parts) < least


def _quantiles(parts: list[Floats]) -> Floats:
    if _is_little(parts, _LEAST_DAYS_SOLD):
        return np.full(2 * len(SHARES), np.nan)
    asked = [end for share in SHARES for end in ((1 - share) / 2, (1 + share) / 2)]
    return np.asarray(np.quantile(np.concatenate(parts), asked), dtype=np.float64)


def _distances(parts: list[Floats]) -> Floats:
    if _is_little(parts, _LEAST_WEEKS_SOLD):
        return np.full(2 * len(SHARES), np.nan)
    logs = np.log(np.maximum(np.concatenate(parts), 1e-9))
    distance = np.minimum(np.abs(logs), _MOST_LOG)
    asked = [min(1.0, share * (1 + 1 / len(parts))) for share in SHARES]
    reach = np.quantile(distance, asked)
    return np.asarray([end for each in reach for end in (np.exp(-each), np.exp(each))], dtype=np.float64)


def _multiplied(forecast: Floats, ends: Floats, week: Ints) -> Floats:
    band = np.searchsorted(BANDS, week, side="right")
    return np.asarray(np.moveaxis(forecast[..., None] * ends[band], -1, 0), dtype=np.float64)
