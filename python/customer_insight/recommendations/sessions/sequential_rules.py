"""Sequential rules: what was clicked soon after the product that is looked at now.

Score of product j after product i: sum over past clicks on j that came `distance` <= steps clicks after one on i in the
same session of 1 / distance (div) or 1 / distance^2 (quadratic). Steps of 1: a Markov chain.

Source: Ludewig and Jannach, UMUAI 28, 2018, section 3.1 (SR). Scores are shares of the session's highest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.recommendations.sessions import session_scores
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes

PARAMETERS: dict[str, tuple[float | str, ...]] = {
    "steps": (10, 1, 3, 5, 20),
    "weighting": ("div", "quadratic"),
    "successors": (100, 50, 300),
}


@dataclass(frozen=True)
class SequentialRules:
    """next_clicks: products x products, how much each column follows each row, as a share of the row's highest."""

    next_clicks: sparse.csr_array

    def scores(self, prefixes: Prefixes) -> sparse.csr_array:
        """What products are worth as the next click, shape (queries, products): above 0, at most 1."""
        return sparse.csr_array(self.next_clicks[prefixes.current])


def fit(clicks: Clicks, *, steps: int = 10, weighting: str = "div", successors: int = 100) -> SequentialRules:
    """successors: kept for each product, the best."""
    count, power = clicks.products.size, 2 if weighting == "quadratic" else 1
    total = sparse.csr_array((count, count))
    for distance in range(1, int(steps) + 1):
        first = np.flatnonzero(clicks.session[distance:] == clicks.session[:-distance])
        found = (np.full(first.size, distance**-power), (clicks.product[first], clicks.product[first + distance]))
        # float sums in one order: by distance, which each of them has in common
        total = sparse.csr_array(total + sparse.csr_array(found, shape=(count, count)))
    rows, columns = np.repeat(np.arange(count), np.diff(total.indptr)), total.indices.astype(np.int64)
    scores = np.round(total.data, ranking.SCORE_DECIMALS)
    order, _ = ranking.in_order(rows, columns, scores, int(successors))
    best = ranking.matrix(rows[order], columns[order], scores[order], (count, count))
    return SequentialRules(session_scores.shares(best))
