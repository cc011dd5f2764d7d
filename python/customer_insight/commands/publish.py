"""`customer-insight publish`: puts the results of a green build in front of readers, all at once."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from customer_insight.commands.project import CommandError, project_folder, warehouse_file
from customer_insight.commands.setting_check import KINDS, setting_problems
from customer_insight.commands.settings import settings_of
from customer_insight.publish.postgres import READER, publish_postgres
from customer_insight.publish.postgres_session import URI_VARIABLE
from customer_insight.publish.publication import publish_files
from customer_insight.publish.publish_errors import PublishError
from customer_insight.report.wording import counted

FOLDER_VARIABLE = "CUSTOMER_INSIGHT_PUBLISHED"
READER_VARIABLE = "CUSTOMER_INSIGHT_POSTGRES_READER"
# The settings of publications.
COUNTING = ("published_runs", "max_rejected_share")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    parser.add_argument("--warehouse", metavar="FILE", help="the DuckDB file to publish (default: the profile's)")
    parser.add_argument(
        "--to", metavar="DIR", help=f"where to (default: ${FOLDER_VARIABLE}, else `published` beside the warehouse)"
    )
    parser.add_argument(
        "--postgres",
        action="store_true",
        help=f"into PostgreSQL too: the database whose URI is in ${URI_VARIABLE} (password there or in $PGPASSWORD)",
    )
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help=f"a setting; only {' and '.join(COUNTING)} count here",
    )


def run(arguments: argparse.Namespace) -> int:
    """Publishes; raises CommandError where readers got nothing new."""
    if arguments.postgres and not os.environ.get(URI_VARIABLE):
        raise CommandError(f"--postgres needs {URI_VARIABLE}, for example postgresql://publisher@db.example.com/shop.")
    folder = project_folder()
    warehouse = Path(arguments.warehouse).resolve() if arguments.warehouse else warehouse_file(folder)
    how = publication_settings(folder, settings_of(arguments.set))
    publish(warehouse, Path(arguments.to) if arguments.to else None, how, to_postgres=arguments.postgres)
    return 0


def publication_settings(project: Path, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings in `COUNTING`: as given, else the project's. Raises CommandError where one is wrong."""
    known = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    values = {name: settings.get(name, known[name]) for name in COUNTING}
    problems = setting_problems(
        {name: [known[KINDS][name], values[name]] for name in COUNTING}, list(settings), list(known)
    )
    if problems:
        raise CommandError("\n".join(problems))
    return values


def published_folder(warehouse: Path) -> Path:
    """Where a warehouse is published to unless the caller says: each has a folder of its own."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    return warehouse.with_name("published" if warehouse.stem == "customer_insight" else f"published_{warehouse.stem}")


def publish(warehouse: Path, folder: Path | None, how: Mapping[str, Any], *, to_postgres: bool) -> None:
    """Publishes to files, then to PostgreSQL where wanted, and says so. Raises CommandError with a plain sentence.

    `how`: see publication_settings.
    """
    kept = int(how["published_runs"])
    began = time.perf_counter()
    try:
        publication = publish_files(
            warehouse, folder or published_folder(warehouse), kept, float(how["max_rejected_share"])
        )
        seconds = time.perf_counter() - began
        count = f"{counted(len(publication.files), 'table', 'tables')}, {counted(publication.rows, 'row', 'rows')}"
        print(f"\nPublished run {publication.name} ({count}) in {seconds:.1f} s: {publication.folder}")
        for warning in publication.warnings:
            print(f"Warning: {warning}")
        if to_postgres:
            reader = os.environ.get(READER_VARIABLE) or READER
            done = publish_postgres(publication, os.environ[URI_VARIABLE], kept, reader)
            print(f"Published to PostgreSQL, loaded in {done.load_seconds:.1f} s; the role {reader} may read it.")
            for warning in done.warnings:
                print(f"Warning: {warning}")
    except PublishError as error:
        raise CommandError(f"Not published: {error}") from None
