"""How many baskets a set of items must be in: as the setting says, or so many that the shop has something to show.

Never fewer than MIN_BASKETS: of what one or two baskets share nothing can be said. Where no share is set it is 1 %, as
most publications have it, if as many as ENOUGH_RULES pairs that frequent give a rule; otherwise the highest at which
they do, down to 0.1 %, below which a rule concerns next to nobody.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from customer_insight.numerics.arrays import Ints
from customer_insight.rules.baskets import Baskets, minimum_count
from customer_insight.rules.frequent_pairs import frequent_pairs
from customer_insight.rules.mining_limits import MiningStoppedError, itemset_limit, support_of

# Baskets that an itemset is in at least.
MIN_BASKETS = 5
# Frequent pairs with which a support is high enough.
ENOUGH_RULES = 10
# The highest and the lowest support that is chosen, as shares of the baskets.
_HIGHEST = Fraction(1, 100)
_LOWEST = Fraction(1, 1000)


def threshold(
    baskets: Baskets, min_support: Fraction | None, min_confidence: Fraction, min_baskets: int, memory_bytes: float
) -> int:
    """The least whole number of baskets: exactly ceil(min_support x baskets), or chosen; never below min_baskets."""
    if min_support is not None:
        return max(min_baskets, minimum_count(min_support, baskets.count))
    low, high = (max(min_baskets, minimum_count(share, baskets.count)) for share in (_LOWEST, _HIGHEST))
    counts = _pair_counts(baskets, low, memory_bytes, float(min_confidence)) if low < high else None
    if counts is None:
        return high
    if counts.size < ENOUGH_RULES:
        return low
    return int(min(high, np.partition(counts, -ENOUGH_RULES)[-ENOUGH_RULES]))


def hint(baskets: Baskets, length: int, least: int, min_baskets: int, memory_bytes: float) -> str:
    """Where no set of this length (1 or 2) is in `least` baskets: the min_support at which there is one, if any is."""
    counts = baskets.item_counts() if length == 1 else _pair_counts(baskets, min_baskets, memory_bytes)
    if counts is None:
        return ""
    most = int(counts.max(initial=0))
    if most < min_baskets:
        return f" No min_support helps: fewer than {min_baskets} baskets say nothing."
    return f" The first are there at min_support {support_of(most, baskets.count)}."


def _pair_counts(baskets: Baskets, least: int, memory_bytes: float, confidence: float = 0.0) -> Ints | None:
    """Counts of the pairs in at least so many baskets that give a rule; None where there are too many pairs to hold."""
    kept = baskets.keep(baskets.item_counts() >= least)
    try:
        pairs = frequent_pairs(kept, least, itemset_limit(2, memory_bytes))
    except MiningStoppedError:
        return None
    rarer = kept.item_counts()[pairs.items].min(axis=1) if pairs.counts.size else pairs.counts
    return pairs.counts[pairs.counts >= confidence * rarer]
