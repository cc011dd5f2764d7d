"""What customers did with products, day by day, up to a moment: what every strategy learns from.

A History holds nothing after its moment, so whoever is given `history.before(30)` cannot see the last 30 days.
How strongly a customer is tied to a product: strength = ln(1 + 10 purchases + 4 carts + views) / ln 11, the confidence
of implicit feedback (Hu, Koren and Volinsky, ICDM 2008, section 4, logarithmic form), 1 for one purchase.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints

Found = TypeVar("Found")

PURCHASE_WEIGHT, CART_WEIGHT, VIEW_WEIGHT = 10.0, 4.0, 1.0
# Half-life of popularity, in days: of lists as they are judged and as they are served.
POPULARITY_HALF_LIFE = 60.0
# Ties fade no further, so that the length of a row of them can still be told from nothing.
_MOST_HALVINGS = 300


@dataclass(frozen=True)
class Catalogue:
    """Products by ascending code; shapes (products,). category -1: none; price NaN: unknown; content: unit rows."""

    codes: Ints
    is_available: Bools
    category: Ints
    price: Floats
    content: sparse.csr_array

    def with_everything(self) -> Catalogue:
        """The same as if every product could be had: what could be had in the past is not known."""
        return replace(self, is_available=np.ones(self.codes.size, dtype=np.bool_))

    @property
    def count(self) -> int:
        """Number of products."""
        return int(self.codes.size)


@dataclass(frozen=True)
class Pairs:
    """One row per customer and product, in that order; ages in days, infinite where never. Shapes (pairs,)."""

    customer: Ints
    product: Ints
    purchases: Floats
    carts: Floats
    views: Floats
    age: Floats
    purchase_age: Floats
    first_purchase_age: Floats

    @cached_property
    def strength(self) -> Floats:
        """See the module; from 0."""
        seen = PURCHASE_WEIGHT * self.purchases + CART_WEIGHT * self.carts + VIEW_WEIGHT * self.views
        return np.asarray(np.log1p(seen) / np.log1p(PURCHASE_WEIGHT), dtype=np.float64)


@dataclass(frozen=True)
class History:
    """One row per customer, product and day, in order of customer, product and age; positions, shapes (rows,).

    age: whole days before the moment. purchases (orders), carts, views: counts of that day. customer_count: customers
    with and without rows. counts_views: no purchase is known at all, so views and carts stand for purchases.
    """

    customer: Ints
    product: Ints
    age: Ints
    purchases: Floats
    carts: Floats
    views: Floats
    customer_count: int
    catalogue: Catalogue
    counts_views: bool = False

    def where(self, keep: Bools, *, shift: int = 0) -> History:
        """The rows to keep, as seen `shift` days earlier."""
        return History(
            self.customer[keep],
            self.product[keep],
            self.age[keep] - shift,
            self.purchases[keep],
            self.carts[keep],
            self.views[keep],
            self.customer_count,
            self.catalogue,
            self.counts_views,
        )

    def before(self, days: int) -> History:
        """What was known that many days earlier."""
        return self.where(self.age >= days, shift=days) if days else self

    def within(self, days: int) -> History:
        """What happened in the last so many days."""
        return self.where(self.age < days)

    @cached_property
    def demand(self) -> Floats:
        """What counts as a purchase, per row: orders, or carts and views where no order is known."""
        return self.carts + self.views if self.counts_views else self.purchases

    @cached_property
    def pairs(self) -> Pairs:
        """The rows of each customer and product as one."""
        key = self.customer * max(1, self.catalogue.count) + self.product
        start = np.flatnonzero(np.diff(key, prepend=-1))
        if start.size == 0:
            none = np.zeros(0, dtype=np.int64)
            return Pairs(none, none, *(np.zeros(0) for _ in range(6)))
        is_bought = self.demand > 0
        bought_age = np.where(is_bought, self.age, np.inf)
        return Pairs(
            self.customer[start],
            self.product[start],
            np.add.reduceat(self.demand if self.counts_views else self.purchases, start),
            np.add.reduceat(self.carts, start),
            np.add.reduceat(self.views, start),
            np.minimum.reduceat(self.age.astype(np.float64), start),
            np.minimum.reduceat(bought_age, start),
            np.maximum.reduceat(np.where(is_bought, self.age, -np.inf), start),
        )

    def matrix(self, values: Floats | None = None, *, half_life_days: float = np.inf) -> sparse.csr_array:
        """Customers x products: the values of the pairs (their strength), halved every half_life_days since the last.

        values: shape (pairs,). Entries of zero are left out.
        """
        pairs = self.pairs
        weight = pairs.strength if values is None else values
        if np.isfinite(half_life_days):
            weight = weight * 0.5 ** np.minimum(pairs.age / half_life_days, _MOST_HALVINGS)
        keep = weight > 0
        shape = (self.customer_count, self.catalogue.count)
        return ranking.matrix(pairs.customer[keep], pairs.product[keep], weight[keep], shape)

    @cached_property
    def pair_keys(self) -> Ints:
        """Customer x products + product of each pair, ascending."""
        return self.pairs.customer * max(1, self.catalogue.count) + self.pairs.product

    def find_pairs(self, customer: Ints, product: Ints) -> tuple[Bools, Ints]:
        """Which customers (positions) did anything with which products, and where among the pairs; shapes (n,)."""
        return arrays.find(self.pair_keys, customer * max(1, self.catalogue.count) + product)

    @cached_property
    def _kept(self) -> dict[Any, Any]:
        return {}

    def keep(self, work_out: Callable[[History], Found]) -> Found:
        """What others work out of a history once, kept with it; it must not hold the history, or both stay for good."""
        if work_out not in self._kept:
            self._kept[work_out] = work_out(self)
        found: Found = self._kept[work_out]
        return found

    @cached_property
    def owned(self) -> sparse.csr_array:
        """Customers x products: 1 for each product that the customer bought."""
        return self.matrix((self.pairs.purchases > 0).astype(np.float64))

    @cached_property
    def last_age(self) -> Floats:
        """Days since each customer last bought, infinite for never; shape (customers,)."""
        last = np.full(self.customer_count, np.inf)
        is_bought = self.demand > 0
        np.minimum.at(last, self.customer[is_bought], self.age[is_bought])
        return last

    @cached_property
    def _popularity(self) -> dict[float, Floats]:
        return {}

    def popularity(self, half_life_days: float = POPULARITY_HALF_LIFE) -> Floats:
        """Purchases of each product, each halved every half_life_days; shape (products,)."""
        if half_life_days not in self._popularity:
            weight = self.demand * 0.5 ** (self.age / half_life_days)
            self._popularity[half_life_days] = arrays.sums(self.product, weight, self.catalogue.count)
        return self._popularity[half_life_days]

    @property
    def span_days(self) -> int:
        """Days from the first row to the moment."""
        return int(self.age.max()) if self.age.size else 0


def read_history(interactions: pa.Table, customer_codes: Ints, catalogue: Catalogue) -> History:
    """From customer_code, product_code, age_days (ints), purchases, carts, views (nulls and negatives count as 0).

    Rows in any order, repeated days are added up, rows without any interaction left out. Customers and products that
    customer_codes and the catalogue do not know raise nothing: see `read_inputs`, which adds them.
    """
    customer = np.searchsorted(customer_codes, arrays.codes(interactions, "customer_code"))
    product = np.searchsorted(catalogue.codes, arrays.codes(interactions, "product_code"))
    age = np.maximum(arrays.codes(interactions, "age_days"), 0)
    days = int(age.max()) + 1 if age.size else 1
    key, place = arrays.dense((customer * max(1, catalogue.count) + product) * days + age)
    purchases, carts, views = (
        arrays.sums(place, _amounts(interactions, name), key.size) for name in ("purchases", "carts", "views")
    )
    keep = purchases + carts + views > 0
    pair, age = np.divmod(key[keep], days)
    customer, product = np.divmod(pair, max(1, catalogue.count))
    purchases, carts, views = purchases[keep], carts[keep], views[keep]
    is_sold = bool(purchases.any())
    return History(customer, product, age, purchases, carts, views, customer_codes.size, catalogue, not is_sold)


def _amounts(table: pa.Table, name: str) -> Floats:
    return np.maximum(np.nan_to_num(arrays.doubles(table, name)), 0.0)
