"""Beginnings of sessions, for each of which the next click is to be predicted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints
from customer_insight.recommendations.sessions.clicks import Clicks

# Clicks before the next one that are looked at, the last ones; the match of two sessions is coded in as many bits.
LAST_CLICKS = 50


@dataclass(frozen=True)
class Prefixes:
    """The distinct products of each beginning, by their last click. Shapes (entries,), of queries (queries,).

    query: ascending. step: 1 for the last click, 2 for the one before, ... length: clicks of the query, LAST_CLICKS at
    most. own: position of the session itself, never its own neighbour; -1 where it is not among those learned from.
    """

    query: Ints
    product: Ints
    step: Ints
    length: Ints
    own: Ints

    @cached_property
    def starts(self) -> Ints:
        """The first entry of each query and the end of the last, shape (queries + 1,)."""
        return arrays.row_starts(self.query, self.length.size)

    @cached_property
    def current(self) -> Ints:
        """The product of the last click of each query; shape (queries,)."""
        product = np.zeros(self.length.size, dtype=np.int64)
        is_last = self.step == 1
        product[self.query[is_last]] = self.product[is_last]
        return product

    def part(self, start: int, stop: int) -> Prefixes:
        """Queries start..stop, numbered from 0."""
        rows = slice(self.starts[start], self.starts[stop])
        queries = slice(start, stop)
        return Prefixes(
            self.query[rows] - start, self.product[rows], self.step[rows], self.length[queries], self.own[queries]
        )


def first_clicks(clicks: Clicks, session: Ints, length: Ints, *, is_learned_from: bool = False) -> Prefixes:
    """One query for each (session, length): the first `length` (at least 1) clicks of the session. Shapes (queries,).

    is_learned_from: the sessions may be among those that a model has learned from, as open ones are.
    """
    kept = np.minimum(length, LAST_CLICKS)
    query = np.repeat(np.arange(session.size), kept)
    step = np.repeat(np.cumsum(kept), kept) - np.arange(query.size)
    product = clicks.product[np.repeat(clicks.starts[session] + length, kept) - step]
    # of several clicks on a product the last counts
    order = np.lexsort((step, product, query))
    query, product, step = query[order], product[order], step[order]
    is_first = np.ones(query.size, dtype=np.bool_)
    is_first[1:] = (query[1:] != query[:-1]) | (product[1:] != product[:-1])
    own = session if is_learned_from else np.full(session.size, -1)
    return Prefixes(query[is_first], product[is_first], step[is_first], kept, own)
