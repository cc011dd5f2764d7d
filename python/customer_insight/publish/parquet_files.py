"""Result tables as Parquet files that carry their descriptions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from customer_insight.publish.result_tables import ResultTable
from customer_insight.publish.sql_text import literal


@dataclass(frozen=True)
class TableFile:
    """A table written as one Parquet file: `path` relative to the run's folder, size, SHA-256 as hex."""

    table: ResultTable
    path: str
    rows: int
    bytes: int
    sha256: str


def write_table(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: ResultTable, folder: Path, *, has_own_ids: bool
) -> TableFile:
    """Writes `folder/<schema>/<table>.parquet` (zstd, rows by primary key); the same rows give the same bytes.

    `has_own_ids`: whether ids are replaced; see published_ids.

    The file's key-value metadata are `description`, `primary_key` and `column_descriptions`, the latter two as JSON.
    """
    path = f"{table.schema}/{table.name.replace('/', '_')}.parquet"
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptions = {column.name: column.description for column in table.columns}
    facts = {
        "description": table.description,
        "primary_key": json.dumps(table.primary_key),
        "column_descriptions": json.dumps(descriptions, ensure_ascii=False),
    }
    metadata = ", ".join(f"{name}: {literal(text)}" for name, text in facts.items())
    looked_through = connection.execute(table.looked_through(catalog)).fetchall()[0][0]
    query = table.query(catalog, has_own_ids=has_own_ids, looked_through=looked_through)
    rows = connection.execute(
        f"copy ({query}) to {literal(str(file))} (format parquet, compression zstd, kv_metadata {{{metadata}}})"
    ).fetchall()[0][0]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return TableFile(table, path, int(rows), file.stat().st_size, digest)
