"""What named days do to sales: by how much, learned from when they came before, and which days the shop is closed.

A day is compared with the same weekdays of three weeks before and after that have no name. The factor of a named day is
the mean of what it was, drawn towards that of its kind as if that had been seen once, and a kind's towards 1 as if that
had been seen twice. Days before and after have factors of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.demand.forecasts import WEEK
from customer_insight.demand.shop_calendar import AROUND, HOLIDAY, KINDS, ON, ShopCalendar
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Times that the factor of the kind, and of a kind that of any day, count as seen.
_KIND_COUNTS, _ONE_COUNTS = 1.0, 2.0
# A factor beyond which a day was an accident.
_MOST = 10.0
_WEEKS_BESIDE = (-3, -2, -1, 1, 2, 3)
_LEAST_BESIDE = 2
# Orders to be expected of a day on which nobody ordered, so that the shop was closed: chance has that once in 150 days.
_CLOSED_ORDERS = 5.0
# Empty days in a row that are a pause of the shop, and no feast.
_PAUSE_DAYS = 14


@dataclass(frozen=True)
class KnownDays:
    """What a shop that knows `known` days makes of its calendar. shut: closed days of it, and of what is forecast."""

    calendar: ShopCalendar
    known: int
    shut: Bools


def known_days(calendar: ShopCalendar, known: int) -> KnownDays:
    """Closed is what the shop says; a public holiday on which nobody has ever ordered; and a date without orders in
    both of the last two years, where some were to be expected of the whole shop; beside such a date in one of them,
    where the other year's was a weekday on which the shop is closed anyway.
    """
    orders = calendar.orders[:known]
    named = calendar.name >= 0
    empty = np.flatnonzero(orders == 0)
    expected, is_told = _beside(orders[None, :], empty, ~named[:known] & (orders > 0))
    was_shut = np.zeros(calendar.name.size, dtype=np.bool_)
    was_shut[empty] = is_told & (expected[0] >= _CLOSED_ORDERS)
    # a holiday within weeks of closure was closed for another reason
    is_told_of_itself = was_shut[:known] & ~_in_long_runs(orders == 0)
    shut = calendar.is_closed.copy()
    on_day = named & (calendar.side == ON) & (calendar.kind == KINDS.index(HOLIDAY))
    for name in np.unique(calendar.name[on_day & was_shut]):
        days = np.flatnonzero(on_day & (calendar.name == name))
        before = days[days < known]
        # a holiday on a weekday on which the shop is closed anyway says nothing
        told = before[is_told_of_itself[before] | (orders[before] > 0)]
        if told.size and was_shut[told].all():
            shut[days] = True
    shut |= _by_date(calendar, known, was_shut)
    return KnownDays(calendar, known, shut)


def _in_long_runs(is_empty: Bools) -> Bools:
    """Which empty days lie in a row of so many that the shop had a pause."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_empty, [False]]).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    found = np.zeros_like(is_empty)
    for start, end in zip(starts, ends, strict=True):
        found[start:end] = end - start >= _PAUSE_DAYS
    return found


def _by_date(calendar: ShopCalendar, known: int, was_shut: Bools) -> Bools:
    """Days whose date was shut in both years before, and the days that show it."""
    once = calendar.a_year_ago
    twice = np.where(once >= 0, once[once], -1)
    days = np.flatnonzero((twice >= 0) & (once < known))
    days = days[(days >= known) | was_shut[days]]
    years = np.stack([once[days], twice[days]])
    firm, weak = np.zeros((2, was_shut.size), dtype=np.bool_)
    firm[days] = was_shut[years].all(axis=0)
    weak[days] = was_shut[years].any(axis=0) & (calendar.orders[years] == 0).all(axis=0)
    beside = np.zeros_like(firm)
    beside[1:] |= firm[:-1]
    beside[:-1] |= firm[1:]
    found = firm | (weak & beside)
    shown = days[found[days]]
    found[np.concatenate([once[shown], twice[shown]])] = True
    return found


def _beside(history: Floats, days: Ints, is_usual: Bools) -> tuple[Floats, Bools]:
    """What usual same weekdays around bring on average, (series, days asked), and of which days that is known."""
    places = days[:, None] + WEEK * np.array(_WEEKS_BESIDE)
    fits = (places >= 0) & (places < history.shape[1])
    fits[fits] = is_usual[places[fits]]
    values = np.where(fits, history[:, np.where(fits, places, 0)], 0.0)
    count = fits.sum(axis=1)
    return values.sum(axis=-1) / np.maximum(count, 1), np.asarray(count >= _LEAST_BESIDE, dtype=np.bool_)


def usual(history: Floats, found: KnownDays, with_names: bool) -> Floats:
    """History as if no day had been closed; with_names: and none had had a name."""
    shut = found.shut[: found.known]
    is_odd = shut | (found.calendar.name[: found.known] >= 0) if with_names else shut
    days = np.flatnonzero(is_odd)
    if not days.size:
        return history
    usual_days = ~shut & (found.calendar.name[: found.known] < 0) if with_names else ~shut
    expected, is_told = _beside(history, days, usual_days)
    made = history.copy()
    made[:, days[is_told]] = expected[:, is_told]
    return made


def factors(history: Floats, found: KnownDays, horizon: int, with_names: bool) -> Floats:
    """What to multiply the days to come with, (horizon,): 0 where closed."""
    calendar, known = found.calendar, found.known
    ahead = slice(known, known + horizon)
    made = np.ones(horizon)
    if with_names:
        days = np.flatnonzero((calendar.name[:known] >= 0) & ~found.shut[:known])
        is_usual = ~found.shut[:known] & (calendar.name[:known] < 0)
        expected, is_told = _beside(history, days, is_usual)
        whole = expected.sum(axis=0)
        is_told &= whole > 0
        days = days[is_told]
        ratio = np.minimum(history[:, days].sum(axis=0) / whole[is_told], _MOST)
        for kind in range(len(KINDS)):
            for side in range(3):
                of_kind = (calendar.kind[days] == kind) & (calendar.side[days] == side)
                often = 1 if side == ON else AROUND
                usually = _drawn(ratio[of_kind], 1.0, _ONE_COUNTS * often)
                for at in np.flatnonzero((calendar.kind[ahead] == kind) & (calendar.side[ahead] == side)):
                    same = of_kind & (calendar.name[days] == calendar.name[known + at])
                    made[at] = _drawn(ratio[same], usually, _KIND_COUNTS * often)
    return np.where(found.shut[ahead], 0.0, made)


def _drawn(seen: Floats, towards: float, counts: float) -> float:
    return float((seen.sum() + counts * towards) / (seen.size + counts))
