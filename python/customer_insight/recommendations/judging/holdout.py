"""What is kept back to judge by: the last days of a history or, where it is too short for that, products of customers.

Windows are nested. The first holdout of a history is for reporting; the next two, of what it leaves to learn from, are
for choosing; the next is for tuning. So whatever a window judges was learned from nothing at or after its cut.

Source: Meng et al., "Exploring data splitting strategies for the evaluation of recommendation models", RecSys 2020
(global time cuts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.history.history import History
from customer_insight.scoring.time_cuts import TimeCut

# Windows of the past.
_WINDOWS = 4
# Windows of history that have to lie before the earliest one.
_LEAD = 2
# Customers without whom nothing is judged.
MIN_CUSTOMERS = 30
# Customers that lists are judged on at most.
MAX_CUSTOMERS = 5000
# Customers of windows below which products are kept back instead of days.
_FEW_CUSTOMERS = 100
# Share of repeat purchases above which days are kept back all the same: only time shows what is bought again.
_BOUGHT_AGAIN = 0.05
# Without windows: one customer in so many keeps products back.
_GROUPS = 4
# Without windows: one product in so many is kept back.
_HIDDEN = 4


@dataclass(frozen=True)
class Holdout:
    """history: what is known. customers: positions of those judged. keys: place x products + product; both ascending.

    cut_days: days from the cut to the history's moment, 0 where products are kept back.
    """

    history: History
    customers: Ints
    keys: Ints
    cut_days: int

    @property
    def relevant(self) -> Ints:
        """Products kept back of each judged customer, shape (customers,)."""
        customer, _ = self.history.catalogue.split(self.keys)
        return np.bincount(customer, minlength=self.customers.size).astype(np.int64)


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
                "The history is too short, or too few bought in each window, for cuts in time: products of a quarter "
                "of the customers were kept back instead."
            )
        return ""


def plan(history: History, horizon_days: int) -> Plan:
    """Windows of horizon_days, shorter where the history is; products kept back where that judges too few."""
    days = min(horizon_days, history.span_days // (_WINDOWS + _LEAD))
    if days >= 1:
        bought = history.pairs.purchases > 0
        again = (history.pairs.first_purchase_age > history.pairs.purchase_age)[bought]
        buys_again = again.size > 0 and float(again.mean()) >= _BOUGHT_AGAIN
        holdouts = nested(history, days, _WINDOWS)
        if _judge_enough(holdouts, MIN_CUSTOMERS if buys_again else _FEW_CUSTOMERS):
            return Plan(holdouts, days)
    holdouts = nested(history, 0, _WINDOWS)
    return Plan(holdouts if _judge_enough(holdouts, MIN_CUSTOMERS) else [], 0)


def _judge_enough(holdouts: list[Holdout], needed: int) -> bool:
    return all(each.customers.size >= needed for each in holdouts)


def nested(history: History, window_days: int, count: int) -> list[Holdout]:
    """Holdouts, each of what the one before leaves to learn from."""
    holdouts: list[Holdout] = []
    for number in range(count):
        earlier = holdouts[-1].history if holdouts else history
        holdouts.append(hold_out(earlier, window_days, number * (window_days or 1)))
    return holdouts


def hold_out(history: History, window_days: int, moment: int) -> Holdout:
    """The last window_days of a history that itself ends `moment` days ago, or (0) the moment-th keeping back."""
    if window_days:
        return _last_days(history, window_days, moment + window_days)
    return _some_products(history, moment)


def _last_days(history: History, days: int, cut_days: int) -> Holdout:
    """Customers known before are judged by the products that they bought in the last days."""
    cut = TimeCut(history, days, days)
    came = cut.came()
    bought = came.demand > 0
    return _holdout(cut.known(), came.customer[bought], came.product[bought], cut_days)


def _some_products(history: History, number: int) -> Holdout:
    """A quarter of a customer's products kept back, of one in _GROUPS customers who have at least two."""
    pairs = history.pairs
    draw = np.random.default_rng(number).random(pairs.customer.size)
    known = arrays.distinct(pairs.customer)  # nobody's group depends on people of whom nothing is known
    group = np.zeros(history.customer_count, dtype=np.int64)
    group[known] = np.random.default_rng(0).integers(0, _GROUPS, known.size)
    bought = (pairs.purchases > 0) & (group[pairs.customer] == number % _GROUPS)
    customer, product = pairs.customer[bought], pairs.product[bought]
    order = np.lexsort((draw[bought], customer))
    customer, product = customer[order], product[order]
    size = np.bincount(customer, minlength=history.customer_count)[customer]
    first = np.searchsorted(customer, customer)
    hidden = np.arange(customer.size) - first < size // _HIDDEN + (size < _HIDDEN) * (size > 1)
    customer, product = customer[hidden], product[hidden]
    catalogue = history.catalogue
    keep = ~np.isin(catalogue.keys(history.customer, history.product), catalogue.keys(customer, product))
    return _holdout(history.where(keep), customer, product, 0)


def _holdout(history: History, customer: Ints, product: Ints, cut_days: int) -> Holdout:
    known = np.diff(history.owned.indptr) > 0
    judged = arrays.distinct(customer[known[customer]])
    judged = judged[:: max(1, -(-judged.size // MAX_CUSTOMERS))]
    keep = np.isin(customer, judged)
    place = np.searchsorted(judged, customer[keep])
    keys = arrays.distinct(history.catalogue.keys(place, product[keep]))
    return Holdout(history, judged, keys, cut_days)
