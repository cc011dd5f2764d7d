from datetime import date, datetime, timedelta

import duckdb
import pytest
from customer_insight.report import periods
from customer_insight.report.metrics import Measure, Metric
from customer_insight.report.results import Results

ORDERS = Metric(
    "orders", "Orders", "Orders.", Measure("orders", "orders", "ordered_at", "ordered_at", "count", "order_id")
)
SHARE = Metric("share", "Share", "A share.", ORDERS.numerator, ORDERS.numerator)
MONDAY = date(2025, 12, 1)


@pytest.fixture
def shop():
    """A shop whose history goes from one day to an instant, with orders at given times."""

    def made(first: date, as_of: datetime, ordered: list[datetime], zone: str = "UTC") -> Results:
        connection = duckdb.connect()
        connection.execute("create schema shop")
        connection.execute("create table shop.activity_daily as select unnest(?::date[]) as activity_date", [
            [first + timedelta(days=day) for day in range((as_of.date() - first).days + 1)]
        ])  # fmt: skip
        connection.execute("create table shop.orders as select unnest(?::timestamp[]) as ordered_at", [ordered])
        connection.execute("alter table shop.orders add column order_id bigint default 1")
        return Results(connection, "run", as_of, zone=zone)

    return made


def test_a_week_counts_when_it_is_over_and_not_before(shop):
    sunday_at_midnight = shop(MONDAY, datetime(2025, 12, 14), [datetime(2025, 12, 10)])
    assert [week for week, _ in periods.whole_weeks(sunday_at_midnight, ORDERS)] == [MONDAY]
    last_instant = shop(MONDAY, datetime(2025, 12, 14, 23, 59, 59, 999999), [datetime(2025, 12, 10)])
    assert periods.whole_weeks(last_instant, ORDERS) == [(MONDAY, 0.0), (date(2025, 12, 8), 1.0)]


def test_the_first_week_counts_when_the_history_begins_with_its_monday(shop):
    results = shop(MONDAY + timedelta(days=1), datetime(2025, 12, 20), [datetime(2025, 12, 3)])
    assert [week for week, _ in periods.whole_weeks(results, ORDERS)] == [date(2025, 12, 8)]


def test_a_week_of_nothing_is_zero_and_a_share_of_nothing_is_not_known(shop):
    results = shop(MONDAY, datetime(2025, 12, 22), [datetime(2025, 12, 2), datetime(2025, 12, 16)])
    assert [value for _, value in periods.whole_weeks(results, ORDERS)] == [1.0, 0.0, 1.0]
    assert [value for _, value in periods.whole_weeks(results, SHARE)] == [1.0, None, 1.0]


def test_the_last_days_hold_as_of_itself_and_as_many_days_before(shop):
    results = shop(MONDAY, datetime(2025, 12, 31), [])
    start, end = periods.last_days(results)
    assert start <= datetime(2025, 12, 31) < end
    assert end - start == timedelta(days=28)
    assert periods.last_days(results, 28)[1] == start


def test_a_young_shop_is_spoken_of_since_its_first_day(shop):
    assert periods.title_of_last_days(shop(date(2025, 12, 20), datetime(2025, 12, 31), [])) == "Since 20 December 2025"
    assert periods.title_of_last_days(shop(date(2025, 1, 1), datetime(2025, 12, 31), [])) == "The last 28 days"


def test_weeks_and_the_first_day_are_those_of_the_shop_s_clock(shop):
    """Sunday, 23:30 in Los Angeles is Monday, 7:30 UTC."""
    sunday = shop(MONDAY, datetime(2025, 12, 8, 7, 30), [datetime(2025, 12, 3)], "America/Los_Angeles")
    assert periods.whole_weeks(sunday, ORDERS) == []
    midnight = shop(MONDAY, datetime(2025, 12, 8, 8), [datetime(2025, 12, 3)], "America/Los_Angeles")
    assert periods.whole_weeks(midnight, ORDERS) == [(MONDAY, 1.0)]
    assert periods.is_known(midnight, datetime(2025, 12, 1, 8))
    assert not periods.is_known(midnight, datetime(2025, 12, 1, 7, 59))
