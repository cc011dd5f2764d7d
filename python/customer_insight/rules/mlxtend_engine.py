"""Frequent itemsets by mlxtend's apriori, with the same result as ours: the check from outside."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from customer_insight.rules.baskets import Baskets
from customer_insight.rules.itemset_levels import Level, level_of


def mine(baskets: Baskets, threshold: int, max_length: int, memory_bytes: float) -> Iterator[Level]:
    """As `frequent_itemsets.mine`; memory_bytes is not used, mlxtend has no such limit.

    mlxtend compares rounded shares, so it is asked for half a basket less, and counts are compared here.
    """
    if baskets.item_codes.size == 0:  # mlxtend raises on an empty frame
        return
    import pandas as pd
    from mlxtend.frequent_patterns import apriori

    incidence = sparse.csc_matrix(baskets.incidence.astype(np.bool_))
    frame = pd.DataFrame.sparse.from_spmatrix(incidence)
    share = (threshold - 0.5) / baskets.count
    result = apriori(frame, min_support=share, max_len=max_length, low_memory=True)
    counts = np.rint(result["support"].to_numpy() * baskets.count).astype(np.int64)
    lengths = result["itemsets"].map(len).to_numpy()
    levels: list[Level] = []
    for length in range(1, int(lengths.max()) + 1):
        of_length = np.flatnonzero((lengths == length) & (counts >= threshold))
        if of_length.size == 0:
            return
        rows = [sorted(int(item) for item in result["itemsets"].iloc[row]) for row in of_length]
        items = np.array(rows, dtype=np.int32).reshape(-1, length)
        levels.append(level_of(items, counts[of_length], levels, baskets.item_codes.size))
        yield levels[-1]
