"""`python -m benchmarks [sessions|build|rules|recommendations|segments] …`: see README.md."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import build, recommendations, rules, segments, sessions

BUILDS = ["demo", "online_retail", "large"]
SHOPS = ["online_retail", "movielens", "complete_journey", "made_shop"]
BASKETS = ["online_retail", "groceries", "t10i4d100k", "made_shop"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ["all", "sessions", "build", "rules", "recommendations", "segments"]
    parser.add_argument("name", nargs="?", default="all", choices=names)
    default = os.environ.get("CUSTOMER_INSIGHT_BENCHMARKS") or Path(
        tempfile.gettempdir(), "customer_insight_benchmarks"
    )
    parser.add_argument("--folder", type=Path, default=default, help="made data stay here (default: %(default)s)")
    parser.add_argument("--millions", type=int, nargs="+", default=[2, 20], help="events of `sessions`, in millions")
    parser.add_argument("--repeats", type=int, default=3, help="of `sessions`; medians are shown")
    parser.add_argument("--builds", nargs="+", default=BUILDS, choices=BUILDS, help="of `build`")
    parser.add_argument("--baskets", nargs="+", default=BASKETS, choices=BASKETS, help="of `rules`")
    parser.add_argument("--shops", nargs="+", default=SHOPS, choices=SHOPS, help="of `recommendations`")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.name in ("all", "sessions"):
        sessions.main(arguments.folder, arguments.millions, repeats=arguments.repeats)
    if arguments.name in ("all", "rules"):
        rules.main(arguments.folder, arguments.baskets)
    if arguments.name in ("all", "recommendations"):
        recommendations.main(arguments.folder, arguments.shops)
    if arguments.name in ("all", "segments"):
        segments.main(arguments.folder)
    if arguments.name in ("all", "build"):
        build.main(arguments.folder, arguments.builds)


if __name__ == "__main__":
    main()
