"""Why a product is recommended to a customer, in facts that can be looked up, whatever strategy chose it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.arrays import Ints
from customer_insight.recommendations.candidates import Candidates, in_sorted
from customer_insight.recommendations.history import History
from customer_insight.recommendations.strategies.item_based import item_neighbours
from customer_insight.similarity import ranking

KINDS = ("bought_before", "seen_before", "bought_together", "similar_content", "popular")
BOUGHT_BEFORE, SEEN_BEFORE, BOUGHT_TOGETHER, SIMILAR_CONTENT, POPULAR = range(5)

_NEIGHBOURS, _SHRINKAGE = 50, 5.0
# A cosine of content below this is not worth a word.
_ALIKE = 0.2
_BLOCK = 100_000


@dataclass(frozen=True)
class Evidence:
    """kind: place in KINDS; because: the product that speaks for it, -1 for none; shapes (recommendations,)."""

    kind: Ints
    because: Ints


class Witness:
    """Finds the evidence for recommendations made out of one history."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.profile = history.matrix(half_life_days=180)
        self.similarity = item_neighbours(
            history.matrix(), history.catalogue.is_available, limit=_NEIGHBOURS, shrinkage=_SHRINKAGE
        )
        pairs = history.pairs
        self.key = pairs.customer * max(1, history.catalogue.count) + pairs.product

    def of(self, lists: Candidates, customers: Ints) -> Evidence:
        """The first that holds: the customer bought it, saw it, has what goes with it or is like it; else popular."""
        customer = customers[lists.customer]
        kind = np.full(customer.size, POPULAR, dtype=np.int64)
        because = np.full(customer.size, -1, dtype=np.int64)
        asked = customer * max(1, self.history.catalogue.count) + lists.product
        bought = in_sorted(asked, self.key[self.history.pairs.purchases > 0])
        seen = in_sorted(asked, self.key) & ~bought
        kind[bought], kind[seen] = BOUGHT_BEFORE, SEEN_BEFORE
        because[bought | seen] = lists.product[bought | seen]
        for name, matrix in ((BOUGHT_TOGETHER, self.similarity), (SIMILAR_CONTENT, None)):
            open_ = np.flatnonzero(kind == POPULAR)
            for start in range(0, open_.size, _BLOCK):
                part = open_[start : start + _BLOCK]
                found = self._strongest(customer[part], lists.product[part], matrix)
                kind[part[found >= 0]] = name
                because[part] = found
        return Evidence(kind, because)

    def _strongest(self, customer: Ints, product: Ints, similarity: sparse.csr_array | None) -> Ints:
        """Of each pair the customer's product with the largest weight x similarity to it (ties: first), or -1.

        similarity None: the cosine of content, where it is worth a word.
        """
        profile = self.profile
        sizes = np.diff(profile.indptr)[customer].astype(np.int64)
        pair = np.repeat(np.arange(customer.size), sizes)
        within = np.arange(pair.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        entry = np.repeat(profile.indptr[customer].astype(np.int64), sizes) + within
        source = profile.indices[entry].astype(np.int64)
        alike = (
            self._cosines(source, product[pair]) if similarity is None else _entries(similarity, source, product[pair])
        )
        part = np.round(profile.data[entry] * alike, ranking.SCORE_DECIMALS)
        order, _ = ranking.in_order(pair[part > 0], source[part > 0], part[part > 0], 1)
        because = np.full(customer.size, -1, dtype=np.int64)
        because[pair[part > 0][order]] = source[part > 0][order]
        return because

    def _cosines(self, left: Ints, right: Ints) -> np.ndarray:
        content = self.history.catalogue.content
        if content.nnz == 0:
            return np.zeros(left.size)
        found = np.zeros(left.size)
        for start in range(0, left.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            found[block] = np.asarray(content[left[block]].multiply(content[right[block]]).sum(axis=1)).reshape(-1)
        return np.where(found >= _ALIKE, found, 0.0)


def _entries(matrix: sparse.csr_array, row: Ints, column: Ints) -> np.ndarray:
    """Entries of a matrix with sorted indices, 0 where there is none; shape (rows,)."""
    count = matrix.shape[1]
    keys = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr)) * count + matrix.indices
    if keys.size == 0:
        return np.zeros(row.size)
    wanted = row * count + column
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[place] == wanted, matrix.data[place], 0.0)
