"""The page: all sections, the search index, style and script in one HTML file that asks nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2

from customer_insight.report import wording
from customer_insight.report.blocks import Section
from customer_insight.report.errors import ReportError
from customer_insight.report.metrics import Metric, read_metrics
from customer_insight.report.results import Results, published_results
from customer_insight.report.search_index import search_index
from customer_insight.report.sections.data_quality import data_quality
from customer_insight.report.sections.glance import TILES, glance
from customer_insight.report.sections.predictions import predictions
from customer_insight.report.sections.recommendations import recommendations
from customer_insight.report.sections.rfm import rfm
from customer_insight.report.sections.rules import rules
from customer_insight.report.sections.segments import segments
from customer_insight.report.sections.visits import visits

COVERAGE = "recommendation_coverage"
READABLE = 0o444


def write_report(published: Path, metrics_file: Path, page: Path) -> None:
    """Writes the page of a published folder, in one rename, so that nobody ever reads half of it.

    `metrics_file` defines the metrics. Raises ReportError where nothing is published or the page cannot be written.
    """
    with published_results(published) as results:
        html = render(results, read_metrics(metrics_file))
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        made = page.with_name(f".{page.name}")
        made.unlink(missing_ok=True)  # of a run that was killed
        made.write_text(html, encoding="utf-8")
        made.chmod(READABLE)
        made.replace(page)
    except OSError as error:
        raise ReportError(f"{page} cannot be written: {error.strerror}.") from error


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
        as_of=results.as_of,
        day=wording.day(results.as_of),
        run=results.run,
        sections=_sections(results, metrics),
        search=search_index(results),
        metrics=[metrics[name] for name in (*TILES, COVERAGE)],
    )


def _sections(results: Results, metrics: Mapping[str, Metric]) -> list[Section]:
    return [
        glance(results, metrics),
        visits(results, metrics),
        rfm(results),
        segments(results),
        rules(results),
        recommendations(results, metrics[COVERAGE]),
        predictions(results),
        data_quality(results),
    ]
