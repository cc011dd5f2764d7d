"""Each metric has one definition: `mf query`, the page and the tables say the same."""

import csv
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from console import MF, ROOT, run
from customer_insight.report.metrics import metric_series, metric_value, read_metrics

METRICS = read_metrics(ROOT / "models" / "metrics" / "metrics.yml")


@dataclass
class MetricFlow:
    """`mf` on a project folder of its own: it reads the semantic manifest in its `target`, and writes there."""

    project: Path

    def query(self, *arguments: str) -> list[dict[str, str]]:
        """The rows of the answer, as text."""
        answer = self.project / "answer.csv"
        environment = {
            "DBT_PROJECT_DIR": str(self.project),
            "DBT_PROFILES_DIR": str(ROOT / "profiles"),
            "CUSTOMER_INSIGHT_WAREHOUSE": str(self.project / "customer_insight.duckdb"),
            "HTTPS_PROXY": "http://127.0.0.1:9",  # mf asks whether there is a newer one: not from a test
            "TMPDIR": str(self.project),  # and keeps the answer there
        }
        ran = run([MF, "query", "--quiet", "--csv", str(answer), *arguments], environment)
        assert ran.code == 0, ran.output
        with answer.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def metricflow(demo, tmp_path_factory):
    """mf on a copy of the demo shop, which it opens for writing."""
    project = tmp_path_factory.mktemp("metricflow")
    (project / "target").mkdir()
    shutil.copy(ROOT / "dbt_project.yml", project)
    shutil.copy(demo.path, project)
    shutil.copy(demo.path.parent / "semantic_manifest.json", project / "target")
    return MetricFlow(project)


def close(value: float):
    return pytest.approx(value, rel=0, abs=1e-9)


def test_mf_query_and_the_page_give_the_same_value_of_every_metric(demo, metricflow):
    (row,) = metricflow.query("--metrics", ",".join(METRICS))
    values = {name: metric_value(demo.connection, metric, None, None) for name, metric in METRICS.items()}
    assert {name: float(text) for name, text in row.items()} == {name: close(value) for name, value in values.items()}


def test_mf_query_and_the_page_give_the_same_value_of_every_metric_in_every_week(demo, metricflow):
    rows = metricflow.query("--metrics", ",".join(METRICS), "--group-by", "metric_time__week")
    for name, metric in METRICS.items():
        asked = {datetime.fromisoformat(row["metric_time__week"]).date(): row[name] for row in rows if row[name]}
        series = metric_series(demo.connection, metric, "week")
        assert {week: float(text) for week, text in asked.items()} == {
            week: close(value) for week, value in series if value is not None
        }, name
        assert asked, name


def test_a_week_of_the_page_is_the_value_of_its_seven_days(demo):
    for name, metric in METRICS.items():
        week, value = metric_series(demo.connection, metric, "week")[-1]
        start = datetime.combine(week, datetime.min.time())
        end = datetime.combine(date.fromordinal(week.toordinal() + 7), datetime.min.time())
        assert metric_value(demo.connection, metric, start, end) == value, name


def test_metrics_agree_with_the_tables(demo):
    in_tables = {
        "revenue": "select sum(gross_revenue) from shop.activity_daily",
        "net_revenue": "select sum(net_revenue) from shop.order_lines",
        "known_margin": "select sum(gross_margin) from shop.orders",
        "revenue_with_margin": "select sum(gross_revenue) from shop.orders where gross_margin is not null",
        "margin_rate": "select sum(gross_margin) / sum(gross_revenue) from shop.orders where gross_margin is not null",
        "orders": "select sum(orders) from shop.activity_daily",
        "average_order_value": "select sum(gross_revenue) / sum(orders) from shop.activity_daily",
        "sessions": "select sum(sessions) from shop.activity_daily",
        "converted_sessions": "select sum(sessions_with_purchase) from shop.funnel_daily",
        "conversion": "select sum(sessions_with_purchase) / sum(sessions) from shop.funnel_daily",
        "active_customers": "select count(*) from shop.customers where orders > 0",
        "returning_customers": "select count(*) from shop.customers where orders > 1",
        "repeat_rate": "select avg(cast(orders > 1 as int)) from shop.customers where orders > 0",
        "channel_revenue": "select sum(gross_revenue) from shop.activity_daily",
        "channel_new_customers": "select count(*) from shop.orders where is_first_order",
        "channel_cost": "select sum(cost) from shop.channels_daily",
        "channel_profit": "select sum(gross_margin - coalesce(cost, 0)) from shop.channels_daily",
        "cost_of_known_profit": "select sum(cost) from shop.channels_daily where gross_margin is not null",
        "return_on_cost": "select sum(gross_margin - coalesce(cost, 0)) / sum(cost) "
        "from shop.channels_daily where gross_margin is not null",
        "customers": "select count(*) from shop.customers where not is_erased",
        "customers_with_recommendations": "select count(*) from (select distinct customer_id "
        "from recommendations.customer_recommendations)",
        "recommendation_coverage": "select avg(cast(customer_id in (from recommendations.customer_recommendations "
        "select customer_id) as int)) from shop.customers where not is_erased",
    }
    assert list(in_tables) == list(METRICS)
    for name, sql in in_tables.items():
        assert metric_value(demo.connection, METRICS[name], None, None) == close(float(demo.one(sql))), name


def test_revenue_by_segment_is_one_question(demo, metricflow):
    rows = metricflow.query("--metrics", "revenue", "--group-by", "customer_id__segment_name")
    by_segment = demo.rows(
        "select segment_name, sum(gross_revenue) from shop.customers group by all having sum(orders) > 0"
    )
    known = {
        row["customer_id__segment_name"]: float(row["revenue"]) for row in rows if row["customer_id__segment_name"]
    }
    assert known == {name: close(float(revenue)) for name, revenue in by_segment if name}
