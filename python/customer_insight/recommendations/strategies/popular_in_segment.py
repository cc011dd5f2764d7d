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

from customer_insight.arrays import Floats, Ints
from customer_insight.recommendations.history import History
from customer_insight.recommendations.strategies import neighbouring_customers

PARAMETERS: dict[str, tuple[float, ...]] = {"groups": (10, 5, 20, 40), "half_life_days": (60, 30, 180, np.inf)}
_FACTORS = 32
# Customers that the groups are learned from at most; the others are assigned to them.
_SAMPLE = 50_000


@dataclass(frozen=True)
class PopularInSegment:
    """group: of each customer; popularity: groups x products."""

    history: History
    group: Ints
    popularity: Floats

    def scores(self, customers: Ints) -> Floats:
        """Popularity in the customer's group; shape (customers, products)."""
        return self.popularity[self.group[customers]]


def learn(history: History, *, groups: int = 10, half_life_days: float = 60) -> PopularInSegment:
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
    return PopularInSegment(history, group, popularity)


def _groups(history: History, groups: int) -> Ints:
    """Group of each customer from 1, 0 for those without purchases; shape (customers,)."""
    group = np.zeros(history.customer_count, dtype=np.int64)
    known = np.flatnonzero(np.diff(history.owned.indptr))
    factors = min(_FACTORS, history.catalogue.count - 1)
    if known.size < 5 * groups or factors < 2:
        group[known] = 1
        return group
    rows = neighbouring_customers.unit_rows(sparse.csr_array(history.owned[known]))
    sample = rows[:: -(-known.size // _SAMPLE)]
    reduced = TruncatedSVD(factors, random_state=0).fit(sample)
    kmeans = KMeans(groups, n_init=1, random_state=0).fit(reduced.transform(sample))
    group[known] = kmeans.predict(reduced.transform(rows)) + 1
    return group
