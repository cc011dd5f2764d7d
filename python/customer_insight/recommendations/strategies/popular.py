"""What everyone buys, recent purchases counting more: the baseline that every other strategy has to beat.

Source: Ji et al., "A re-visit of the popularity baseline in recommender systems", SIGIR 2020 (popularity of the time).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import POPULARITY_HALF_LIFE, History

PARAMETERS: dict[str, tuple[float, ...]] = {"half_life_days": (60, 7, 15, 30, 180, np.inf)}
# Products proposed to everyone, of those that may be; the popular ones beyond are reached by filling lists up.
_SHOWN = 300


@dataclass(frozen=True)
class Popular:
    """popularity: shape (products,)."""

    history: History
    popularity: Floats

    def scores(self, customers: Ints) -> sparse.csr_array:
        """The popular products, and those that the customers bought; shape (customers, products)."""
        everyone = shown(self.popularity, self.history.catalogue.is_available)
        ones = sparse.csr_array(np.ones((customers.size, 1)))
        pattern = sparse.csr_array(ones @ everyone + self.history.owned[customers])
        pattern.sort_indices()
        pattern.data = self.popularity[pattern.indices]
        return pattern


def fit(history: History, *, half_life_days: float = POPULARITY_HALF_LIFE) -> Popular:
    """half_life_days: after which a purchase counts for half; infinite: all purchases count alike."""
    return Popular(history, history.popularity(half_life_days))


def shown(popularity: Floats, is_available: Bools) -> sparse.csr_array:
    """Ones for the _SHOWN most popular of the products that may be recommended, shape (1, products)."""
    available = np.flatnonzero(is_available)
    best = np.sort(available[np.argsort(-popularity[available], kind="stable")[:_SHOWN]])
    return ranking.matrix(np.zeros(best.size, np.int64), best, np.ones(best.size), (1, popularity.size))
