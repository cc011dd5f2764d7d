"""Runs in PostgreSQL: a schema for each topic of each run, filled in one transaction, so that no half run can exist.

A schema is ours where its comment says so. The comment also tells when the run became the current one: a number that
grows, or 0 where it never did, because the publication was killed before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from customer_insight.publish.parquet_files import TableFile
from customer_insight.publish.postgres_session import (
    DEADLOCK,
    LOCK_NOT_AVAILABLE,
    OTHERS_DEPEND,
    PostgresError,
    PostgresSession,
)
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.result_tables import Column, ResultTable
from customer_insight.publish.sql_text import REPLACEMENT, identifier, literal

MARK = "customer-insight, published as number "
BATCH_ROWS = 65_536

TYPES = {
    "VARCHAR": "text",
    "BIGINT": "bigint",
    "INTEGER": "integer",
    "SMALLINT": "smallint",
    "DOUBLE": "double precision",
    "FLOAT": "real",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}


@dataclass(frozen=True)
class LoadedRun:
    """A run in the database: its schemas, and its number among those published (0: never)."""

    name: str
    schemas: tuple[str, ...]
    number: int


def run_schema(run: str, topic: str) -> str:
    """The schema of one topic of a run; private to the role that publishes."""
    return f"run_{run}__{topic}"


def postgres_type(column: Column) -> str:
    """PostgreSQL's type for a column. Raises PublishError for a type that the contracts do not allow."""
    decimal = re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", column.type)
    if decimal:
        return f"numeric({decimal[1]}, {decimal[2]})"
    if column.type not in TYPES:
        raise PublishError(f"Column {column.name} is of type {column.type}, which cannot be published to PostgreSQL.")
    return TYPES[column.type]


def loaded_runs(session: PostgresSession) -> list[LoadedRun]:
    """All runs that are ours, latest published first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for schema, comment in session.rows(
        "select nspname::text, obj_description(oid, 'pg_namespace') from pg_namespace"
        f" where nspname like 'run\\_%' and starts_with(obj_description(oid, 'pg_namespace'), {literal(MARK)})"
    ):
        name = schema.removeprefix("run_").rpartition("__")[0]
        found.setdefault(name, []).append((schema, int(comment.removeprefix(MARK))))
    runs = [
        LoadedRun(name, tuple(sorted(schema for schema, _ in parts)), max(number for _, number in parts))
        for name, parts in found.items()
    ]
    return sorted(runs, key=lambda run: (-run.number, run.name))


def load_run(session: PostgresSession, run: str, files: list[TableFile], folder: Path) -> None:
    """Creates and fills the run's schemas from its Parquet files, with primary keys; commits."""
    for topic in sorted({file.table.schema for file in files}):
        schema = run_schema(run, topic)
        session.execute(f"create schema {identifier(schema)}", _mark(schema, 0))
    with duckdb.connect() as engine:
        for file in files:
            _load_table(session, engine, run_schema(run, file.table.schema), file, folder)
    session.commit()


def _load_table(
    session: PostgresSession, engine: duckdb.DuckDBPyConnection, schema: str, file: TableFile, folder: Path
) -> None:
    table = file.table
    types = {column.type: postgres_type(column) for column in table.columns}
    place = identifier(schema, table.name)
    session.execute(f"create table {place} ({table.declared_columns(types)})")
    rows = engine.sql(_query(table, folder / file.path)).to_arrow_reader(BATCH_ROWS)
    session.append(schema, table.name, rows)
    if table.primary_key:
        session.execute(f"alter table {place} add {table.key_clause()}")
    session.execute(f"analyze {place}")


def _query(table: ResultTable, file: Path) -> str:
    """All rows as PostgreSQL can hold them: without NUL in texts."""
    expressions = [
        f"replace({identifier(column.name)}, chr(0), {literal(REPLACEMENT)}) as {identifier(column.name)}"
        if column.type == "VARCHAR"
        else identifier(column.name)
        for column in table.columns
    ]
    return f"select {', '.join(expressions)} from read_parquet({literal(str(file))})"


def marks(session: PostgresSession, run: str, topics: list[str]) -> list[str]:
    """Statements that number the run as the latest; part of the transaction in which the views change."""
    number = 1 + max((each.number for each in loaded_runs(session)), default=0)
    return [_mark(run_schema(run, topic), number) for topic in topics]


def drop_runs(session: PostgresSession, runs: list[LoadedRun]) -> list[str]:
    """Drops runs, each in a transaction of its own, and returns the names of those that are still in use.

    What others built on a run's tables is never dropped with it.
    """
    left = []
    for run in runs:
        try:
            session.execute("set local lock_timeout = '1s'", *_drops(session, run))
            session.commit()
        except PostgresError as error:
            session.rollback()
            if error.code not in (LOCK_NOT_AVAILABLE, DEADLOCK, OTHERS_DEPEND):
                raise
            left.append(run.name)
    return left


def _drops(session: PostgresSession, run: LoadedRun) -> list[str]:
    schemas = ", ".join(literal(schema) for schema in run.schemas)
    tables = session.rows(f"select schemaname::text, tablename::text from pg_tables where schemaname in ({schemas})")
    statements = [f"drop table {identifier(schema, table)} restrict" for schema, table in sorted(tables)]
    return statements + [f"drop schema {identifier(schema)} restrict" for schema in run.schemas]


def _mark(schema: str, number: int) -> str:
    return f"comment on schema {identifier(schema)} is {literal(f'{MARK}{number}')}"
