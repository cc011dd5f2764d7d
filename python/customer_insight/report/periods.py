"""The periods that the page speaks of: the last four weeks, whole weeks, and how far back the shop's history goes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from customer_insight.report import wording
from customer_insight.report.metrics import Metric, metric_series
from customer_insight.report.results import Results

DAYS = 28  # whole weeks, so that every weekday counts the same
YEAR = 364  # the same weekdays a year before


def first_day(results: Results) -> date | None:
    """The day of the shop's first order or visit; None in an empty shop."""
    day: date | None = results.row("select min(activity_date) as day from shop.activity_daily")["day"]
    return day


def last_days(results: Results, days_ago: int = 0) -> tuple[datetime, datetime]:
    """The DAYS that end so many days ago, from and to before."""
    assert results.end is not None  # nothing is shown of a shop without an instant
    end = results.end - timedelta(days=days_ago)
    return end - timedelta(days=DAYS), end


def is_known(results: Results, start: datetime) -> bool:
    """Whether the shop's history goes back to an instant, UTC."""
    first = first_day(results)
    return first is not None and results.shop_time(start).date() >= first


def title_of_last_days(results: Results) -> str:
    """`The last 28 days`, or since when there is anything."""
    first, (start, _) = first_day(results), last_days(results)
    return f"The last {DAYS} days" if first is None or is_known(results, start) else f"Since {wording.day(first)}"


def whole_weeks(results: Results, metric: Metric) -> list[tuple[date, float | None]]:
    """The metric week by week (from Monday), only weeks that are over and that the history fills.

    Half a week at either end would look like a fall. A week in which nothing happened counts 0, a share of nothing is
    not known.
    """
    first = first_day(results)
    if first is None or results.end is None:
        return []
    end = results.shop_time(results.end)
    known = dict(metric_series(results.connection, metric, "week"))
    nothing = 0.0 if metric.denominator is None else None
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = []
    while datetime.combine(monday, time()) + timedelta(days=7) <= end:
        weeks.append((monday, known.get(monday, nothing)))
        monday += timedelta(days=7)
    return weeks
