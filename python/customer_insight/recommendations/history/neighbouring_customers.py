"""The most similar other customers of each customer, out of a bounded number of reference customers.

Not a strategy: what `user_based`, `up_cf` and `tifu_knn` have in common.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History

# Customers that others are compared with: every customer of a small shop; of a large one those who bought last.
REFERENCE_CUSTOMERS = 20_000


def reference_customers(history: History, limit: int = REFERENCE_CUSTOMERS) -> Ints:
    """Positions, ascending, of the `limit` customers who bought most recently (ties: lower position first)."""
    order = np.argsort(history.last_age, kind="stable")
    return np.sort(order[: min(limit, int(np.isfinite(history.last_age).sum()))])


def without_themselves(similarity: Floats, customers: Ints, reference: Ints) -> Floats:
    """The same, overwritten, so that nobody is their own neighbour; shape (customers, reference)."""
    own = np.searchsorted(reference, customers)
    is_there = (own < reference.size) & (reference[np.minimum(own, reference.size - 1)] == customers)
    similarity[np.flatnonzero(is_there), own[is_there]] = -np.inf
    return similarity


def nearest(similarity: Floats, limit: int) -> sparse.csr_array:
    """The `limit` largest positive similarities in each row, a matrix of the same shape (customers, others)."""
    similarity = np.round(similarity, ranking.SCORE_DECIMALS)
    limit = min(limit, similarity.shape[1])
    least = np.partition(similarity, similarity.shape[1] - limit, axis=1)[:, similarity.shape[1] - limit]
    row, column = np.nonzero((similarity >= least[:, None]) & (similarity > 0))
    value = similarity[row, column]
    order, _ = ranking.in_order(row, column, value, limit)
    return ranking.matrix(row[order], column[order], value[order], similarity.shape)


def row_norms(rows: sparse.csr_array) -> Floats:
    """Euclidean length of each row, shape (rows,)."""
    return np.sqrt(np.bincount(_row_of(rows), weights=rows.data**2, minlength=rows.shape[0]))


def unit_rows(rows: sparse.csr_array) -> sparse.csr_array:
    """Rows of length one; empty rows stay empty."""
    data = rows.data / row_norms(rows)[_row_of(rows)]
    return sparse.csr_array((data, rows.indices, rows.indptr), shape=rows.shape)


def _row_of(rows: sparse.csr_array) -> Ints:
    return np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
