"""What so many days to come bring in all, of one series of days: as it goes lately, and as it went a year ago."""

from __future__ import annotations

import numpy as np

from customer_insight.demand.forecasts import LEAST_DAYS, WEEK, last_year_grown, last_year_weeks, smoothing
from customer_insight.numerics.arrays import Floats

# Days without which nothing is said of days to come.
LEAST_HISTORY = 2 * LEAST_DAYS


def window_totals(history: Floats, days: int) -> Floats:
    """Totals of the days after the history, (ways,): by smoothing, and by last year where it is known.

    history: (days,), the last day last. No way where it is shorter than LEAST_HISTORY.
    """
    if history.size < LEAST_HISTORY:
        return np.zeros(0)
    horizon = -(-days // WEEK) * WEEK
    found = [smoothing(history[None], horizon)]
    for method in (last_year_grown, last_year_weeks):
        last_year = method(history[None], horizon)
        if np.isfinite(last_year).all():
            found.append(last_year)
            break
    return np.array([each[0, :days].sum() for each in found])
