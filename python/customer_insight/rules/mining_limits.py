"""What mining may hold in memory, and what is said where it would be more."""

from __future__ import annotations


class TooManyItemsetsError(Exception):
    """A level does not fit into memory; says how many itemsets it has and which count of baskets would fit."""

    def __init__(self, length: int, candidates: int, fitting_count: int):
        self.length, self.candidates, self.fitting_count = length, candidates, fitting_count
        super().__init__(f"{candidates} itemsets of {length} items")

    def sentence(self, basket_count: int, memory_bytes: float) -> str:
        """Where mining stopped, and the min_support that would fit: the status of the run."""
        return (
            f"Stopped before itemsets of {self.length} items: {self.candidates} would have to be held, more than "
            f"memory_gb {memory_bytes / 1e9:g} allows; shorter itemsets are complete. "
            f"They would fit at min_support {self.fitting_count / max(1, basket_count):.6g}."
        )


def bytes_per_itemset(length: int) -> int:
    """Memory that one itemset of a length needs at most, from candidate to result."""
    return 24 * length + 96
