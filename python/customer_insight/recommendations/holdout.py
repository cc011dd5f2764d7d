"""What is kept back to judge by: the last days of a history or, where it is too short for that, products of customers.

Windows are nested. The first holdout of a history is for reporting; the next two, of what it leaves to learn from, are
for choosing; the next is for tuning. So whatever a window judges was learned from nothing at or after its cut.

Source: Meng et al., "Exploring data splitting strategies for the evaluation of recommendation models", RecSys 2020
(global time cuts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.arrays import Ints
from customer_insight.recommendations.history import History

# Windows and what has to lie before the earliest one, in windows.
_WINDOWS, _LEAD = 4, 2
# Customers to judge by without whom there is nothing to be said, and their number at most.
MIN_CUSTOMERS, MAX_CUSTOMERS = 30, 5000
# Without windows: one customer in so many keeps back one product in so many.
_GROUPS, _HIDDEN = 4, 4


@dataclass(frozen=True)
class Holdout:
    """learn: what is known. customers: positions of those judged. keys: place x products + product; both ascending.

    cut_days: days from the cut to the history's moment, 0 where products are kept back.
    """

    learn: History
    customers: Ints
    keys: Ints
    cut_days: int

    @property
    def relevant(self) -> Ints:
        """Products kept back of each judged customer, shape (customers,)."""
        width = max(1, self.learn.catalogue.count)
        return np.bincount(self.keys // width, minlength=self.customers.size).astype(np.int64)


@dataclass(frozen=True)
class Plan:
    """Holdouts, the latest first: reporting, choosing, choosing, tuning. Empty: too little to judge anything by.

    window_days: 0 where products are kept back instead of days.
    """

    holdouts: list[Holdout]
    window_days: int

    def sentence(self) -> str:
        """How the past was cut, for the status of a run; '' for the usual way."""
        if not self.holdouts:
            return f"Fewer than {MIN_CUSTOMERS} customers bought again or bought several products: nothing to judge by."
        if self.window_days == 0:
            return (
                "The history is too short for cuts in time, so products of a quarter of the customers were kept back."
            )
        return ""


def plan(history: History, horizon_days: int) -> Plan:
    """Windows of horizon_days, shorter where the history is; products kept back where that fails."""
    days = min(horizon_days, history.span_days // (_WINDOWS + _LEAD))
    for window in [days, 0] if days >= 1 else [0]:
        holdouts = nested(history, window, _WINDOWS)
        if all(each.customers.size >= MIN_CUSTOMERS for each in holdouts):
            return Plan(holdouts, window)
    return Plan([], 0)


def nested(history: History, window_days: int, count: int, *, first: int = 0) -> list[Holdout]:
    """Holdouts, each of what the one before leaves to learn from; first: number of the first."""
    holdouts: list[Holdout] = []
    learn = history
    for number in range(first, first + count):
        cut_days = (number + 1 - first) * window_days
        holdouts.append(_last_days(learn, window_days, cut_days) if window_days else _some_products(learn, number))
        learn = holdouts[-1].learn
    return holdouts


def _last_days(history: History, days: int, cut_days: int) -> Holdout:
    """Customers known before are judged by the products that they bought in the last days."""
    bought = (history.age < days) & (history.demand > 0)
    return _holdout(history.before(days), history.customer[bought], history.product[bought], cut_days)


def _some_products(history: History, number: int) -> Holdout:
    """A quarter of a customer's products kept back, of one in _GROUPS customers who have at least two."""
    pairs = history.pairs
    draw = np.random.default_rng(number).random(pairs.customer.size)
    group = np.random.default_rng(0).integers(0, _GROUPS, history.customer_count)
    bought = (pairs.purchases > 0) & (group[pairs.customer] == number % _GROUPS)
    customer, product = pairs.customer[bought], pairs.product[bought]
    order = np.lexsort((draw[bought], customer))
    customer, product = customer[order], product[order]
    size = np.bincount(customer, minlength=history.customer_count)[customer]
    first = np.searchsorted(customer, customer)
    hidden = np.arange(customer.size) - first < size // _HIDDEN + (size < _HIDDEN) * (size > 1)
    customer, product = customer[hidden], product[hidden]
    width = max(1, history.catalogue.count)
    keep = ~np.isin(history.customer * width + history.product, customer * width + product)
    return _holdout(history.where(keep), customer, product, 0)


def _holdout(learn: History, customer: Ints, product: Ints, cut_days: int) -> Holdout:
    known = np.diff(learn.owned.indptr) > 0
    judged = np.unique(customer[known[customer]])
    judged = judged[:: max(1, -(-judged.size // MAX_CUSTOMERS))]
    keep = np.isin(customer, judged)
    place = np.searchsorted(judged, customer[keep])
    keys = np.unique(place * max(1, learn.catalogue.count) + product[keep])
    return Holdout(learn, judged, keys, cut_days)
