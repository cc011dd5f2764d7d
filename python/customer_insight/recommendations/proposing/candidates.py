"""Products proposed to customers: the best of each strategy, new ones and those bought before apart.

Scores are compared after rounding, and ties go to the lower product code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.strategies.contract import FittedStrategy, Scores, SomeProducts

# Cells of a dense block of scores at most.
_BLOCK_CELLS = 1 << 23
# Customers in a block at most.
_BLOCK_CUSTOMERS = 512
# Share of the cells of a block that have a score, above which a dense block costs less than a list of them.
_MOST_CELLS = 0.3
# Products of their own that a customer is compared on: the best so many.
OWN_LIMIT = 200
# Below every score that a strategy gives: places that popular products fill.
FILLED = -1e9


@dataclass(frozen=True)
class Candidates:
    """Products of customers with a score, in order of customer and rank; positions, shapes (n,)."""

    customer: Ints
    product: Ints
    score: Floats

    def best(self, limit: int) -> Candidates:
        """The first `limit` of each customer."""
        order, _ = ranking.in_order(self.customer, self.product, self.score, limit)
        return Candidates(self.customer[order], self.product[order], self.score[order])

    def first(self, limit: int) -> Candidates:
        """The same of candidates that are in order, as `best` leaves them."""
        keep = ranking.ranks(self.customer) <= limit
        return Candidates(self.customer[keep], self.product[keep], self.score[keep])


# New products and own ones, each in order of customer (place among those asked for) and rank.
Proposal: TypeAlias = tuple[Candidates, Candidates]


def joined(parts: list[Candidates]) -> Candidates:
    """All candidates of all parts, one part after the other."""
    none = Candidates(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    customer, product, score = (
        np.concatenate(column) for column in zip(*(vars(part).values() for part in [none, *parts]), strict=True)
    )
    return Candidates(customer, product, score)


def propose(
    model: FittedStrategy,
    history: History,
    customers: Ints,
    limit: int,
    is_allowed: Bools | None = None,
    factor: Floats | None = None,
) -> Proposal:
    """The best `limit` products that the customers have not bought, and up to OWN_LIMIT that they have.

    Customers are numbered by their place in `customers`. Only products that may be recommended
    (`catalogue.is_available`), of them those that is_allowed says (all). factor: how many times the score of each
    product counts (once); shapes (products,).
    """
    is_available = history.catalogue.is_available
    if is_allowed is not None:
        is_available = is_available & is_allowed
    new: list[Candidates] = []
    own: list[Candidates] = []
    for start, stop in blocks(customers.size, history.catalogue.count):
        block = customers[start:stop]
        scores = model.scores(block)
        if factor is not None:
            scores = _weighed(scores, factor)
        found = (_of_sparse if sparse.issparse(scores) else _of_dense)(
            scores, history.owned[block], is_available, limit
        )
        for part, parts in zip(found, (new, own), strict=True):
            parts.append(Candidates(part.customer + start, part.product, part.score))
    return joined(new), joined(own)


def weighed(scores: Floats, factor: Floats) -> Floats:
    """Scores that count factor times: a factor above 1 raises those below zero, too."""
    return np.asarray(np.where(scores > 0, scores * factor, scores / factor), dtype=np.float64)


def weighed_rows(scores: sparse.csr_array, factor: Floats) -> sparse.csr_array:
    """The same of rows that say nothing about most products."""
    data = weighed(scores.data, factor[scores.indices])
    return sparse.csr_array((data, scores.indices, scores.indptr), scores.shape)


def _weighed(scores: Scores, factor: Floats) -> Scores:
    if isinstance(scores, SomeProducts):
        return SomeProducts(scores.products, weighed(scores.scores, factor[scores.products]))
    if isinstance(scores, np.ndarray):
        return weighed(scores, factor)
    return weighed_rows(scores, factor)


def blocks(customer_count: int, product_count: int) -> Iterator[tuple[int, int]]:
    """Runs of customers for which a dense block of scores is small enough."""
    step = min(_BLOCK_CUSTOMERS, max(1, _BLOCK_CELLS // max(1, product_count)))
    for start in range(0, customer_count, step):
        yield start, min(start + step, customer_count)


def _of_sparse(
    scores: sparse.csr_array, owned: sparse.csr_array, is_available: Bools, limit: int
) -> tuple[Candidates, Candidates]:
    count = max(1, is_available.size)
    if scores.nnz > _MOST_CELLS * scores.shape[0] * count:
        block = np.round(scores.toarray(), ranking.SCORE_DECIMALS)
        block[block <= 0] = -np.inf
        return _of_dense(block, owned, is_available, limit)
    row = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr))
    column = scores.indices.astype(np.int64)
    value = np.round(scores.data, ranking.SCORE_DECIMALS)
    is_owned = np.zeros((owned.shape[0], count), dtype=np.bool_)
    is_owned[np.repeat(np.arange(owned.shape[0]), np.diff(owned.indptr)), owned.indices] = True
    is_own = is_owned[row, column]
    keep = (value > 0) & is_available[column]
    new, own = np.flatnonzero(keep & ~is_own), np.flatnonzero(keep & is_own)
    return (
        Candidates(row[new], column[new], value[new]).best(limit),
        Candidates(row[own], column[own], value[own]).best(OWN_LIMIT),
    )


def _of_dense(
    scores: Floats | SomeProducts, owned: sparse.csr_array, is_available: Bools, limit: int
) -> tuple[Candidates, Candidates]:
    if isinstance(scores, SomeProducts):
        parts = _of_dense(scores.scores, owned[:, scores.products], is_available[scores.products], limit)
        new, own = (Candidates(part.customer, scores.products[part.product], part.score) for part in parts)
        return new, own
    block = np.round(scores, ranking.SCORE_DECIMALS)
    block[:, ~is_available] = -np.inf
    row = np.repeat(np.arange(owned.shape[0]), np.diff(owned.indptr))
    column = owned.indices.astype(np.int64)
    value = block[row, column]
    keep = np.isfinite(value)
    own = Candidates(row[keep], column[keep], value[keep]).best(OWN_LIMIT)
    block[row, column] = -np.inf
    limit = min(limit, block.shape[1])
    if limit == 0 or block.size == 0:
        return joined([]), own
    least = np.partition(block, block.shape[1] - limit, axis=1)[:, block.shape[1] - limit]
    row, column = np.nonzero((block >= least[:, None]) & np.isfinite(block))
    return Candidates(row, column, block[row, column]).best(limit), own


def in_sorted(keys: Ints, ascending: Ints) -> Bools:
    """Which keys are among the ascending ones, shape (keys,)."""
    return arrays.find(ascending, keys)[0]


def filled(best: Candidates, owned: sparse.csr_array, popularity: Floats, limit: int) -> Candidates:
    """`best` (at most `limit` for each customer) with popular products for the free places: new ones that it lacks.

    popularity: of products that may be recommended, NaN for the others. Their scores are below FILLED.
    """
    popular = np.argsort(-popularity, kind="stable")[: int(np.isfinite(popularity).sum())]
    free = limit - np.bincount(best.customer, minlength=owned.shape[0])
    wanting = np.flatnonzero(free > 0)
    if wanting.size == 0 or popular.size == 0:
        return best
    place = np.full(popularity.size, -1, dtype=np.int64)
    place[popular] = np.arange(popular.size)
    owner = np.repeat(np.arange(owned.shape[0]), np.diff(owned.indptr))
    customer = np.concatenate([best.customer, owner])
    taken = place[np.concatenate([best.product, owned.indices.astype(np.int64)])]
    found = [best]
    width = min(popular.size, 4 * limit)
    while wanting.size:
        step = max(1, _BLOCK_CELLS // width)
        parts = [
            _first_free(wanting[at : at + step], free, customer, taken, width) for at in range(0, wanting.size, step)
        ]
        rows, columns = (np.concatenate(part) for part in zip(*parts, strict=True))
        counts = np.bincount(rows, minlength=owned.shape[0])
        done = (counts[wanting] == free[wanting]) | (width == popular.size)
        is_done = np.isin(rows, wanting[done])
        rows, columns = rows[is_done], columns[is_done]
        found.append(Candidates(rows, popular[columns], FILLED - columns))
        wanting, width = wanting[~done], min(popular.size, 8 * width)
    both = joined(found)
    order = np.argsort(both.customer, kind="stable")
    return Candidates(both.customer[order], both.product[order], both.score[order])


def _first_free(wanting: Ints, free: Ints, customer: Ints, taken: Ints, width: int) -> tuple[Ints, Ints]:
    """For each wanting customer the first popular places (columns < width) not taken, as many as are free."""
    row = np.searchsorted(wanting, customer)
    is_here = (row < wanting.size) & (taken >= 0) & (taken < width)
    is_here[is_here] = wanting[row[is_here]] == customer[is_here]
    is_free = np.ones((wanting.size, width), dtype=np.bool_)
    is_free[row[is_here], taken[is_here]] = False
    is_free &= np.cumsum(is_free, axis=1, dtype=np.int32) <= free[wanting][:, None]
    rows, columns = np.nonzero(is_free)
    return wanting[rows], columns
