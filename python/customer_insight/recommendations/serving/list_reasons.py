"""Why a product is recommended to a customer, in facts that can be looked up, whatever strategy chose it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.proposing.candidates import Candidates
from customer_insight.recommendations.strategies.item_based import item_neighbours, without_wide_customers

KINDS = ("bought_before", "seen_before", "bought_together", "similar_content", "popular")
BOUGHT_BEFORE, SEEN_BEFORE, BOUGHT_TOGETHER, SIMILAR_CONTENT, POPULAR = range(5)

_NEIGHBOURS = 50
_SHRINKAGE = 5.0
# A cosine of content below this is not worth a word.
_ALIKE = 0.2
# Rows of lists looked at in a block, and entries of their products, at most.
_BLOCK = 100_000
_BLOCK_ENTRIES = 2_000_000


@dataclass(frozen=True)
class Reasons:
    """kind: place in KINDS; because: the product that speaks for it, -1 for none; shapes (recommendations,)."""

    kind: Ints
    because: Ints


class Witness:
    """Finds the evidence for recommendations made out of one history; taught: without whoever teaches nothing."""

    def __init__(self, history: History, taught: History | None = None) -> None:
        taught = history if taught is None else taught
        self.history = history
        self.profile = history.matrix(half_life_days=180)
        self.similarity = item_neighbours(
            without_wide_customers(taught.matrix()),
            history.catalogue.is_available,
            limit=_NEIGHBOURS,
            shrinkage=_SHRINKAGE,
        )
        self.neighbour_keys = _keys(self.similarity)

    def find_reasons(self, lists: Candidates, customers: Ints) -> Reasons:
        """The first that holds: the customer bought it, saw it, has what goes with it or is like it; else popular."""
        customer = customers[lists.customer]
        kind = np.full(customer.size, POPULAR, dtype=np.int64)
        because = np.full(customer.size, -1, dtype=np.int64)
        known, place = self.history.find_pairs(customer, lists.product)
        bought = arrays.found_values(self.history.pairs.purchases, known, place, 0.0) > 0
        bought &= not self.history.counts_views
        seen = known & ~bought
        kind[bought], kind[seen] = BOUGHT_BEFORE, SEEN_BEFORE
        because[bought | seen] = lists.product[bought | seen]
        for name, alike in ((BOUGHT_TOGETHER, self._neighbours), (SIMILAR_CONTENT, self._cosines)):
            open_ = np.flatnonzero(kind == POPULAR)
            for part in self._blocks(customer, open_):
                found = self._strongest(customer[part], lists.product[part], alike)
                kind[part[found >= 0]] = name
                because[part] = found
        return Reasons(kind, because)

    def _blocks(self, customer: Ints, rows: Ints) -> Iterator[Ints]:
        """The rows in runs whose customers have a bounded number of products together (or one row)."""
        ends = np.cumsum(np.diff(self.profile.indptr)[customer[rows]].astype(np.int64))
        start = 0
        while start < rows.size:
            done = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, done + _BLOCK_ENTRIES, side="right")))
            yield rows[start:stop]
            start = stop

    def _strongest(self, customer: Ints, product: Ints, alike: Callable[[Ints, Ints], Floats]) -> Ints:
        """Of each pair the customer's product with the largest weight x likeness to it (ties: first), or -1."""
        profile = self.profile
        sizes = np.diff(profile.indptr)[customer].astype(np.int64)
        pair = np.repeat(np.arange(customer.size), sizes)
        within = np.arange(pair.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        entry = np.repeat(profile.indptr[customer].astype(np.int64), sizes) + within
        source = profile.indices[entry].astype(np.int64)
        part = np.round(profile.data[entry] * alike(source, product[pair]), ranking.SCORE_DECIMALS)
        order, _ = ranking.in_order(pair[part > 0], source[part > 0], part[part > 0], 1)
        because = np.full(customer.size, -1, dtype=np.int64)
        because[pair[part > 0][order]] = source[part > 0][order]
        return because

    def _neighbours(self, left: Ints, right: Ints) -> Floats:
        found, place = arrays.find(self.neighbour_keys, self.history.catalogue.keys(left, right))
        return arrays.found_values(self.similarity.data, found, place, 0.0)

    def _cosines(self, left: Ints, right: Ints) -> Floats:
        """Of content, 0 where it is not worth a word."""
        content = self.history.catalogue.content
        if content.nnz == 0:
            return np.zeros(left.size)
        found = np.zeros(left.size)
        for start in range(0, left.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            found[block] = np.asarray(content[left[block]].multiply(content[right[block]]).sum(axis=1)).reshape(-1)
        return np.where(found >= _ALIKE, found, 0.0)


def _keys(matrix: sparse.csr_array) -> Ints:
    """Row x columns + column of each entry, ascending."""
    row = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return np.asarray(row * max(1, matrix.shape[1]) + matrix.indices, dtype=np.int64)
