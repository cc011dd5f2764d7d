"""What is known about a customer and a product that some strategy proposes: the columns that the blender learns from.

From each strategy: its score, plain and as a share of the customer's best, and 1 / its rank. Beside them popularity and
its trend, the customer's own purchases of the product (how many, how long ago, where in the cycle), price fit, category
affinity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from customer_insight.arrays import Floats, Ints
from customer_insight.recommendations.candidates import Candidates, joined
from customer_insight.recommendations.history import History
from customer_insight.recommendations.strategies.baskets import read as read_baskets
from customer_insight.similarity import ranking

Features = npt.NDArray[np.float32]

# A product's own cycle counts as much as this many of the customer's, and the shop's as this many of the product's.
_PRIOR_GAPS = 2.0


@dataclass(frozen=True)
class Pool:
    """Distinct pairs in order of customer (place among those asked for) and product; shapes (pairs,).

    features: (pairs, columns), named; best_strategy: place of the strategy that ranks the pair highest (ties: first).
    """

    customer: Ints
    product: Ints
    is_owned: npt.NDArray[np.bool_]
    features: Features
    names: list[str]
    best_strategy: Ints


def pool(proposals: dict[str, tuple[Candidates, Candidates]], history: History, customers: Ints) -> Pool:
    """Every product that any strategy proposes (new, own: see `candidates.propose`) to these customers (positions)."""
    width = max(1, history.catalogue.count)
    both = {name: joined([new, own]).best(history.catalogue.count) for name, (new, own) in proposals.items()}
    keys = {name: each.customer * width + each.product for name, each in both.items()}
    key = np.unique(np.concatenate([np.zeros(0, np.int64), *keys.values()]))
    customer, product = np.divmod(key, width)
    columns: dict[str, Floats] = {}
    best_rank, best_strategy = np.zeros(key.size), np.zeros(key.size, dtype=np.int64)
    for at, (name, each) in enumerate(both.items()):
        place = np.searchsorted(key, keys[name])
        score, share, reciprocal = np.full(key.size, np.nan), np.zeros(key.size), np.zeros(key.size)
        score[place] = each.score
        share[place] = _shares(each)
        reciprocal[place] = 1 / ranking.ranks(each.customer)
        columns |= {f"{name}_score": score, f"{name}_share": share, f"{name}_rank": reciprocal}
        better = reciprocal > best_rank
        best_rank[better], best_strategy[better] = reciprocal[better], at
    facts = PairFacts(history)
    columns |= facts.of(customers[customer], product)
    features = np.column_stack([column.astype(np.float32) for column in columns.values()])
    return Pool(customer, product, columns["purchases"] > 0, features, list(columns), best_strategy)


def _shares(each: Candidates) -> Floats:
    """Scores from 0 (the worst proposed to the customer) to 1 (the best)."""
    if each.customer.size == 0:
        return np.zeros(0)
    start = np.flatnonzero(np.diff(each.customer, prepend=-1))
    size = np.diff(np.append(start, each.customer.size))
    best, worst = each.score[start], np.minimum(each.score[start + size - 1], 0)
    reach = np.maximum(best - worst, 1e-300)
    return np.asarray((each.score - np.repeat(worst, size)) / np.repeat(reach, size), dtype=np.float64)


class PairFacts:
    """What a history says about customers, products and pairs, apart from any strategy."""

    def __init__(self, history: History) -> None:
        self.history = history
        catalogue, pairs = history.catalogue, history.pairs
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
        self.popularity = np.log1p(history.popularity(60))
        recent = history.popularity(15)
        self.trend = np.log1p(recent) - self.popularity
        self.price = np.log(np.where(catalogue.price > 0, catalogue.price, np.nan))
        baskets = read_baskets(history)
        self.baskets = baskets.counts.astype(np.float64)
        rows = np.bincount(baskets.customer, minlength=history.customer_count)
        self.basket_size = rows / np.maximum(1, self.baskets)
        priced = np.flatnonzero(bought & np.isfinite(self.price[pairs.product]))
        prices = np.bincount(
            pairs.customer[priced], weights=self.price[pairs.product[priced]], minlength=history.customer_count
        )
        seen = np.bincount(pairs.customer[priced], minlength=history.customer_count)
        self.usual_price = np.where(seen > 0, prices / np.maximum(1, seen), np.nan)
        self.key = pairs.customer * max(1, count) + pairs.product
        self.length = length
        self.gaps = gaps
        self._category_shares()

    def _category_shares(self) -> None:
        pairs, category = self.history.pairs, self.history.catalogue.category
        kind = category[pairs.product]
        keep = kind >= 0
        self.categories = max(1, int(category.max(initial=0)) + 1)
        cell = pairs.customer[keep] * self.categories + kind[keep]
        self.cells, place = np.unique(cell, return_inverse=True)
        weight = np.bincount(place.reshape(-1), weights=pairs.strength[keep], minlength=self.cells.size)
        total = np.bincount(pairs.customer[keep], weights=pairs.strength[keep], minlength=self.history.customer_count)
        self.cell_share = weight / total[self.cells // self.categories]

    def of(self, customer: Ints, product: Ints) -> dict[str, Floats]:
        """Columns for pairs of positions; NaN where a fact is not known."""
        history, pairs = self.history, self.history.pairs
        known, place = _find(self.key, customer * max(1, history.catalogue.count) + product)

        def of_pair(values: Floats, missing: float) -> Floats:
            return np.where(known, values[place], missing) if values.size else np.full(known.size, missing)

        purchases = of_pair(pairs.purchases, 0.0)
        purchase_age = of_pair(np.where(np.isfinite(pairs.purchase_age), pairs.purchase_age, np.nan), np.nan)
        gaps, length = of_pair(self.gaps, 0.0), of_pair(self.length, 0.0)
        gap = (length + _PRIOR_GAPS * self.product_gap[product]) / (gaps + _PRIOR_GAPS)
        found, cell = _find(self.cells, customer * self.categories + history.catalogue.category[product])
        affinity = np.where(found, self.cell_share[cell], 0.0) if self.cells.size else np.zeros(found.size)
        has_category = history.catalogue.category[product] >= 0
        price, usual = self.price[product], self.usual_price[customer]
        last = history.last_age[customer]
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
            "category_affinity": np.where(has_category, affinity, np.nan),
            "customer_baskets": self.baskets[customer],
            "customer_basket_size": self.basket_size[customer],
            "customer_age": np.where(np.isfinite(last), last, np.nan),
        }


def _find(ascending: Ints, keys: Ints) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Which keys are there, and where."""
    place = np.minimum(np.searchsorted(ascending, keys), max(0, ascending.size - 1))
    is_there = ascending[place] == keys if ascending.size else np.zeros(keys.size, dtype=np.bool_)
    return is_there, place.astype(np.int64)
