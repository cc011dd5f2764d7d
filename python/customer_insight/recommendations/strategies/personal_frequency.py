"""What the customer buys again: their own purchases, recent ones counting more. Proposes nothing new.

Source: Hu et al., "Modeling personalized item frequency information for next-basket recommendation", SIGIR 2020
(personal frequency, section 3), with the ageing of Anderson et al., "The dynamics of repeat consumption", WWW 2014.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.history.history import History

PARAMETERS: dict[str, tuple[float, ...]] = {"half_life_days": (90, 15, 30, 60, 180, 365)}


@dataclass(frozen=True)
class PersonalFrequency:
    """frequency: customers x products."""

    frequency: sparse.csr_array

    def scores(self, customers: Ints) -> sparse.csr_array:
        """Purchases of the customer's own products, each halved with age; shape (customers, products)."""
        return self.frequency[customers]


def fit(history: History, *, half_life_days: float = 90) -> PersonalFrequency:
    """half_life_days: after which a purchase counts for half."""
    return PersonalFrequency(purchases(history, half_life_days))


def purchases(history: History, half_life_days: float = np.inf) -> sparse.csr_array:
    """Customers x products: purchases, each halved every half_life_days."""
    shape = (history.customer_count, history.catalogue.count)
    keep = history.demand > 0
    weight = (history.demand * 0.5 ** (history.age / half_life_days))[keep]
    summed = sparse.csr_array(sparse.coo_array((weight, (history.customer[keep], history.product[keep])), shape=shape))
    return ranking.matrix(*_entries(summed), shape)


def _entries(matrix: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    together = matrix.tocoo()
    return together.row.astype(np.int64), together.col.astype(np.int64), together.data
