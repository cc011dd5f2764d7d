"""When the next order comes: the customer's own rhythm, drawn towards the shop's, given how long it is overdue.

The logarithm of a gap between two purchase days is normal around the customer's own mean, and these means are normal
around the shop's: the own mean counts n between / (n between + within) after n gaps. The answer is the median of the
next gap given that it is longer than the time already gone, so it is never in the past, and long silence moves it out.
It says when the customer comes if the customer comes again; whether is a question for p_alive.

Sources: Gelman and others, Bayesian Data Analysis, chapter 5 (normal means); Searle, Casella and McCulloch, Variance
Components, chapter 3 (the moment estimates).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr, ndtri_exp

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.predictions.value.purchase_histories import PurchaseDays

# Days are whole, so that no rhythm is known better than to a tenth.
_LEAST_WITHIN = 0.1**2


@dataclass(frozen=True)
class Gaps:
    """Per customer, shape (customers,): the number of gaps between purchase days and the mean of their logarithms."""

    count: Floats
    mean_log: Floats


@dataclass(frozen=True)
class GapRhythm:
    """Logarithms of gaps in days: the shop's mean, the variance between customers and that within one.

    A shop in which nobody came twice has no rhythm: its mean is NaN.
    """

    mean: float
    between: float
    within: float

    def days_to_next(self, gaps: Gaps, elapsed: Floats) -> Floats:
        """Days from the cut to the expected next order, above 0; NaN without a rhythm. elapsed: since the last one."""
        trust = gaps.count * self.between / (gaps.count * self.between + self.within)
        own = self.mean + trust * np.where(gaps.count > 0, gaps.mean_log - self.mean, 0.0)
        spread = np.sqrt(self.within + (1 - trust) * self.between)
        with np.errstate(divide="ignore"):
            overdue = (np.log(elapsed) - own) / spread
        # half the customers who are silent so long come before this
        halfway = -ndtri_exp(log_ndtr(-overdue) - np.log(2))
        return np.asarray(np.maximum(np.exp(own + spread * halfway) - elapsed, 0.0), dtype=np.float64)


def gaps(bought: PurchaseDays, count: int) -> Gaps:
    """The gaps of customers 0 to count - 1."""
    customer, logs = _log_gaps(bought)
    number = np.bincount(customer, minlength=count).astype(np.float64)
    total = np.bincount(customer, weights=logs, minlength=count)
    return Gaps(number, np.divide(total, number, out=np.zeros(count), where=number > 0))


def fit(bought: PurchaseDays, count: int) -> GapRhythm:
    """The rhythm of a shop by moments: means weighted by their precision, variances as in one-way random effects."""
    customer, logs = _log_gaps(bought)
    if logs.size == 0:
        return GapRhythm(np.nan, 0.0, _LEAST_WITHIN)
    own = gaps(bought, count)
    number, means = own.count[own.count > 0], own.mean_log[own.count > 0]
    middle = float(logs.mean())
    free = logs.size - number.size
    squares = float(np.sum((logs - own.mean_log[customer]) ** 2))
    # nobody came three times: half of what varies is put down to customers
    within = squares / free if free else float(logs.var()) / 2
    size = logs.size - float(np.sum(number**2)) / logs.size
    around = float(np.sum(number * (means - middle) ** 2)) - (number.size - 1) * within
    between = max(0.0, around / size) if size > 0 else 0.0
    within = max(within, _LEAST_WITHIN)
    weights = 1 / (between + within / number)
    return GapRhythm(float(weights @ means / weights.sum()), between, within)


def _log_gaps(bought: PurchaseDays) -> tuple[Ints, Floats]:
    is_gap = np.diff(bought.customer) == 0
    return bought.customer[1:][is_gap], np.log(np.diff(bought.day)[is_gap].astype(np.float64))
