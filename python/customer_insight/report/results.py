"""The published results as the page reads them: one DuckDB file of one run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from customer_insight.report.errors import ReportError


@dataclass(frozen=True)
class Results:
    """An open published file and what its run is called; `as_of` is UTC, null in a shop without a row."""

    connection: duckdb.DuckDBPyConnection
    run: str
    as_of: datetime | None

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query, by column name."""
        answer = self.connection.execute(query, parameters or [])
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def row(self, query: str, parameters: list[Any] | None = None) -> dict[str, Any]:
        """The one row of an aggregate."""
        return self.rows(query, parameters)[0]

    def days_before(self, days: int) -> datetime | None:
        """The start of the last `days` days, which end with as_of itself."""
        return self.end - timedelta(days=days) if self.end else None

    @property
    def end(self) -> datetime | None:
        """The first instant that is not known any more: periods are half-open, and as_of itself is in the last one."""
        return self.as_of + timedelta(microseconds=1) if self.as_of else None


@contextmanager
def published_results(published: Path) -> Iterator[Results]:
    """The results in a folder of `customer-insight publish`. Raises ReportError where there are none."""
    file = published / "customer_insight.duckdb"
    manifest = published / "current" / "manifest.json"
    if not file.is_file() or not manifest.is_file():
        raise ReportError(
            f"Nothing is published in {published}; the page shows published results: customer-insight publish."
        )
    run = json.loads(manifest.read_text(encoding="utf-8"))
    as_of = datetime.fromisoformat(run["as_of"]) if run["as_of"] else None
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            yield Results(connection, run["run"], as_of)
    except duckdb.IOException as error:
        raise ReportError(f"{file} cannot be read: {error}") from error
