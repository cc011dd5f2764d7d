"""The best few columns of each row of a sparse product, in a total order: score (falling), then column (rising).

Scores are rounded to SCORE_DECIMALS before they are compared, so that sums that differ only in the last bits tie,
and ties are broken by the column's number: the same answer on every machine and with every library version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.numerics.threads import THREADS

SCORE_DECIMALS = 9
# How many more than asked for are fetched, so that most ties end within reach.
_MARGIN = 10
# Rows of popular products take longest and may stand together: more parts than cores even that out.
_PARTS = 8 * THREADS
# Multiplications that one block may take: bounds the memory of a block's product.
BLOCK_WORK = 1 << 24

# From how many times as many entries as wanted a row is cut down before it is sorted.
_LONG_ROW = 4
# How many times as many cells as entries rows of equal width may have.
_WIDEST = 4

Best = tuple[Ints, Ints, Floats]


def matrix(rows: Ints, columns: Ints, values: npt.NDArray[Any], shape: tuple[int, int]) -> sparse.csr_array:
    """A CSR array of distinct (row, column) pairs with sorted indices, so that every sum has one order."""
    result = sparse.csr_array((values, (rows, columns)), shape=shape)
    result.sort_indices()
    return result


def blocks(left: sparse.csr_array, right: sparse.csr_array, work: int = BLOCK_WORK) -> Iterator[slice]:
    """Slices of rows of left whose product with right takes at most `work` multiplications each (or one row)."""
    so_far = np.zeros(left.nnz + 1, dtype=np.int64)
    np.cumsum(np.diff(right.indptr)[left.indices], out=so_far[1:])
    total = so_far[left.indptr]
    del so_far  # as large as left; what is yielded to needs the room
    start = 0
    while start < left.shape[0]:
        stop = max(start + 1, int(np.searchsorted(total, total[start] + work, side="right")) - 1)
        yield slice(start, min(stop, left.shape[0]))
        start = stop


def ranks(rows: Ints) -> Ints:
    """1, 2, 3, ... within each run of equal row numbers. Shape (entries,)."""
    place = np.arange(len(rows), dtype=np.int64)
    is_new = np.ones(len(rows), dtype=np.bool_)
    is_new[1:] = rows[1:] != rows[:-1]
    return place - np.maximum.accumulate(np.where(is_new, place, 0)) + 1


def in_order(rows: Ints, columns: Ints, scores: Floats, n: int) -> tuple[npt.NDArray[np.intp], Ints]:
    """Which entries are among the n best of their row, in order of row and rank; and their ranks from 1."""
    near = _near_the_best(rows, scores, n)
    order = near[_sorted(rows[near], columns[near], scores[near])]
    rank = ranks(rows[order])
    return order[rank <= n], rank[rank <= n]


def _sorted(rows: Ints, columns: Ints, scores: Floats) -> npt.NDArray[np.intp]:
    """The order by row, falling score and column. Many short sorts, one for each row, take a fifth of a long one."""
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    lengths = np.diff(starts, append=rows.size)
    width = int(lengths.max(initial=0))
    is_in_order = (rows[1:] > rows[:-1]) | ((rows[1:] == rows[:-1]) & (columns[1:] > columns[:-1]))
    if not is_in_order.all() or starts.size * width > _WIDEST * rows.size:  # one long row among short ones
        return np.lexsort((columns, -scores, rows))
    row = np.repeat(np.arange(starts.size), lengths)
    falling = np.full((starts.size, width), np.inf)
    falling[row, np.arange(rows.size) - starts[row]] = -scores
    order = np.argsort(falling, axis=1, kind="stable")  # equal scores keep the order of their columns
    return np.asarray((starts[:, None] + order)[order < lengths[:, None]], dtype=np.intp)


def _near_the_best(rows: Ints, scores: Floats, n: int) -> npt.NDArray[np.intp]:
    """Entries no worse than the n-th best of their row: sorting all of a long row costs most of the time.

    Entries of a row must stand together for that; where they do not, or rows are short, all are returned.
    """
    if n < 1 or np.any(rows[1:] < rows[:-1]):
        return np.arange(len(rows))
    starts = np.concatenate([[0], np.flatnonzero(np.diff(rows)) + 1, [len(rows)]])
    keep = np.ones(len(rows), dtype=np.bool_)
    for place in np.flatnonzero(np.diff(starts) > _LONG_ROW * n):
        row = slice(starts[place], starts[place + 1])
        keep[row] = scores[row] >= -np.partition(-scores[row], n - 1)[n - 1]
    return np.flatnonzero(keep)


def best_columns(left: sparse.csr_array, right: sparse.csr_array, n: int, labels: Ints | None = None) -> Best:
    """The n columns with the largest positive entry in each row of left @ right: rows, columns, scores, in order.

    labels: the numbers that columns are known by and ties are decided by, distinct and below their count; none: their
    places. Exact: where a tie reaches beyond what was fetched, the whole row is computed.
    """
    labels = np.arange(right.shape[1]) if labels is None else labels
    empty = np.zeros(0, dtype=np.int64)
    if n < 1 or left.nnz == 0 or right.nnz == 0:
        return empty, empty, np.zeros(0)
    fetched = min(n + _MARGIN, right.shape[1])
    product = sp_matmul_topn(
        sparse.csr_matrix(left), sparse.csr_matrix(right), fetched, threshold=0.0, sort=True, n_threads=_PARTS
    )
    lengths = np.diff(product.indptr).astype(np.int64)
    scores = np.round(product.data[: product.indptr[-1]], SCORE_DECIMALS)
    rows = np.repeat(np.arange(left.shape[0]), lengths)
    columns = _with_ties_in_order(rows, labels[product.indices[: product.indptr[-1]]], scores, right.shape[1])
    keep = (scores > 0) & (ranks(rows) <= n)
    full = np.flatnonzero((lengths == fetched) & (fetched < right.shape[1]))
    first = product.indptr[full].astype(np.int64)
    tied = full[scores[first + n - 1] == scores[first + fetched - 1]]
    if tied.size == 0:
        return rows[keep], columns[keep], scores[keep]
    is_tied = np.zeros(left.shape[0], dtype=np.bool_)
    is_tied[tied] = True
    keep &= ~is_tied[rows]
    parts = (_whole_rows(left, right, tied, n, labels), (rows[keep], columns[keep], scores[keep]))
    rows, columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(rows, kind="stable")
    return rows[order], columns[order], scores[order]


def _with_ties_in_order(rows: Ints, columns: npt.NDArray[Any], scores: Floats, width: int) -> Ints:
    """The columns of entries that stand in order of row and score, those of equal scores in rising order."""
    is_new = np.ones(rows.size, dtype=np.bool_)
    is_new[1:] = (rows[1:] != rows[:-1]) | (scores[1:] != scores[:-1])
    run: Ints = np.cumsum(is_new) * width
    return np.asarray(np.sort(run + columns, kind="stable") - run, dtype=np.int64)  # nearly sorted: runs are merged


def without_diagonal(left: sparse.csr_array, right: sparse.csr_array) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Factors of left @ right with a diagonal so low that it is never among the best."""
    identity = sparse.eye_array(left.shape[0], format="csr")
    first = sparse.csr_array(sparse.hstack([left, -10.0 * identity]))
    return first, sparse.csr_array(sparse.vstack([right, identity]))


def _whole_rows(left: sparse.csr_array, right: sparse.csr_array, wanted: Ints, n: int, labels: Ints) -> Best:
    parts: list[Best] = []
    chosen = left[wanted]
    for block in blocks(chosen, right):
        product = (chosen[block] @ right).tocoo()
        scores = np.round(product.data, SCORE_DECIMALS)
        positive = np.flatnonzero(scores > 0)
        rows, columns, scores = product.row[positive] + block.start, labels[product.col[positive]], scores[positive]
        order, _ = in_order(rows, columns, scores, n)
        parts.append((wanted[rows[order]], columns[order], scores[order]))
    rows, columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
    return rows, columns, scores
