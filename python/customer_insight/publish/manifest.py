"""manifest.json: what a run consists of. Made from the content alone, so the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from importlib import metadata
from typing import Any

import duckdb

from customer_insight.publish.parquet_files import TableFile

VERSIONS = {"customer-insight": metadata.version("customer-insight"), "duckdb": duckdb.__version__}


def run_name(as_of: datetime | None, files: list[TableFile]) -> str:
    """`<day of as_of>_<12 hex digits>`, a hash of the files and of the versions that wrote them.

    Lower-case letters, digits and `_` only: it is the name of a folder and part of a schema's.
    """
    digest = hashlib.sha256(json.dumps(VERSIONS, sort_keys=True).encode())
    for file in sorted(files, key=lambda each: each.path):
        digest.update(f"\x1f{file.path}\x1f{file.sha256}".encode())
    day = f"{as_of:%Y%m%d}" if as_of else "undated"
    return f"{day}_{digest.hexdigest()[:12]}"


def manifest(name: str, as_of: datetime | None, files: list[TableFile]) -> str:
    """The manifest as JSON text; `as_of` is UTC."""
    content: dict[str, Any] = {
        "run": name,
        "as_of": as_of.isoformat(sep=" ") if as_of else None,
        "versions": VERSIONS,
        "tables": [
            {
                "schema": file.table.schema,
                "table": file.table.name,
                "rows": file.rows,
                "columns": [{"name": column.name, "type": column.type} for column in file.table.columns],
                "primary_key": list(file.table.primary_key),
                "file": file.path,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in files
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
