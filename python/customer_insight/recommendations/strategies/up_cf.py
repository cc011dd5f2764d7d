"""UP-CF@r: what similar customers bought lately, weighted by how often: made for shops in which people buy again.

A customer's popularity of product j is the share of their last `recent_baskets` baskets that hold j (all customers
alike, so with fewer baskets than that, of those). Similarity of customers is the asymmetric cosine of their sets of
products, |A and B| / (|A|^asymmetry |B|^(1 - asymmetry)), raised to the power `sharpness`; the score adds up the
popularities of all customers, the customer's own (similarity 1) among them.

Source: Faggioli, Polato and Aiolli, "Recency aware collaborative filtering for next basket recommendation", UMAP 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.history import customer_baskets, neighbouring_customers
from customer_insight.recommendations.history.history import History

PARAMETERS: dict[str, tuple[float, ...]] = {
    "recent_baskets": (25, 5, 10, 100),
    "sharpness": (10, 5, 20),
    "asymmetry": (0.5, 0.25, 0.75),
}
# Sets of products beyond the nearest have next to no weight once similarities are raised to a power.
_NEAREST_SETS = 200


@dataclass(frozen=True)
class UpCf:
    """left: sets of customers, customers x products; right: distinct sets of the reference customers, products x sets.

    Both are weighted for the asymmetric cosine. recent: customers x products, shares; of_sets: the same added up over
    the reference customers with the set, so that however many have the same few products, they are one neighbour.
    """

    left: sparse.csr_array
    right: sparse.csr_array
    recent: sparse.csr_array
    of_sets: sparse.csr_array
    reference: Ints
    sharpness: float

    def scores(self, customers: Ints) -> sparse.csr_array:
        """From 0, shape (customers, products)."""
        own = self.recent[customers]
        if self.reference.size == 0:
            return own
        near = neighbouring_customers.nearest((self.left[customers] @ self.right).toarray(), _NEAREST_SETS)
        near.data = near.data**self.sharpness
        # reference customers are in the sum of their set already
        is_other = ~arrays.find(self.reference, customers)[0]
        return sparse.csr_array(near @ self.of_sets + sparse.diags_array(is_other.astype(np.float64)) @ own)


def fit(history: History, *, recent_baskets: int = 25, sharpness: float = 10, asymmetry: float = 0.5) -> UpCf:
    """recent_baskets: r. sharpness: q. asymmetry: alpha. See the module."""
    recent = customer_baskets.recent_shares(history, int(recent_baskets))
    reference = neighbouring_customers.reference_customers(history)
    first, number = _distinct_rows(history.owned[reference])
    members = sparse.csr_array(
        (np.ones(number.size), (number, np.arange(number.size))), shape=(first.size, number.size)
    )
    left = _weighted(history.owned, -asymmetry)
    right = _weighted(history.owned[reference[first]], asymmetry - 1)
    of_sets = sparse.csr_array(members @ recent[reference])
    return UpCf(left, sparse.csr_array(right.T), recent, of_sets, reference, sharpness)


def _weighted(sets: sparse.csr_array, power: float) -> sparse.csr_array:
    """Rows times their number of products to the power."""
    size = np.maximum(1, np.diff(sets.indptr)).astype(np.float64)
    return sparse.csr_array(sparse.diags_array(size**power) @ sets)


def _distinct_rows(sets: sparse.csr_array) -> tuple[Ints, Ints]:
    """The first row of each distinct set, and the number of the set of each row."""
    numbers: dict[bytes, int] = {}
    rows = [sets.indices[start:stop].tobytes() for start, stop in pairwise(sets.indptr.tolist())]
    number = np.array([numbers.setdefault(row, len(numbers)) for row in rows], dtype=np.int64)
    return np.unique(number, return_index=True)[1], number
