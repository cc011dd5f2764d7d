"""What `build` and `check` share on the command line: which input, and settings."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

from customer_insight.commands.project import CommandError

# `shopify=orders/`, `shopify:uk=orders/`: a source with its path
WITH_PATH = re.compile(r"([^=]+)=(.*)", re.DOTALL)


def add_input_arguments(parser: argparse.ArgumentParser) -> None:
    """Sources, raw path and settings."""
    parser.add_argument(
        "--source",
        metavar="S",
        action="append",
        help="source system: demo, files, or one whose exports are read as they come (docs/input.md); with --raw, or "
        "as SYSTEM=PATH, which may be repeated (--source shopify=orders/ --source ga4=events/; two shops of a system: "
        "--source shopify:uk=uk/ --source shopify:us=us/)",
    )
    parser.add_argument("--raw", metavar="PATH", help="file or folder of the raw data of the only source")
    parser.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="a setting of dbt_project.yml; may be repeated"
    )


def use_input(arguments: argparse.Namespace) -> None:
    """Hands sources and paths to dbt, through the environment variables that the profile and the macros read.

    Raises CommandError where several sources are named and one of them has no path, or --raw stands beside them.
    """
    if arguments.source:
        use_sources([_source(each, len(arguments.source), arguments.raw) for each in arguments.source])
    if arguments.raw:
        os.environ["CUSTOMER_INSIGHT_RAW"] = _absolute(arguments.raw)
    warehouse = getattr(arguments, "warehouse", None)
    if warehouse:
        os.environ["CUSTOMER_INSIGHT_WAREHOUSE"] = str(Path(warehouse).resolve())


def use_sources(sources: list[str]) -> None:
    """What dbt and the check are to read, as macros/sources/sources.sql understands it."""
    (first,) = sources[:1]
    is_plain = len(sources) == 1 and "=" not in first
    os.environ["CUSTOMER_INSIGHT_SOURCE"] = first if is_plain else json.dumps(sources)


def _source(text: str, sources: int, raw: str | None) -> str:
    with_path = WITH_PATH.fullmatch(text)
    if with_path and raw:
        raise CommandError(f"--raw {raw}: --source {text} names its path already; leave --raw away.")
    if with_path and not with_path[2]:
        raise CommandError(f"--source {text}: expected the path of its files behind the =.")
    if with_path:
        return f"{with_path[1]}={_absolute(with_path[2])}"
    if sources > 1:
        raise CommandError(f"--source {text}: of several sources each needs its path; write --source {text}=PATH.")
    return text


def _absolute(path: str) -> str:
    return str(Path(path).expanduser().resolve())


def program() -> str:
    """How this program was called, so that what it proposes can be typed: `.venv/bin/customer-insight`."""
    called = sys.argv[0]
    return called if Path(called).name == "customer-insight" else "customer-insight"
