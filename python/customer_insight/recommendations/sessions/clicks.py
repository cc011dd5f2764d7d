"""The products that visitors looked at, visit by visit, up to a moment: what every session strategy learns from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Clicks of one session that are looked at, the last ones: longer ones are bots and stuck trackers.
LONGEST_SESSION = 200


@dataclass(frozen=True)
class Clicks:
    """One row per click, in order of session and click; positions in `sessions` and `products`. Shapes (clicks,).

    age: days before the moment, from 0. sessions, products: their codes, ascending, also of those without a row.
    """

    session: Ints
    product: Ints
    age: Floats
    sessions: Ints
    products: Ints

    def with_products(self, codes: Ints) -> Clicks:
        """The same with these products among those that are known, if nobody has clicked on them."""
        products = arrays.distinct(np.concatenate([self.products, codes]))
        return replace(self, product=np.searchsorted(products, self.products)[self.product], products=products)

    @cached_property
    def starts(self) -> Ints:
        """The first row of each session and the end of the last, shape (sessions + 1,)."""
        return arrays.row_starts(self.session, self.sessions.size)

    @cached_property
    def place(self) -> Ints:
        """1, 2, 3, ... within each session, shape (clicks,)."""
        return np.arange(self.session.size) - self.starts[self.session] + 1

    @cached_property
    def first_age(self) -> Floats:
        """Days since each session began, -1 where it has no click; shape (sessions,)."""
        return self._age_at(self.starts[:-1])

    @cached_property
    def last_age(self) -> Floats:
        """Days since the last click of each session, -1 where it has none; shape (sessions,)."""
        return self._age_at(self.starts[1:] - 1)

    def _age_at(self, rows: Ints) -> Floats:
        has_clicks = np.diff(self.starts) > 0
        ages = np.full(self.sessions.size, -1.0)
        ages[has_clicks] = self.age[rows[has_clicks]]
        return ages

    @cached_property
    def repeats_in_a_row(self) -> bool:
        """Whether any click is on the same product as the one before it."""
        same = (self.session[1:] == self.session[:-1]) & (self.product[1:] == self.product[:-1])
        return bool(same.any())

    def arrays(self) -> dict[str, Ints | Floats]:
        """All that was read, by name, for a fingerprint."""
        return {
            "age": self.age,
            "product": self.product,
            "products": self.products,
            "session": self.session,
            "sessions": self.sessions,
        }

    def where(self, keep: Bools) -> Clicks:
        """The rows to keep; sessions and products keep their positions."""
        return Clicks(self.session[keep], self.product[keep], self.age[keep], self.sessions, self.products)

    def before(self, age: float) -> Clicks:
        """What was known at that age: clicks that are older."""
        return self.where(self.age > age)

    def last_clicks(self, limit: int = LONGEST_SESSION) -> Clicks:
        """The last `limit` clicks of each session."""
        return self.where(self.starts[self.session + 1] - np.arange(self.session.size) <= limit)


def read_clicks(table: pa.Table) -> Clicks:
    """From session_code, product_code, click_number (ints: the order in the session) and age_days (before now).

    Rows in any order; repeated clicks on a product are kept. Rows with the same number are ordered by age, the oldest
    first, then by product code. Raises ValueError on nulls and on what is no number.
    """
    sessions, session = arrays.dense(arrays.codes(table, "session_code"))
    products, product = arrays.dense(arrays.codes(table, "product_code"))
    age = arrays.doubles(table, "age_days")
    if np.isnan(age).any():
        raise ValueError("Column 'age_days' has nulls or infinite values; every click needs its age.")
    order = np.lexsort((product, -age, arrays.codes(table, "click_number"), session))
    return Clicks(session[order], product[order], np.maximum(age[order], 0.0), sessions, products)
