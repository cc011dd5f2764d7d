"""What customers of the same kind buy now: customers grouped by what they bought, and popularity in each group.

Groups come from K-Means on what is known at the moment (factors of the customers x products matrix), so that an
evaluation on the past sees no later group. Customers without a history belong to none: everyone's popularity.

Source: Sarwar et al., "Recommender systems for large-scale e-commerce: scalable neighborhood formation using
clustering", 2002.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from threadpoolctl import threadpool_limits

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history import neighbouring_customers
from customer_insight.recommendations.history.history import POPULARITY_HALF_LIFE, History
from customer_insight.recommendations.strategies import popular

PARAMETERS: dict[str, tuple[float, ...]] = {"groups": (10, 5, 20, 40), "half_life_days": (60, 30, 180, np.inf)}
_FACTORS = 32
# Customers that the groups are learned from at most; the others are assigned to them.
_SAMPLE = 50_000


@dataclass(frozen=True)
class PopularInCluster:
    """group: of each customer; popularity and shown (ones: what is proposed to all of the group): groups x products."""

    history: History
    group: Ints
    popularity: Floats
    shown: sparse.csr_array

    def scores(self, customers: Ints) -> sparse.csr_array:
        """Popularity in the customer's group, of what is popular there and what they bought; (customers, products)."""
        group = self.group[customers]
        found = sparse.csr_array(self.shown[group] + self.history.owned[customers])
        found.sort_indices()
        found.data = self.popularity[np.repeat(group, np.diff(found.indptr)), found.indices]
        return found


def fit(history: History, *, groups: int = 10, half_life_days: float = POPULARITY_HALF_LIFE) -> PopularInCluster:
    """groups: at most. half_life_days: after which a purchase counts for half."""
    group = _groups(history, int(groups))
    count = int(group.max(initial=0)) + 1
    weight = history.demand * 0.5 ** (history.age / half_life_days)
    products = history.catalogue.count
    cell = group[history.customer] * products + history.product
    popularity = np.bincount(cell, weights=weight, minlength=count * products).reshape(count, products)
    everyone = popularity.sum(axis=0)
    # a small part of everyone's popularity decides where a group has bought nothing
    popularity = popularity + everyone * 1e-3 * popularity.sum(axis=1, keepdims=True) / max(1e-300, everyone.sum())
    popularity[0] = everyone
    shown = sparse.vstack([popular.shown(row, history.catalogue.is_available) for row in popularity], format="csr")
    return PopularInCluster(history, group, popularity, shown)


def _groups(history: History, groups: int) -> Ints:
    """Group of each customer from 1, 0 for those without purchases; shape (customers,)."""
    group = np.zeros(history.customer_count, dtype=np.int64)
    known = np.flatnonzero(np.diff(history.owned.indptr))
    sold = np.flatnonzero(np.bincount(history.owned.indices, minlength=history.catalogue.count))
    factors = min(_FACTORS, sold.size - 1)
    if known.size < 5 * groups or factors < 2:
        group[known] = 1
        return group
    rows = neighbouring_customers.unit_rows(sparse.csr_array(history.owned[known][:, sold]))
    sample = rows[:: -(-known.size // _SAMPLE)]
    # one thread: the same groups on every machine; no variance to divide by where all customers bought the same
    with threadpool_limits(1), np.errstate(divide="ignore", invalid="ignore"):
        reduction = TruncatedSVD(factors, random_state=0).fit(sample)
        reduced = reduction.transform(sample)
        distinct = np.unique(np.round(reduced, ranking.SCORE_DECIMALS), axis=0).shape[0]
        kmeans = KMeans(min(groups, distinct), n_init=1, random_state=0).fit(reduced)
        group[known] = kmeans.predict(reduction.transform(rows)) + 1
    return group
