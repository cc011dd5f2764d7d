"""The console program `customer-insight`: one verb a module, of which only the one that is called is loaded."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any

from customer_insight.commands.project import CommandError

VERBS: dict[str, tuple[str, str]] = {
    "build": (
        "build every result table from the raw data of a shop",
        "customer-insight build --source files --raw exports/ --warehouse my_shop.duckdb --set min_support=0.005",
    ),
    "check": (
        "look at the raw data only, and say what was found",
        "customer-insight check --source files --raw exports/",
    ),
    "map": (
        "look at files of any shop, propose which tables and columns they are, and write mapping.yml",
        "customer-insight map --raw exports/",
    ),
    "publish": (
        "put the results in front of readers without locking them out",
        "customer-insight publish --warehouse my_shop.duckdb --to /srv/insight --set published_runs=7",
    ),
    "report": (
        "write one HTML page of the published results, for the owner of the shop",
        "customer-insight report --warehouse my_shop.duckdb --to my_shop.html",
    ),
    "docs": (
        "describe every table, column and metric in one HTML file, with lineage",
        "customer-insight docs --warehouse my_shop.duckdb --to my_shop.html",
    ),
    "answer": (
        "say what a message is about, what it names, and what could be answered",
        'customer-insight answer "Where is my parcel?" --customer C000851 --warehouse my_shop.duckdb',
    ),
    "erase": (
        "forget customers who asked for it, with the next build and for good",
        "customer-insight erase C000851 C000279 --warehouse my_shop.duckdb",
    ),
    "demo": (
        "write a made shop of any size",
        "customer-insight demo --customers 2000 --seed 1 --to made_shop",
    ),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb. Exit code 0: done; 1: failed, and said why; 2: called wrongly."""
    called = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(
        prog="customer-insight", description="An open warehouse in which an online shop understands its customers."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('customer-insight')}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (summary, example) in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=summary, epilog=f"example: {example}")
        if called[:1] == [name]:
            module_of(name).add_arguments(verb)
    chosen = parser.parse_args(called)
    try:
        return int(module_of(chosen.verb).run(chosen))
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def module_of(verb: str) -> Any:
    """The module that carries the verb out, with `add_arguments` and `run`."""
    return import_module(f"customer_insight.commands.{verb}")


if __name__ == "__main__":
    raise SystemExit(main())
