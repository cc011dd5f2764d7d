"""Products like those the customer has: item-item neighbours.

Score of product j: sum over the customer's products i of weight_i x similarity_ij, a product being its own neighbour
with similarity 1 x own_weight (so that a shop in which people buy again can say so). Weights fade with age.

Sources: Sarwar et al., WWW 2001 (item-based collaborative filtering); Deshpande and Karypis, TOIS 2004 (the k most
similar, rows of length one); Bell and Koren, ICDM 2007, section 3.1 (shrinkage by common customers); Robertson and
Zaragoza 2009 (BM25 weights).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads
from customer_insight.recommendations.history.history import History

PARAMETERS: dict[str, tuple[float | str, ...]] = {
    "neighbours": (50, 20, 100, 200),
    "similarity": ("cosine", "jaccard"),
    "weighting": ("none", "tfidf", "bm25"),
    "shrinkage": (5, 0, 20, 100),
    "half_life_days": (180, 60, 365, np.inf),
    "own_weight": (1, 0.3, 3),
}
_BM25_K1, _BM25_B = 1.2, 0.75
MAX_CUSTOMER_PRODUCTS = 1000
# Multiplications in a block of rows: a few dozen bytes each, in every thread.
_BLOCK_WORK = 1 << 21


@dataclass(frozen=True)
class ItemBased:
    """profile: customers x products; similarity: products x products, the neighbours of each row."""

    profile: sparse.csr_array
    similarity: sparse.csr_array

    def scores(self, customers: Ints) -> sparse.csr_array:
        """Weighted mean similarity to the customer's products, shape (customers, products)."""
        return sparse.csr_array(self.profile[customers] @ self.similarity)


def fit(
    history: History,
    *,
    neighbours: int = 50,
    similarity: str = "cosine",
    weighting: str = "none",
    shrinkage: float = 5,
    half_life_days: float = 180,
    own_weight: float = 1,
    max_customer_products: int = MAX_CUSTOMER_PRODUCTS,
) -> ItemBased:
    """neighbours: kept for each product. half_life_days: of what the customer did. own_weight: see the module.

    Customers with more than max_customer_products products say nothing about similarity: they are resellers or bots
    and cost the square of it; they get recommendations all the same.
    """
    profile = history.matrix(half_life_days=half_life_days)
    total = np.asarray(profile.sum(axis=1)).reshape(-1)
    profile.data = profile.data / np.repeat(total, np.diff(profile.indptr))
    seen = without_wide_customers(history.matrix(), max_customer_products)
    near = item_neighbours(
        _weighted(seen, weighting),
        history.catalogue.is_available,
        limit=neighbours,
        shrinkage=shrinkage,
        is_jaccard=similarity == "jaccard",
    )
    has_buyers = np.zeros(history.catalogue.count)
    has_buyers[seen.indices] = own_weight
    return ItemBased(profile, sparse.csr_array(near + sparse.diags_array(has_buyers)))


def without_wide_customers(seen: sparse.csr_array, limit: int = MAX_CUSTOMER_PRODUCTS) -> sparse.csr_array:
    """The same with the rows of customers empty who have more than `limit` products."""
    is_narrow = np.diff(seen.indptr) <= limit
    kept = sparse.csr_array(sparse.diags_array(is_narrow.astype(np.float64)) @ seen)
    kept.eliminate_zeros()
    return kept


def _weighted(seen: sparse.csr_array, weighting: str) -> sparse.csr_array:
    """Entries weighted so that customers who buy everything say less."""
    if weighting == "none" or seen.nnz == 0:
        return seen
    lengths = np.diff(seen.indptr)
    customers = max(1, int((lengths > 0).sum()))
    per_customer = np.log(1 + seen.shape[1] / np.maximum(1, lengths))
    data = seen.data
    if weighting == "bm25":
        length = 1 - _BM25_B + _BM25_B * lengths * customers / seen.nnz
        data = data * (_BM25_K1 + 1) / (data + _BM25_K1 * np.repeat(length, lengths))
    data = data * np.repeat(per_customer, lengths)
    return sparse.csr_array((data, seen.indices, seen.indptr), shape=seen.shape)


