"""What so many days to come bring in all, of one series of days: as it goes lately, and as it went a year ago."""

from __future__ import annotations

import numpy as np

from customer_insight.demand.forecasts import LEAST_DAYS, WEEK, YEAR, last_year_grown, last_year_weeks, smoothing
from customer_insight.numerics.arrays import Floats

# Days without which nothing is said of days to come.
LEAST_HISTORY = 2 * LEAST_DAYS
# Days before the year that are compared with the latest, and the share of these below which the shop was not open yet.
_COMPARED, _NOT_OPEN = 12 * WEEK, 0.1


def window_totals(history: Floats, days: int) -> Floats:
    """Totals of the days after the history: by smoothing, and by last year; shape (2,), NaN where a way knows nothing.

    history: (days,), the last day last. It says nothing where it is shorter than LEAST_HISTORY, last year nothing where
    there was none or the shop was not open yet, and smoothing nothing of more than half a year where there was one:
    most of it is other seasons.
    """
    totals = np.full(2, np.nan)
    if history.size < LEAST_HISTORY:
        return totals
    covered = min(-(-days // WEEK) * WEEK, YEAR)
    asked = min(days, covered)
    if _was_open(history):
        last_year = last_year_grown(history[None], covered)
        if not np.isfinite(last_year).all():
            last_year = last_year_weeks(history[None], covered)
        totals[1] = last_year[0, :asked].sum()
    if 2 * days <= YEAR or np.isnan(totals[1]):
        totals[0] = smoothing(history[None], covered)[0, :asked].sum()
    return totals * days / asked


def _was_open(history: Floats) -> bool:
    """Whether a shop was there a year ago, and not a trial order alone, by which nothing would be expected now."""
    start = history.size - YEAR
    if start < 0:
        return False
    then = history[max(0, start - _COMPARED) : start + LEAST_DAYS]
    return bool(then.mean() >= _NOT_OPEN * history[-_COMPARED:].mean())
