"""Frequent itemsets: level-wise Apriori over bit-packed baskets, exact in whole counts.

Source: Agrawal and Srikant, "Fast Algorithms for Mining Association Rules", VLDB 1994. Supports of pairs come from a
blocked sparse product, or from bit rows where baskets are dense; those of longer itemsets from ANDs of bit rows.
The number of candidates is known before each level is counted, so memory is bounded beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from customer_insight.rules.baskets import Baskets
from customer_insight.rules.bitsets import BasketBits
from customer_insight.rules.frequent_pairs import frequent_pairs, product_count
from customer_insight.rules.itemset_levels import Level, candidates, join_widths, single_items
from customer_insight.rules.mining_limits import (
    BIT_ROW_SHARE,
    MiningStoppedError,
    itemset_limit,
    smallest_fitting,
)


def mine(baskets: Baskets, threshold: int, max_length: int, memory_bytes: float) -> Iterator[Level]:
    """The levels of itemsets of up to max_length items in at least `threshold` baskets, one after the other.

    All items of the baskets are frequent. Raises MiningStoppedError before a level that memory_bytes does not hold.
    """
    item_count = baskets.item_codes.size
    level = single_items(baskets.item_counts())
    bits = None
    while level.counts.size:
        yield level
        length = level.length + 1
        if length > max_length:
            return
        limit = itemset_limit(length, memory_bytes)
        if length == 2 and not _is_dense(baskets, limit):
            level = frequent_pairs(baskets, threshold, limit)
            continue
        joined = int(join_widths(level).sum())
        if joined > limit:
            excess = f"{joined} candidates would have to be held"
            raise MiningStoppedError(length, excess, "memory_gb", limit, partial(_fitting_join, level))
        bits = bits or BasketBits(baskets, level.items, length, memory_bytes * BIT_ROW_SHARE)
        found = candidates(level, item_count)
        found = replace(found, counts=bits.support_counts(found.items))
        level = found.take(found.counts >= threshold)


def _is_dense(baskets: Baskets, limit: int) -> bool:
    """All pairs of items are few, and ANDs of their bit rows less work than the sparse product."""
    item_count = baskets.item_codes.size
    pair_count = item_count * (item_count - 1) // 2
    return pair_count <= limit and pair_count * (baskets.count // 64 + 1) < product_count(baskets)


def _fitting_join(level: Level, limit: int) -> int:
    """The smallest threshold at which the join of the level's itemsets has at most so many rows."""

    def fits(threshold: int) -> bool:
        kept = level.take(level.counts >= threshold)
        return int(join_widths(kept).sum()) <= limit

    return smallest_fitting(int(level.counts.min()), int(level.counts.max()) + 1, fits)
