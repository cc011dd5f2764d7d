"""The page of results: how long it takes to write, how large it is, how soon a browser answers."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.measure import Cost, run

REPEATS = 5
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


def main(folder: Path) -> None:
    """Prints the demo, and Online Retail II where CUSTOMER_INSIGHT_TEST_DATA has it, beside the goals."""
    shops = {"demo": ["--source", "demo"]}
    data = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if data:
        shops["online_retail"] = ["--source", "online_retail", "--raw", str(Path(data, "online_retail_ii.parquet"))]
    print(f"\nreport: medians of {REPEATS}; goals of the demo: written in 5 s, below 3 MB, answers in 2 s")
    for name, names in shops.items():
        warehouse = _built(folder, name, names)
        page = folder / f"report_{name}.html"
        costs = [_written(folder, warehouse, page) for _ in range(REPEATS)]
        wall, cpu = (statistics.median(getattr(cost, kind) for cost in costs) for kind in ("wall", "cpu"))
        shown, answers = (statistics.median(seconds) for seconds in zip(*_opened(page), strict=True))
        print(
            f"{name:14} {wall:6.2f} s to write ({cpu:.2f} cpu, {costs[0].peak_gb:.2f} GB),"
            f" {page.stat().st_size / 1e6:.2f} MB, {shown:.2f} s to show, {answers:.2f} s to the first match"
        )


def _written(folder: Path, warehouse: Path, page: Path) -> Cost:
    program = [sys.executable, "-m", "customer_insight.commands.cli", "report"]
    return run([*program, "--warehouse", str(warehouse), "--to", str(page)], folder / "report.log")


def _opened(page: Path) -> list[tuple[float, float]]:
    """Seconds from the address to the page drawn, and to the first match for a typed digit, each in a new window."""
    seconds = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for _ in range(REPEATS):
            tab = browser.new_context().new_page()
            began = time.perf_counter()
            tab.goto(page.as_uri())
            shown = time.perf_counter() - began
            tab.fill("#query", "1")
            tab.wait_for_selector("#matches [data-id]")
            seconds.append((shown, time.perf_counter() - began))
        browser.close()
    return seconds


def _built(folder: Path, name: str, names: list[str]) -> Path:
    """The warehouse, built without evaluation and published once, and kept."""
    warehouse = folder / f"report_{name}.duckdb"
    if not warehouse.is_file():
        program = [sys.executable, "-m", "customer_insight.commands.cli", "build", "--set", "evaluate=false"]
        environment = {"DBT_TARGET_PATH": str(folder / "target_build"), "DBT_LOG_PATH": str(folder / "logs")}
        run([*program, *names, "--warehouse", str(warehouse)], folder / "report.log", environment)
    return warehouse
