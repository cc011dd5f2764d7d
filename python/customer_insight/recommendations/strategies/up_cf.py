"""UP-CF@r: what similar customers bought lately, weighted by how often: made for shops in which people buy again.

A customer's popularity of product j is the share of their last `recent_baskets` baskets that hold j (all customers
alike, so with fewer baskets than that, of those). Similarity of customers is the asymmetric cosine of their sets of
products, |A and B| / (|A|^asymmetry |B|^(1 - asymmetry)), raised to the power `sharpness`; the score adds up the
popularities of all customers, the customer's own (similarity 1) among them.

Source: Faggioli, Polato and Aiolli, "Recency aware collaborative filtering for next basket recommendation", UMAP 2020.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.arrays import Ints
from customer_insight.recommendations.history import History
from customer_insight.recommendations.strategies import baskets, neighbouring_customers

PARAMETERS: dict[str, tuple[float, ...]] = {
    "recent_baskets": (25, 5, 10, 100),
    "sharpness": (10, 5, 20),
    "asymmetry": (0.5, 0.25, 0.75),
}
# Neighbours beyond these have next to no weight once similarities are raised to a power.
_NEIGHBOURS = 200


@dataclass(frozen=True)
class UpCf:
    """left, right: sets of products, weighted for the asymmetric cosine, customers x products, products x reference.

    recent: customers x products, shares; others: of the reference customers.
    """

    left: sparse.csr_array
    right: sparse.csr_array
    recent: sparse.csr_array
    others: sparse.csr_array
    reference: Ints
    sharpness: float

    def scores(self, customers: Ints) -> sparse.csr_array:
        """From 0, shape (customers, products)."""
        own = self.recent[customers]
        if self.reference.size == 0:
            return own
        similarity = (self.left[customers] @ self.right).toarray()
        near = neighbouring_customers.nearest(similarity, customers, self.reference, _NEIGHBOURS)
        near.data = near.data**self.sharpness
        return sparse.csr_array(near @ self.others + own)


def learn(history: History, *, recent_baskets: int = 25, sharpness: float = 10, asymmetry: float = 0.5) -> UpCf:
    """recent_baskets: r. sharpness: q. asymmetry: alpha. See the module."""
    sets = history.owned
    size = np.maximum(1, np.diff(sets.indptr)).astype(np.float64)
    reference = neighbouring_customers.reference_customers(history)
    left = sparse.csr_array(sparse.diags_array(size**-asymmetry) @ sets)
    right = sparse.csr_array(sparse.diags_array(size ** (asymmetry - 1)) @ sets)[reference]
    recent = baskets.recent_shares(history, int(recent_baskets))
    return UpCf(left, sparse.csr_array(right.T), recent, recent[reference], reference, sharpness)
