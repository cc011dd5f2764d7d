"""Forecasts that agree with each other: categories add up to the shop, and who buys is new or returns, and ordered.

Each measure is forecast by itself, by what foretold it best; then what is smaller gives way. What is used is
judged as it was then, when all agreed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from customer_insight.demand.demand_backtest import WINDOW, DemandBacktest
from customer_insight.demand.demand_intervals import multiples
from customer_insight.demand.forecasts import WEEK, weeks
from customer_insight.numerics.arrays import Bools, Floats

# What the categories' sums are the shop's of: an order may have several categories.
ADDED_UP = ("revenue", "units")
KINDS_OF_BUYERS = ("returning_buyers", "new_buyers")


@dataclass(frozen=True)
class DemandForecast:
    """days: (series, horizon). ends: of days, (ends, series, horizon), and of weeks, (ends, series, weeks).

    is_own: which series the method knows, (series,); the others go by FALLBACK. came: what it came to,
    (series, horizon), where that is known.
    """

    days: Floats
    ends: Floats
    ends_of_weeks: Floats
    method: str
    is_own: Bools
    came: Floats | None = None


def ahead(past: DemandBacktest) -> DemandForecast:
    """By the method that all origins choose."""
    place = past.chosen(len(past.origins))
    return _forecast(past, len(past.origins), place, past.ahead[place], past.values.shape[1])


def said_at(past: DemandBacktest, number: int) -> DemandForecast:
    """What was said at an origin of the next four weeks, by what was known there, and what came."""
    return said_by(past, number, past.chosen(number))


def said_by(past: DemandBacktest, number: int, place: int) -> DemandForecast:
    """The same of one method, by its place in the names."""
    said = _forecast(past, number, place, past.forecasts[number, place, :, :WINDOW], past.origins[number])
    return replace(said, came=past.came(number)[:, :WINDOW])


def _forecast(past: DemandBacktest, number: int, place: int, days: Floats, known_days: int) -> DemandForecast:
    """With intervals; those of closed days, and of weeks that are closed throughout, are zero like what is said."""
    known, shut = multiples(past, place, known_days, days.shape[1]), past.shut[number, : days.shape[1]]
    ends = np.where(shut, 0.0, known.ends(days))
    of_weeks = np.where(shut.reshape(-1, WEEK).all(axis=1), 0.0, known.ends_of_weeks(weeks(days)))
    # a copy, since a part of an array holds all of it
    return DemandForecast(days.copy(), ends, of_weeks, past.names[place], past.is_own[number, place])


def coherent(found: dict[str, DemandForecast], whole: dict[str, DemandForecast] | None) -> dict[str, DemandForecast]:
    """By measure, what agrees. whole: of the shop, where these are its categories, else None."""
    made = dict(found)
    for measure in ADDED_UP if whole else ():
        if measure in made and whole and measure in whole:
            made[measure] = _shared_out(made[measure], whole[measure].days[0])
    if "buyers" in made:
        bounded = np.minimum(made["buyers"].days, made["orders"].days)
        made["buyers"] = _scaled(made["buyers"], bounded)
        kinds = [kind for kind in KINDS_OF_BUYERS if kind in made]
        total = np.sum([made[kind].days for kind in kinds], axis=0)
        for kind in kinds:
            share = np.divide(made[kind].days, total, out=np.full_like(total, 1 / len(kinds)), where=total > 0)
            made[kind] = _scaled(made[kind], bounded * share)
    return made


def _shared_out(parts: DemandForecast, whole: Floats) -> DemandForecast:
    """Categories times what makes their sum the shop's, each day; where all say zero it is shared out evenly."""
    total = parts.days.sum(axis=0)
    factor = np.divide(whole, total, out=np.ones_like(total), where=total > 0)
    return _scaled(parts, np.where(total > 0, parts.days * factor, whole / max(1, parts.days.shape[0])))


def _scaled(found: DemandForecast, days: Floats) -> DemandForecast:
    """The same with other days: ends move in proportion, and what was zero and is more has none."""
    by_day = np.divide(days, found.days, out=_unknown(days), where=found.days > 0)
    by_week = np.divide(weeks(days), weeks(found.days), out=_unknown(weeks(days)), where=weeks(found.days) > 0)
    return replace(found, days=days, ends=found.ends * by_day, ends_of_weeks=found.ends_of_weeks * by_week)


def _unknown(days: Floats) -> Floats:
    return np.where(days > 0, np.nan, 1.0)
