"""Ways to go on with series of days: each takes (series, days) and gives (series, horizon), whole weeks.

A week is the last seven days, not one of the calendar. Where the history is too short for a method it answers NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from customer_insight.demand import rare_sellers
from customer_insight.numerics.arrays import Bools, Floats

WEEK = 7
# Weeks of the year, so that the same weekday is met.
YEAR = 52 * WEEK
DemandMethod: TypeAlias = Callable[[Floats, int], Floats]

_LEVEL_WEEKS = 8
_PROFILE_WEEKS = 16
_GROWTH_WEEKS = 12
_LEAST_GROWTH_WEEKS = 4
# Growth on last year beyond which it is an accident.
_MOST_GROWTH = 4.0
# How much of the last week's surprise stays.
_SMOOTHINGS = (0.05, 0.1, 0.2, 0.3, 0.5)
_FIRST_WEEKS = 4
# Share of the mean week below which a week was closed rather than weak.
_NEXT_TO_NOTHING = 0.1


def weeks(days: Floats) -> Floats:
    """Sums of weeks, shape (..., days / 7)."""
    return np.asarray(days.reshape(*days.shape[:-1], -1, WEEK).sum(axis=-1), dtype=np.float64)


def weekday_means(history: Floats, horizon: int) -> Floats:
    """Each weekday's mean of the last eight weeks."""
    level = weeks(_last(history, _LEVEL_WEEKS)).mean(axis=-1, keepdims=True)
    return _spread(np.repeat(level, horizon // WEEK, axis=-1), _profile(history, _LEVEL_WEEKS))


def smoothing(history: Floats, horizon: int) -> Floats:
    """Weeks by exponential smoothing, spread over weekdays: of five rates the one that foretold each series best."""
    known = _known_weeks(history)
    rates = np.array(_SMOOTHINGS).reshape(-1, *(1,) * (known.ndim - 1))
    level = np.repeat(known[None, ..., :_FIRST_WEEKS].mean(axis=-1), rates.size, axis=0)
    error = np.zeros_like(level)
    for week in np.moveaxis(known[..., _FIRST_WEEKS:], -1, 0):
        surprise = week - level
        error += surprise**2
        level += rates * surprise
    best = np.take_along_axis(level, error.argmin(axis=0)[None], axis=0)[0]
    return _spread(np.repeat(best[..., None], horizon // WEEK, axis=-1), _profile(history, _PROFILE_WEEKS))


def croston(history: Floats, horizon: int) -> Floats:
    """Rare sellers by the size of a sale and the pause between two (SBA), the others by smoothing."""
    return _of_rare(history, horizon, rare_sellers.sba)


def tsb(history: Floats, horizon: int) -> Floats:
    """Rare sellers by the size of a sale and its chance, which falls each week without one; the others by smoothing."""
    return _of_rare(history, horizon, rare_sellers.tsb)


def last_year(history: Floats, horizon: int) -> Floats:
    """The same weekdays 52 weeks before."""
    return _in_season(history, horizon, _of_last_year(history, horizon))


def last_year_weeks(history: Floats, horizon: int) -> Floats:
    """The sums of last year's weeks, spread over weekdays as the last sixteen weeks were."""
    return _in_season(history, horizon, _weeks_of_last_year(history, horizon))


def last_year_smoothed(history: Floats, horizon: int) -> Floats:
    """The same of weeks that are half their own, a quarter each neighbour: a single week of last year is noise."""
    return _in_season(history, horizon, _smoothed_weeks_of_last_year(history, horizon))


def last_year_grown(history: Floats, horizon: int) -> Floats:
    """Smoothed, times the square root of how the last twelve weeks have grown on those of the year before."""
    known = min(_GROWTH_WEEKS, (history.shape[-1] - YEAR) // WEEK)
    if known < _LEAST_GROWTH_WEEKS:
        return np.full((*history.shape[:-1], horizon), np.nan)
    now = _last(history, known).sum(axis=-1)
    then = history[..., -YEAR - WEEK * known : -YEAR].sum(axis=-1)
    growth = np.divide(now, then, out=np.ones_like(now), where=then > 0)
    bounded = np.sqrt(np.clip(growth, 1 / _MOST_GROWTH, _MOST_GROWTH))
    return _in_season(history, horizon, _smoothed_weeks_of_last_year(history, horizon) * bounded[..., None])


def blend(history: Floats, horizon: int) -> Floats:
    """The mean of exponential smoothing and last year's smoothed weeks."""
    return (smoothing(history, horizon) + last_year_smoothed(history, horizon)) / 2


def answers(name: str, history: Floats) -> Bools:
    """For which series a method has an answer of its own; the others go by FALLBACK. (series,)"""
    if name in SEASONAL:
        return has_season(history)
    if name in OF_RARE:
        return rare_sellers.is_rare(_known_weeks(history))
    return np.ones(history.shape[:-1], dtype=np.bool_)


def has_season(history: Floats) -> Bools:
    """Which series were sold a year ago already: of the others last year says nothing. (series,)"""
    if history.shape[-1] < YEAR:
        return np.zeros(history.shape[:-1], dtype=np.bool_)
    return np.asarray((history[..., : history.shape[-1] - YEAR + 1] > 0).any(axis=-1), dtype=np.bool_)


# By rising complexity.
METHODS: dict[str, DemandMethod] = {
    "weekday_means": weekday_means,
    "smoothing": smoothing,
    "croston": croston,
    "tsb": tsb,
    "last_year": last_year,
    "last_year_weeks": last_year_weeks,
    "last_year_smoothed": last_year_smoothed,
    "last_year_grown": last_year_grown,
    "blend": blend,
}
# Those that go by last year, those of rare sellers, and what a series gets that they do not know.
SEASONAL = ("last_year", "last_year_weeks", "last_year_smoothed", "last_year_grown", "blend")
OF_RARE = ("croston", "tsb")
FALLBACK = "smoothing"
# Of several that do as well it is the first of these, else the best of the others: the next weeks need not be like
# those that were judged, and these know the season.
PREFERRED = ("last_year_smoothed", "last_year_weeks", "last_year_grown", "blend")
# Days below which nothing is forecast.
LEAST_DAYS = 4 * WEEK


def _in_season(history: Floats, horizon: int, forecast: Floats) -> Floats:
    """Series that were not sold a year ago go on by smoothing; NaN where that is all of them, or the year is short."""
    seasonal = has_season(history)
    if not seasonal.any() or horizon > YEAR:
        return np.full((*history.shape[:-1], horizon), np.nan)
    return forecast if seasonal.all() else np.where(seasonal[..., None], forecast, smoothing(history, horizon))


def _of_rare(history: Floats, horizon: int, level: Callable[[Floats], Floats]) -> Floats:
    known = _known_weeks(history)
    is_rare = rare_sellers.is_rare(known)
    of_weeks = np.repeat(level(known)[..., None], horizon // WEEK, axis=-1)
    said = _spread(of_weeks, _profile(history, _PROFILE_WEEKS))
    return np.where(is_rare[..., None], said, smoothing(history, horizon))


def _known_weeks(history: Floats) -> Floats:
    return weeks(_last(history, history.shape[-1] // WEEK))


def _of_last_year(history: Floats, horizon: int) -> Floats:
    if history.shape[-1] < YEAR or horizon > YEAR:
        return np.full((*history.shape[:-1], horizon), np.nan)
    return np.asarray(history[..., -YEAR:][..., :horizon], dtype=np.float64)


def _weeks_of_last_year(history: Floats, horizon: int) -> Floats:
    return _spread(weeks(_of_last_year(history, horizon)), _profile(history, _PROFILE_WEEKS))


def _smoothed_weeks_of_last_year(history: Floats, horizon: int) -> Floats:
    """Weeks in which next to nothing was sold stay as they are, and nobody's neighbours: the shop was closed."""
    own = weeks(_of_last_year(history, horizon))
    start, count = history.shape[-1] - YEAR, horizon // WEEK
    found = np.zeros((*own.shape[:-1], count + 2))
    found[..., 1:-1] = own
    if start >= WEEK:
        found[..., 0] = history[..., start - WEEK : start].sum(axis=-1)
    if start + WEEK * (count + 1) <= history.shape[-1]:
        found[..., -1] = history[..., start + WEEK * count : start + WEEK * (count + 1)].sum(axis=-1)
    is_open = found > _NEXT_TO_NOTHING * found.mean(axis=-1, keepdims=True)
    kept, weight = np.where(is_open, found, 0.0), is_open.astype(np.float64)
    total = kept[..., 1:-1] / 2 + kept[..., :-2] / 4 + kept[..., 2:] / 4
    parts = weight[..., 1:-1] / 2 + weight[..., :-2] / 4 + weight[..., 2:] / 4
    smooth = np.divide(total, parts, out=own.copy(), where=is_open[..., 1:-1])
    return _spread(smooth, _profile(history, _PROFILE_WEEKS))


def _last(history: Floats, count: int) -> Floats:
    return history[..., -WEEK * min(count, history.shape[-1] // WEEK) :]


def _profile(history: Floats, count: int) -> Floats:
    """The share of each weekday in the last `count` weeks; all the same where nothing was sold. (series, 7)"""
    last = _last(history, count)
    days = last.reshape(*last.shape[:-1], -1, WEEK).sum(axis=-2)
    total = days.sum(axis=-1, keepdims=True)
    shares: Floats = np.divide(days, total, out=np.full_like(days, 1 / WEEK), where=total > 0)
    return shares


def _spread(of_weeks: Floats, profile: Floats) -> Floats:
    days = of_weeks[..., None] * profile[..., None, :]
    return np.asarray(days.reshape(*of_weeks.shape[:-1], -1), dtype=np.float64)
