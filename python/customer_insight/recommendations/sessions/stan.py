"""STAN: V-SkNN's idea with three decays: in this session, between sessions, and within the neighbour.

Similarity of a past session n to the current session s: the cosine of their vectors of products, those of s weighted
w1(p) = exp((p - L) / lambda_spw), p the place of the last click on it in s, L the clicks of s; times
w2 = exp(-t / lambda_snh), t the days between them. Of the `sample` most recent sessions with any product of s the
`neighbours` most similar vote. Score of product j: sum over neighbours n with j of similarity(n) x
w3 = exp(-|place of j in n - place in n of the last click on any product of s| / lambda_inh).

Infinite lambdas switch a decay off. V-STAN adds to the score, where idf_weight > 0 or lambda_ipw is finite,
(1 + idf_weight x idf(j)) and exp((1 - step) / lambda_ipw), step of the latest click of s in n: see `vs_knn`.

Sources: Garg, Gupta, Malhotra, Vig and Shroff, "Sequence and time aware neighborhood for session-based
recommendations: STAN", SIGIR 2019, section 3; Ludewig, Mauro, Latifi and Jannach, UMUAI 31, 2021 (V-STAN).
Factors that are the same for all neighbours of a session are left out; scores are shares of the session's highest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.sessions import neighbours as near
from customer_insight.recommendations.sessions import session_scores
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes

PARAMETERS: dict[str, tuple[float, ...]] = {
    "neighbours": (500, 100, 200, 1000, 1500),
    "sample": (2500, 1000, 5000, 10000),
    "lambda_spw": (0.905, 1e-5, 0.4525, 1.81, 3.62, 7.24),
    "lambda_snh": (40, 2.5, 5, 10, 20, 80, np.inf),
    "lambda_inh": (1.81, 0.4525, 0.905, 3.62, 7.24),
    "idf_weight": (0, 1, 2, 5, 10),
    "lambda_ipw": (np.inf, 0.4525, 0.905, 1.81, 3.62),
}


@dataclass(frozen=True)
class Stan:
    """past: what neighbours are sought in; session_weight: ln(w2 / length of the vector), shape (sessions,)."""

    past: near.PastSessions
    session_weight: Floats
    neighbours: int
    lambda_spw: float
    lambda_inh: float
    idf_weight: float
    lambda_ipw: float

    def scores(self, prefixes: Prefixes) -> sparse.csr_array:
        """What products are worth as the next click, shape (queries, products): above 0, at most 1."""
        parts = [self._of_block(block) for block in near.blocks(self.past, prefixes)]
        return session_scores.stacked(parts, self.past.idf.size)

    def _of_block(self, prefixes: Prefixes) -> sparse.csr_array:
        count, products = prefixes.length.size, self.past.idf.size
        pairs = near.common(self.past, prefixes, np.exp((1 - prefixes.step) / self.lambda_spw))
        similarity = pairs.similarity * self._recency(pairs, count)
        pairs = near.nearest(
            near.Neighbours(pairs.query, pairs.session, similarity, pairs.step), count, self.neighbours
        )
        is_current = np.zeros((count, products), dtype=np.bool_)
        is_current[prefixes.query, prefixes.product] = True
        pair, entry = _entries(self.past.rows, pairs.session)
        product, query = self.past.rows.indices[entry].astype(np.int64), pairs.query[pair]
        distance = _distance(self.past.last_place[entry], is_current[query, product], pair)
        vote = pairs.similarity * np.exp((1 - pairs.step) / self.lambda_ipw)
        value = vote[pair] * np.exp(-distance / self.lambda_inh) * (1 + self.idf_weight * self.past.idf[product])
        return session_scores.shares(sparse.csr_array((value, (query, product)), shape=(count, products)))

    def _recency(self, pairs: near.Neighbours, count: int) -> Floats:
        """w2 / length of the vector, relative to the query's best: old sessions do not vanish; shape (pairs,)."""
        best = np.full(count, -np.inf)
        np.maximum.at(best, pairs.query, self.session_weight[pairs.session])
        return np.asarray(np.exp(self.session_weight[pairs.session] - best[pairs.query]), dtype=np.float64)


def _entries(rows: sparse.csr_array, session: Ints) -> tuple[Ints, Ints]:
    """The entries of each pair's session: number of the pair, and of the entry in rows; shapes (entries,)."""
    sizes = np.diff(rows.indptr)[session].astype(np.int64)
    pair = np.repeat(np.arange(session.size), sizes)
    first = rows.indptr[session].astype(np.int64) - (np.cumsum(sizes) - sizes)
    return pair, np.arange(pair.size) + first[pair]


def _distance(place: Ints, is_current: Bools, pair: Ints) -> Ints:
    """Clicks between each entry's place and the last place of a current product in the same pair; shape (entries,)."""
    if pair.size == 0:
        return place
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    last = np.maximum.reduceat(np.where(is_current, place, 0), starts)
    return np.abs(place - last[pair])


def fit(
    clicks: Clicks,
    *,
    neighbours: int = 500,
    sample: int = 2500,
    lambda_spw: float = 0.905,
    lambda_snh: float = 40,
    lambda_inh: float = 1.81,
    idf_weight: float = 0,
    lambda_ipw: float = np.inf,
) -> Stan:
    """neighbours: k. sample: m. lambda_spw, lambda_inh, lambda_ipw: in clicks. lambda_snh: in days. See the module."""
    past = near.read_sessions(clicks, int(sample))
    # as a logarithm: a session of last year would be weighted zero
    session_weight = -past.age / lambda_snh - np.log(np.maximum(1, np.diff(past.rows.indptr))) / 2
    return Stan(past, session_weight, int(neighbours), lambda_spw, lambda_inh, idf_weight, lambda_ipw)