def item_neighbours(
    seen: sparse.csr_array, is_candidate: Bools, *, limit: int, shrinkage: float, is_jaccard: bool = False
) -> sparse.csr_array:
    """The `limit` most similar candidates (columns) of each product (row), without itself; shape (products, products).

    seen: customers x products. Cosine of columns (Jaccard: of the sets of customers), times n / (n + shrinkage), n the
    customers of both.
    """
    count = seen.shape[1]
    customers = np.bincount(seen.indices, minlength=count).astype(np.float64)
    # popular products side by side: most of the work is theirs, and so stays in the cache
    order = np.argsort(-customers, kind="stable")
    unit = _ones(seen, np.float64) if is_jaccard else _unit_columns(seen)
    left, right = sparse.csr_array(unit.T), _of_candidates(unit, is_candidate, order)
    if not shrinkage and not is_jaccard:
        # no counts of common customers needed: one pass, and a product is always among the most similar to itself
        row, column, score = ranking.best_columns(left, right, limit + 1, order)
        others = np.flatnonzero(row != column)
        others = others[ranking.ranks(row[others]) <= limit]
        return ranking.matrix(row[others], column[others], score[others], (count, count))
    ones = _ones(seen, np.int32)
    ones_left, ones_right = sparse.csr_array(ones.T), _of_candidates(ones, is_candidate, order)

    def best_of(block: slice) -> ranking.Best:
        product = sparse.csr_array(left[block] @ right)
        # the same pattern again, so the entries of both stand in one order, whichever that is
        both = product.data if is_jaccard else sparse.csr_array(ones_left[block] @ ones_right).data
        row = np.repeat(np.arange(block.start, block.stop), np.diff(product.indptr))
        column = order[product.indices]
        like = both / (customers[row] + customers[column] - both) if is_jaccard else product.data
        data = np.round(like * (both / (both + shrinkage)), ranking.SCORE_DECIMALS)
        near = np.flatnonzero((row != column) & (data > 0))
        found, _ = ranking.in_order(row[near], column[near], data[near], limit)
        best = near[found]
        return row[best], column[best], data[best]

    nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    parts = in_threads(best_of, list(ranking.blocks(left, right, _BLOCK_WORK)))
    rows, columns, scores = (np.concatenate(part) for part in zip(nothing, *parts, strict=True))
    return ranking.matrix(rows, columns, scores, (count, count))


def _of_candidates(seen: sparse.csr_array, is_candidate: Bools, order: Ints) -> sparse.csr_array:
    """The same with the columns in that order, those of other products empty."""
    place = np.empty(order.size, dtype=seen.indices.dtype)
    place[order] = np.arange(order.size)
    ordered = sparse.csr_array((seen.data, place[seen.indices], seen.indptr), shape=seen.shape)
    if is_candidate.all():
        return ordered
    kept = sparse.csr_array(ordered @ sparse.diags_array(is_candidate[order].astype(seen.dtype), dtype=seen.dtype))
    kept.eliminate_zeros()
    return kept


def _ones(seen: sparse.csr_array, kind: npt.DTypeLike) -> sparse.csr_array:
    return sparse.csr_array((np.ones(seen.nnz, dtype=kind), seen.indices, seen.indptr), shape=seen.shape)


def _unit_columns(seen: sparse.csr_array) -> sparse.csr_array:
    column = seen.indices.astype(np.int64)  # once, instead of inside each of the two calls
    norms: Floats = np.sqrt(np.bincount(column, weights=seen.data**2, minlength=seen.shape[1]))
    return sparse.csr_array((seen.data / norms[column], seen.indices, seen.indptr), shape=seen.shape)
