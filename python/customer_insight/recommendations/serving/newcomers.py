"""Lists for customers of whom nothing is known but their segment: what its members buy now."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.proposing.candidates import Candidates, joined
from customer_insight.recommendations.proposing.staff_rules import StaffWishes
from customer_insight.recommendations.serving.popular_products import best_first, segment_popularity

# Products (positions) of each segment, best first, and their scores: shares of the highest popularity; pins above all.
SegmentLists = dict[int, tuple[Ints, Floats]]


def newcomers_popularity(history: History, segment: Ints, is_known: Bools, min_group_size: int) -> dict[int, Floats]:
    """Popularity with the members of segments that have newcomers and at least min_group_size members who bought.

    segment: of each customer, -1 for none. is_known: customers with a history, who need no such list.
    """
    codes = arrays.distinct(segment[~is_known & (segment >= 0)])
    return segment_popularity(history, segment, codes, min_group_size)


def segment_lists(
    of_segments: dict[int, Floats], is_available: Bools, limit: int, wishes: StaffWishes, *, is_reordered: bool
) -> SegmentLists:
    """The lists of segments from their popularity, without what staff keeps out; is_reordered: as staff wants them."""
    found: SegmentLists = {}
    for code, popularity in of_segments.items():
        allowed = is_available & wishes.is_allowed
        best = best_first(popularity, allowed, limit)
        if best.size == 0:
            continue
        highest = popularity[best[0]]
        if is_reordered:
            best = best_first(popularity * wishes.factor, allowed, limit + wishes.pinned.size)
        one = Candidates(np.zeros(best.size, dtype=np.int64), best, popularity[best] / highest)
        if is_reordered:
            score = one.score * wishes.factor[best]
            one = wishes.pinned_first(Candidates(one.customer, best, score), np.ones((1, wishes.pinned.size), np.bool_))
        found[code] = (one.product[:limit], one.score[:limit])
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
