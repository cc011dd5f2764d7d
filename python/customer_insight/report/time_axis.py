"""Where an axis of time has its labels, so that no two say the same and all can be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import altair as alt

LABEL_WIDTH = 84  # pixels of `May 2023`, with room around
FEWEST = 3  # labels by which a reader finds the way
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between labels


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
