"""Frequent itemsets: level-wise Apriori over bit-packed baskets, exact in whole counts.

Source: Agrawal and Srikant, "Fast Algorithms for Mining Association Rules", VLDB 1994, section 2.1 (apriori-gen:
prefix join and subset pruning). Supports of pairs come from a blocked sparse product, those of longer itemsets from
ANDs of bit rows. The number of candidates is known before each level is counted, so memory is bounded beforehand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from customer_insight import arrays
from customer_insight.arrays import Ints
from customer_insight.learned import OK
from customer_insight.rules import bitsets
from customer_insight.rules.mining_limits import TooManyItemsetsError, bytes_per_itemset

Itemsets = npt.NDArray[np.int32]

# Cells of the pair matrix made at once.
_PAIR_CELLS = 1 << 22


@dataclass(frozen=True)
class Baskets:
    """Distinct (basket, item) pairs in canonical order; items are positions in `product_codes` (ascending)."""

    basket_count: int
    product_codes: Ints
    basket_of_pair: Ints
    item_of_pair: Ints


@dataclass(frozen=True)
class Level:
    """The frequent itemsets of one length k: items (n, k) ascending in rows and between rows; counts (n,)."""

    items: Itemsets
    counts: Ints


@dataclass(frozen=True)
class FrequentItemsets:
    """All levels found, in order of length. Items are positions in product_codes (ascending)."""

    basket_count: int
    minimum_count: int
    product_codes: Ints
    levels: list[Level]
    status: str = OK


def minimum_count(min_support: Fraction, basket_count: int) -> int:
    """The smallest number of baskets that is at least the share: exactly ceil(min_support x baskets), at least 1."""
    return max(1, math.ceil(min_support * basket_count))


def read_baskets(basket_items: pa.Table) -> Baskets:
    """Distinct pairs of columns basket_code and product_code (null: a basket without products, still a basket)."""
    baskets, basket = arrays.dense(arrays.codes(basket_items, "basket_code"))
    product, is_item = arrays.codes_and_validity(basket_items, "product_code")
    if product.size and not -(2**31) <= product.min() <= product.max() < 2**31:
        raise ValueError("Column 'product_code' must fit into 32 bits.")
    product_codes, item = arrays.dense(product[is_item])
    pairs = np.unique(basket[is_item] * max(1, product_codes.size) + item)
    basket_of_pair, item_of_pair = np.divmod(pairs, max(1, product_codes.size))
    return Baskets(len(baskets), product_codes, basket_of_pair, item_of_pair)


def keep_frequent_items(baskets: Baskets, threshold: int) -> tuple[Baskets, Level]:
    """Baskets over the frequent items alone, renumbered, and the level of single items."""
    counts = np.bincount(baskets.item_of_pair, minlength=baskets.product_codes.size).astype(np.int64)
    is_frequent = counts >= threshold
    position = np.cumsum(is_frequent) - 1
    keep = is_frequent[baskets.item_of_pair]
    kept = Baskets(
        baskets.basket_count,
        baskets.product_codes[is_frequent],
        baskets.basket_of_pair[keep],
        position[baskets.item_of_pair[keep]],
    )
    items = np.arange(kept.product_codes.size, dtype=np.int32).reshape(-1, 1)
    return kept, Level(items, counts[is_frequent])


def frequent_pairs(baskets: Baskets, threshold: int, max_itemsets: int) -> Level:
    """Pairs in at least `threshold` baskets, from blocks of the sparse product of the incidence matrix with itself."""
    item_count = baskets.product_codes.size
    ones = np.ones(baskets.item_of_pair.size, dtype=np.int32)
    shape = (baskets.basket_count, item_count)
    incidence = sparse.csr_array((ones, (baskets.basket_of_pair, baskets.item_of_pair)), shape=shape)
    transposed = sparse.csr_array(incidence.T)
    step = max(1, _PAIR_CELLS // max(1, item_count))
    found: list[tuple[Itemsets, Ints]] = []
    histogram = np.zeros(baskets.basket_count + 1, dtype=np.int64)
    for start in range(0, item_count, step):
        product = (transposed[start : start + step] @ incidence[:, start:]).tocoo()
        first, second, counts = product.row + start, product.col + start, product.data.astype(np.int64)
        keep = (second > first) & (counts >= threshold)
        histogram += np.bincount(counts[keep], minlength=baskets.basket_count + 1)
        if histogram.sum() <= max_itemsets:
            found.append((np.column_stack([first[keep], second[keep]]).astype(np.int32), counts[keep]))
    total = int(histogram.sum())
    if total > max_itemsets:
        at_least = np.cumsum(histogram[::-1])[::-1]
        raise TooManyItemsetsError(2, total, int(np.argmax(at_least <= max_itemsets)))
    if not found:
        return Level(np.zeros((0, 2), dtype=np.int32), np.zeros(0, dtype=np.int64))
    items, pair_counts = np.concatenate([p for p, _ in found]), np.concatenate([c for _, c in found])
    order = np.lexsort((items[:, 1], items[:, 0]))
    return Level(items[order], pair_counts[order])


class Positions:
    """Finds itemsets among the levels: walks a trie whose node numbers are row numbers of the levels."""

    def __init__(self, levels: list[Level], item_count: int):
        self._item_count = item_count
        self._keys: list[Ints] = []
        for level in levels:
            prefix = self.find(level.items[:, :-1])  # of no items: node 0
            self._keys.append(prefix * item_count + level.items[:, -1])

    def find(self, itemsets: npt.NDArray[np.integer[Any]]) -> Ints:
        """Row number in its level of each itemset (n, k), items ascending; -1 where it is not frequent. Shape (n,)."""
        node = np.zeros(len(itemsets), dtype=np.int64)
        for depth in range(itemsets.shape[1]):
            keys = self._keys[depth]
            wanted = node * self._item_count + itemsets[:, depth]
            place = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
            is_there = (node >= 0) & (keys[place] == wanted) if len(keys) else np.zeros(len(node), dtype=np.bool_)
            node = np.where(is_there, place, -1)
        return node


def _join_widths(items: Itemsets) -> Ints:
    """For each row, how many later rows share all items but the last: its partners in the join. Shape (n,)."""
    if len(items) == 0:
        return np.zeros(0, dtype=np.int64)
    is_new = np.ones(len(items), dtype=np.bool_)
    is_new[1:] = (items[1:, :-1] != items[:-1, :-1]).any(axis=1)
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], len(items))
    return np.repeat(ends, ends - starts) - np.arange(len(items)) - 1


def _fitting_count(level: Level, max_itemsets: int) -> int:
    """The smallest count of baskets at which the join of the level's itemsets fits."""
    low, high = int(level.counts.min()), int(level.counts.max()) + 1
    while low < high:
        middle = (low + high) // 2
        fits = _join_widths(level.items[level.counts >= middle]).sum() <= max_itemsets
        low, high = (low, middle) if fits else (middle + 1, high)
    return low


