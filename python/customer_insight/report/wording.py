"""Numbers and instants as a shop's owner reads them. None is a dash: a figure that is not known is not zero."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

Number = float | Decimal
_iso_day = re.compile(r"(?<=\bon )\d{4}-\d\d-\d\d\b")
UNKNOWN = "\N{EN DASH}"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def whole(value: Number | None) -> str:
    """A count: `12,485`."""
    return UNKNOWN if value is None else f"{value:,.0f}"


def large(value: Number) -> str | None:
    """A number of a million or more in a small place: `8.91 million`; None where it is smaller."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        shown = round(float(value) / size, 2)
        if abs(shown) >= 1:
            return f"{shown:,.2f}".rstrip("0").rstrip(".") + f" {name}" if abs(shown) < 100 else f"{shown:,.0f} {name}"
    return None


def counted(number: int, one: str, more: str) -> str:
    """A number with its noun: `1 rule`, `1,146 rules`."""
    return f"{number:,} {one if number == 1 else more}"


def plain(value: Number | None) -> str:
    """Any number, with as many digits as say something: `168,500`, `5.2`, `0.031`."""
    if value is None:
        return UNKNOWN
    number = float(value)
    digits = 0 if abs(number) >= 1000 else 1 if abs(number) >= 10 else 3
    return f"{number:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{number:,.0f}"


def percent(share: Number | None) -> str:
    """A share: `57 %`, `4.3 %` near nothing, `99.6 %` near all, `under 0.1 %`, `over 99.9 %`."""
    if share is None:
        return UNKNOWN
    hundredths = 100 * float(share)
    if 0 < hundredths < 0.1:
        return "under 0.1 %"
    if 99.9 < hundredths < 100:
        return "over 99.9 %"
    return f"{hundredths:.1f} %" if 0 < abs(hundredths) < 10 or 99 < hundredths < 100 else f"{hundredths:.0f} %"


def of_hundred(share: Number, among: int | None = None) -> str:
    """A share as people count: `57 of 100`; `3.2 of 1,000` where it is below 1 %.

    among: how many there are. Of fewer than a hundred it is the counts themselves: `8 of 8`.
    """
    if among is not None and among < 100:
        return f"{float(share) * among:.0f} of {among}"
    if 0 < share < 0.0001:
        return "under 0.1 of 1,000"
    if share < 0.01 and share:
        return f"{1000 * float(share):.1f} of 1,000"
    return f"{100 * float(share):.0f} of 100"


def day(value: date | None) -> str:
    """`9 December 2011`."""
    return UNKNOWN if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | None) -> str:
    """`9 Dec 2011`, for tables."""
    return UNKNOWN if value is None else f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def month(value: date) -> str:
    """`December 2011`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def times(value: Number) -> str:
    """A ratio: `3.2 times`."""
    return f"{float(value):.3g} times" if abs(float(value)) < 100 else f"{value:,.0f} times"


def change(now: Number | None, before: Number | None) -> str:
    """How a figure moved: `12 % more`, `7 % less`, `the same`; '' where either is not known or there was nothing."""
    if now is None or before is None or before <= 0:
        return ""
    moved = float(now) / float(before) - 1
    if moved >= 2:
        return f"{moved + 1:.1f} times as much"
    return "the same" if round(100 * moved, 1) == 0 else f"{percent(abs(moved))} {'more' if moved > 0 else 'less'}"


def points(now: Number | None, before: Number | None) -> str:
    """How a share moved: `1.2 percentage points more`; '' where either is not known."""
    if now is None or before is None:
        return ""
    moved = 100 * (float(now) - float(before))
    return (
        "the same" if round(moved, 1) == 0 else f"{abs(moved):.1f} percentage points {'more' if moved > 0 else 'less'}"
    )


def in_words(name: str) -> str:
    """A column's name as words: `days_since_last_order` is `days since last order`."""
    return name.replace("_", " ")


def with_days(text: str) -> str:
    """A sentence whose ISO dates are said: `Bought once, on 2024-12-12` is `Bought once, on 12 Dec 2024`."""
    return _iso_day.sub(_said, text)


def _said(found: re.Match[str]) -> str:
    try:
        return short_day(date.fromisoformat(found[0]))
    except ValueError:  # a name that only looks like a day
        return found[0]


def clipped(text: str, length: int) -> str:
    """A text of at most `length` characters."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
