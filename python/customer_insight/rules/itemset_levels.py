"""Levels of itemsets, and the step from one to the candidates of the next.

Source: Agrawal and Srikant, "Fast Algorithms for Mining Association Rules", VLDB 1994, section 2.1.1 (apriori-gen:
prefix join and subset pruning).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from customer_insight.numerics.arrays import Ints

Itemsets = npt.NDArray[np.int32]

# Rows of the join made at once.
JOIN_ROWS = 1 << 20


@dataclass(frozen=True)
class Level:
    """The frequent itemsets of one length k, or candidates for them.

    items (n, k): positions of items, ascending in a row and between rows. counts (n,): baskets with all of them.
    parents (n, k): the row, in the level below, of the itemset without its item in that place (0 for k = 1).
    """

    items: Itemsets
    counts: Ints
    parents: Itemsets

    @property
    def length(self) -> int:
        """Items of each itemset."""
        return int(self.items.shape[1])

    def take(self, rows: npt.NDArray[np.bool_]) -> Level:
        """The chosen rows."""
        return Level(self.items[rows], self.counts[rows], self.parents[rows])


def single_items(counts: Ints) -> Level:
    """The level of single items; counts of shape (items,), all frequent."""
    items = np.arange(counts.size, dtype=np.int32).reshape(-1, 1)
    return Level(items, counts, np.zeros_like(items))


def pairs(items: Itemsets, counts: Ints) -> Level:
    """The level of pairs: an item is its own row among the single items."""
    return Level(items, counts, np.ascontiguousarray(items[:, ::-1]))


def join_widths(level: Level) -> Ints:
    """For each row, how many later rows share all items but the last: its partners in the join. Shape (n,)."""
    prefix = level.parents[:, -1]
    starts = np.flatnonzero(np.diff(prefix, prepend=-1))
    ends = np.append(starts[1:], prefix.size)
    return np.repeat(ends, ends - starts) - np.arange(prefix.size) - 1


def candidates(level: Level, item_count: int) -> Level:
    """Itemsets one longer all of whose subsets are in the level, without counts."""
    widths = join_widths(level)
    ends = np.cumsum(widths)
    length = level.length + 1
    none = np.zeros((0, length), dtype=np.int32)
    items, parents = [none], [none]
    start = 0
    while start < widths.size:
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + JOIN_ROWS, side="right")))
        joined = _joined(level, widths, start, stop, item_count)
        items.append(joined[0])
        parents.append(joined[1])
        start = stop
    return Level(np.concatenate(items), np.zeros(0, dtype=np.int64), np.concatenate(parents))


def _joined(level: Level, widths: Ints, start: int, stop: int, item_count: int) -> tuple[Itemsets, Itemsets]:
    """Items and parents of the pruned join of rows start..stop with their partners."""
    width = widths[start:stop]
    left = np.repeat(np.arange(start, stop), width)
    right = left + 1 + np.arange(left.size) - np.repeat(np.cumsum(width) - width, width)
    pruned: list[Ints] = []
    for place in range(level.length - 1):  # without an item of the prefix: look it up
        row = child_rows(level, level.parents[left, place], level.items[right, -1], item_count)
        keep = row >= 0
        left, right, row = left[keep], right[keep], row[keep]
        pruned = [*(rows[keep] for rows in pruned), row]
    items = np.column_stack([level.items[left], level.items[right, -1]])
    return items, np.column_stack([*pruned, right, left]).astype(np.int32)


def child_rows(level: Level, prefix: npt.NDArray[np.integer], last: Itemsets, item_count: int) -> Ints:
    """Rows of the itemsets that are row `prefix` of the level below plus the item `last`; -1 where there is none."""
    keys = level.parents[:, -1].astype(np.int64) * item_count + level.items[:, -1]
    wanted = np.asarray(prefix, dtype=np.int64) * item_count + last
    if keys.size == 0:
        return np.full(wanted.size, -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[place] == wanted, place, -1)


def level_of(items: Itemsets, counts: Ints, below: list[Level], item_count: int) -> Level:
    """The level of itemsets found elsewhere, all of whose subsets are in the levels below; rows in any order."""
    order = np.lexsort(items.T[::-1])
    items = items[order]
    parents = np.zeros_like(items)
    for place in range(items.shape[1] if below else 0):
        rest = np.delete(items, place, axis=1)
        row: Ints = rest[:, 0].astype(np.int64)
        for depth in range(1, rest.shape[1]):
            row = child_rows(below[depth], row, rest[:, depth], item_count)
        parents[:, place] = row
    return Level(items, counts[order], parents)
