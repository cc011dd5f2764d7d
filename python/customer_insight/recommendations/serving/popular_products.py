"""What is in demand, with everyone and in each segment: the lists that readers see are those that fill free places."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.history.recommendation_inputs import RecommendationInputs
from customer_insight.recommendations.proposing.staff_rules import StaffRules

# Products listed for everyone and for each segment.
LISTED = 100


def best_first(popularity: Floats, is_available: Bools, limit: int) -> Ints:
    """The most popular products (positions) that can be had and that anybody wants; ties in order of position."""
    shown = np.where(is_available, popularity, 0.0)
    best = np.argsort(-shown, kind="stable")[:limit]
    return np.asarray(best[shown[best] > 0], dtype=np.int64)


def segment_popularity(history: History, segment: Ints, codes: Ints, min_group_size: int) -> dict[int, Floats]:
    """Popularity of all products with the members of segments (codes) of which at least min_group_size bought.

    segment: of each customer, -1 for none. What is popular with a handful of people is about those people.
    """
    weight = history.demand_now()
    found: dict[int, Floats] = {}
    for code in codes.tolist():
        rows = (segment[history.customer] == code) & (weight > 0)
        if arrays.distinct(history.customer[rows]).size >= min_group_size:
            sums = arrays.sums(history.product[rows], weight[rows], history.catalogue.count)
            found[code] = np.round(sums, ranking.SCORE_DECIMALS)
    return found


def table(read: RecommendationInputs, min_group_size: int, staff: StaffRules) -> pa.Table:
    """segment_code (null for everyone), popularity_rank, product_code, score: LISTED products each.

    Of what staff wants only what it keeps out counts: the rest is demand as it is.
    """
    history = read.history
    codes = arrays.distinct(read.segment[read.segment >= 0])
    of_segments = segment_popularity(history, read.segment, codes, min_group_size)
    parts = [_rows(None, history.popularity(), read, staff)]
    return pa.concat_tables(parts + [_rows(code, popularity, read, staff) for code, popularity in of_segments.items()])


def _rows(code: int | None, popularity: Floats, read: RecommendationInputs, staff: StaffRules) -> pa.Table:
    catalogue = read.history.catalogue
    best = best_first(popularity, catalogue.is_available & staff.of_segment(code).is_allowed, LISTED)
    return pa.table(
        {
            "segment_code": pa.array([code] * best.size, pa.int64()),
            "popularity_rank": arrays.arrow(np.arange(1, best.size + 1, dtype=np.int32)),
            "product_code": arrays.arrow(catalogue.codes[best]),
            "score": arrays.arrow(popularity[best]),
        }
    )
