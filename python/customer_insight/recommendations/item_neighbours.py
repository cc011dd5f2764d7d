"""Item-item similarity for recommendations: shrunk cosine between the columns of the customer x product matrix.

Sources: Sarwar et al., WWW 2001 (item-based collaborative filtering); Deshpande and Karypis, TOIS 2004 (the k most
similar products of each product); Bell and Koren, ICDM 2007, section 3.1 (shrinkage by the number of common customers).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from customer_insight.arrays import Bools, Floats, Ints
from customer_insight.similarity import ranking


def neighbours(
    customer: Ints,
    product: Ints,
    strength: Floats,
    is_candidate: Bools,
    *,
    limit: int,
    shrinkage: float,
    max_customer_products: int,
) -> sparse.csr_array:
    """For each product (row) its `limit` most similar candidate products (columns), shape (products, products).

    customer, product, strength: distinct pairs in order of customer. Similarity of i and j is
    sum_u s_ui s_uj / (|s_i| |s_j|) x n_ij / (n_ij + shrinkage), n_ij the customers of both. Customers with more than
    max_customer_products products are left out here: they are resellers or robots, and cost the square of it.
    """
    count = is_candidate.size
    keep = np.bincount(customer)[customer] <= max_customer_products if customer.size else np.zeros(0, np.bool_)
    customer, product, strength = customer[keep], product[keep], strength[keep]
    norms = np.sqrt(np.bincount(product, weights=strength**2, minlength=count))
    shape = (int(customer.max()) + 1 if customer.size else 0, count)
    unit = ranking.matrix(customer, product, strength / norms[product], shape)
    right = _only_columns(unit, is_candidate)
    ones_left, ones_right = _ones(unit), _ones(right)
    transposed, ones_transposed = _transposed(unit), _transposed(ones_left)
    parts: list[tuple[Ints, Ints, Floats]] = []
    for block in ranking.blocks(transposed, right):
        cosine, common = transposed[block] @ right, ones_transposed[block] @ ones_right
        cosine.sort_indices()
        common.sort_indices()
        row = np.repeat(np.arange(block.start, block.stop), np.diff(cosine.indptr))
        column = cosine.indices.astype(np.int64)
        score = np.round(cosine.data * (common.data / (common.data + shrinkage)), ranking.SCORE_DECIMALS)
        near = np.flatnonzero((row != column) & (score > 0))
        order, _ = ranking.in_order(row[near], column[near], score[near], limit)
        best = near[order]
        parts.append((row[best], column[best], score[best]))
    rows, columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True)) if parts else _nothing()
    return ranking.matrix(rows, columns, scores, (count, count))


def _nothing() -> tuple[Ints, Ints, Floats]:
    return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)


def _only_columns(values: sparse.csr_array, keep: Bools) -> sparse.csr_array:
    kept = values.tocoo()
    is_kept = keep[kept.col]
    return ranking.matrix(kept.row[is_kept], kept.col[is_kept], kept.data[is_kept], values.shape)


def _ones(values: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array((np.ones(values.nnz), values.indices, values.indptr), shape=values.shape)


def _transposed(values: sparse.csr_array) -> sparse.csr_array:
    result = sparse.csr_array(values.T)
    result.sort_indices()
    return result
