"""Runs one file of SQL in one DuckDB database, with the settings of the profile: `run_sql.py DATABASE SQL [MEMORY]`."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb


def main(database: str, script: str, memory_limit: str = "1400MB") -> None:
    settings = {"threads": 2, "memory_limit": memory_limit, "storage_compatibility_version": "v1.2.0"}
    with duckdb.connect(database, config=settings) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(Path(script).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:])
