"""Whole builds, each in a fresh process: see README.md."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.made_shop import shop_with_fewer_lines
from benchmarks.measure import Cost, run

PROGRAM = [sys.executable, "-m", "customer_insight.commands.cli", "build"]
SHOWN_SECONDS = 2.0


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


def second_build(folder: Path, checkout: Path, turns: int = 3) -> tuple[float, float]:
    """Median processor seconds of the second build of the demo: this checkout's, and that of another, in turns."""
    sides: dict[str, list[float]] = {"here": [], "before": []}
    for name, place in {"here": Path.cwd(), "before": checkout.resolve()}.items():
        _demo(folder, name, place)
    for _ in range(turns):
        sides["here"].append(_demo(folder, "here", Path.cwd()))
        sides["before"].append(_demo(folder, "before", checkout.resolve()))
    return median(sides["here"]), median(sides["before"])


def _demo(folder: Path, name: str, place: Path) -> float:
    environment = {
        "DBT_TARGET_PATH": str(folder / f"target_{name}"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "PYTHONPATH": str(place / "python"),
    }
    command = ["--source", "demo", "--warehouse", str(folder / name / "build.duckdb")]
    return run([*PROGRAM, *command], folder / f"{name}.log", environment, place).cpu


def main(folder: Path, names: list[str], before: Path | None = None) -> None:
    """Prints wall, processor and memory of each build and where the time went; beside an earlier checkout, a ratio."""
    if before is not None:
        here, then = second_build(folder, before)
        print(
            f"\ndemo, second build: {here:.1f} s cpu, before {then:.1f} s, ratio {here / then:.2f} (of 1.05)",
            flush=True,
        )
        return
    for build in builds(folder, names):
        cost, nodes = measure(folder, build)
        print(f"\n{build.name}: {cost.wall:.1f} s wall (of {build.wall_seconds:g}), {cost.cpu:.1f} s cpu, "
              f"{cost.peak_gb:.2f} GB (of {build.peak_gb:g})", flush=True)  # fmt: skip
        for seconds, node in nodes:
            if seconds >= SHOWN_SECONDS:
                print(f"{seconds:8.1f} s  {node.split('.', 1)[0]} {node.split('.')[2]}")
        print(f"{sum(seconds for seconds, _ in nodes):8.1f} s  in all {len(nodes)} nodes", flush=True)
