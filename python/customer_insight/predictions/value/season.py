"""How many purchases the days to come hold, beside what the model of purchases expects, which knows no season.

The purchases of each day go on as they go lately, and as they went a year ago. Known customers have a part of these:
the mean of two logarithms, that of the share which those known before the last such window made of it, and that of the
share grown as the model says that purchases of known customers have. The share alone is too small where known customers
become more, and the growth too large where an export begins in the middle of a shop's life. With what the model expects
these are two or three opinions, and what is expected is the mean of their logarithms (see also `expected_buyers`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.demand.window_totals import window_totals
from customer_insight.numerics import arrays
from customer_insight.predictions.value import purchase_histories
from customer_insight.predictions.value.purchase_histories import Histories, PurchaseDays

# Deviation of the logarithm of what is expected in all, where a year is known and where none is.
_ERROR_WITH_SEASON, _ERROR_WITHOUT_SEASON = 0.12, 0.25
# Of what the model expects, what the others say moves it at most by so much.
_MOST = 3.0
# Purchases before the last window, as a share of those in it, below which the shop was not open yet.
_NOT_OPEN = 0.1


@dataclass(frozen=True)
class Season:
    """factor: what the model's purchases are to be multiplied with. error: deviation of the logarithm of their sum."""

    factor: float
    error: float
    knows_year: bool


def histories_before(bought: PurchaseDays, days: int) -> Histories | None:
    """Of the customers known before the last so many days, as they stood there; None where that is too little."""
    known = bought.before(days)
    if not known.day.size or 1 - int(known.day.min()) < days:
        return None
    codes, customer = arrays.dense(known.customer)
    return purchase_histories.histories(customer, known.day, 0, codes.size)


def expect(bought: PurchaseDays, days: int, said: float, said_before: float = 0.0) -> Season:
    """Of the days after day 0. said: purchases that the model expects of all customers together; said_before: those
    that it would have expected of `histories_before`; 0: not known.

    Two such windows have to lie in the past, with more than a trial order before the last one: without them the model
    alone has an opinion, since nobody could say which share of a window known customers make.
    """
    span = 1 - int(bought.day.min()) if bought.day.size else 0
    if span < 2 * days or said <= 0:
        return Season(1.0, _ERROR_WITHOUT_SEASON, knows_year=False)
    first = np.full(int(bought.customer.max()) + 1, 1, dtype=np.int64)
    np.minimum.at(first, bought.customer, bought.day)
    last = bought.day > -days
    known = (first[bought.customer[last]] <= -days).sum()
    if not known or (~last).sum() < _NOT_OPEN * last.sum():
        return Season(1.0, _ERROR_WITHOUT_SEASON, knows_year=False)
    daily = np.bincount(bought.day + span - 1, minlength=span).astype(np.float64)
    part = known / last.sum()
    if said_before > 0:
        part *= np.sqrt(said / said_before)
    totals = window_totals(daily, days) * part
    logs = np.log(np.maximum(totals, 0.5) / said)
    factor = float(np.exp(np.nanmean([0.0, *logs])))
    knows_year = bool(np.isfinite(logs[1]))
    error = _ERROR_WITH_SEASON if knows_year else _ERROR_WITHOUT_SEASON
    return Season(float(np.clip(factor, 1 / _MOST, _MOST)), error, knows_year)
