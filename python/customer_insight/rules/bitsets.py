"""Sets of baskets as packed bits: 64 baskets a word, one row of words an item."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from customer_insight.arrays import Ints

Words = npt.NDArray[np.uint64]

# Words touched at once: 1 Mi words are 8 MiB, which a second-level cache and its neighbour hold.
BLOCK_WORDS = 1 << 20


def pack(members: Ints, items: Ints, item_count: int, member_count: int) -> Words:
    """Bit rows, shape (item_count, ceil(member_count / 64)), of distinct (member, item) pairs of shape (pairs,)."""
    width = max(1, -(-member_count // 64))
    if members.size == 0:
        return np.zeros((item_count, width), dtype=np.uint64)
    word = items * width + (members >> 6)
    bit = np.left_shift(np.uint64(1), (members & 63).astype(np.uint64))
    order = np.argsort(word, kind="stable")
    starts = np.flatnonzero(np.diff(word[order], prepend=-1))
    rows = np.zeros(item_count * width, dtype=np.uint64)
    rows[word[order][starts]] = np.bitwise_or.reduceat(bit[order], starts)
    return rows.reshape(item_count, width)


def intersection_counts(rows: Words, itemsets: npt.NDArray[np.int32]) -> Ints:
    """How many members have all items of each itemset; itemsets (n, k >= 2), sorted so that prefixes repeat; (n,).

    The intersection of a prefix (all but the last item) is made once for all itemsets that share it.
    """
    counts = np.zeros(len(itemsets), dtype=np.int64)
    step = max(1, BLOCK_WORDS // rows.shape[1])
    for start in range(0, len(itemsets), step):
        block = itemsets[start : start + step]
        is_new = np.ones(len(block), dtype=np.bool_)
        is_new[1:] = (block[1:, :-1] != block[:-1, :-1]).any(axis=1)
        prefixes = block[is_new, :-1]
        shared = rows[prefixes[:, 0]]
        for position in range(1, prefixes.shape[1]):
            shared &= rows[prefixes[:, position]]
        both = shared[np.cumsum(is_new) - 1]
        both &= rows[block[:, -1]]
        counts[start : start + step] = np.bitwise_count(both).sum(axis=1, dtype=np.int64)
    return counts
