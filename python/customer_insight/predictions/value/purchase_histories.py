"""What the models know of a customer: how often, how lately and since when; and the money spent on a day.

A purchase is a day on which the customer bought: several orders of a day are one purchase, as in Fader, Hardie and Lee,
Marketing Science 2005, section 5. The first purchase makes somebody a customer and is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Histories:
    """Per customer, shape (customers,), in days or any one unit of time.

    repeats: days with a purchase after the first one. last: time from the first to the last purchase (0 without
    repeats). age: time from the first purchase to the cut. 0 <= last <= age.
    """

    repeats: Floats
    last: Floats
    age: Floats

    @property
    def size(self) -> int:
        """The number of customers."""
        return int(self.repeats.size)

    def take(self, rows: Ints | Bools | slice) -> Histories:
        """The histories of some customers."""
        return Histories(self.repeats[rows], self.last[rows], self.age[rows])

    def in_units_of(self, days: float) -> Histories:
        """The same histories in a unit of so many days: 7 for weeks."""
        return Histories(self.repeats, self.last / days, self.age / days)

    @cached_property
    def distinct(self) -> tuple[Histories, Floats, Ints]:
        """The different histories by rising repeats, how many customers have each, and which is each customer's."""
        key = np.zeros(self.size, dtype=np.int64)
        for values in (self.repeats, self.last, self.age):
            levels, place = np.unique(values, return_inverse=True)
            _, key = np.unique(key * max(1, levels.size) + place.reshape(-1), return_inverse=True)
        _, first, place, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
        return self.take(first), counts.astype(np.float64), place.reshape(-1).astype(np.int64)


@dataclass(frozen=True)
class PurchaseDays:
    """One row a customer and day of purchase, by customer and day: see `purchase_days`; shape (rows,).

    has_undated: there are purchases of which nobody knows the day; they are in no row.
    """

    customer: Ints
    day: Ints
    orders: Floats
    revenue: Floats
    has_undated: bool = False

    def arrays(self) -> dict[str, Ints | Floats]:
        """All that was read, by name, for a fingerprint."""
        return {"customer": self.customer, "day": self.day, "orders": self.orders, "revenue": self.revenue}

    def until(self, day: int) -> PurchaseDays:
        """The rows on that day or before."""
        return self.take(self.day <= day)

    def before(self, days: int) -> PurchaseDays:
        """What was known that many days before day 0, with days counted backwards from there."""
        known = self.until(-days)
        return PurchaseDays(known.customer, known.day + days, known.orders, known.revenue)

    def within(self, days: int) -> PurchaseDays:
        """The rows of the last so many days, up to day 0."""
        return self.take((self.day > -days) & (self.day <= 0))

    def take(self, rows: Bools) -> PurchaseDays:
        """Some of the rows."""
        return PurchaseDays(self.customer[rows], self.day[rows], self.orders[rows], self.revenue[rows])


def read_purchase_days(table: pa.Table) -> PurchaseDays:
    """From customer_code, age_days (whole days before as_of), orders (at least 1) and revenue (null: 0).

    Days are counted backwards from as_of, which is 0. A row without age_days is of no day, and left out. Raises
    ValueError where age_days is negative.
    """
    _, is_dated = arrays.codes_and_validity(table, "age_days")
    table = table.filter(arrays.arrow(is_dated))
    age = arrays.codes(table, "age_days")
    if age.size and age.min() < 0:
        raise ValueError("Column 'age_days' must not be negative: purchases after as_of are not known.")
    orders, revenue = (arrays.doubles(table, name) for name in ("orders", "revenue"))
    # a day of purchase has an order
    bought = purchase_days(arrays.codes(table, "customer_code"), -age, np.fmax(orders, 1.0), revenue)
    return replace(bought, has_undated=not is_dated.all())


def purchase_days(customer: Ints, day: Ints, orders: Floats, revenue: Floats) -> PurchaseDays:
    """Purchases of the same customer and day added up, sorted. All of shape (rows,); NaN counts as 0."""
    # amounts too, so that sums are the same in whatever order rows arrive
    order = np.lexsort((revenue, orders, day, customer))
    customer, day = customer[order], day[order]
    is_new = np.ones(customer.size, dtype=np.bool_)
    is_new[1:] = (np.diff(customer) != 0) | (np.diff(day) != 0)
    starts = np.flatnonzero(is_new)

    def total(values: Floats) -> Floats:
        values = np.nan_to_num(values[order], nan=0.0)
        return np.asarray(np.add.reduceat(values, starts) if starts.size else np.zeros(0), dtype=np.float64)

    return PurchaseDays(customer[starts], day[starts], total(orders), total(revenue))


def histories(customer: Ints, day: Ints, cut_day: int, count: int) -> Histories:
    """Histories at the cut, in days, of customers 0 to count - 1.

    customer, day: shape (rows,), whole numbers, days rising with time, in any order; rows of one customer and day are
    one purchase and rows after cut_day do not count. Raises ValueError where a customer has no purchase until then.
    """
    known = day <= cut_day
    zeros = np.zeros(int(known.sum()))
    bought = purchase_days(customer[known], day[known], zeros, zeros)
    days = np.bincount(bought.customer, minlength=count)
    if count and (days.size > count or days.min() == 0):
        raise ValueError(f"Each of the customers 0 to {count - 1}, and nobody else, must have bought by the cut.")
    starts = np.concatenate([[0], np.cumsum(days)])
    first = bought.day[starts[:-1]]
    latest = bought.day[starts[1:] - 1]
    return Histories(
        (days - 1).astype(np.float64), (latest - first).astype(np.float64), (cut_day - first).astype(float)
    )


def mean_values(bought: PurchaseDays, count: int) -> tuple[Floats, Floats]:
    """Per customer 0 to count - 1: purchase days with money, and the mean money on them (0 where there are none)."""
    paid = bought.take(bought.revenue > 0)
    days = np.bincount(paid.customer, minlength=count).astype(np.float64)
    money = np.bincount(paid.customer, weights=paid.revenue, minlength=count)
    return days, np.divide(money, days, out=np.zeros(count), where=days > 0)
