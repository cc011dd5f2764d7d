"""Waits until nobody else has the warehouse open: DuckDB has one writer, and none while somebody reads."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import duckdb

from customer_insight.commands.project import CommandError

WAIT_VARIABLE = "CUSTOMER_INSIGHT_LOCK_WAIT"
WAIT_SECONDS = 60.0
POLL_SECONDS = 0.25
HOLDER = re.compile(r"Conflicting lock is held in (?P<program>.*?)\s*\(PID (?P<pid>\d+)\)")


def wait_for_warehouse(warehouse: Path, seconds: float | None = None) -> None:
    """Returns once the file can be written, or at once where there is none yet; says once that it waits.

    `seconds`: how long at most; $CUSTOMER_INSIGHT_LOCK_WAIT or a minute. Raises CommandError that names who holds it.
    """
    limit = _limit() if seconds is None else seconds
    ends = time.monotonic() + limit
    told = False
    while (holder := _holder(warehouse)) is not None:
        if time.monotonic() >= ends:
            raise CommandError(
                f"{warehouse} is held open by {holder}, and not let go within {limit:g} s; end that, or let it read the"
                " published copy instead: docs/published_results.md."
            )
        if not told:
            print(f"Waiting up to {limit:g} s for {holder} to let go of {warehouse}.", flush=True)
            told = True
        time.sleep(POLL_SECONDS)


def _limit() -> float:
    written = os.environ.get(WAIT_VARIABLE) or str(WAIT_SECONDS)
    try:
        return float(written)
    except ValueError:
        raise CommandError(f"{WAIT_VARIABLE}: expected seconds, found {written!r}.") from None


def _holder(warehouse: Path) -> str | None:
    """Who holds the file, None where nobody does. What else may be wrong with it, dbt says."""
    if not warehouse.is_file():
        return None
    try:
        duckdb.connect(str(warehouse)).close()
    except duckdb.IOException as error:
        if "lock" not in str(error):
            return None
        found = HOLDER.search(str(error))
        return _process(int(found["pid"]), found["program"]) if found else "another process"
    except duckdb.Error:
        return None
    return None


def _process(pid: int, program: str) -> str:
    """`process 123 (jupyter lab)`: its command line where the system tells it, else its program."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:
        words = []
    command = b" ".join(words).decode(errors="replace") or program
    return f"process {pid} ({command if len(command) <= 200 else command[:199] + '…'})"
