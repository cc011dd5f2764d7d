"""The past sessions most like the beginnings of others: what V-SkNN and STAN have in common. Not a strategy.

Past sessions are numbered by recency, 0 the latest, so that ties go to the more recent one. For each product only its
most recent sessions are listed, no more than are compared with a query: of the most recent sessions that share any
product with a query, each is among the most recent of every product that it shares. So the cap loses nothing, and a
product in a million sessions costs no more than one in a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints, row_starts
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes

# Multiplications that one block may take.
_BLOCK_WORK = 1 << 22
# Cells of a table of queries and products that one block may take.
_BLOCK_CELLS = 1 << 26


@dataclass(frozen=True)
class PastSessions:
    """Sessions by recency. rows: sessions x products, 1 where clicked. listed: products x sessions, the latest ones.

    last_place: of each entry of rows the place of the last click on the product in the session, from 1.
    number: of each session's position its number by recency, -1 without clicks. age: days since the last click;
    idf: ln(sessions / sessions with the product), shape (products,).
    """

    rows: sparse.csr_array
    listed: sparse.csr_array
    last_place: Ints
    number: Ints
    age: Floats
    idf: Floats
    sample: int


@dataclass(frozen=True)
class Neighbours:
    """Pairs of a query and a past session in order of query; step: of the latest click in common. Shapes (pairs,)."""

    query: Ints
    session: Ints
    similarity: Floats
    step: Ints

    def where(self, keep: Ints | Bools) -> Neighbours:
        """The pairs to keep."""
        return Neighbours(self.query[keep], self.session[keep], self.similarity[keep], self.step[keep])


def read_sessions(clicks: Clicks, sample: int) -> PastSessions:
    """sample: past sessions that a query is compared with at most, the most recent ones."""
    clicks = clicks.last_clicks()
    with_clicks = np.flatnonzero(np.diff(clicks.starts) > 0)
    by_recency = with_clicks[np.lexsort((-with_clicks, clicks.last_age[with_clicks]))]
    number = np.full(clicks.sessions.size, -1)
    number[by_recency] = np.arange(by_recency.size)
    shape = (by_recency.size, clicks.products.size)
    key = number[clicks.session] * max(1, shape[1]) + clicks.product
    order = np.lexsort((clicks.place, key))
    is_last = np.ones(order.size, dtype=np.bool_)
    is_last[:-1] = key[order][1:] != key[order][:-1]
    session, product = np.divmod(key[order][is_last], max(1, shape[1]))
    ones = np.ones(session.size)
    rows = sparse.csr_array((ones, product, row_starts(session, shape[0])), shape=shape)
    found = np.bincount(product, minlength=shape[1])
    idf = np.log(np.maximum(1, shape[0]) / np.maximum(1, found))
    # one more than are compared: a query's own session takes a place
    by_product = np.argsort(product, kind="stable")
    is_listed = ranking.ranks(product[by_product]) <= sample + 1
    listed_product, listed_session = product[by_product][is_listed], session[by_product][is_listed]
    listed = sparse.csr_array(
        (ones[: listed_session.size], listed_session, row_starts(listed_product, shape[1])), shape=shape[::-1]
    )
    return PastSessions(rows, listed, clicks.place[order][is_last], number, clicks.last_age[by_recency], idf, sample)


def blocks(past: PastSessions, prefixes: Prefixes) -> Iterator[Prefixes]:
    """Runs of queries that take a bounded amount of work and memory."""
    listed = np.diff(past.listed.indptr)
    work = np.concatenate([[0], np.cumsum(listed[prefixes.product])])[prefixes.starts]
    count = prefixes.length.size
    widest = max(1, _BLOCK_CELLS // max(1, listed.size))
    start = 0
    while start < count:
        stop = int(np.searchsorted(work, work[start] + _BLOCK_WORK, side="right")) - 1
        stop = min(max(stop, start + 1), start + widest, count)
        yield prefixes.part(start, stop)
        start = stop


def common(past: PastSessions, prefixes: Prefixes, weight: Floats) -> Neighbours:
    """The `sample` most recent sessions that share a product with each query; similarity: sum of the shared weights.

    weight: of each entry of prefixes.
    """
    # one product for two sums: weights, and the steps as bits, of which the highest is the latest click in common
    values = weight + 1j * np.ldexp(1.0, -prefixes.step)
    shape = (prefixes.length.size, past.listed.shape[0])
    queries = sparse.csr_array((values, prefixes.product, prefixes.starts), shape=shape)
    shared = sparse.csr_array(queries @ past.listed)
    query = np.repeat(np.arange(shape[0]), np.diff(shared.indptr))
    session = shared.indices.astype(np.int64)
    step = 1 - np.frexp(shared.data.imag)[1].astype(np.int64)
    pairs = Neighbours(query, session, shared.data.real, step)
    own = np.where(prefixes.own >= 0, past.number[prefixes.own], -1)
    is_own = session == own[query]
    if is_own.any():
        pairs = pairs.where(~is_own)
    return pairs.where(_largest(pairs.query, -pairs.session, -pairs.session, shape[0], past.sample))


def nearest(pairs: Neighbours, query_count: int, limit: int) -> Neighbours:
    """The `limit` most similar of each query, ties to the more recent; those without any similarity are left out."""
    pairs = pairs.where(np.flatnonzero(pairs.similarity > 0))
    similarity = np.round(pairs.similarity / _highest(pairs, query_count), ranking.SCORE_DECIMALS)
    return pairs.where(_largest(pairs.query, similarity, -pairs.session, query_count, limit))


def _highest(pairs: Neighbours, query_count: int) -> Floats:
    """The largest similarity of each pair's query, shape (pairs,)."""
    counts = np.bincount(pairs.query, minlength=query_count)
    starts = (np.cumsum(counts) - counts)[counts > 0]
    if starts.size == 0:
        return np.zeros(0)
    return np.repeat(np.maximum.reduceat(pairs.similarity, starts), counts[counts > 0])


def _largest(query: Ints, value: Floats | Ints, tie: Ints, query_count: int, limit: int) -> Ints:
    """The entries, ascending, with the `limit` largest values of each query, then the largest tie-breakers."""
    counts = np.bincount(query, minlength=query_count)
    ends = np.cumsum(counts)
    keep = np.ones(query.size, dtype=np.bool_)
    for at in np.flatnonzero(counts > limit):
        row = slice(ends[at] - counts[at], ends[at])
        values = value[row]
        least = np.partition(values, values.size - limit)[values.size - limit]
        kept = values > least
        tied = np.flatnonzero(values == least)
        free = limit - int(kept.sum())
        if tied.size > free:
            tied = tied[np.argsort(-tie[row][tied], kind="stable")[:free]]
        kept[tied] = True
        keep[row] = kept
    return np.flatnonzero(keep)
