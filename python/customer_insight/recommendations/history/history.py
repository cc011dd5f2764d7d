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
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints

Found = TypeVar("Found")

# Weights of what a customer did with a product.
PURCHASE_WEIGHT = 10.0
CART_WEIGHT = 4.0
VIEW_WEIGHT = 1.0
# Half-life of popularity, in days: of lists as they are judged and as they are served.
POPULARITY_HALF_LIFE = 60.0
# Halvings of a weight at most: with more, the length of a row of weights could not be told from zero.
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

    def keys(self, row: Ints, product: Ints) -> Ints:
        """One number for each pair of a row (a customer, or anything counted from 0) and a product, in order."""
        return row * max(1, self.count) + product

    def split(self, keys: Ints) -> tuple[Ints, Ints]:
        """Rows and products of such numbers."""
        return np.divmod(keys, max(1, self.count))


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
class UnnamedDemand:
    """What people without a name bought: rows of product (positions), age in days and weight; shapes (rows,).

    weight: orders, or carts and views where no order of anybody is known. is_sold: these are orders.
    """

    product: Ints
    age: Ints
    weight: Floats
    is_sold: bool

    def before(self, days: int) -> UnnamedDemand:
        """What was known that many days earlier."""
        return self._where(self.age >= days, shift=days)

    def within(self, days: int) -> UnnamedDemand:
        """What happened in the last so many days."""
        return self._where(self.age < days)

    def _where(self, keep: Bools, *, shift: int = 0) -> UnnamedDemand:
        return UnnamedDemand(self.product[keep], self.age[keep] - shift, self.weight[keep], self.is_sold)


NOBODY_UNNAMED = UnnamedDemand(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), False)


@dataclass(frozen=True)
class History:
    """One row per customer, product and day, in order of customer, product and age; positions, shapes (rows,).

    age: whole days before the moment. purchases (orders), carts, views: counts of that day. customer_count: customers
    with and without rows. counts_views: no customer is known to have bought, so views and carts stand for it.
    unnamed: what guests bought. is_dated: when things were bought is known; where it is not, everything is of age 0.
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
    unnamed: UnnamedDemand = NOBODY_UNNAMED
    is_dated: bool = True

    def where(self, keep: Bools, *, shift: int = 0) -> History:
        """The rows to keep, as seen `shift` days earlier; of people without a name all that was known by then."""
        return replace(
            self,
            customer=self.customer[keep],
            product=self.product[keep],
            age=self.age[keep] - shift,
            purchases=self.purchases[keep],
            carts=self.carts[keep],
            views=self.views[keep],
            unnamed=self.unnamed.before(shift),
        )

    def before(self, days: int) -> History:
        """What was known that many days earlier."""
        return self.where(self.age >= days, shift=days) if days else self

    def within(self, days: int) -> History:
        """What happened in the last so many days."""
        return replace(self.where(self.age < days), unnamed=self.unnamed.within(days))

    @cached_property
    def demand(self) -> Floats:
        """What counts as a purchase, per row: orders, or carts and views where no order is known."""
        return self.carts + self.views if self.counts_views else self.purchases

    @cached_property
    def pairs(self) -> Pairs:
        """The rows of each customer and product as one."""
        key = self.catalogue.keys(self.customer, self.product)
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
        """The key of each pair of a customer and a product, ascending: see `Catalogue.keys`."""
        return self.catalogue.keys(self.pairs.customer, self.pairs.product)

    def find_pairs(self, customer: Ints, product: Ints) -> tuple[Bools, Ints]:
        """Which customers (positions) did anything with which products, and where among the pairs; shapes (n,)."""
        return arrays.find(self.pair_keys, self.catalogue.keys(customer, product))

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

    def demand_now(self, half_life_days: float = POPULARITY_HALF_LIFE) -> Floats:
        """Demand of each row, halved every half_life_days; none of views where guests bought. Shape (rows,)."""
        if self.counts_views and self.unnamed.is_sold:
            return np.zeros(self.demand.size)
        return np.asarray(self.demand * 0.5 ** (self.age / half_life_days))

    def popularity(self, half_life_days: float = POPULARITY_HALF_LIFE) -> Floats:
        """Purchases of each product by whomever, each halved every half_life_days; shape (products,).

        Views and carts stand for purchases only where nobody bought anything.
        """
        if half_life_days not in self._popularity:
            weight = self.demand_now(half_life_days)
            of_unnamed = self.unnamed.weight * 0.5 ** (self.unnamed.age / half_life_days)
            products = np.concatenate([self.product, self.unnamed.product])
            weights = np.concatenate([weight, of_unnamed])
            sums = arrays.sums(products, weights, self.catalogue.count)
            self._popularity[half_life_days] = np.round(sums, ranking.SCORE_DECIMALS)
        return self._popularity[half_life_days]

    @property
    def span_days(self) -> int:
        """Days from the first row to the moment."""
        return int(self.age.max()) if self.age.size else 0
