"""Sets of baskets as packed bits: 64 baskets a word, one row of words an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import sparse

from customer_insight.numerics.arrays import Ints
from customer_insight.numerics.threads import THREADS, in_threads
from customer_insight.rules.baskets import Baskets

Words = npt.NDArray[np.uint64]

# Words of a bit row in one block of baskets: a multiple of a cache line, and rows enough fit into the cache.
ROW_WORDS = 1 << 10
# Words touched at once by a thread: 64 Ki words are 512 KiB, which a second-level cache holds.
STEP_WORDS = 1 << 16
# Words that are worth a thread.
PART_WORDS = 1 << 22


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


def intersection_counts(blocks: Iterable[Words], itemsets: npt.NDArray[np.int32]) -> Ints:
    """How many members have all items of each itemset; itemsets (n, k >= 2), sorted so that prefixes repeat; (n,).

    blocks: bit rows of all items for some members each. The intersection of a prefix (all items but the last) is made
    once for all itemsets of a step that share it.
    """
    is_new = np.ones(len(itemsets), dtype=np.bool_)
    is_new[1:] = (itemsets[1:, :-1] != itemsets[:-1, :-1]).any(axis=1)
    prefixes, prefix_of, last = itemsets[is_new, :-1], np.cumsum(is_new) - 1, itemsets[:, -1]
    counts = np.zeros(len(itemsets), dtype=np.int64)
    for rows in blocks:
        size = max(-(-len(itemsets) // (2 * THREADS)), PART_WORDS // rows.shape[1])
        parts = [slice(start, start + size) for start in range(0, len(itemsets), size)]
        in_threads(partial(_add_counts, rows, prefixes, prefix_of, last, counts), parts)
    return counts


def _add_counts(
    rows: Words,
    prefixes: npt.NDArray[np.int32],
    prefix_of: Ints,
    last: npt.NDArray[np.int32],
    counts: Ints,
    part: slice,
) -> None:
    """Adds the members of the itemsets (a row of prefixes and a last item) of a part; buffers are used again."""
    prefix_of, last, counts = prefix_of[part], last[part], counts[part]
    width = rows.shape[1]
    step = max(1, STEP_WORDS // width)
    shared, both, taken = (np.empty((min(step, last.size), width), dtype=np.uint64) for _ in range(3))
    bit_counts = np.empty(both.shape, dtype=np.uint8)
    for start in range(0, last.size, step):
        place = prefix_of[start : start + step]
        items = last[start : start + step]
        prefix = prefixes[place[0] : place[-1] + 1]
        n, of_prefix = items.size, shared[: len(prefix)]
        np.take(rows, prefix[:, 0], axis=0, out=of_prefix, mode="clip")
        for position in range(1, prefix.shape[1]):
            np.take(rows, prefix[:, position], axis=0, out=taken[: len(prefix)], mode="clip")
            of_prefix &= taken[: len(prefix)]
        np.take(rows, items, axis=0, out=both[:n], mode="clip")
        if len(prefix) < n:  # several share a prefix
            np.take(of_prefix, place - place[0], axis=0, out=taken[:n], mode="clip")
            of_prefix = taken[:n]
        both[:n] &= of_prefix
        np.bitwise_count(both[:n], out=bit_counts[:n])
        counts[start : start + step] += bit_counts[:n].sum(axis=1, dtype=np.uint32)


class BasketBits:
    """The baskets as bit rows, in blocks; packed once and kept where all of it fits into max_bytes.

    Only baskets that can hold an itemset of `length` of the items in `itemsets` (positions, any shape) are there.
    """

    def __init__(self, baskets: Baskets, itemsets: npt.NDArray[np.int32], length: int, max_bytes: float) -> None:
        is_used = np.zeros(baskets.item_codes.size, dtype=np.bool_)
        is_used[itemsets] = True
        self._position = np.cumsum(is_used, dtype=np.int32) - np.int32(1)
        incidence = baskets.keep(is_used).incidence
        self._incidence = incidence[np.diff(incidence.indptr) >= length]
        self._members = min(64 * ROW_WORDS, 64 * max(1, int(max_bytes // (8 * max(1, incidence.shape[1])))))
        fits = self._incidence.shape[0] / 8 * incidence.shape[1] <= max_bytes
        self._kept = list(self._packed()) if fits else None

    def support_counts(self, itemsets: npt.NDArray[np.int32]) -> Ints:
        """Exact number of baskets that have all items of each itemset (n, k), sorted. Shape (n,)."""
        return intersection_counts(self._packed() if self._kept is None else self._kept, self._position[itemsets])

    def _packed(self) -> Iterator[Words]:
        for start in range(0, self._incidence.shape[0], self._members):
            yield pack(sparse.csr_array(self._incidence[start : start + self._members].T))
