"""`python -m benchmarks [sessions|build|rules] …`: see README.md."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import build, rules, sessions

BUILDS = ["demo", "online_retail", "large"]
BASKETS = ["online_retail", "groceries", "t10i4d100k", "made_shop"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", default="all", choices=["all", "sessions", "build", "rules"])
    default = os.environ.get("CUSTOMER_INSIGHT_BENCHMARKS") or Path(
        tempfile.gettempdir(), "customer_insight_benchmarks"
    )
    parser.add_argument("--folder", type=Path, default=default, help="made data stay here (default: %(default)s)")
    parser.add_argument("--millions", type=int, nargs="+", default=[2, 20], help="events of `sessions`, in millions")
    parser.add_argument("--repeats", type=int, default=3, help="of `sessions`; medians are shown")
    parser.add_argument("--builds", nargs="+", default=BUILDS, choices=BUILDS, help="of `build`")
    parser.add_argument("--baskets", nargs="+", default=BASKETS, choices=BASKETS, help="of `rules`")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.name in ("all", "sessions"):
        sessions.main(arguments.folder, arguments.millions, repeats=arguments.repeats)
    if arguments.name in ("all", "rules"):
        rules.main(arguments.folder, arguments.baskets)
    if arguments.name in ("all", "build"):
        build.main(arguments.folder, arguments.builds)


if __name__ == "__main__":
    main()
