"""Axes: where their labels stand and what they say, so that no two say the same and all can be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import altair as alt

from customer_insight.report.money import Money

LETTER = 7.4  # pixels of a letter in a wide font
LABEL_WIDTH = 84  # pixels of `May 2023`, with room around
FEWEST = 3  # labels by which a reader finds the way
MOST = 6  # labels that are no crowd
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between labels


def extent(labels: Sequence[str]) -> float:
    """Pixels beside an axis that its labels take in any font: what draws here has other fonts than who reads."""
    return LETTER * max((len(label) for label in labels), default=0) + 6


def counts(title: str | None = None) -> alt.Axis:
    """An axis of whole numbers: `5,000`, `1.5 M`."""
    return alt.Axis(title=title, tickCount=4, tickMinStep=1, labelExpr=_number("", ""))


def amounts(money: Money, most: float) -> alt.Axis:
    """An axis of amounts up to one: `£5,000`, `1.5 M CHF`."""
    longest = f"{money.before}{most:,.0f}{money.after}" if most < 10**6 else f"{money.before}8.88 M{money.after}"
    return alt.Axis(title=None, tickCount=4, labelExpr=_number(money.before, money.after), minExtent=extent([longest]))


def shares(title: str | None = None) -> alt.Axis:
    """An axis of shares: `25 %`."""
    return alt.Axis(title=title, tickCount=4, labelExpr="format(100 * datum.value, '.4~r') + ' %'")


def counts_in_proportion(low: int, high: int, title: str) -> alt.Axis:
    """A logarithmic axis of whole numbers between two others, which has labels however near these are."""
    return alt.Axis(title=title, values=whole_ticks(low, high), labelExpr=_number("", ""))


def whole_ticks(low: int, high: int) -> list[int]:
    """1, 2, 5, 10, ... between two numbers of 1 and more, and where these are few, numbers equally far apart.

    At most MOST, so that they can be read.
    """
    sizes = [number * 10**power for power in range(len(str(high))) for number in (1, 2, 5)]
    for series in (sizes, sizes[::3]):
        shown = [size for size in series if low <= size <= high]
        if FEWEST <= len(shown) <= MOST:
            return shown
    for step in sizes:
        shown = list(range(-(-low // step) * step, high + 1, step))
        if len(shown) <= MOST:
            return shown
    return [low, high]


def _number(before: str, after: str) -> str:
    sizes = "".join(
        f"abs(datum.value) >= {size} ? format(datum.value / {size}, ',.4~r') + '{name}' : "
        for size, name in ((10**9, " bn"), (10**6, " M"))
    )
    return f"'{before}' + ({sizes}format(datum.value, ',.7~r')) + '{after}'"


def ticks(first: date, last: date, most: int) -> tuple[list[date], str]:
    """At most so many days to label between two others, and their format: months, else weeks from the first day."""
    months = [
        date(month // 12, month % 12 + 1, 1)
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        if date(month // 12, month % 12 + 1, 1) >= first
    ]
    if len(months) < FEWEST:
        weeks = (last - first).days // 7 + 1
        apart = timedelta(days=7 * -(-weeks // most))
        return [first + place * apart for place in range((last - first) // apart + 1)], "%-d %b"
    for step in STEPS:
        shown = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
        if len(shown) <= most:
            break
    return shown, "%Y" if step >= 12 else "%b %Y"


def by_week(weeks: Sequence[date], width: int) -> alt.X:
    """The x axis of `week`, a date, in a chart of such a width: in UTC, so that the page is the same everywhere."""
    shown, written = ticks(weeks[0], weeks[-1], max(2, width // LABEL_WIDTH))
    values = [int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) for day in shown]
    axis = alt.Axis(grid=False, format=written, values=values)
    return alt.X("week:T", title=None, scale=alt.Scale(type="utc"), axis=axis)
