"""Products whose texts, attributes or vectors are like the customer's products: reaches what nobody bought yet.

Score: cosine between a product and the customer's products added up (weights fade with age). Texts and attributes are
TF-IDF rows (Salton and Buckley 1988; Lops et al., Recommender Systems Handbook 2011, 3.3.1), beside the product's own
vector where one is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.history.history import History

PARAMETERS: dict[str, tuple[float, ...]] = {"half_life_days": (60, 15, 180, np.inf)}


@dataclass(frozen=True)
class Content:
    """profile: customers x products, rows of length one in the space of the content; content: products x terms."""

    profile: sparse.csr_array
    content: sparse.csr_array

    def scores(self, customers: Ints) -> sparse.csr_array:
        """Cosine, 0 to 1, shape (customers, products)."""
        tastes = sparse.csr_array(self.profile[customers] @ self.content)
        norms = np.sqrt(np.asarray(tastes.multiply(tastes).sum(axis=1)).reshape(-1))
        tastes.data = tastes.data / np.repeat(np.maximum(norms, 1e-300), np.diff(tastes.indptr))
        return sparse.csr_array(tastes @ self.content.T)


def fit(history: History, *, half_life_days: float = 60) -> Content:
    """half_life_days: of what the customer did."""
    return Content(history.matrix(half_life_days=half_life_days), history.catalogue.content)
