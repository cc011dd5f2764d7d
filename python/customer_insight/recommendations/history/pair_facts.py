"""What a history says about customers, products and pairs of them, apart from any strategy."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.customer_baskets import read_customer_baskets
from customer_insight.recommendations.history.history import History

# A product's own cycle counts as much as this many of the customer's, and the shop's as this many of the product's.
_PRIOR_GAPS = 2.0


def facts_of(history: History) -> PairFacts:
    """Worked out once for each history."""
    return history.keep(PairFacts)


class PairFacts:
    """What a history says about customers, products and pairs, apart from any strategy.

    It does not hold the history, which holds it: in a circle both would stay in memory, gigabytes in a large shop.
    """

    def __init__(self, history: History) -> None:
        catalogue, pairs = history.catalogue, history.pairs
        self._catalogue, self._pairs, self._pair_keys = catalogue, pairs, history.pair_keys
        self._last_age = history.last_age
        count = catalogue.count
        bought = pairs.purchases > 0
        gaps = np.where(pairs.purchases > 1, pairs.purchases - 1, 0.0)
        length = np.where(gaps > 0, pairs.first_purchase_age - pairs.purchase_age, 0.0)
        shop_gap = length.sum() / max(1.0, gaps.sum())
        product_gaps = np.bincount(pairs.product, weights=gaps, minlength=count)
        product_length = np.bincount(pairs.product, weights=length, minlength=count)
        self.product_gap = (product_length + _PRIOR_GAPS * shop_gap) / (product_gaps + _PRIOR_GAPS)
        buyers = np.bincount(pairs.product, weights=bought, minlength=count)
        repeaters = np.bincount(pairs.product, weights=gaps > 0, minlength=count)
        self.repeat_rate = (repeaters + 1) / (buyers + 10)
        self.popularity = np.log1p(history.popularity())
        recent = history.popularity(15)
        self.trend = np.log1p(recent) - self.popularity
        self.price = np.log(np.where(catalogue.price > 0, catalogue.price, np.nan))
        baskets = read_customer_baskets(history)
        self.baskets = baskets.counts.astype(np.float64)
        rows = np.bincount(baskets.customer, minlength=history.customer_count)
        self.basket_size = rows / np.maximum(1, self.baskets)
        priced = np.flatnonzero(bought & np.isfinite(self.price[pairs.product]))
        prices = np.bincount(
            pairs.customer[priced], weights=self.price[pairs.product[priced]], minlength=history.customer_count
        )
        seen = np.bincount(pairs.customer[priced], minlength=history.customer_count)
        self.usual_price = np.where(seen > 0, prices / np.maximum(1, seen), np.nan)
        self.length = length
        self.gaps = gaps
        self._category_shares(history.customer_count)

    def _category_shares(self, customer_count: int) -> None:
        pairs, category = self._pairs, self._catalogue.category
        kind = category[pairs.product]
        keep = kind >= 0
        self.categories = max(1, int(category.max(initial=0)) + 1)
        cell = pairs.customer[keep] * self.categories + kind[keep]
        self.cells, place = np.unique(cell, return_inverse=True)
        weight = np.bincount(place.reshape(-1), weights=pairs.strength[keep], minlength=self.cells.size)
        total = np.bincount(pairs.customer[keep], weights=pairs.strength[keep], minlength=customer_count)
        self.cell_share = weight / total[self.cells // self.categories]

    def find(self, customer: Ints, product: Ints) -> dict[str, Floats]:
        """Columns for pairs of positions; NaN where a fact is not known."""
        pairs, category = self._pairs, self._catalogue.category[product]
        known, place = arrays.find(self._pair_keys, self._catalogue.keys(customer, product))

        def of_pair(values: Floats, missing: float) -> Floats:
            return arrays.found_values(values, known, place, missing)

        purchases = of_pair(pairs.purchases, 0.0)
        purchase_age = of_pair(pairs.purchase_age, np.nan)
        purchase_age = np.where(np.isfinite(purchase_age), purchase_age, np.nan)
        gaps, length = of_pair(self.gaps, 0.0), of_pair(self.length, 0.0)
        gap = (length + _PRIOR_GAPS * self.product_gap[product]) / (gaps + _PRIOR_GAPS)
        found, cell = arrays.find(self.cells, customer * self.categories + category)
        affinity = arrays.found_values(self.cell_share, found, cell, 0.0)
        price, usual = self.price[product], self.usual_price[customer]
        last = self._last_age[customer]
        return {
            "purchases": purchases,
            "purchase_age": purchase_age,
            "purchase_share": purchases / np.maximum(1, self.baskets[customer]),
            "cycle": purchase_age / np.maximum(gap, 1.0),
            "carts": of_pair(pairs.carts, 0.0),
            "views": of_pair(pairs.views, 0.0),
            "age": of_pair(pairs.age, np.nan),
            "popularity": self.popularity[product],
            "trend": self.trend[product],
            "repeat_rate": self.repeat_rate[product],
            "price": price,
            "price_fit": np.abs(price - usual),
            "category_affinity": np.where(category >= 0, affinity, np.nan),
            "customer_baskets": self.baskets[customer],
            "customer_basket_size": self.basket_size[customer],
            "customer_age": np.where(np.isfinite(last), last, np.nan),
        }