def candidates(levels: list[Level], item_count: int, max_itemsets: int) -> Itemsets:
    """apriori-gen: itemsets one longer than the last level all of whose subsets are frequent. Shape (n, k + 1)."""
    last = levels[-1]
    widths = _join_widths(last.items)
    length = last.items.shape[1] + 1
    if widths.sum() > max_itemsets:
        raise TooManyItemsetsError(length, int(widths.sum()), _fitting_count(last, max_itemsets))
    positions = Positions(levels, item_count)
    ends = np.cumsum(widths)
    blocks = [np.zeros((0, length), dtype=np.int32)]
    start = 0
    while start < len(widths):
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + bitsets.BLOCK_WORDS, side="right")))
        blocks.append(_joined(last.items, widths, start, stop, positions))
        start = stop
    return np.concatenate(blocks)


def _joined(items: Itemsets, widths: Ints, start: int, stop: int, positions: Positions) -> Itemsets:
    """The pruned join of rows start..stop with their partners."""
    width = widths[start:stop]
    left = np.repeat(np.arange(start, stop), width)
    within = np.arange(left.size) - np.repeat(np.cumsum(width) - width, width)
    joined = np.column_stack([items[left], items[left + 1 + within, -1]])
    for dropped in range(joined.shape[1] - 2):
        joined = joined[positions.find(np.delete(joined, dropped, axis=1)) >= 0]
    return joined


def support_counts(baskets: Baskets, itemsets: Itemsets, max_bytes: float) -> Ints:
    """Exact number of baskets that have all items of each itemset (n, k); baskets in blocks that fit. Shape (n,)."""
    used, renumbered = np.unique(itemsets, return_inverse=True)
    itemsets = renumbered.reshape(itemsets.shape).astype(np.int32)
    position = np.full(baskets.product_codes.size, -1, dtype=np.int64)
    position[used] = np.arange(used.size)
    keep = position[baskets.item_of_pair] >= 0
    members, items = baskets.basket_of_pair[keep], position[baskets.item_of_pair[keep]]
    block = 64 * max(1, int(max_bytes // (8 * max(1, used.size))))
    counts = np.zeros(len(itemsets), dtype=np.int64)
    for start in range(0, baskets.basket_count, block):
        stop = min(start + block, baskets.basket_count)
        pairs = slice(*np.searchsorted(members, [start, stop]))
        counts += bitsets.intersection_counts(
            bitsets.pack(members[pairs] - start, items[pairs], used.size, stop - start), itemsets
        )
    return counts


def mine(baskets: Baskets, min_support: Fraction, max_length: int, memory_bytes: float) -> FrequentItemsets:
    """All itemsets of up to max_length items in at least ceil(min_support x baskets) baskets.

    Where a level would not fit into memory_bytes, the complete levels below it are returned, and status says so.
    """
    threshold = minimum_count(min_support, baskets.basket_count)
    frequent, level = keep_frequent_items(baskets, threshold)
    levels, status = [level], OK
    try:
        while levels[-1].items.size and levels[-1].items.shape[1] < max_length:
            levels.append(_next_level(frequent, levels, threshold, memory_bytes))
    except TooManyItemsetsError as stopped:
        status = stopped.sentence(baskets.basket_count, memory_bytes)
    found = [level for level in levels if level.items.size]
    return FrequentItemsets(baskets.basket_count, threshold, frequent.product_codes, found, status)


def _next_level(baskets: Baskets, levels: list[Level], threshold: int, memory_bytes: float) -> Level:
    length = levels[-1].items.shape[1] + 1
    max_itemsets = int(memory_bytes // (2 * bytes_per_itemset(length)))
    if length == 2:
        return frequent_pairs(baskets, threshold, max_itemsets)
    itemsets = candidates(levels, baskets.product_codes.size, max_itemsets)
    counts = support_counts(baskets, itemsets, memory_bytes / 4)
    return Level(itemsets[counts >= threshold], counts[counts >= threshold])
