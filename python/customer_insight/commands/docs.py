"""`customer-insight docs`: every table, column and metric, its lineage and a landing page as one HTML file."""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
from pathlib import Path

from customer_insight.commands.input_arguments import add_input_arguments, use_input
from customer_insight.commands.input_tables import column_meanings
from customer_insight.commands.model_comments import with_descriptions
from customer_insight.commands.page_file import write_page
from customer_insight.commands.project import CommandError, project_folder, run_dbt, warehouse_file
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.settings import settings_of
from customer_insight.commands.warehouse_lock import wait_for_warehouse

PICTURE = "docs/pipeline.svg"
# What dbt tells of the environment: the values of all variables DBT_ENV_CUSTOM_ENV_…, as a JSON object of strings.
ENVIRONMENT = re.compile(r'"env": \{(?:"(?:[^"\\]|\\.)*"[:, ]*)*\}')


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    add_input_arguments(parser)
    parser.add_argument("--warehouse", metavar="FILE", help="the DuckDB file to describe (default: the profile's)")
    parser.add_argument("--to", metavar="FILE", help="the page (default: `docs.html` beside the warehouse)")


def run(arguments: argparse.Namespace) -> int:
    """Writes the page; raises CommandError where there is nothing to describe, or the page cannot be written."""
    use_input(arguments)
    folder = project_folder()
    warehouse = warehouse_file(folder)
    if not warehouse.is_file():
        raise CommandError(f"There is no {warehouse}; build it first: customer-insight build.")
    wait_for_warehouse(warehouse)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"  # the page would count its visitors, too
    made = run_dbt(folder, ["docs", "generate", "--static"], settings_of(arguments.set), show=False)
    if not made.is_success:
        raise CommandError("\n".join(["No documentation:", *made.failures]))
    target = (folder / (os.environ.get("DBT_TARGET_PATH") or "target")).resolve()
    places = [target, folder, *(Path(raw) for raw in [os.environ.get("CUSTOMER_INSIGHT_RAW")] if raw)]
    manifest = (target / "manifest.json").read_text(encoding="utf-8")
    described = with_descriptions(manifest, column_meanings(ProjectSql(folder, {})))
    text = (target / "static_index.html").read_text(encoding="utf-8").replace(manifest, described)
    name = "docs.html" if warehouse.stem == "customer_insight" else f"docs_{warehouse.stem}.html"
    page = Path(arguments.to) if arguments.to else warehouse.with_name(name)
    write_page(one_file(text, (folder / PICTURE).read_bytes(), places), page)
    print(f"Documentation: {page} ({page.stat().st_size / 1e6:.1f} MB)")
    return 0


def one_file(text: str, picture: bytes, places: list[Path]) -> str:
    """What dbt wrote, with the picture in it, asking for no other file, silent about where it was made.

    Of each absolute path in `places` the last name stays, of the environment nothing. Icons that the page's program
    fills in later are links to nowhere until then, and its own icon is one for good.
    """
    content = base64.b64encode(picture).decode("ascii")
    text = text.replace(f"]({PICTURE})", f"](data:image/svg+xml;base64,{content})")
    text = text.replace('xlink:href="{{', 'ng-attr-href="{{')
    text = re.sub(r'<link rel="shortcut icon"[^>]*>', "", text)
    text = ENVIRONMENT.sub('"env": {}', text)
    for place in places:
        text = text.replace(json.dumps(str(place))[1:-1], json.dumps(place.name)[1:-1])
    return text
