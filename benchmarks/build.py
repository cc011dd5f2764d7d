"""Whole builds, each in a fresh process: see README.md."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.made_shop import shop_with_fewer_lines
from benchmarks.measure import Cost, run

PROGRAM = [sys.executable, "-m", "customer_insight.commands.cli", "build"]
SHOWN_SECONDS = 2.0
# What a build would not have without a topic: folders of models, and the models that show or learn it.
TOPICS = {
    "channels": ("intermediate/channels/", "/order_channels.", "/channels_daily.", "/channel_costs/"),
    "abuse": ("intermediate/suspicions/", "/ml_suspicions.", "/suspicions.", "/coupons/"),
}


@dataclass(frozen=True)
class Build:
    """One build: its arguments, and what it may cost."""

    name: str
    arguments: tuple[str, ...]
    wall_seconds: float
    peak_gb: float
    repeats: int = 1


def builds(folder: Path, names: list[str]) -> Iterator[Build]:
    """The chosen ones of demo, online_retail and large; online_retail needs CUSTOMER_INSIGHT_TEST_DATA."""
    if "demo" in names:
        yield Build("demo, second run", ("--source", "demo"), 60, float("inf"), repeats=2)
    data = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if "online_retail" in names and data:
        file = Path(data, "online_retail_ii.parquet")
        arguments = ("--source", "online_retail", "--raw", str(file), "--set", "evaluate=false")
        yield Build("Online Retail II", arguments, 60, 1.5)
        yield Build("Online Retail II, strategies tuned and evaluated", arguments[:4], 240, 3)
    if "large" in names:
        shop = shop_with_fewer_lines(folder, million_events=20, order_lines=5_000_000)
        yield Build("20 million events, 5 million order lines", ("--source", "files", "--raw", str(shop)), 600, 6)


def measure(folder: Path, build: Build) -> tuple[Cost, list[tuple[float, str]]]:
    """The cost of the last of the build's runs, and the seconds of its models, tests and seeds, longest first."""
    target = folder / "target_build"
    warehouse = folder / "build.duckdb"
    warehouse.unlink(missing_ok=True)
    environment = {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(folder / "logs")}
    for _ in range(build.repeats):
        cost = run([*PROGRAM, *build.arguments, "--warehouse", str(warehouse)], folder / "build.log", environment)
    results = json.loads((target / "run_results.json").read_text())["results"]
    return cost, sorted(((each["execution_time"], each["unique_id"]) for each in results), reverse=True)


def shares(folder: Path, nodes: list[tuple[float, str]]) -> Iterator[tuple[str, float, float]]:
    """Of each topic its seconds and their share of all: models with their tests."""
    known = json.loads((folder / "target_build" / "manifest.json").read_text())["nodes"]
    for topic, places in TOPICS.items():
        of_topic = {
            node for node, said in known.items() if any(place in "/" + said["original_file_path"] for place in places)
        }
        spent = sum(seconds for seconds, node in nodes if {node, known.get(node, {}).get("attached_node")} & of_topic)
        yield topic, spent, spent / sum(seconds for seconds, _ in nodes)


# Steps that score the past, and the share of the earlier checkout's processor time that they may take.
STEPS = {"demo": {"ml_purchase_evaluation": 1 / 5}, "online_retail": {"ml_recommendation_evaluation": 1 / 3}}


def beside(folder: Path, checkout: Path, names: list[str], turns: int = 3) -> None:
    """Prints processor seconds of this checkout and of another, in turns: builds of the demo, and steps that judge."""
    places = {"here": Path.cwd(), "before": checkout.resolve()}
    data = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if "demo" in names:
        shutil.rmtree(folder / "demo", ignore_errors=True)
        _compare("demo, first build", 1 / 3, [{side: _built(folder, "demo", side, places[side]) for side in places}])
        again = [{side: _built(folder, "demo", side, places[side]) for side in places} for _ in range(turns)]
        _compare("demo, second build", 1 / 3, again)
    if "online_retail" in names and data:
        arguments = ("--raw", str(Path(data, "online_retail_ii.parquet")), "--set", "evaluate=false")
        for side, place in places.items():
            _built(folder, "online_retail", side, place, arguments)
    for shop, steps in STEPS.items():
        for step, goal in steps.items():
            if shop in names and (shop == "demo" or data):
                costs = [{side: _step(folder, shop, side, places[side], step) for side in places} for _ in range(turns)]
                _compare(f"{shop}, {step}", goal, costs)


def _compare(name: str, goal: float, costs: list[dict[str, Cost]]) -> None:
    here, then = (median(each[side].cpu for each in costs) for side in ("here", "before"))
    peak = max(each["here"].peak_gb for each in costs)
    ratio = f"ratio {here / then:.2f} (of {goal:.2f})"
    print(f"\n{name}: {here:.1f} s cpu, before {then:.1f} s, {ratio}, {peak:.2f} GB", flush=True)


def _built(folder: Path, shop: str, side: str, place: Path, arguments: tuple[str, ...] = ()) -> Cost:
    own = folder / shop / side
    own.mkdir(parents=True, exist_ok=True)
    command = ["--source", shop, "--warehouse", str(own / "build.duckdb"), *arguments]
    return run([*PROGRAM, *command], own / "build.log", _environment(own, place), place)


def _step(folder: Path, shop: str, side: str, place: Path, model: str) -> Cost:
    own = folder / shop / side
    program = [sys.executable, str(Path(__file__).with_name("run_step.py")), model, str(own / "build.duckdb")]
    run(program, own / "step.log", _environment(own, place), place)
    return Cost(**json.loads((own / "step.log").read_text().splitlines()[-1]))


def _environment(own: Path, place: Path) -> dict[str, str]:
    target = {"DBT_TARGET_PATH": str(own / "target"), "DBT_LOG_PATH": str(own / "logs")}
    return {**target, "PYTHONPATH": str(place / "python")}


def main(folder: Path, names: list[str], before: Path | None = None) -> None:
    """Prints wall, processor and memory of each build and where the time went; beside an earlier checkout, ratios."""
    if before is not None:
        beside(folder, before, names)
        return
    for build in builds(folder, names):
        cost, nodes = measure(folder, build)
        print(f"\n{build.name}: {cost.wall:.1f} s wall (of {build.wall_seconds:g}), {cost.cpu:.1f} s cpu, "
              f"{cost.peak_gb:.2f} GB (of {build.peak_gb:g})", flush=True)  # fmt: skip
        for seconds, node in nodes:
            if seconds >= SHOWN_SECONDS:
                print(f"{seconds:8.1f} s  {node.split('.', 1)[0]} {node.split('.')[2]}")
        print(f"{sum(seconds for seconds, _ in nodes):8.1f} s  in all {len(nodes)} nodes", flush=True)
        for topic, seconds, share in shares(folder, nodes):
            print(f"{seconds:8.1f} s  {share:.1%} of it for {topic}", flush=True)
