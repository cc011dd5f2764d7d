"""The shop at a glance: the metrics of the last four weeks, how they moved, and revenue week by week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.blocks import Block, Figure, Section, Table, Tile, Tiles
from customer_insight.report.charts import ACCENT, LINE, SECOND, draw, rows, sparkline
from customer_insight.report.metrics import Metric, metric_series, metric_value
from customer_insight.report.results import Results

DAYS = 28  # whole weeks, so that every weekday counts the same
YEAR = 364  # the same weekdays a year before
WEEKS = 53

Words = Callable[[Any], str]
Moved = Callable[[Any, Any], str]
TILES: dict[str, tuple[Words, Moved]] = {
    "revenue": (wording.short, wording.change),
    "orders": (wording.whole, wording.change),
    "average_order_value": (wording.amount, wording.change),
    "active_customers": (wording.whole, wording.change),
    "conversion": (wording.percent, wording.points),
    "repeat_rate": (wording.percent, wording.points),
}
MONTHLY = ("revenue", "orders", "average_order_value", "active_customers", "conversion", "repeat_rate")


def glance(results: Results, metrics: Mapping[str, Metric]) -> Section:
    """The section; nothing to say in a shop without orders and visits."""
    first = results.row("select min(activity_date) as day from shop.activity_daily")["day"]
    if first is None or results.as_of is None:
        return Section("glance", "The shop at a glance", nothing="There are no orders and no visits in this shop.")
    tiles = [_tile(results, metrics[name], first) for name in TILES]
    blocks: list[Block] = [Tiles([tile for tile in tiles if tile])]
    weeks = _whole_weeks(results, metric_series(results.connection, metrics["revenue"], "week"), first)
    if len(weeks) >= 3:
        blocks.append(_revenue(results, metrics, weeks))
    start = results.days_before(DAYS)
    whole = start is not None and start.date() >= first
    return Section("glance", f"The last {DAYS} days" if whole else f"Since {wording.day(first)}", blocks)


def _tile(results: Results, metric: Metric, first: date) -> Tile | None:
    words, moved = TILES[metric.name]
    ends = results.end

    def of_days_ending(days_ago: int) -> float | None:
        assert ends is not None  # nothing is shown of a shop without an instant
        end = ends - timedelta(days=days_ago)
        start = end - timedelta(days=DAYS)
        return metric_value(results.connection, metric, start, end) if start.date() >= first else None

    assert ends is not None
    now = metric_value(results.connection, metric, ends - timedelta(days=DAYS), ends)
    if now is None:
        return None
    comparisons = (
        (f"than in the {DAYS} days before", moved(now, of_days_ending(DAYS))),
        ("than a year before", moved(now, of_days_ending(YEAR))),
    )
    weeks = _whole_weeks(results, metric_series(results.connection, metric, "week"), first)[-WEEKS:]
    return Tile(
        label=metric.label,
        value=words(now),
        changes=[_compared(change, against) for against, change in comparisons if change],
        trend=sparkline([value for _, value in weeks], f"trend-{metric.name}"),
        definition=metric.description,
    )


def _compared(change: str, against: str) -> str:
    if change == "the same" or change.endswith("as much"):
        return f"{change} {against.replace('than', 'as', 1)}"
    return f"{change} {against}"


def _whole_weeks(
    results: Results, weeks: list[tuple[date, float | None]], first: date
) -> list[tuple[date, float | None]]:
    """Weeks that the shop's days fill; half a week at either end would look like a fall."""
    assert results.as_of is not None
    last = results.as_of.date()
    return [(week, value) for week, value in weeks if week >= first and week + timedelta(days=6) <= last]


def _revenue(results: Results, metrics: Mapping[str, Metric], weeks: list[tuple[date, float | None]]) -> Figure:
    shown = weeks[-2 * WEEKS :]
    earlier = dict(weeks)
    records = []
    for week, value in shown:
        ago = earlier.get(week - timedelta(days=YEAR))
        label = f"Week of {wording.day(week)}: {wording.amount(value or 0)}"
        label += f"; a year before: {wording.amount(ago)}" if ago is not None else ""
        records.append({"week": week.isoformat(), "revenue": value or 0, "before": ago, "label": label})
    most, best = max((value or 0, week) for week, value in shown)

    def chart(_: int) -> alt.LayerChart:
        base = alt.Chart(rows(records)).encode(x=alt.X("week:T", title=None, axis=alt.Axis(grid=False, format="%b %y")))
        y = alt.Y("revenue:Q", title=None, axis=alt.Axis(format="~s", tickCount=4))
        bars = base.mark_area(color=ACCENT, opacity=0.14, aria=False).encode(y=y)
        line = base.mark_line(color=ACCENT, strokeWidth=2, aria=False).encode(y=y)
        ghost = base.mark_line(color=SECOND, strokeWidth=1.5, strokeDash=[4, 3], aria=False).encode(y="before:Q")
        touch = base.mark_bar(color=LINE, opacity=0, width=6).encode(y=y, description="label:N")  # what a pointer meets
        return bars + ghost + line + touch

    compared = any(record["before"] is not None for record in records)
    note = "Revenue by week, whole weeks only." + (" Dashed: the same weeks a year before." if compared else "")
    return Figure(
        f"The best week was that of {wording.day(best)}: {wording.short(most)}",
        draw(chart, "Line: revenue by week.", "revenue"),
        _monthly(results, metrics),
        note,
    )


def _monthly(results: Results, metrics: Mapping[str, Metric]) -> Table:
    """All metrics by month, the latest first."""
    series = {name: dict(metric_series(results.connection, metrics[name], "month")) for name in MONTHLY}
    series = {name: values for name, values in series.items() if any(value is not None for value in values.values())}
    months = sorted(set().union(*series.values()), reverse=True)
    table = [
        [wording.month(month), *(TILES[name][0](values.get(month)) for name, values in series.items())]
        for month in months
    ]
    return Table("By month; the latest may be incomplete", ["Month", *(metrics[name].label for name in series)], table)
