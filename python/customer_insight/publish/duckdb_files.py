"""Two DuckDB files for readers: views over a run's Parquet files, and a copy of its tables. 1.x clients open both."""

from __future__ import annotations

from pathlib import Path

import duckdb

from customer_insight.publish.parquet_files import TableFile
from customer_insight.publish.sql_text import identifier, literal

# the first format with everything that is used here; files of DuckDB 2's own cannot be opened by most BI drivers
STORAGE_VERSION = "v1.2.0"


def write_views(connection: duckdb.DuckDBPyConnection, file: Path, files: list[TableFile], folder: Path) -> None:
    """A database with a view for each table over its Parquet file in `folder`, which is named absolutely."""
    _attach(connection, file, "views_file", files)
    connection.execute("begin")  # else every comment waits for the disk
    for each in files:
        name = identifier("views_file", each.table.schema, each.table.name)
        connection.execute(f"create view {name} as from read_parquet({literal(str(folder / each.path))})")
        _comment(connection, each, "view", "views_file")
    connection.execute("commit")
    connection.execute("detach views_file")


def write_copy(connection: duckdb.DuckDBPyConnection, file: Path, files: list[TableFile], folder: Path) -> None:
    """A database with the tables themselves, read from the Parquet files in `folder`, with their primary keys."""
    _attach(connection, file, "copy_file", files)
    connection.execute("begin")
    for each in files:
        name = identifier("copy_file", each.table.schema, each.table.name)
        parts = filter(None, [each.table.declared_columns(), each.table.key_clause()])
        connection.execute(f"create table {name} ({', '.join(parts)})")
        connection.execute(f"insert into {name} from read_parquet({literal(str(folder / each.path))})")
        _comment(connection, each, "table", "copy_file")
    connection.execute("commit")
    connection.execute("checkpoint copy_file")
    connection.execute("detach copy_file")


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str, files: list[TableFile]) -> None:
    connection.execute(f"attach {literal(str(file))} as {name} (storage_version {literal(STORAGE_VERSION)})")
    for schema in sorted({each.table.schema for each in files}):
        connection.execute(f"create schema {identifier(name, schema)}")


def _comment(connection: duckdb.DuckDBPyConnection, file: TableFile, kind: str, catalog: str) -> None:
    for statement in file.table.comments(kind, catalog, file.table.schema):
        connection.execute(statement)
