"""Days on which a shop sells otherwise: public holidays, its own sales days and closing days, past and to come.

A day lies so many days after the last whole one: 0 is that one, -1 the day before, 1 the first day that is forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

HOLIDAY, SALE, EVENT, CLOSED = "holiday", "sale", "event", "closed"
# Of two that fall on one day the first counts.
KINDS = (CLOSED, SALE, EVENT, HOLIDAY)
# Days before and after a named day on which people buy otherwise, too.
AROUND = 3
ON, BEFORE, AFTER = 0, 1, 2


@dataclass(frozen=True)
class ShopCalendar:
    """One entry a day from the shop's first to the last that is forecast; shapes (days,).

    name: which named day it is, or is around, -1: none; the same number whenever that day comes again. kind: place in
    KINDS. side: ON, BEFORE or AFTER. a_year_ago: place of the same date of the year before, -1: before
    the first day. orders: of the shop, of whole days alone.
    """

    name: Ints
    kind: Ints
    side: Ints
    a_year_ago: Ints
    orders: Floats

    @property
    def is_closed(self) -> Bools:
        """Days on which the shop says that it is closed."""
        return np.asarray((self.name >= 0) & (self.kind == KINDS.index(CLOSED)) & (self.side == ON), dtype=np.bool_)

    @property
    def has_names(self) -> bool:
        """Whether any day is more than open or closed."""
        return bool(((self.name >= 0) & ~self.is_closed).any())


def read_calendar(
    until: pa.Table, sales_days: pa.Table, country: str | None, orders: Floats, horizon: int
) -> ShopCalendar | None:
    """From last_whole_day (one row) and day, name, kind (texts, one row a day); None where the shop has no last day.

    country: ISO code, whose public holidays count; orders: of the shop, by day, the last whole day last.
    Raises ValueError where a day is written wrong, or the country is not known.
    """
    last = arrays.column(until, "last_whole_day").to_pylist()
    if not last or last[0] is None or not orders.size:
        return None
    first = last[0] - timedelta(days=orders.size - 1)
    days = [first + timedelta(days=each) for each in range(orders.size + horizon)]
    found = [(each, name, KINDS.index(kind)) for each, name, kind in _sales_days(sales_days)]
    found += [(each, name, KINDS.index(HOLIDAY)) for each, name in _holidays(country, days[0], days[-1])]
    names = {each: place for place, each in enumerate(sorted({(kind, name) for _, name, kind in found}))}
    marks = np.full((3, len(days)), -1, dtype=np.int64)
    for far in range(AROUND, -1, -1):  # the nearest counts, and of equally near ones the first kind
        for each, name, kind in sorted(found, key=lambda row: (-row[2], row[1], row[0])):
            is_around = far and kind != KINDS.index(CLOSED)
            for side, step in ((BEFORE, -far), (AFTER, far)) if is_around else (((ON, 0),) if not far else ()):
                place = (each - first).days + step
                if 0 <= place < len(days):
                    marks[:, place] = names[kind, name], kind, side
    at = {each: place for place, each in enumerate(days)}
    a_year_ago = [at.get(_a_year_before(each), -1) for each in days]
    return ShopCalendar(marks[0], marks[1], marks[2], np.array(a_year_ago, dtype=np.int64), orders)


def _a_year_before(day: date) -> date:
    """The same date; the last of February has the one before where a year has none."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _sales_days(table: pa.Table) -> list[tuple[date, str, str]]:
    columns = [arrays.texts(table, name).to_pylist() for name in ("day", "name", "kind")]
    rows = sorted(tuple(str(value or "").strip() for value in row) for row in zip(*columns, strict=True))
    return [(_day(day, name), _needed(name, day), _kind(kind, name)) for day, name, kind in rows]


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"the day of {name!r}", "a day such as 2025-11-28", text) from None


def _needed(name: str, day: str) -> str:
    if not name:
        raise _wrong(f"the name of {day!r}", "what the day is called", name)
    return name


def _kind(kind: str, name: str) -> str:
    if kind not in (SALE, EVENT, CLOSED):
        raise _wrong(f"the kind of {name!r}", "sale, event or closed", kind)
    return kind


def _wrong(what: str, expected: str, found: str) -> ValueError:
    return ValueError(f"sales_days: expected {expected} as {what}, found {found!r}; mend the seed sales_days.csv.")


def _holidays(country: str | None, first: date, last: date) -> list[tuple[date, str]]:
    """In order. A holiday that is moved to a working day is another one than on its own day."""
    if country is None:
        return []
    import holidays

    around = timedelta(days=AROUND)
    years = range((first - around).year, (last + around).year + 1)
    if country not in holidays.list_supported_countries():
        raise ValueError(
            f"holiday_country: expected the ISO code of a country whose public holidays the library holidays knows, "
            f"such as DE or GB, found {country!r}."
        )
    # in the country's own language, else names, and by them the order of days, are those of whoever builds
    language = holidays.country_holidays(country).default_language
    found: dict[date, Any] = dict(holidays.country_holidays(country, years=years, language=language))
    return sorted((each, str(name).partition(";")[0]) for each, name in found.items())
