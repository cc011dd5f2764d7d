"""Products found in the same sessions as those of this session, the latest of which count most.

Score of product j: sum over the products i of the session of 1 / step x cosine(i, j), step = 1 for the last click; the
cosine is that of the products' sets of sessions, shrunk where few are shared: see `similarity.co_occurrence`.
A product's cosine with itself is taken for own_weight, so that a shop in which people go back can say so.
Sessions of more than WIDEST products say nothing about taste.

Source: Hidasi et al., ICLR 2016 (item-KNN, the usual baseline: with last_only).
Scores are shares of the session's highest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.recommendations.sessions import session_scores
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes
from customer_insight.similarity import co_occurrence

PARAMETERS: dict[str, tuple[float, ...]] = {
    "companions": (100, 50, 300),
    "shrinkage": (5, 0, 20),
    "last_only": (0, 1),
    "own_weight": (0, 0.3, 1),
}
WIDEST = 100


@dataclass(frozen=True)
class SessionItemBased:
    """similarity: products x products, the nearest of each row."""

    similarity: sparse.csr_array
    last_only: bool

    def scores(self, prefixes: Prefixes) -> sparse.csr_array:
        """What products are worth as the next click, shape (queries, products): above 0, at most 1."""
        weight = np.where(self.last_only & (prefixes.step > 1), 0.0, 1 / prefixes.step)
        shape = (prefixes.length.size, self.similarity.shape[0])
        queries = sparse.csr_array((weight, prefixes.product, prefixes.starts), shape=shape)
        return session_scores.shares(sparse.csr_array(queries @ self.similarity))


def fit(
    clicks: Clicks, *, companions: int = 100, shrinkage: float = 5, last_only: float = 0, own_weight: float = 0
) -> SessionItemBased:
    """companions: the nearest kept for each product. last_only: 1 looks at the last click alone. See the module."""
    count = clicks.products.size
    session, product = np.divmod(arrays.distinct(clicks.session * max(1, count) + clicks.product), max(1, count))
    narrow = np.bincount(session, minlength=clicks.sessions.size)[session] <= WIDEST
    everything = np.ones(count, dtype=np.bool_)
    pairs = co_occurrence.count_pairs(session[narrow], product[narrow], everything, int(companions), 1, shrinkage)
    similarity = ranking.matrix(pairs.product, pairs.other, pairs.score, (count, count))
    own = sparse.diags_array(np.full(count, float(own_weight)))
    return SessionItemBased(sparse.csr_array(similarity + own), bool(last_only))
