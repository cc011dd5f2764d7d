"""GP-TopFreq: the customer's own products by the number of purchases, then the shop's most popular ones.

Source: Li et al., "A next basket recommendation reality check", TOIS 2023, section 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import POPULARITY_HALF_LIFE, History
from customer_insight.recommendations.strategies import personal_frequency, popular

PARAMETERS: dict[str, tuple[float, ...]] = {"half_life_days": (60, 15, 30, 180, np.inf)}


@dataclass(frozen=True)
class GpTopFreq:
    """frequency: customers x products, whole purchases; share: of the shop's purchases, below 1, shape (products,)."""

    frequency: sparse.csr_array
    popular: popular.Popular
    share: Floats

    def scores(self, customers: Ints) -> sparse.csr_array:
        """Purchases plus the product's share of all: own products first; shape (customers, products)."""
        everyone = self.popular.scores(customers)
        everyone.data = self.share[everyone.indices]
        return sparse.csr_array(everyone + self.frequency[customers])


def fit(history: History, *, half_life_days: float = POPULARITY_HALF_LIFE) -> GpTopFreq:
    """half_life_days: for popularity alone; the customer's own purchases all count alike."""
    everyone = popular.fit(history, half_life_days=half_life_days)
    share = everyone.popularity / max(1e-300, 2 * float(everyone.popularity.max(initial=0.0)))
    return GpTopFreq(personal_frequency.purchases(history), everyone, share)
