"""The page: all sections, the search index, style and script in one HTML file that asks nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2

from customer_insight.report import wording
from customer_insight.report.blocks import Section
from customer_insight.report.metrics import Metric, metric_value, read_metrics
from customer_insight.report.results import Results, published_results
from customer_insight.report.search_index import search_index
from customer_insight.report.sections.campaigns import campaigns
from customer_insight.report.sections.channels import channels
from customer_insight.report.sections.data_quality import data_quality
from customer_insight.report.sections.demand import demand
from customer_insight.report.sections.glance import MARGIN, NET, TILES, came_back, glance
from customer_insight.report.sections.predictions import predictions
from customer_insight.report.sections.recommendations import recommendations
from customer_insight.report.sections.rfm import rfm
from customer_insight.report.sections.rules import rules
from customer_insight.report.sections.segments import segments
from customer_insight.report.sections.visits import visits
from customer_insight.report.sections.voice_of_customers import voice_of_customers

COVERAGE = "recommendation_coverage"
NO_DATES = "The orders have no dates: this page speaks of all that the files hold, and of no time."


def report_page(published: Path, metrics_file: Path) -> str:
    """The page of a published folder as HTML text. `metrics_file` defines the metrics.

    Raises ReportError where nothing is published that this version can read.
    """
    with published_results(published) as results:
        return render(results, read_metrics(metrics_file))


def render(results: Results, metrics: Mapping[str, Metric]) -> str:
    """The page as HTML text; the same results give the same text."""
    pages = jinja2.Environment(
        loader=jinja2.PackageLoader("customer_insight.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("page.html").render(
        known=_known(results),
        clock=_clock(results),
        day=wording.day(results.shop_time(results.as_of)) if results.as_of else "",
        run=results.run,
        sections=_sections(results, metrics),
        search=search_index(results),
        metrics=_explained(results, metrics),
    )


def _explained(results: Results, metrics: Mapping[str, Metric]) -> list[Metric]:
    """Metrics of the page; net revenue where anything came back, those of margin where a cost is known."""
    net = [metrics[NET]] if came_back(results, metrics) else []
    margin = [metrics[name] for name in MARGIN if metric_value(results.connection, metrics[name], None, None)]
    revenue, *others = (metrics[name] for name in TILES)
    return [revenue, *net, *others, *margin, metrics[COVERAGE]]


def _known(results: Results) -> str:
    """Up to when everything is known."""
    if results.as_of is None:
        return "Nothing is known of this shop yet." if results.has_dates else NO_DATES
    now = results.shop_time(results.as_of)
    return f"Everything as known on {wording.day(now)}, {now:%H:%M} ({results.zone})."


def _clock(results: Results) -> list[str]:
    """Whose days these are, where there are any, and what money."""
    currency = results.money.currency
    days = (
        f"Days and hours are those of {results.zone}."
        if results.is_zone_set
        else "Days and hours are UTC; the setting time_zone gives the shop's own."
    )
    unnamed = "The shop's files name no currency; the setting reporting_currency (such as EUR) says which it is."
    return [*([days] if results.as_of else []), f"Amounts are in {currency}." if currency else unnamed]


def _sections(results: Results, metrics: Mapping[str, Metric]) -> list[Section]:
    return [
        glance(results, metrics),
        visits(results, metrics),
        channels(results),
        demand(results),
        rfm(results),
        segments(results),
        rules(results),
        recommendations(results, metrics[COVERAGE]),
        predictions(results),
        voice_of_customers(results),
        campaigns(results),
        data_quality(results),
    ]
