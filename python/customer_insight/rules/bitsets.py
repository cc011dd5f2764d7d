"""Sets of baskets as packed bits: 64 baskets a word, one row of words an item."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from customer_insight.arrays import Ints
from customer_insight.rules.baskets import Baskets
from customer_insight.threads import THREADS, in_threads

Words = npt.NDArray[np.uint64]

# Words touched at once by a thread: 64 Ki words are 512 KiB, which a second-level cache holds.
BLOCK_WORDS = 1 << 16
# Words of a row at once, so that a block has rows enough to pay for its handful of calls.
TILE_WORDS = 1 << 10


def pack(members_of_item: sparse.csr_array) -> Words:
    """Bit rows, shape (items, ceil(members / 64)), of a CSR matrix of shape (items, members), indices ascending."""
    item_count, member_count = members_of_item.shape
    width = max(1, -(-member_count // 64))
    rows = np.zeros(item_count * width, dtype=np.uint64)
    member = members_of_item.indices
    word = np.repeat(np.arange(item_count, dtype=np.int64) * width, np.diff(members_of_item.indptr)) + (member >> 6)
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    if starts.size:
        bit = np.left_shift(np.uint64(1), (member & 63).astype(np.uint64))
        rows[word[starts]] = np.bitwise_or.reduceat(bit, starts)
    return rows.reshape(item_count, width)


def intersection_counts(rows: Words, itemsets: npt.NDArray[np.int32]) -> Ints:
    """How many members have all items of each itemset; itemsets (n, k >= 2), sorted so that prefixes repeat; (n,)."""
    tile = min(TILE_WORDS, rows.shape[1])
    step = max(1, BLOCK_WORDS // tile)
    part = step * max(1, len(itemsets) // (8 * THREADS * step))
    counts = in_threads(
        lambda start: _counts_of_part(rows, itemsets[start : start + part], tile, step), range(0, len(itemsets), part)
    )
    return np.concatenate([np.zeros(0, dtype=np.int64), *counts])


def _counts_of_part(rows: Words, itemsets: npt.NDArray[np.int32], tile: int, step: int) -> Ints:
    """The intersection of a prefix (all but the last item) is made once for all itemsets of a block that share it."""
    counts = np.zeros(len(itemsets), dtype=np.int64)
    for start in range(0, len(itemsets), step):
        block = itemsets[start : start + step]
        is_new = np.ones(len(block), dtype=np.bool_)
        is_new[1:] = (block[1:, :-1] != block[:-1, :-1]).any(axis=1)
        prefixes, prefix_of = block[is_new, :-1], np.cumsum(is_new) - 1
        for left in range(0, rows.shape[1], tile):
            words = rows[:, left : left + tile]
            shared = words[prefixes[:, 0]]
            for position in range(1, prefixes.shape[1]):
                shared &= words[prefixes[:, position]]
            both = shared[prefix_of] if len(shared) < len(block) else shared
            both &= words[block[:, -1]]
            counts[start : start + step] += np.bitwise_count(both).sum(axis=1, dtype=np.uint32)
    return counts


class BasketBits:
    """The baskets as bit rows, in blocks of max_bytes; what fits into one block is packed once and kept.

    Only baskets that can hold an itemset of `length` of the items in `itemsets` (positions, any shape) are there.
    """

    def __init__(self, baskets: Baskets, itemsets: npt.NDArray[np.int32], length: int, max_bytes: float) -> None:
        is_used = np.zeros(baskets.item_codes.size, dtype=np.bool_)
        is_used[itemsets] = True
        self._position = np.cumsum(is_used, dtype=np.int32) - np.int32(1)
        incidence = baskets.keep(is_used).incidence
        self._incidence = incidence[np.diff(incidence.indptr) >= length]
        self._step = 64 * max(1, int(max_bytes // (8 * max(1, incidence.shape[1]))))
        self._only_block: Words | None = None

    def support_counts(self, itemsets: npt.NDArray[np.int32]) -> Ints:
        """Exact number of baskets that have all items of each itemset (n, k), sorted. Shape (n,)."""
        counts = np.zeros(len(itemsets), dtype=np.int64)
        for rows in self._blocks() if counts.size else ():
            counts += intersection_counts(rows, self._position[itemsets])
        return counts

    def _blocks(self) -> Iterator[Words]:
        if self._only_block is not None:
            yield self._only_block
            return
        basket_count = self._incidence.shape[0]
        for start in range(0, basket_count, self._step):
            block = pack(sparse.csr_array(self._incidence[start : start + self._step].T))
            if self._step >= basket_count:
                self._only_block = block
            yield block
