"""Lists for customers of whom nothing is known but their segment: what its members buy now."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.proposing.candidates import Candidates, joined
from customer_insight.recommendations.serving.popular_products import best_first, segment_popularity

# Products (positions) and their shares of the highest popularity, best first, of each segment.
SegmentLists = dict[int, tuple[Ints, Floats]]


def segment_lists(history: History, segment: Ints, is_known: Bools, limit: int, min_group_size: int) -> SegmentLists:
    """The lists of segments that have newcomers and at least min_group_size members who bought.

    segment: of each customer, -1 for none. is_known: customers with a history, who need no such list.
    """
    codes = arrays.distinct(segment[~is_known & (segment >= 0)])
    found: SegmentLists = {}
    for code, popularity in segment_popularity(history, segment, codes, min_group_size).items():
        best = best_first(popularity, history.catalogue.is_available, limit)
        if best.size:
            found[code] = (best, popularity[best] / popularity[best[0]])
    return found


def replaced(
    lists: Candidates, customers: Ints, of_segments: SegmentLists, segment: Ints, is_known: Bools
) -> tuple[Candidates, Bools]:
    """The lists, those of newcomers replaced by their segment's, and which rows are such; in order of customer."""
    code = np.where(is_known[customers], -1, segment[customers])
    is_new = np.isin(code, list(of_segments))
    keep = ~is_new[lists.customer]
    parts = [Candidates(lists.customer[keep], lists.product[keep], lists.score[keep])]
    for place in np.flatnonzero(is_new).tolist():
        product, share = of_segments[int(code[place])]
        parts.append(Candidates(np.full(product.size, place, dtype=np.int64), product, share))
    both = joined(parts)
    order = np.argsort(both.customer, kind="stable")
    both = Candidates(both.customer[order], both.product[order], both.score[order])
    return both, is_new[both.customer]
