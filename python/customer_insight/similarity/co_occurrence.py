"""Counts of products in the same contexts, and the cosine between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class CoOccurrences:
    """Pairs of products in the same contexts: positions of both, number of shared contexts, score; shapes (pairs,)."""

    product: Ints
    other: Ints
    count: Ints
    score: Floats


def count_pairs(
    context: Ints, product: Ints, is_candidate: Bools, limit: int, minimum_count: int, shrinkage: float
) -> CoOccurrences:
    """The best `limit` companions of each product from distinct (context, product) pairs in order of context.

    is_candidate: which products may be a companion, shape (products,).
    """
    product_count = is_candidate.size
    context_count = int(context.max()) + 1 if context.size else 0
    ones = np.ones(context.size, dtype=np.int64)
    incidence = ranking.matrix(context, product, ones, (context_count, product_count))
    transposed = sparse.csr_array(incidence.T)
    count_of = np.bincount(product, minlength=product_count).astype(np.int64)
    parts = []
    for block in ranking.blocks(transposed, incidence):
        shared = (transposed[block] @ incidence).tocoo()
        first, second = shared.row.astype(np.int64) + block.start, shared.col.astype(np.int64)
        keep = (first != second) & (shared.data >= minimum_count) & is_candidate[second]
        first, second, count = first[keep], second[keep], shared.data[keep]
        cosine = count / np.sqrt((count_of[first] * count_of[second]).astype(np.float64))
        score = np.round(cosine * (count / (count + shrinkage)), ranking.SCORE_DECIMALS)
        order, _ = ranking.in_order(first, second, score, limit)
        parts.append((first[order], second[order], count[order], score[order]))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return CoOccurrences(none, none, none, np.zeros(0))
    first, second, count, score = (np.concatenate(part) for part in zip(*parts, strict=True))
    return CoOccurrences(first, second, count, score)
