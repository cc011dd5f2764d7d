"""What `build` and `check` share on the command line: which input, and settings."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def add_input_arguments(parser: argparse.ArgumentParser) -> None:
    """Source, raw path and settings."""
    parser.add_argument(
        "--source",
        metavar="S",
        help="source system: demo, files, or one whose exports are read as they come (docs/input.md)",
    )
    parser.add_argument("--raw", metavar="PATH", help="file or folder of the raw data")
    parser.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="a setting of dbt_project.yml; may be repeated"
    )


def use_input(arguments: argparse.Namespace) -> None:
    """Hands source and paths to dbt, through the environment variables that the profile and the macros read."""
    for name, value in (
        ("CUSTOMER_INSIGHT_SOURCE", arguments.source),
        ("CUSTOMER_INSIGHT_RAW", arguments.raw and str(Path(arguments.raw).expanduser().resolve())),
        ("CUSTOMER_INSIGHT_WAREHOUSE", getattr(arguments, "warehouse", None)),
    ):
        if value:
            os.environ[name] = str(Path(value).resolve()) if name == "CUSTOMER_INSIGHT_WAREHOUSE" else value


def program() -> str:
    """How this program was called, so that what it proposes can be typed: `.venv/bin/customer-insight`."""
    called = sys.argv[0]
    return called if Path(called).name == "customer-insight" else "customer-insight"
