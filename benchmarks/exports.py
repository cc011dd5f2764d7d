"""Reading a system's export into staging beside the same lines as a csv in our own names: see README.md."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.measure import run

# a customer brings about 19 order lines
CUSTOMERS = 52_000
SEED = 7
REPEATS = 3
PROJECT = Path(__file__).parents[1]
DEMO = [
    sys.executable,
    "-m",
    "customer_insight.commands.cli",
    "demo",
    "--customers",
    str(CUSTOMERS),
    "--seed",
    str(SEED),
]
DBT = [
    *(sys.executable, "-m", "dbt.cli.main", "build", "--project-dir", str(PROJECT)),
    *("--profiles-dir", str(PROJECT / "profiles"), "--select", "+stg_order_lines", "--no-write-json"),
    *("--resource-type", "model", "--resource-type", "seed", "--vars", "{reporting_currency: GBP}"),
]


def main(folder: Path, systems: list[str]) -> None:
    """Prints processor seconds of both, without what dbt takes for files of headers alone, and their ratio."""
    for system in systems:
        export = folder / f"export_{system}_{CUSTOMERS}"
        if not export.is_dir():
            run([*DEMO, "--as", system, "--to", str(export)], folder / "demo.log")
        place = folder / f"exports_{system}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        own, headers, no_lines = place / "own", place / "headers", place / "no_lines"
        _read(place, system, export)
        lines = _write_own(place / "read.duckdb", own)
        _write_headers(export, headers)
        _write_headers(own, no_lines)
        inputs = [(system, export), (system, headers), ("files", own), ("files", no_lines)]
        for source, raw in inputs:
            _read(place, source, raw)  # dbt parses anew for another input; what is timed finds it parsed
        spent = [[_read(place, source, raw) for source, raw in inputs] for _ in range(REPEATS)]
        ratio = median((theirs - floor) / (ours - bare) for theirs, floor, ours, bare in spent)
        theirs, floor, ours, bare = (median(side) for side in zip(*spent, strict=True))
        told = f"{theirs - floor:.1f} s cpu, in our own names {ours - bare:.1f} s, ratio {ratio:.2f} (of 2.5)"
        print(f"{system}, {lines:,} lines into staging: {told}", flush=True)


def _read(place: Path, source: str, raw: Path) -> float:
    """Processor seconds of a dbt build up to stg_order_lines."""
    warehouse = place / "read.duckdb"
    warehouse.unlink(missing_ok=True)
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": source,
        "CUSTOMER_INSIGHT_RAW": str(raw),
        "CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(place / f"target_{source}_{raw.name}"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    return run(DBT, place / "dbt.log", environment).cpu


def _write_own(warehouse: Path, folder: Path) -> int:
    """The lines that a source model gave, as a csv of the input table; their number."""
    folder.mkdir()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute(
            "copy (select * exclude (row_number, source_name, row_defect) from sources.src_order_lines "
            f"order by row_number) to '{folder / 'order_lines.csv'}' (header)"
        )
        (lines,) = connection.execute("select count(*) from sources.src_order_lines").fetchall()[0]
    return int(lines)


def _write_headers(export: Path, folder: Path) -> None:
    """The same files without rows."""
    folder.mkdir()
    for file in export.iterdir():
        with file.open(encoding="utf-8") as lines:
            (folder / file.name).write_text(next(lines), encoding="utf-8")
