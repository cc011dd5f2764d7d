"""Metrics are evaluated as their definitions say, on a shop that fits on ten fingers."""

from datetime import date, datetime

import duckdb
import pytest
from customer_insight.report.metrics import Measure, Metric, metric_series, metric_value, read_metrics

DEFINITIONS = """
semantic_models:
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: order_date}
    config: {meta: {instant: ordered_at}}
    measures:
      - {name: revenue, agg: sum, expr: gross_revenue}
      - {name: orders, agg: count, expr: case when is_sale then order_id end}
      - {name: buyers, agg: count_distinct, expr: case when is_sale then customer_id end}
  - name: lists
    model: ref('lists')
    defaults: {agg_time_dimension: as_of}
    measures:
      - {name: listed, agg: count_distinct, expr: customer_id}
  - name: people
    model: ref('people')
    defaults: {agg_time_dimension: as_of}
    measures:
      - {name: people, agg: count, expr: customer_id}
metrics:
  - {name: order_value, label: Order value, description: "Money.", type: ratio,
     type_params: {numerator: revenue, denominator: orders}}
  - {name: revenue, label: Revenue, description: "Money.", type: simple, type_params: {measure: revenue}}
  - {name: orders, label: Orders, description: "Orders.", type: simple, type_params: {measure: orders}}
  - {name: buyers, label: Buyers, description: "People.", type: simple, type_params: {measure: buyers}}
  - {name: listed, label: Listed, description: "People.", type: simple, type_params: {measure: listed}}
  - {name: people, label: People, description: "People.", type: simple, type_params: {measure: people}}
  - {name: coverage, label: Coverage, description: "Share.", type: ratio,
     type_params: {numerator: listed, denominator: people}}
"""


@pytest.fixture
def metrics(tmp_path):
    file = tmp_path / "metrics.yml"
    file.write_text(DEFINITIONS, encoding="utf-8")
    return read_metrics(file)


@pytest.fixture
def shop():
    """Four orders of two customers: two in the first week of 2025, one cancelled in the second, one in the third."""
    connection = duckdb.connect()
    connection.execute("""
        create schema shop;
        create table shop.orders as select *, ordered_at::date as order_date from (values
            ('O1', 'A', timestamp '2025-01-01 10:00:00', true, 10::decimal(18, 2)),
            ('O2', 'A', timestamp '2025-01-05 23:59:59', true, 20::decimal(18, 2)),
            ('O3', 'B', timestamp '2025-01-06 00:00:00', false, 0::decimal(18, 2)),
            ('O4', 'B', timestamp '2025-01-20 10:00:00', true, 5.5::decimal(18, 2))
        ) as t (order_id, customer_id, ordered_at, is_sale, gross_revenue);
        create schema other;
        create view other.people as select unnest(['A', 'B']) as customer_id, timestamp '2025-01-20 10:00:00' as as_of;
        create table other.lists (customer_id varchar, as_of timestamp);
    """)
    return connection


def test_a_metric_is_a_measure_or_the_ratio_of_two(metrics):
    revenue = Measure("revenue", "orders", "order_date", "ordered_at", "sum", "gross_revenue")
    orders = Measure("orders", "orders", "order_date", "ordered_at", "count", "case when is_sale then order_id end")
    assert metrics["revenue"] == Metric("revenue", "Revenue", "Money.", revenue)
    assert metrics["order_value"] == Metric("order_value", "Order value", "Money.", revenue, orders)
    assert list(metrics)[:2] == ["order_value", "revenue"]


def test_sums_counts_and_distinct_counts_are_over_all_time_without_limits(metrics, shop):
    values = {name: metric_value(shop, metrics[name], None, None) for name in ("revenue", "orders", "buyers")}
    assert values == {"revenue": 35.5, "orders": 3, "buyers": 2}
    assert metric_value(shop, metrics["order_value"], None, None) == 35.5 / 3


def test_the_start_belongs_to_a_period_and_its_end_does_not(metrics, shop):
    monday, midnight = datetime(2025, 1, 6), datetime(2025, 1, 5)
    assert metric_value(shop, metrics["revenue"], None, monday) == 30
    assert metric_value(shop, metrics["revenue"], monday, None) == 5.5
    assert metric_value(shop, metrics["revenue"], midnight, monday) == 20


