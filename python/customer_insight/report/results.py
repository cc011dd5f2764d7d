"""The published results as the page reads them: the Parquet files of one run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from customer_insight.report import status_wording
from customer_insight.report.money import Money
from customer_insight.report.report_errors import ReportError

OK = "ok"
UTC = "UTC"


@dataclass(frozen=True)
class Results:
    """An open run and what it is called; `as_of` is UTC, null in a shop without a row.

    money: how its amounts are said. zone: of the shop's days and hours, and is_zone_set: somebody has chosen it.
    has_dates: it is known when orders were placed.
    Queries may say shop_time(instant) and shop_day(instant), the shop's own.
    """

    connection: duckdb.DuckDBPyConnection
    run: str
    as_of: datetime | None
    money: Money = field(default_factory=Money)
    zone: str = UTC
    is_zone_set: bool = True
    has_dates: bool = True

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query, by column name."""
        answer = self.connection.execute(query, parameters or [])
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def row(self, query: str, parameters: list[Any] | None = None) -> dict[str, Any]:
        """The one row of an aggregate."""
        return self.rows(query, parameters)[0]

    def why_nothing(self, model: str, otherwise: str) -> str:
        """What a learned step says of itself, for an owner, or `otherwise` where it says that all is well."""
        found = self.rows("select status from quality.model_runs where model = ?", [model])
        return status_wording.for_owner(found[0]["status"]) if found and found[0]["status"] != OK else otherwise

    def parameters(self, model: str) -> dict[str, Any]:
        """The settings of a learned step; none where it did not run."""
        return self._told("parameters", model)

    def metrics(self, model: str) -> dict[str, Any]:
        """The figures of a learned step; none where it did not run."""
        return self._told("metrics", model)

    def _told(self, column: str, model: str) -> dict[str, Any]:
        found = self.rows(f"select {column} as told from quality.model_runs where model = ?", [model])
        told: dict[str, Any] = json.loads(found[0]["told"] or "{}") if found else {}
        return told

    def shop_time(self, instant: datetime) -> datetime:
        """An instant, UTC, on the shop's clock."""
        answer = self.connection.execute("select timezone(?, timezone('UTC', ?::timestamp))", [self.zone, instant])
        ((local,),) = answer.fetchall()
        assert isinstance(local, datetime)
        return local

    @property
    def end(self) -> datetime | None:
        """The first instant that is not known any more: periods are half-open, and as_of itself is in the last one."""
        return self.as_of + timedelta(microseconds=1) if self.as_of else None

    @cached_property
    def revenue(self) -> float:
        """Revenue of all time, anonymous customers included."""
        return float(self.row("select coalesce(sum(gross_revenue), 0) as revenue from shop.orders")["revenue"])


@contextmanager
def published_results(published: Path) -> Iterator[Results]:
    """The current run in a folder of `customer-insight publish`. Raises ReportError where there is none that fits."""
    run = (published / "current").resolve()  # once, so that a publication meanwhile does not mix two runs
    if not (run / "manifest.json").is_file():
        raise ReportError(
            f"Nothing is published in {published}; the page shows published results: customer-insight publish."
        )
    try:
        manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        as_of = datetime.fromisoformat(manifest["as_of"]) if manifest["as_of"] else None
        with duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            for table in manifest["tables"]:
                _add_view(connection, table["schema"], table["table"], run / table["file"])
            yield _opened(connection, manifest["run"], as_of)
    except (duckdb.Error, ValueError, KeyError) as error:
        raise ReportError(
            f"The run in {run} cannot be read ({error}). If another version of the project published it, publish it"
            " again: customer-insight publish."
        ) from error


def _opened(connection: duckdb.DuckDBPyConnection, run: str, as_of: datetime | None) -> Results:
    facts = dict(connection.execute("select fact, value from quality.shop_facts").fetchall())
    zone = facts.get("calendar_time_zone") or UTC
    named = zone.replace("'", "''")
    connection.execute(f"create macro shop_time(instant) as timezone('{named}', timezone('UTC', instant))")
    connection.execute("create macro shop_day(instant) as cast(shop_time(instant) as date)")
    why = connection.execute("select reason from quality.shop_facts where fact = 'calendar_time_zone'").fetchall()
    is_zone_set = any(not str(reason).startswith("No setting") for (reason,) in why)
    has_dates = facts.get("order_dates") != "none"
    return Results(connection, run, as_of, Money(facts.get("currency")), zone, is_zone_set, has_dates)


def _add_view(connection: duckdb.DuckDBPyConnection, schema: str, table: str, file: Path) -> None:
    place = str(file).replace("'", "''")
    if file.suffix == ".parquet":
        connection.execute(f'create schema if not exists "{schema}"')
        connection.execute(f'create view "{schema}"."{table}" as from read_parquet(\'{place}\')')
