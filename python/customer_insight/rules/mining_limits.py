"""What mining may hold in memory, and what is said where it would be more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from customer_insight.numerics.arrays import Ints

# Shares of memory_gb. Kept rules become rows when no candidates are left, so that the shares may add up to more than 1.
ITEMSET_SHARE = 0.5
BIT_ROW_SHARE = 0.125
TESTED_SHARE = 0.125
KEPT_SHARE = 0.5
# Bytes of a rule while it is tested.
BYTES_PER_RULE_TESTED = 64
# Bytes of a rule that is kept and becomes a row.
BYTES_PER_RULE_KEPT = 600


def itemset_limit(length: int, memory_bytes: float) -> int:
    """Itemsets of a length, from candidate to result, that memory holds."""
    return int(memory_bytes * ITEMSET_SHARE // (24 * length + 96))


class MiningStoppedError(Exception):
    """A level passes a limit.

    length: of its itemsets. excess: what there is too much of, with its number. setting: which one is the limit, and
    limit: its value. threshold_for: from a limit to the smallest threshold, in baskets, at which the level keeps to it.
    """

    def __init__(self, length: int, excess: str, setting: str, limit: int, threshold_for: Callable[[int], int]):
        self.length, self.excess, self.setting = length, excess, setting
        self.limit, self.threshold_for = limit, threshold_for
        super().__init__(f"{excess} at length {length}")

    def sentence(self, basket_count: int, room: int) -> str:
        """The status of the run: where mining stopped, and the min_support at which the level fits for certain.

        room: itemsets of the level for which all rules that they could have would fit too.
        """
        count = self.threshold_for(max(0, min(self.limit, room)))
        would_fit = (
            f"they certainly fit at min_support {support_of(count, basket_count)}"
            if count <= basket_count
            else "they fit at no min_support"
        )
        return (
            f"Stopped before itemsets of {self.length} items: {self.excess}, more than {self.setting} allows; shorter "
            f"itemsets and their rules are complete, and {would_fit}."
        )


def support_of(count: int, basket_count: int) -> str:
    """The shortest decimal share whose least whole number of baskets is `count`: 99 of 9835 -> 0.01."""
    digits, scale = 0, 1
    while count * scale // basket_count * basket_count <= (count - 1) * scale:  # rounded down it asks for fewer
        digits, scale = digits + 1, scale * 10
    return format(Decimal(count * scale // basket_count).scaleb(-digits), "f")


def fitting_count(counts: Ints, weights: Ints, limit: int) -> int:
    """The smallest threshold t at which the weights of entries with count >= t sum to at most the limit."""
    if counts.size == 0:
        return 1
    per_count = np.bincount(counts, weights=weights)
    at_least = np.append(np.cumsum(per_count[::-1])[::-1], 0.0)
    return int(np.argmax(at_least <= limit))


def smallest_fitting(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The smallest threshold from low to high that fits, where a higher one fits if a lower one does, and high does."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return low
