"""The metrics of the project, as `models/metrics/metrics.yml` defines them, by SQL on a database of results.

It knows what that file uses: simple metrics and ratios of measures that sum, count or count distinct values. `mf query`
gives the same answers from the warehouse, by way of dbt; here a DuckDB connection is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import yaml

# As MetricFlow writes them: without rows, a count is null like a sum, and a distinct count 0.
AGGREGATES = {
    "sum": "sum({})",
    "count": "sum(case when {} is not null then 1 else 0 end)",
    "count_distinct": "count(distinct {})",
}


@dataclass(frozen=True)
class Measure:
    """An aggregate over one table: the table's name, two columns of time, a key of AGGREGATES and an SQL expression.

    day: of the shop, by which periods of the calendar are made; instant: UTC, by which time is counted.
    """

    name: str
    table: str
    day: str
    instant: str
    aggregate: str
    expression: str


@dataclass(frozen=True)
class Metric:
    """A measure, or the ratio of two. `description` names the unit."""

    name: str
    label: str
    description: str
    numerator: Measure
    denominator: Measure | None = None


def read_metrics(file: Path) -> dict[str, Metric]:
    """The metrics of the file by name, in its order."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    measures = {measure.name: measure for model in content["semantic_models"] for measure in _measures(model)}
    simple = {
        metric["name"]: measures[metric["type_params"]["measure"]]
        for metric in content["metrics"]
        if metric["type"] == "simple"
    }
    metrics = {}
    for metric in content["metrics"]:
        name = metric["name"]
        parts = [metric["type_params"][part] for part in ("numerator", "denominator")] if name not in simple else [name]
        metrics[name] = Metric(name, metric["label"], metric["description"], *(simple[part] for part in parts))
    return metrics


def metric_value(
    connection: duckdb.DuckDBPyConnection, metric: Metric, start: datetime | None, end: datetime | None
) -> float | None:
    """The metric from `start` to before `end`, UTC, without a limit where null.

    None over zero, and where there are no rows, unless it counts distinct values: of none there are 0.
    """
    return _values(connection, metric, {"grain": None, "start": start, "end": end}).get(None)


def metric_series(connection: duckdb.DuckDBPyConnection, metric: Metric, grain: str) -> list[tuple[date, float | None]]:
    """The metric by the shop's days, weeks (from Monday), months or years that have rows, in order, by first days."""
    values = _values(connection, metric, {"grain": grain, "start": None, "end": None})
    return sorted((first_day, value) for first_day, value in values.items() if first_day is not None)


def _measures(model: dict[str, Any]) -> list[Measure]:
    (table,) = re.findall(r"^ref\('(\w+)'\)$", model["model"])
    day = model["defaults"]["agg_time_dimension"]
    instant = model.get("config", {}).get("meta", {}).get("instant", day)
    return [Measure(each["name"], table, day, instant, each["agg"], each["expr"]) for each in model["measures"]]


def _values(
    connection: duckdb.DuckDBPyConnection, metric: Metric, asked: dict[str, Any]
) -> dict[date | None, float | None]:
    """The metric by the first day of the period; without a grain there is one period, None."""
    above = _aggregates(connection, metric.numerator, asked)
    if metric.denominator is None:
        return above
    below = _aggregates(connection, metric.denominator, asked)
    return {key: _ratio(above.get(key), below.get(key)) for key in above | below}


def _ratio(above: float | None, below: float | None) -> float | None:
    """None where one is missing or the denominator is zero."""
    return above / below if above is not None and below else None


def _aggregates(
    connection: duckdb.DuckDBPyConnection, measure: Measure, asked: dict[str, Any]
) -> dict[date | None, float | None]:
    """The measure by the first day of the period, where there are rows; without a grain, of all rows, even of none."""
    first_day = f"date_trunc(cast($grain as varchar), {measure.day})" if asked["grain"] else "$grain"
    rows = connection.execute(
        f"""
        select cast({first_day} as date), cast({AGGREGATES[measure.aggregate].format(measure.expression)} as double)
        from {_table(connection, measure.table)}
        where ($start is null or {measure.instant} >= $start) and ($end is null or {measure.instant} < $end)
        {"group by 1" if asked["grain"] else ""}
        """,
        asked,
    ).fetchall()
    return dict(rows)


def _table(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """`schema.name` of the table or view; names are unique across schemas."""
    ((schema,),) = connection.execute(
        "select table_schema from information_schema.tables"
        " where table_catalog = current_database() and table_name = ?",
        [name],
    ).fetchall()
    return f"{schema}.{name}"
