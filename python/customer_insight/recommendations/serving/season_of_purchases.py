"""How purchases of the days to come differ from those that a purchase probability was learned from."""

from __future__ import annotations

import numpy as np

from customer_insight.demand.window_totals import window_totals
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats
from customer_insight.recommendations.history.history import History


def daily_purchases(history: History) -> Floats:
    """Customers who bought on each day, the latest last; shape (days,)."""
    bought = history.demand > 0
    span = int(history.age[bought].max(initial=-1)) + 1
    keys = arrays.distinct(history.customer[bought] * max(span, 1) + history.age[bought])
    return np.bincount(keys % max(span, 1), minlength=span)[::-1].astype(np.float64)


def change(daily: Floats, days: int, trust: float) -> float:
    """What to add to the log-odds of a purchase within the days to come.

    They were learned from the last window and from how often products had been bought in the one before. Now they are
    asked with the last one, so that a change between the two is repeated, times trust (the weight of how often a
    product is bought). What is expected in its place is the mean of the logarithms of three opinions: as in the last
    window, as it goes lately, and as last year.
    """
    last, before = (max(float(part.sum()), 0.5) for part in (daily[-days:], daily[-2 * days : -days]))
    ahead = np.log(np.maximum(window_totals(daily, days), 0.5) / last)
    return float(np.nanmean([0.0, *ahead]) - trust * np.log(last / before))
