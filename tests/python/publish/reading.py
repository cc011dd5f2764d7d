"""Readers in a process of their own: they loop over all tables until told to stop, and tell what they saw.

`python reading.py WAY PLACE STOP`: WAY is views, copy or postgres; PLACE the published folder or the URI; the loop ends
when the file STOP is there. Prints JSON: loops, the marks that single loops saw, errors.
"""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import adbc_driver_postgresql.dbapi
import duckdb
from made_warehouse import TABLES

FILES = {"views": "current/views.duckdb", "copy": "customer_insight.duckdb"}


def marks_of(way: str, place: str) -> list[list[str]]:
    """One look at all tables: the marks of each."""
    queries = [f"select distinct run_id from {table}" for table in TABLES]
    if way == "postgres":
        with adbc_driver_postgresql.dbapi.connect(place) as connection, connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read")
            found = []
            for query in queries:
                cursor.execute(query)
                found.append(sorted(row[0] for row in cursor.fetchall()))
            return found
    with duckdb.connect(str(Path(place, FILES[way])), read_only=True) as connection:
        return [sorted(row[0] for row in connection.execute(query).fetchall()) for query in queries]


def one_mark(way: str, place: str) -> str:
    """The mark that all tables share; several, or none, joined by ` and ` where they do not."""
    return " and ".join(sorted({" and ".join(marks) or "nothing" for marks in marks_of(way, place)}))


@contextmanager
def reader(way: str, place: str, folder: Path):
    """A reader at work; the list is filled with what it tells in the end."""
    stop = folder / f"stop_{way}"
    process = subprocess.Popen(
        [sys.executable, __file__, way, place, str(stop)], stdout=subprocess.PIPE, text=True, env=None
    )
    told: list[dict] = []
    try:
        assert process.stdout.readline() == "reading\n"
        yield told
        stop.touch()
        told.append(json.loads(process.communicate(timeout=60)[0]))
    finally:
        process.kill()
        process.wait()


def main(way: str, place: str, stop: str) -> None:
    told = {"loops": 0, "marks": [], "errors": []}
    while not Path(stop).exists():
        try:
            mark = one_mark(way, place)
        except Exception as error:
            told["errors"].append(f"{type(error).__name__}: {error}")
            mark = "error"
        told["loops"] += 1
        if mark not in told["marks"]:
            told["marks"].append(mark)
        if told["loops"] == 1:
            print("reading", flush=True)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
