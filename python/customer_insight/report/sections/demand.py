"""What the next weeks bring, with bands, beside what came of the last forecast."""

from __future__ import annotations

from typing import Any

import altair as alt

from customer_insight.report import wording
from customer_insight.report.axes import amounts, by_week, counts
from customer_insight.report.blocks import Block, Figure, Section, Table
from customer_insight.report.charts import ACCENT, INK, draw, rows
from customer_insight.report.results import Results

TITLE = "What the next weeks bring"
NOTHING = "The shop is known too short a time to say what the next weeks bring."
WEEKS = """
select period_start as week, forecast, low_80, high_80, cast(null as double) as actual
from predictions.demand_forecast where level = 'shop' and measure = ? and period = 'week'
union all
select period_start, forecast, low_80, high_80, actual
from predictions.demand_past where level = 'shop' and measure = ? and period = 'week' order by week
"""
TRUST = """
select metric, value from predictions.demand_evaluation
where level = 'shop' and measure = ? and model = 'in_use' and metric in ('error_of_total', 'weeks_in_80')
"""
GROUPS = """
select id, sum(forecast) as forecast from predictions.demand_forecast
where level = 'category' and measure = ? and period = 'week' and id not in ('(none)', '(no product)')
group by id order by forecast desc, id
limit 12
"""


def demand(results: Results) -> Section:
    """The section, in revenue where the shop has prices and else in orders; a short history says so."""
    measure = "revenue" if results.revenue else "orders"
    found = results.rows(WEEKS, [measure, measure])
    if not found:
        return Section("demand", TITLE, nothing=results.why_nothing("demand_forecast", NOTHING))
    blocks: list[Block] = [_figure(results, found, measure)]
    groups = results.rows(GROUPS, [measure])
    if len(groups) > 1:
        said = [[row["id"], _said(results, row["forecast"], measure)] for row in groups]
        ahead = sum(row["actual"] is None for row in found)
        blocks.append(Table(f"Categories in the next {ahead} weeks", ["Category", measure.capitalize()], said))
    return Section("demand", TITLE, blocks)


def _figure(results: Results, found: list[dict[str, Any]], measure: str) -> Figure:
    ahead = [row for row in found if row["actual"] is None][:4]
    total = _said(results, sum(row["forecast"] for row in ahead), measure)
    says = f"The next four weeks bring about {total}"
    records = [{**row, "week": str(row["week"])} for row in found]
    most = max(max(row["high_80"] or row["forecast"], row["actual"] or 0) for row in found)

    def chart(width: int) -> alt.LayerChart:
        base = alt.Chart(rows(records)).encode(x=by_week([row["week"] for row in found], width))
        axis = amounts(results.money, most) if measure == "revenue" else counts("Orders")
        band = base.mark_area(color=ACCENT, opacity=0.18, aria=False).encode(
            y=alt.Y("low_80:Q", axis=axis), y2="high_80:Q"
        )
        line = base.mark_line(color=ACCENT, strokeWidth=2, aria=False).encode(y=alt.Y("forecast:Q", axis=axis))
        came = base.transform_filter("datum.actual != null").mark_circle(color=INK, size=50, opacity=1)
        return band + line + came.encode(y=alt.Y("actual:Q", axis=axis), description="week:N")

    return Figure(
        f"{says}{_trust(results, measure)}",
        draw(
            chart, "A line with its band: forecasts of weeks; points: what came of the last four.", "demand", height=220
        ),
        Table(
            "Forecasts of weeks, and what came",
            ["Week from", "Forecast", "Between", "Came"],
            [
                [
                    wording.short_day(row["week"]),
                    _said(results, row["forecast"], measure),
                    _between(results, row, measure),
                    wording.UNKNOWN if row["actual"] is None else _said(results, row["actual"], measure),
                ]
                for row in found
            ],
        ),
        _note(results, measure),
    )


def _trust(results: Results, measure: str) -> str:
    figures = {row["metric"]: row["value"] for row in results.rows(TRUST, [measure])}
    if figures.get("error_of_total") is None:
        return ""
    return f"; past forecasts of four weeks were off by {wording.percent(figures['error_of_total'])} on average"


def _note(results: Results, measure: str) -> str:
    figures = {row["metric"]: row["value"] for row in results.rows(TRUST, [measure])}
    held = figures.get("weeks_in_80")
    band = f"The band held in {wording.percent(held)} of past weeks. " if held is not None else ""
    points = "Points are what came of the forecast of four weeks ago."
    return f"{band}{points} {results.why_nothing('demand_forecast', '')}".strip()


def _between(results: Results, row: dict[str, Any], measure: str) -> str:
    if row["low_80"] is None:
        return wording.UNKNOWN
    return f"{_said(results, row['low_80'], measure)} and {_said(results, row['high_80'], measure)}"


def _said(results: Results, value: float, measure: str) -> str:
    return results.money.short(value) if measure == "revenue" else f"{wording.whole(round(value))} orders"
