"""Scores of products for queries, in a form that is the same on every machine."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools
from customer_insight.recommendations.proposing.candidates import Candidates
from customer_insight.recommendations.sessions.prefixes import Prefixes


def shares(scores: sparse.csr_array) -> sparse.csr_array:
    """Each row divided by its highest score and rounded, so that rows of tiny scores keep their order."""
    scores.sort_indices()
    counts = np.diff(scores.indptr)
    if scores.nnz:
        highest = np.maximum.reduceat(scores.data, scores.indptr[:-1][counts > 0])
        highest = np.repeat(highest, counts[counts > 0])
        shares = np.divide(scores.data, highest, out=np.zeros(scores.nnz), where=highest > 0)
        scores.data = np.round(shares, ranking.SCORE_DECIMALS)
    return scores


def stacked(parts: list[sparse.csr_array], product_count: int) -> sparse.csr_array:
    """All rows of all parts."""
    if not parts:
        return sparse.csr_array((0, product_count))
    return sparse.csr_array(sparse.vstack(parts, format="csr")) if len(parts) > 1 else parts[0]


def best(
    scores: sparse.csr_array, prefixes: Prefixes, limit: int, is_available: Bools, *, with_current: bool
) -> Candidates:
    """The `limit` best of the products that may be recommended for each query, ties to the lower code.

    with_current: also the product of the last click, where people do click on a product twice in a row.
    """
    query = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr))
    product = scores.indices.astype(np.int64)
    keep = (scores.data > 0) & is_available[product]
    if not with_current:
        keep &= product != prefixes.current[query]
    return Candidates(query[keep], product[keep], scores.data[keep]).best(limit)
