"""Words and products as vectors, by the company they keep: shifted PPMI and a truncated singular value decomposition.

Sources: Levy and Goldberg, "Neural word embedding as implicit matrix factorization", NIPS 2014: word2vec with negative
sampling factorises the pointwise mutual information less the logarithm of the number of samples. Levy, Goldberg and
Dagan, "Improving distributional similarity with lessons learned from word embeddings", TACL 2015: contexts smoothed by
the power 0.75, and singular vectors without their values, make up what word2vec had before. Unlike it nothing is drawn:
the same input gives the same vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds
from threadpoolctl import ThreadpoolController

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints

DIMENSIONS = 100
SMOOTHING = 0.75  # power of how often a context is met: rare ones would attract everything
SHIFT = 1  # number of negative samples k; the PMI less log k counts
EIGENVALUE_POWER = 0.0
# Up to this many rows the decomposition is whole: as fast, and it has no start to hang on.
_DENSE = 400


def text_counts(words: Ints, text: Ints, vocabulary: int, window: int = 5) -> sparse.csr_array:
    """How near words stand to each other, shape (vocabulary, vocabulary), symmetric.

    words: numbers of all words in their order, below 0 where a word is none of the vocabulary; text: the number of its
    text, rising. Words d places apart count 1 - (d - 1) / window, which is what word2vec's window of random width
    gives on average.
    """
    rows, columns, weights = [], [], []
    for distance in range(1, window + 1):
        left, right = words[:-distance], words[distance:]
        meet = (text[:-distance] == text[distance:]) & (left >= 0) & (right >= 0)
        rows.append(left[meet])
        columns.append(right[meet])
        weights.append(np.full(int(meet.sum()), 1 - (distance - 1) / window))
    return _symmetric(np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), vocabulary)


def basket_counts(basket: Ints, item: Ints, items: int) -> sparse.csr_array:
    """How often items share a basket, shape (items, items), symmetric, its diagonal empty; distinct pairs come in.

    An item of a basket meets the others with 1 / (their number) each: large baskets say no more than small ones.
    """
    size = np.bincount(basket)
    kept = size[basket] > 1
    weight = 1 / np.sqrt(size[basket[kept]] - 1)
    incidence = ranking.matrix(basket[kept], item[kept], weight, (size.size, items))
    counts = sparse.csr_array(incidence.T @ incidence)
    counts.setdiag(0)
    counts.eliminate_zeros()
    counts.sort_indices()
    return counts


def _symmetric(rows: Ints, columns: Ints, weights: Floats, size: int) -> sparse.csr_array:
    """Sums of the weights of pairs, each counted in both directions."""
    # in order, so that each sum is made in the same order whatever the order of the texts
    key = np.minimum(rows, columns) * size + np.maximum(rows, columns)
    order = np.lexsort((weights, key))
    found, place = np.unique(key[order], return_inverse=True)
    total = np.bincount(place, weights[order], minlength=found.size)
    half = sparse.csr_array((total, (found // size, found % size)), shape=(size, size))
    result = sparse.csr_array(half + half.T)
    result.sort_indices()
    return result


def shifted_ppmi(counts: sparse.csr_array, shift: float = SHIFT, smoothing: float = SMOOTHING) -> sparse.csr_array:
    """max(0, log(n_wc x N / (n_w x n_c^a)) - log(shift)), N the sum of n_c^a: positive cells only."""
    result = sparse.csr_array(counts, dtype=np.float64)
    result.sort_indices()
    of_word = np.asarray(result.sum(axis=1)).ravel()
    of_context = np.asarray(result.sum(axis=0)).ravel() ** smoothing
    row = np.repeat(np.arange(result.shape[0]), np.diff(result.indptr))
    expected = of_word[row] * of_context[result.indices] / max(of_context.sum(), np.finfo(float).tiny)
    result.data = np.maximum(np.log(result.data / expected) - np.log(shift), 0.0)
    result.eliminate_zeros()
    return result


def embed(matrix: sparse.csr_array, dimensions: int = DIMENSIONS, power: float = EIGENVALUE_POWER) -> Floats:
    """Vectors of the rows, shape (rows, at most `dimensions`), of length 1, or of zeros where a row says nothing.

    The left singular vectors, times the singular values to the `power`. Each has the sign that makes its largest entry
    (the first of equally large ones) positive; the iteration starts from a fixed vector, on one thread.
    """
    wanted = min(dimensions, *matrix.shape)
    if matrix.nnz == 0 or wanted == 0:
        return np.zeros((matrix.shape[0], max(wanted, 1)))
    with ThreadpoolController().limit(limits=1):
        if min(matrix.shape) <= max(_DENSE, wanted + 1):
            left, values, _ = np.linalg.svd(matrix.toarray(), full_matrices=False)
            left, values = left[:, :wanted], values[:wanted]
        else:
            start = np.random.default_rng(0).standard_normal(min(matrix.shape))
            found: Any = svds(matrix, k=wanted, v0=start, return_singular_vectors="u", tol=1e-10)
            left, values = found[0][:, ::-1], found[1][::-1]
    kept = values > values[0] * 1e-9
    left, values = left[:, kept], values[kept]
    largest = np.abs(np.round(left, ranking.SCORE_DECIMALS)).argmax(axis=0)
    left = left * np.sign(left[largest, np.arange(left.shape[1])])
    return unit(left * values**power)


def unit(vectors: Floats) -> Floats:
    """Rows of length 1; those shorter than rounding stay zero."""
    length = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return np.where(length > 1e-9, vectors / np.maximum(length, 1e-9), 0.0)


def nearest(queries: Floats, vectors: Floats, limit: int, is_candidate: Bools, own: Ints | None = None) -> ranking.Best:
    """The `limit` candidates with the largest positive cosine to each query: rows, places, scores; in order.

    own: the place of each query among the vectors, which is no answer to it.
    """
    places = np.flatnonzero(is_candidate)
    columns = np.ascontiguousarray(vectors[places].T)
    parts: list[ranking.Best] = []
    for start in range(0, len(queries), _block(len(places))):
        block = queries[start : start + _block(len(places))]
        score = np.minimum(np.round(block @ columns, ranking.SCORE_DECIMALS), 1.0)
        if own is not None:
            score[places[None, :] == own[start : start + len(block), None]] = -1.0
        row, column = np.nonzero(score > 0)
        order, _ = ranking.in_order(row.astype(np.int64), places[column], score[row, column], limit)
        parts.append((row[order].astype(np.int64) + start, places[column[order]], score[row, column][order]))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    rows, found, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
    return rows, found, scores


def _block(width: int) -> int:
    """Queries at a time, so that their scores take 32 MB."""
    return max(1, (1 << 22) // max(width, 1))


def mean_of(vectors: Floats, members: Sequence[Sequence[int]], weights: Floats) -> Floats:
    """The direction of each group of vectors, weighed; zeros for a group of none. Shape (groups, dimensions)."""
    sums = np.zeros((len(members), vectors.shape[1]))
    for place, group in enumerate(members):
        if len(group):
            sums[place] = weights[list(group)] @ vectors[list(group)]
    return unit(sums)
