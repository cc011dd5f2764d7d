"""Ids that are joined by what they share, directly or over others, and since when.

Ids and clues are the two sides of a graph; what is connected is one (connected components). The time at which an id is
one with the first of its component is the smallest, over all ways between them, of the latest time on the way: edges
are taken by time, as Kruskal's minimum spanning tree does (Proc. Amer. Math. Soc. 7, 1956), and whole sets are joined.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints

# Earlier than all times: what was always known.
_ALWAYS = np.iinfo(np.int64).min
_EMPTY = pa.table(
    {
        "code": pa.array([], pa.int64()),
        "first_code": pa.array([], pa.int64()),
        "joined_at": pa.array([], pa.timestamp("us")),
    }
)


def joined(rows: pa.Table) -> pa.Table:
    """The ids that are one with a lower id, from the ids that share a clue.

    rows: `code` and `clue_code` (whole numbers) and `known_at` (timestamp, null: always), a row for each id and clue.
    Returns `code`, `first_code` (the lowest of its component) and `joined_at` (null: always), by rising code, without
    the ids that are themselves the lowest.
    """
    if not rows.num_rows:
        return _EMPTY
    ids, place = arrays.dense(arrays.codes(rows, "code"))
    clues, clue_place = arrays.dense(arrays.codes(rows, "clue_code"))
    known_at = rows["known_at"].cast(pa.timestamp("us"))
    times = np.asarray(arrays.pc.fill_null(known_at.cast(pa.int64()), _ALWAYS).to_numpy(), dtype=np.int64)
    first = _lowest(place, clue_place, ids.size, clues.size)
    left, right, since = _edges(place, clue_place, times)
    joined_at = _joined_at(first, left, right, since)
    is_other = np.flatnonzero(first != np.arange(ids.size))
    when = pa.array(joined_at[is_other], pa.int64(), mask=joined_at[is_other] == _ALWAYS)
    return pa.table(
        {"code": ids[is_other], "first_code": ids[first[is_other]], "joined_at": when.cast(pa.timestamp("us"))}
    )


def joined_people(rows: pa.Table) -> pa.Table:
    """As `joined`, but nobody is joined with people born on other days, also not over others.

    rows: beside the columns of `joined` `is_guess` (whether the clue is an address, a number or a name) and `birth_day`
    (whole number, null: not known). Where a component has several birthdays, its guesses join nobody.
    """
    found = joined(rows)
    ids, place = arrays.dense(arrays.codes(rows, "code"))
    first = ids.copy()
    first[np.searchsorted(ids, found["code"].to_numpy())] = found["first_code"].to_numpy()
    days, is_known = arrays.codes_and_validity(rows, "birth_day")
    births = np.unique(np.column_stack([first[place], days])[is_known], axis=0)
    people, count = np.unique(births[:, 0], return_counts=True)
    is_in_doubt = np.isin(first[place], people[count > 1]) & rows["is_guess"].to_numpy()
    return joined(rows.filter(pa.array(~is_in_doubt))) if is_in_doubt.any() else found


def _lowest(place: Ints, clue_place: Ints, ids: int, clues: int) -> Ints:
    """For each id the lowest that is connected with it."""
    edges = (np.ones(place.size, dtype=np.int8), (place, ids + clue_place))
    _, component = connected_components(coo_array(edges, shape=(ids + clues, ids + clues)), directed=False)
    _, lowest = np.unique(component[:ids], return_index=True)
    return np.asarray(lowest[arrays.dense(component[:ids].astype(np.int64))[1]], dtype=np.int64)


def _edges(place: Ints, clue_place: Ints, times: Ints) -> tuple[Ints, Ints, Ints]:
    """Neighbours of each clue's ids by the time at which they bear it, with the later of the two; by that time."""
    order = np.lexsort((place, times, clue_place))
    left, right = order[:-1], order[1:]
    is_same = clue_place[left] == clue_place[right]
    left, right = left[is_same], right[is_same]
    by_time = np.argsort(times[right], kind="stable")
    return place[left][by_time], place[right][by_time], times[right][by_time]


def _joined_at(first: Ints, left: Ints, right: Ints, since: Ints) -> Ints:
    """When each id became one with the lowest of its component: sets are joined by time, smaller ones into larger."""
    found = np.full(first.size, _ALWAYS)
    root = list(range(first.size))
    members: dict[int, list[int]] = {}
    has_first = first == np.arange(first.size)
    for one, other, time in zip(left.tolist(), right.tolist(), since.tolist(), strict=True):
        a, b = root[one], root[other]
        if a == b:
            continue
        sets = {at: members.get(at, [at]) for at in (a, b)}
        if has_first[a] != has_first[b]:
            found[sets[b if has_first[a] else a]] = time
        large, small = (a, b) if len(sets[a]) >= len(sets[b]) else (b, a)
        for member in sets[small]:
            root[member] = large
        members[large] = sets[large] + sets[small]
        members.pop(small, None)
        has_first[large] |= has_first[small]
    return found
