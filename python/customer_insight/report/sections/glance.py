"""The shop at a glance: the metrics of the last four weeks, how they moved, and revenue week by week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import altair as alt

from customer_insight.report import periods, wording
from customer_insight.report.axes import amounts, by_week
from customer_insight.report.blocks import Block, Figure, Section, Table, Text, Tile, Tiles
from customer_insight.report.charts import ACCENT, LINE, SECOND, draw, rows, sparkline
from customer_insight.report.metrics import Metric, metric_series, metric_value
from customer_insight.report.money import Money
from customer_insight.report.results import Results

WEEKS = 53

# From an instant to before another, UTC, or all time.
Period = tuple[datetime | None, datetime | None]
ALL: Period = (None, None)
Words = Callable[[Money, Any], str]
Moved = Callable[[Any, Any], str]


def _plainly(say: Callable[[Any], str]) -> Words:
    """Of what is no amount."""
    return lambda _, value: say(value)


TILES: dict[str, tuple[Words, Moved]] = {
    "revenue": (Money.short, wording.change),
    "orders": (_plainly(wording.whole), wording.change),
    "average_order_value": (Money.amount, wording.change),
    "active_customers": (_plainly(wording.whole), wording.change),
    "conversion": (_plainly(wording.percent), wording.points),
    "repeat_rate": (_plainly(wording.percent), wording.points),
}
MARGIN = ("known_margin", "revenue_with_margin", "margin_rate")
NET = "net_revenue"


def glance(results: Results, metrics: Mapping[str, Metric]) -> Section:
    """The section; nothing to say in a shop without orders and visits."""
    if not results.has_dates:
        return _of_all_time(results, metrics)
    if periods.first_day(results) is None or results.as_of is None:
        return Section("glance", "The shop at a glance", nothing="There are no orders and no visits in this shop.")
    blocks: list[Block] = [Tiles([tile for name in TILES if (tile := _tile(results, metrics, name))])]
    weeks = periods.whole_weeks(results, metrics["revenue"])
    if len(weeks) >= 3 and any(value for _, value in weeks):
        blocks.append(_revenue(results, metrics, weeks))
    return Section("glance", periods.title_of_last_days(results), blocks)


def _of_all_time(results: Results, metrics: Mapping[str, Metric]) -> Section:
    """Of a shop of which nobody knows when something was ordered: neither periods nor trends."""
    tiles = []
    for name, (words, _) in TILES.items():
        value = metric_value(results.connection, metrics[name], None, None)
        if value:
            said = [*_margin(results, metrics, ALL), *_net(results, metrics, ALL)] if name == "revenue" else []
            tiles.append(Tile(metrics[name].label, words(results.money, value), said, "", metrics[name].description))
    why = "The orders have no dates: these figures are of all of them, and nothing can be said of days and seasons."
    return Section("glance", "The shop at a glance", [*([Tiles(tiles)] if tiles else []), Text([why])])


def _tile(results: Results, metrics: Mapping[str, Metric], name: str) -> Tile | None:
    """None where the metric is never known: in a shop without visits, or without prices."""
    metric, (words, moved) = metrics[name], TILES[name]

    def of_days_ending(days_ago: int) -> float | None:
        start, end = periods.last_days(results, days_ago)
        if days_ago and not periods.is_known(results, start):
            return None
        value = metric_value(results.connection, metric, start, end)
        return 0.0 if value is None and metric.denominator is None else value

    if not metric_value(results.connection, metric, None, None):
        return None
    now = of_days_ending(0)
    comparisons = (
        (f"than in the {periods.DAYS} days before", moved(now, of_days_ending(periods.DAYS))),
        ("than a year before", moved(now, of_days_ending(periods.YEAR))),
    )
    weeks, last = periods.whole_weeks(results, metric)[-WEEKS:], periods.last_days(results)
    return Tile(
        label=metric.label,
        value=words(results.money, now),
        changes=[
            *([*_margin(results, metrics, last), *_net(results, metrics, last)] if name == "revenue" else []),
            *(_compared(change, against) for against, change in comparisons if change),
        ],
        trend=sparkline([value for _, value in weeks], f"trend-{metric.name}"),
        definition=metric.description,
    )


def _margin(results: Results, metrics: Mapping[str, Metric], period: Period) -> list[str]:
    """What of the revenue is margin, where every order has a cost; else of how much revenue the cost is known."""
    margin, costed, rate = (metric_value(results.connection, metrics[each], *period) for each in MARGIN)
    revenue = metric_value(results.connection, metrics["revenue"], *period)
    if not costed or not revenue or margin is None or rate is None:
        return []
    if round(costed - revenue, 2) == 0:
        return [f"{results.money.short(margin)} of it is margin, {wording.percent(rate)}"]
    of_it = f"{wording.percent(costed / revenue)} of it, where all costs are known"
    return [f"{wording.percent(rate)} margin on {of_it}"]


def came_back(
    results: Results, metrics: Mapping[str, Metric], start: datetime | None = None, end: datetime | None = None
) -> bool:
    """Whether anything came back from `start` to before `end`, of all time where null: less is left than was sold."""
    revenue, net = (metric_value(results.connection, metrics[each], start, end) for each in ("revenue", NET))
    return revenue is not None and net is not None and round(revenue - net, 2) != 0


def _net(results: Results, metrics: Mapping[str, Metric], period: Period) -> list[str]:
    """What is left of revenue, where something came back in the same days."""
    if not came_back(results, metrics, *period):
        return []
    return [f"{results.money.short(metric_value(results.connection, metrics[NET], *period))} after what came back"]


def _compared(change: str, against: str) -> str:
    if change == "the same" or change.endswith("as much"):
        return f"{change} {against.replace('than', 'as', 1)}"
    return f"{change} {against}"


def _revenue(results: Results, metrics: Mapping[str, Metric], weeks: list[tuple[date, float | None]]) -> Figure:
    shown = weeks[-2 * WEEKS :]
    earlier = dict(weeks)
    records = []
    for week, value in shown:
        ago = earlier.get(week - timedelta(days=periods.YEAR))
        label = f"Week of {wording.day(week)}: {results.money.amount(value or 0)}"
        label += f"; a year before: {results.money.amount(ago)}" if ago is not None else ""
        records.append({"week": week.isoformat(), "revenue": value or 0, "before": ago, "label": label})
    most, best = max((value or 0, week) for week, value in shown)

    def chart(width: int) -> alt.LayerChart:
        base = alt.Chart(rows(records)).encode(x=by_week([week for week, _ in shown], width))
        y = alt.Y("revenue:Q", axis=amounts(results.money, most))
        bars = base.mark_area(color=ACCENT, opacity=0.14, aria=False).encode(y=y)
        line = base.mark_line(color=ACCENT, strokeWidth=2, aria=False).encode(y=y)
        ghost = base.mark_line(color=SECOND, strokeWidth=1.5, strokeDash=[4, 3], aria=False).encode(y="before:Q")
        touch = base.mark_bar(color=LINE, opacity=0, width=6).encode(y=y, description="label:N")  # what a pointer meets
        return bars + ghost + line + touch

    compared = any(record["before"] is not None for record in records)
    note = "Revenue by week (from Monday); weeks that are not over are left out."
    note += " Dashed: the same weeks a year before." if compared else ""
    return Figure(
        f"The best week shown began on {wording.day(best)} and brought {results.money.short(most)}",
        draw(chart, "Line: revenue by week.", "revenue"),
        _monthly(results, metrics),
        note,
    )


def _monthly(results: Results, metrics: Mapping[str, Metric]) -> Table:
    """All metrics by month, the latest first; net revenue beside revenue where anything ever came back."""
    words = {name: say for name, (say, _) in TILES.items()}
    if came_back(results, metrics):
        words = {"revenue": words["revenue"], NET: words["revenue"]} | words
    series = {name: dict(metric_series(results.connection, metrics[name], "month")) for name in words}
    series = {name: values for name, values in series.items() if any(value is not None for value in values.values())}
    months = sorted(set().union(*series.values()), reverse=True)
    table = [
        [
            wording.month(month),
            *(words[name](results.money, values.get(month)) for name, values in series.items()),
        ]
        for month in months
    ]
    return Table("By month; the latest may be incomplete", ["Month", *(metrics[name].label for name in series)], table)
