"""`customer-insight report`: one HTML page of what is published."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from customer_insight.commands.page_file import write_page
from customer_insight.commands.project import CommandError, project_folder, warehouse_file
from customer_insight.commands.publish import FOLDER_VARIABLE, published_folder
from customer_insight.report.report_errors import ReportError

PAGE = "report.html"
METRICS = Path("models", "metrics", "metrics.yml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    parser.add_argument(
        "--warehouse", metavar="FILE", help="the DuckDB file that was published (default: the profile's)"
    )
    parser.add_argument(
        "--from",
        dest="published",
        metavar="DIR",
        help=f"a published folder (default: ${FOLDER_VARIABLE}, else that of the warehouse)",
    )
    parser.add_argument("--to", metavar="FILE", help=f"the page (default: {PAGE} in the published folder)")


def run(arguments: argparse.Namespace) -> int:
    """Writes the page; raises CommandError where nothing is published."""
    folder = project_folder()
    warehouse = Path(arguments.warehouse).resolve() if arguments.warehouse else warehouse_file(folder)
    published = Path(arguments.published) if arguments.published else published_folder(warehouse)
    report(folder, published, Path(arguments.to) if arguments.to else published / PAGE)
    return 0


def report(project: Path, published: Path, page: Path) -> None:
    """Writes the page of a published folder and says where it is. Raises CommandError with a plain sentence."""
    from customer_insight.report.page import report_page

    began = time.perf_counter()
    try:
        write_page(report_page(published, project / METRICS), page)
    except ReportError as error:
        raise CommandError(f"No page: {error}") from None
    print(f"Page for the owner: {page} ({page.stat().st_size / 1e6:.1f} MB) in {time.perf_counter() - began:.1f} s")