def test_without_rows_distinct_counts_are_zero_and_nothing_else_has_a_value(metrics, shop):
    after = datetime(2026, 1, 1)
    values = {name: metric_value(shop, metric, after, None) for name, metric in metrics.items()}
    assert values == dict.fromkeys(metrics) | {"buyers": 0, "listed": 0}


def test_there_is_no_value_over_zero(metrics, shop):
    cancelled = datetime(2025, 1, 6), datetime(2025, 1, 7)
    assert metric_value(shop, metrics["orders"], *cancelled) == 0
    assert metric_value(shop, metrics["order_value"], *cancelled) is None


def test_nobody_of_somebody_is_a_share_of_zero_in_all_and_of_nothing_in_a_period(metrics, shop):
    assert metric_value(shop, metrics["coverage"], None, None) == 0
    assert metric_series(shop, metrics["coverage"], "year") == [(date(2025, 1, 1), None)]
    shop.execute("insert into other.lists values ('A', '2025-01-20 10:00:00'), ('A', '2025-01-20 10:00:00')")
    assert metric_value(shop, metrics["coverage"], None, None) == 0.5
    assert metric_series(shop, metrics["coverage"], "year") == [(date(2025, 1, 1), 0.5)]


def test_there_is_no_ratio_in_periods_that_numerator_or_denominator_lacks(metrics, shop):
    shop.execute("insert into other.lists values ('A', '2024-01-20 10:00:00')")
    assert metric_series(shop, metrics["coverage"], "year") == [(date(2024, 1, 1), None), (date(2025, 1, 1), None)]


def test_of_orders_whose_revenue_is_not_known_there_is_no_average(metrics, shop):
    shop.execute("update shop.orders set gross_revenue = null where ordered_at < '2025-01-06'")
    weeks = [(date(2024, 12, 30), None), (date(2025, 1, 6), None), (date(2025, 1, 20), 5.5)]
    assert metric_series(shop, metrics["order_value"], "week") == weeks
    assert metric_value(shop, metrics["order_value"], None, datetime(2025, 1, 6)) is None
    assert metric_value(shop, metrics["orders"], None, datetime(2025, 1, 6)) == 2


@pytest.mark.parametrize(
    ("grain", "first_days"),
    [
        ("day", [date(2025, 1, 1), date(2025, 1, 5), date(2025, 1, 6), date(2025, 1, 20)]),
        ("week", [date(2024, 12, 30), date(2025, 1, 6), date(2025, 1, 20)]),
        ("month", [date(2025, 1, 1)]),
        ("year", [date(2025, 1, 1)]),
    ],
)
def test_a_series_has_a_value_for_each_period_with_rows(metrics, shop, grain, first_days):
    series = metric_series(shop, metrics["revenue"], grain)
    assert [first_day for first_day, _ in series] == first_days
    assert sum(value for _, value in series) == 35.5


def test_calendars_are_the_shops_and_time_is_counted_in_utc(metrics, shop):
    shop.execute("update shop.orders set order_date = date '2025-01-19' where order_id = 'O4'")
    assert metric_series(shop, metrics["revenue"], "day")[-1] == (date(2025, 1, 19), 5.5)
    assert [week for week, _ in metric_series(shop, metrics["revenue"], "week")][-1] == date(2025, 1, 13)
    assert metric_value(shop, metrics["revenue"], datetime(2025, 1, 20, 9), datetime(2025, 1, 20, 11)) == 5.5


def test_a_series_of_a_ratio_divides_period_by_period(metrics, shop):
    weeks = [(date(2024, 12, 30), 15), (date(2025, 1, 6), None), (date(2025, 1, 20), 5.5)]
    assert metric_series(shop, metrics["order_value"], "week") == weeks


def test_rows_without_a_time_are_in_no_period(metrics, shop):
    shop.execute("insert into shop.orders values ('O5', 'C', null, true, 1, null)")
    assert metric_value(shop, metrics["revenue"], None, None) == 36.5
    assert sum(value for _, value in metric_series(shop, metrics["revenue"], "week")) == 35.5
