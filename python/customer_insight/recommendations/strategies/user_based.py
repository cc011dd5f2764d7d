"""What similar customers have: user-user neighbours, cosine of what they did.

Score of product j: sum over the k most similar customers v of similarity_uv^sharpness x v's tie to j, divided by the
sum of these weights.

Sources: Resnick et al., CSCW 1994; Herlocker et al., SIGIR 1999 (neighbourhoods of k); Aiolli, RecSys 2013 (sharpness,
there called locality).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.history import neighbouring_customers
from customer_insight.recommendations.history.history import History

PARAMETERS: dict[str, tuple[float, ...]] = {
    "neighbours": (100, 50, 200, 400),
    "half_life_days": (365, 60, 180, np.inf),
    "sharpness": (1, 2, 4),
}


@dataclass(frozen=True)
class UserBased:
    """unit: customers x products, rows of length one; others: products x reference customers, columns of length one.

    ties: reference customers x products.
    """

    unit: sparse.csr_array
    others: sparse.csr_array
    ties: sparse.csr_array
    reference: Ints
    neighbours: int
    sharpness: float

    def scores(self, customers: Ints) -> sparse.csr_array:
        """From 0, shape (customers, products)."""
        if self.reference.size == 0:
            return sparse.csr_array((customers.size, self.unit.shape[1]))
        similarity = (self.unit[customers] @ self.others).toarray()
        similarity = neighbouring_customers.without_themselves(similarity, customers, self.reference)
        near = neighbouring_customers.nearest(similarity, self.neighbours)
        near.data = near.data**self.sharpness
        total = np.asarray(near.sum(axis=1)).reshape(-1)
        near.data = near.data / np.repeat(total, np.diff(near.indptr))
        return sparse.csr_array(near @ self.ties)


def fit(history: History, *, neighbours: int = 100, half_life_days: float = 365, sharpness: float = 1) -> UserBased:
    """neighbours: k. half_life_days: of what customers did. sharpness: above 1 the nearest count still more."""
    ties = history.matrix(half_life_days=half_life_days)
    reference = neighbouring_customers.reference_customers(history)
    unit = neighbouring_customers.unit_rows(ties)
    others = sparse.csr_array(unit[reference].T)
    return UserBased(unit, others, ties[reference], reference, int(neighbours), sharpness)
