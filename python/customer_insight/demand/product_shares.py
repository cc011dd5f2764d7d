"""Products: each has a share of its category's forecast, so that products add up to it, and it to the shop.

A product sells too seldom for a season of its own, and its category has one: what moves is its share (top-down by
proportions, Gross and Sohl 1990). Croston's method and its successors (`rare_sellers`) were tried on products that sell
seldom and lose to plain smoothing of the share (DECISIONS.md). Products that have not sold enough share what the others
leave.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.scoring.champion import champion

ShareMethod: TypeAlias = Callable[[Floats, Floats, int], Floats]

YEAR_WEEKS = 52
# Weeks with a sale in the last half year from which on a product has a share of its own.
LEAST_SOLD_WEEKS = 8
SOLD_WITHIN = 26
_RECENT_WEEKS = 8
_SLOW_WEEKS = 26
# Weeks by which methods are judged, and between origins.
WINDOW_WEEKS = 4
_ORIGINS = 13
LEAST_ORIGINS = 2


def recent_share(own: Floats, whole: Floats, ahead: int) -> Floats:
    """The share of the last eight weeks."""
    return _constant(own, whole, _RECENT_WEEKS, ahead)


def slow_share(own: Floats, whole: Floats, ahead: int) -> Floats:
    """The share of the last half year."""
    return _constant(own, whole, _SLOW_WEEKS, ahead)


def smoothed_share(own: Floats, whole: Floats, ahead: int) -> Floats:
    """Sales of all weeks, each counting a tenth less than the one after it, over those of the category."""
    weights = 0.9 ** np.arange(own.shape[1] - 1, -1, -1)
    return _repeated(_share(own @ weights, whole @ weights), ahead)


def last_year_share(own: Floats, whole: Floats, ahead: int) -> Floats:
    """Half the share of the last half year and half that of nine weeks around the same one of last year."""
    slow = slow_share(own, whole, ahead)
    if own.shape[1] < YEAR_WEEKS + WINDOW_WEEKS:
        return np.full_like(slow, np.nan)
    then = np.zeros_like(slow)
    for week in range(ahead):
        middle = own.shape[1] - YEAR_WEEKS + week % YEAR_WEEKS
        around = slice(max(0, middle - 4), min(own.shape[1], middle + 5))
        then[:, week] = _share(own[:, around].sum(axis=1), whole[:, around].sum(axis=1))
    was_sold = np.asarray((own[:, : own.shape[1] - YEAR_WEEKS + 1] > 0).any(axis=1))
    return np.where(was_sold[:, None], (slow + then) / 2, slow)


# By rising complexity.
SHARES: dict[str, ShareMethod] = {
    "recent_share": recent_share,
    "slow_share": slow_share,
    "smoothed_share": smoothed_share,
    "last_year_share": last_year_share,
}
NAMES = tuple(SHARES)


def sells_enough(own: Floats) -> Bools:
    """Which products have a share of their own; own: (products, weeks), the last week last."""
    return np.asarray((own[:, -SOLD_WITHIN:] > 0).sum(axis=1) >= LEAST_SOLD_WEEKS, dtype=np.bool_)


def errors(own: Floats, category: Ints, categories: int) -> Floats:
    """Of each method at up to thirteen origins four weeks apart, the earliest first: (origins, methods), NaN: none.

    own: (products, weeks); category: (products,), from 0. The category's own weeks are known when a share is judged, so
    that the error is the share's: a symmetric one of four weeks' sales, products together.
    """
    weeks = own.shape[1]
    count = max(0, min(_ORIGINS, (weeks - SOLD_WITHIN) // WINDOW_WEEKS))
    found = np.full((count, len(SHARES)), np.nan)
    for number in range(count):
        origin = weeks - WINDOW_WEEKS * (count - number)
        judged = np.flatnonzero(sells_enough(own[:, :origin]))
        if not judged.size:
            continue
        known, came = own[judged, :origin], own[judged, origin : origin + WINDOW_WEEKS]
        whole = whole_of(own, category, categories)[category[judged]]
        for place, method in enumerate(SHARES.values()):
            share = method(known, whole[:, :origin], WINDOW_WEEKS)
            said = (share * whole[:, origin : origin + WINDOW_WEEKS]).sum(axis=1)
            size = (said.sum() + came.sum()) / 2
            found[number, place] = np.abs(said - came.sum(axis=1)).sum() / size if size > 0 else np.nan
    return found


def chosen(seen: Floats) -> str:
    """The method with the lowest of these errors (rows of `errors`), by the rule of `champion`; else the simplest."""
    rows = seen[np.isfinite(seen).any(axis=1)]
    places = [place for place in range(len(SHARES)) if len(rows) and np.isfinite(rows[:, place]).all()]
    return NAMES[places[champion(-rows[:, places])]] if len(rows) >= LEAST_ORIGINS and places else NAMES[0]


def whole_of(own: Floats, category: Ints, categories: int) -> Floats:
    """Weeks of each category, all its products together, (categories, weeks)."""
    return np.column_stack([arrays.sums(category, column, categories) for column in own.T])


def shares(own: Floats, category: Ints, categories: int, method: str, ahead: int) -> Floats:
    """(products, ahead): of its category, adding up to 1 in each; products that sold too little share the rest evenly.

    Where a category sold nothing its products have equal shares.
    """
    enough = sells_enough(own)
    whole = whole_of(own, category, categories)
    found = np.zeros((own.shape[0], ahead))
    if enough.any():
        found[enough] = SHARES[method](own[enough], whole[category[enough]], ahead)
    taken = whole_of(found, category, categories)
    seldom = np.bincount(category[~enough], minlength=categories)
    rest = np.maximum(1.0 - taken, 0.0)
    found[~enough] = (rest / np.maximum(seldom, 1)[:, None])[category[~enough]]
    total = whole_of(found, category, categories)[category]
    products = np.bincount(category, minlength=categories)[category]
    even = np.broadcast_to(1.0 / np.maximum(products, 1)[:, None], found.shape)
    return np.divide(found, total, out=even.copy(), where=total > 0)


def _constant(own: Floats, whole: Floats, weeks: int, ahead: int) -> Floats:
    return _repeated(_share(own[:, -weeks:].sum(axis=1), whole[:, -weeks:].sum(axis=1)), ahead)


def _repeated(share: Floats, ahead: int) -> Floats:
    return np.repeat(share[:, None], ahead, axis=1)


def _share(own: Floats, whole: Floats) -> Floats:
    return np.divide(own, whole, out=np.zeros_like(own), where=whole > 0)
