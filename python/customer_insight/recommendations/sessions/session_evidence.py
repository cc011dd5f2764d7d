"""Which product of a session speaks for a recommended one: the one that most often shares a session with it."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.proposing.candidates import Candidates
from customer_insight.recommendations.sessions.neighbours import PastSessions
from customer_insight.recommendations.sessions.prefixes import Prefixes


def strongest(past: PastSessions, prefixes: Prefixes, chosen: Candidates) -> Ints:
    """The product of the query with the highest cosine of sessions, the latest of equal ones; -1 where none shares one.

    A product that is itself in the query speaks for itself. Shape of chosen.
    """
    sizes = np.diff(prefixes.starts)[chosen.customer]
    pair = np.repeat(np.arange(chosen.customer.size), sizes)
    entry = np.arange(pair.size) + np.repeat(prefixes.starts[chosen.customer] - (np.cumsum(sizes) - sizes), sizes)
    source = prefixes.product[entry]
    cosine = np.round(_cosines(past, source, chosen.product[pair]), ranking.SCORE_DECIMALS)
    found = np.flatnonzero(cosine > 0)
    order = found[np.lexsort((prefixes.step[entry[found]], -cosine[found], pair[found]))]
    first = np.flatnonzero(np.diff(pair[order], prepend=-1))
    because = np.full(chosen.customer.size, -1, dtype=np.int64)
    because[pair[order[first]]] = source[order[first]]
    return because


def _cosines(past: PastSessions, first: Ints, second: Ints) -> Floats:
    """Cosine of the sets of sessions of the two products of each pair, shape (pairs,)."""
    count = past.rows.shape[1]
    wanted, place = np.unique(first * count + second, return_inverse=True)
    sources = arrays.distinct(wanted // count)
    columns = past.rows.T.tocsr()
    together = np.zeros(wanted.size)
    chosen = columns[sources]
    for block in ranking.blocks(chosen, past.rows):
        shared = (chosen[block] @ past.rows).tocsr()
        shared.sort_indices()
        keys = np.repeat(sources[block], np.diff(shared.indptr)) * count + shared.indices
        here = slice(*np.searchsorted(wanted, [sources[block][0] * count, (sources[block][-1] + 1) * count]))
        at = np.minimum(np.searchsorted(keys, wanted[here]), keys.size - 1)
        together[here] = np.where(keys[at] == wanted[here], shared.data[at], 0.0) if keys.size else 0.0
    sessions = np.diff(columns.indptr).astype(np.float64)
    cosine = together / np.sqrt(np.maximum(1.0, sessions[wanted // count] * sessions[wanted % count]))
    return np.asarray(cosine[place.reshape(-1)], dtype=np.float64)
