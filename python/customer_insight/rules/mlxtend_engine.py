"""Frequent itemsets by mlxtend's apriori, with the same result as ours: the check from outside."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
from scipy import sparse

from customer_insight.rules.frequent_itemsets import (
    Baskets,
    FrequentItemsets,
    Level,
    keep_frequent_items,
    minimum_count,
)


def mine(baskets: Baskets, min_support: Fraction, max_length: int, memory_bytes: float) -> FrequentItemsets:
    """As `frequent_itemsets.mine`; memory_bytes is not used, mlxtend has no such limit.

    mlxtend compares rounded shares, so it is asked for half a basket less, and counts are compared here.
    """
    threshold = minimum_count(min_support, baskets.basket_count)
    frequent, level = keep_frequent_items(baskets, threshold)
    if level.items.size == 0:  # mlxtend raises on an empty frame
        return FrequentItemsets(baskets.basket_count, threshold, frequent.product_codes, [])
    from mlxtend.frequent_patterns import apriori

    shape = (baskets.basket_count, frequent.product_codes.size)
    ones = np.ones(frequent.item_of_pair.size, dtype=np.bool_)
    incidence = sparse.csc_matrix((ones, (frequent.basket_of_pair, frequent.item_of_pair)), shape=shape)
    frame = pd.DataFrame.sparse.from_spmatrix(incidence)
    share = (threshold - 0.5) / baskets.basket_count
    result = apriori(frame, min_support=share, max_len=max_length, low_memory=True)
    counts = np.rint(result["support"].to_numpy() * baskets.basket_count).astype(np.int64)
    lengths = result["itemsets"].map(len).to_numpy()
    levels = []
    for length in range(1, int(lengths.max()) + 1):
        of_length = np.flatnonzero((lengths == length) & (counts >= threshold))
        rows = [sorted(int(item) for item in result["itemsets"].iloc[row]) for row in of_length]
        items = np.array(rows, dtype=np.int32).reshape(-1, length)
        order = np.lexsort(items.T[::-1])
        levels.append(Level(items[order], counts[of_length][order]))
    found = [level for level in levels if level.items.size]
    return FrequentItemsets(baskets.basket_count, threshold, frequent.product_codes, found)
