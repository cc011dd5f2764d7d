"""Who did what with which product, as codes: the input of recommendations.

How strongly a customer is tied to a product: strength = ln(1 + 10 purchases + 4 carts + views), the confidence of
implicit feedback (Hu, Koren and Volinsky, ICDM 2008, section 4, logarithmic form). A purchase says more than a cart and
a cart more than a view; the hundredth view says little more than the tenth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight import arrays
from customer_insight.arrays import Bools, Floats, Ints

PURCHASE_WEIGHT, CART_WEIGHT, VIEW_WEIGHT = 10.0, 4.0, 1.0


@dataclass(frozen=True)
class Interactions:
    """Distinct (customer, product) pairs in order of customer and product; positions, shapes (pairs,).

    decay is 0.5^(age / half-life), from 0 to 1.
    """

    customer: Ints
    product: Ints
    strength: Floats
    purchases: Floats
    decay: Floats

    def of_customers(self, start: int, stop: int) -> Interactions:
        """The pairs of customers start..stop, renumbered from 0."""
        part = slice(*np.searchsorted(self.customer, [start, stop]))
        return Interactions(
            self.customer[part] - start, self.product[part], self.strength[part], self.purchases[part], self.decay[part]
        )


@dataclass(frozen=True)
class Catalogue:
    """Products by ascending code: code, is it available, popularity; shapes (products,)."""

    codes: Ints
    is_available: Bools
    popularity: Floats


def read_catalogue(products: pa.Table, interactions: pa.Table) -> Catalogue:
    """Products from product_code, is_available, popularity; those that only interactions know are not available.

    Null availability is not available, null popularity 0; of repeated codes any row makes available, the highest
    popularity counts.
    """
    given = arrays.codes(products, "product_code")
    codes, position = arrays.dense(np.concatenate([given, arrays.codes(interactions, "product_code")]))
    is_available, popularity = np.zeros(codes.size, dtype=np.bool_), np.zeros(codes.size)
    np.logical_or.at(is_available, position[: given.size], arrays.doubles(products, "is_available") == 1)
    np.maximum.at(popularity, position[: given.size], np.nan_to_num(arrays.doubles(products, "popularity")))
    return Catalogue(codes, is_available, popularity)


def read_interactions(
    table: pa.Table, customer_codes: Ints, catalogue: Catalogue, half_life_days: float
) -> Interactions:
    """Pairs from customer_code, product_code, purchases, carts, views, last_interaction_age_days (nulls count as 0).

    Repeated pairs are added up, the youngest age counts; pairs without any interaction are left out.
    """
    customer = np.searchsorted(customer_codes, arrays.codes(table, "customer_code"))
    product = np.searchsorted(catalogue.codes, arrays.codes(table, "product_code"))
    pairs, place = arrays.dense(customer * max(1, catalogue.codes.size) + product)
    purchases, carts, views = (
        np.bincount(place, weights=_amounts(table, name), minlength=pairs.size)
        for name in ("purchases", "carts", "views")
    )
    age = np.full(pairs.size, np.inf)
    np.minimum.at(age, place, _amounts(table, "last_interaction_age_days"))
    strength = np.log1p(PURCHASE_WEIGHT * purchases + CART_WEIGHT * carts + VIEW_WEIGHT * views)
    keep = strength > 0
    row, column = np.divmod(pairs[keep], max(1, catalogue.codes.size))
    return Interactions(row, column, strength[keep], purchases[keep], 0.5 ** (age[keep] / half_life_days))


def _amounts(table: pa.Table, name: str) -> Floats:
    return np.maximum(np.nan_to_num(arrays.doubles(table, name)), 0.0)
