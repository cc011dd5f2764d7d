"""The periods that the page speaks of: the last four weeks, whole weeks, and how far back the shop's history goes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from customer_insight.report import wording
from customer_insight.report.metrics import Metric, metric_series
from customer_insight.report.results import Results

DAYS = 28  # whole weeks, so that every weekday counts the same
YEAR = 364  # the same weekdays a year before
VALUE_DAYS = 90  # of history before a year is foretold


def first_day(results: Results) -> date | None:
    """The day of the shop's first order or visit; None in an empty shop."""
    day: date | None = results.row("select min(activity_date) as day from shop.activity_daily")["day"]
    return day


def last_days(results: Results, days_ago: int = 0) -> tuple[datetime, datetime]:
    """The DAYS that end so many days ago, from and to before."""
    assert results.end is not None  # nothing is shown of a shop without an instant
    end = results.end - timedelta(days=days_ago)
    return end - timedelta(days=DAYS), end


def title_of_last_days(results: Results) -> str:
    """`The last 28 days`, or since when there is anything."""
    first = first_day(results)
    start, _ = last_days(results)
    return f"Since {wording.day(first)}" if first and start.date() < first else f"The last {DAYS} days"


def whole_weeks(results: Results, metric: Metric) -> list[tuple[date, float | None]]:
    """The metric week by week (from Monday), only weeks that are over and that the history fills.

    Half a week at either end would look like a fall. A week in which nothing happened counts 0, a share of nothing is
    not known.
    """
    first, end = first_day(results), results.end
    if first is None or end is None:
        return []
    known = dict(metric_series(results.connection, metric, "week"))
    nothing = 0.0 if metric.denominator is None else None
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = []
    while datetime.combine(monday, time()) + timedelta(days=7) <= end:
        weeks.append((monday, known.get(monday, nothing)))
        monday += timedelta(days=7)
    return weeks


def foretells_purchases(results: Results) -> bool:
    """Whether the history is as long as the horizon of the forecasts."""
    horizon = results.row("select max(horizon_days) as days from predictions.customer_predictions")["days"]
    return horizon is not None and _history_days(results) >= horizon


def foretells_values(results: Results) -> bool:
    """Whether the history is long enough to speak of a year ahead."""
    return _history_days(results) >= VALUE_DAYS


def _history_days(results: Results) -> int:
    return int(results.row("select count(*) as days from shop.activity_daily")["days"])
