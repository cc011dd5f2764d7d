"""Pairs of items in enough baskets, from blocks of the sparse product of the incidence matrix with itself."""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from customer_insight.numerics.arrays import Ints
from customer_insight.numerics.threads import THREADS
from customer_insight.rules.baskets import Baskets
from customer_insight.rules.itemset_levels import Itemsets, Level, pairs
from customer_insight.rules.mining_limits import MiningStoppedError, fitting_count, smallest_fitting

# Cells of the pair matrix that one block may fill.
BLOCK_CELLS = 1 << 22
# Products that are worth waiting for: some minutes. Beyond it lies a shop whose baskets are catalogues.
MAX_PRODUCTS = 10**10


def product_count(baskets: Baskets) -> int:
    """Multiplications of the sparse product: the sum of squares of basket sizes."""
    sizes = baskets.sizes
    return int(sizes @ sizes)


def frequent_pairs(baskets: Baskets, threshold: int, limit: int) -> Level:
    """Pairs in at least `threshold` baskets; all items of the baskets are frequent.

    Raises MiningStoppedError where there are more than limit of them, or counting them would take forever.
    """
    products = product_count(baskets)
    if products > MAX_PRODUCTS:
        excess = f"{products} products of items would have to be counted"
        raise MiningStoppedError(2, excess, "the time of a run", limit, partial(_fitting_products, baskets))
    certain = _certain_pairs(baskets, threshold)
    if certain > limit:
        excess = f"at least {certain} pairs would have to be held"
        raise MiningStoppedError(2, excess, "memory_gb", limit, partial(_fitting_products, baskets))
    item_count = baskets.item_codes.size
    incidence = sparse.csr_matrix(baskets.incidence)
    members = sparse.csr_matrix(baskets.incidence.T)
    step = max(1, BLOCK_CELLS // max(1, item_count))
    found: list[tuple[Itemsets, Ints]] = [(np.zeros((0, 2), dtype=np.int32), np.zeros(0, dtype=np.int64))]
    histogram = np.zeros(baskets.count + 1, dtype=np.int64)
    total = 0
    for start in range(0, item_count, step):
        block = members[start : start + step]
        product = sp_matmul_topn(block, incidence, item_count, threshold=threshold - 1, n_threads=THREADS).tocoo()
        later = product.col > product.row + start
        count = product.data[later].astype(np.int64)
        counted = np.bincount(count)
        histogram[: counted.size] += counted
        total += count.size
        if total <= limit:
            items = np.column_stack([product.row[later] + start, product.col[later]]).astype(np.int32)
            found.append((items, count))
    if total > limit:
        fits = partial(fitting_count, np.arange(histogram.size), histogram)
        raise MiningStoppedError(2, f"{total} pairs would have to be held", "memory_gb", limit, fits)
    items, counts = np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])
    order = np.lexsort((items[:, 1], items[:, 0]))
    return pairs(items[order], counts[order])


def _certain_pairs(baskets: Baskets, threshold: int) -> int:
    """Pairs that are frequent for certain, before any is counted: those of the items that the largest baskets share."""
    largest = np.argsort(-baskets.sizes, kind="stable")[:threshold]
    if largest.size < threshold:
        return 0
    offsets, items = baskets.incidence.indptr, baskets.incidence.indices
    shared = items[offsets[largest[0]] : offsets[largest[0] + 1]]
    for basket in largest[1:]:
        shared = np.intersect1d(shared, items[offsets[basket] : offsets[basket + 1]], assume_unique=True)
        if shared.size < 2:
            return 0
    return int(shared.size * (shared.size - 1) // 2)


def _fitting_products(baskets: Baskets, limit: int) -> int:
    """The smallest threshold at which pairs can be counted and, even if all were frequent, are at most so many."""
    item_counts = baskets.item_counts()

    def fits(threshold: int) -> bool:
        kept = baskets.keep(item_counts >= threshold)
        items = kept.item_codes.size
        return product_count(kept) <= MAX_PRODUCTS and items * (items - 1) // 2 <= limit

    return smallest_fitting(1, int(item_counts.max()) + 1, fits)
