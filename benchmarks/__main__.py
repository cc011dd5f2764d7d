"""`python -m benchmarks [name] …`: see README.md."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from customer_insight.demo.exports import EXPORTS

from benchmarks import (
    abuse,
    build,
    calibration,
    campaign_effects,
    campaigns,
    channels,
    check,
    choice,
    customer_value,
    demand,
    exports,
    intents,
    policies,
    policy_learning,
    predictions,
    publish,
    recommendations,
    report,
    rules,
    segments,
    sentiment,
    sessions,
    several,
    uplift,
    voice,
    word_vectors,
)

BUILDS = ["demo", "online_retail", "large"]
SHOPS = ["online_retail", "movielens", "complete_journey", "made_shop"]
BASKETS = ["online_retail", "groceries", "t10i4d100k", "made_shop"]
NAMES = [
    "sessions",
    "rules",
    "recommendations",
    "customer_value",
    "predictions",
    "calibration",
    "segments",
    "publish",
    "report",
    "campaign_effects",
    "campaigns",
    "policies",
    "channels",
    "check",
    "exports",
    "several",
    "choice",
    "uplift",
    "policy_learning",
    "sentiment",
    "word_vectors",
    "demand",
    "intents",
    "voice",
    "abuse",
    "build",
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", default="all", choices=["all", *NAMES])
    default = os.environ.get("CUSTOMER_INSIGHT_BENCHMARKS") or Path(
        tempfile.gettempdir(), "customer_insight_benchmarks"
    )
    parser.add_argument("--folder", type=Path, default=default, help="made data stay here (default: %(default)s)")
    parser.add_argument(
        "--millions", type=int, nargs="+", default=[2, 20], help="events of `sessions` and `channels`, in millions"
    )
    parser.add_argument(
        "--repeats", type=int, default=3, help="of `sessions`, `channels` and `several`; medians are shown"
    )
    parser.add_argument("--builds", nargs="+", default=BUILDS, choices=BUILDS, help="of `build`")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit: `build` runs it in turns")
    parser.add_argument("--baskets", nargs="+", default=BASKETS, choices=BASKETS, help="of `rules`")
    parser.add_argument("--shops", nargs="+", default=SHOPS, choices=SHOPS, help="of `recommendations`")
    parser.add_argument("--systems", nargs="+", default=["shopify"], choices=sorted(EXPORTS), help="of `exports`")
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    run = {
        "sessions": lambda: sessions.main(folder, arguments.millions, repeats=arguments.repeats),
        "rules": lambda: rules.main(folder, arguments.baskets),
        "recommendations": lambda: recommendations.main(folder, arguments.shops),
        "customer_value": lambda: customer_value.main(folder),
        "predictions": lambda: predictions.main(folder),
        "calibration": lambda: calibration.main(folder),
        "segments": lambda: segments.main(folder),
        "publish": lambda: publish.main(folder),
        "report": lambda: report.main(folder),
        "campaign_effects": campaign_effects.main,
        "campaigns": lambda: campaigns.main(folder),
        "policies": lambda: policies.main(folder),
        "channels": lambda: channels.main(folder, arguments.millions, repeats=arguments.repeats),
        "check": lambda: check.main(folder),
        "choice": choice.main,
        "uplift": lambda: uplift.main(folder),
        "policy_learning": policy_learning.main,
        "sentiment": lambda: sentiment.main(folder),
        "word_vectors": lambda: word_vectors.main(folder),
        "demand": lambda: demand.main(folder),
        "intents": lambda: intents.main(folder),
        "voice": lambda: voice.main(folder),
        "abuse": lambda: abuse.main(folder),
        "exports": lambda: exports.main(folder, arguments.systems),
        "several": lambda: several.main(folder, repeats=arguments.repeats),
        "build": lambda: build.main(folder, arguments.builds, arguments.before),
    }
    for name in NAMES:
        if arguments.name in ("all", name):
            run[name]()


if __name__ == "__main__":
    main()
