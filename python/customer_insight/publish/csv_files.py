"""Tables as csv for tools that read nothing else, safe to open in a spreadsheet."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import duckdb

from customer_insight.publish.parquet_files import TableFile
from customer_insight.publish.sql_text import identifier, literal

# What a spreadsheet would take for a formula, full-width signs too: it gets an apostrophe (OWASP, CSV injection).
FORMULA = "^[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]"
APOSTROPHE = literal("'")


def write_csv(connection: duckdb.DuckDBPyConnection, file: TableFile, folder: Path) -> TableFile:
    """`<schema>/<table>.csv` beside the Parquet file: UTF-8, header, the same rows in the same order."""
    columns = []
    for column in file.table.columns:
        name = identifier(column.name)
        is_formula = f"regexp_matches({name}, {literal(FORMULA)})"
        guarded = f"case when {is_formula} then {APOSTROPHE} || {name} else {name} end as {name}"
        columns.append(guarded if column.type == "VARCHAR" else name)
    path = Path(file.path).with_suffix(".csv")
    source, target = literal(str(folder / file.path)), literal(str(folder / path))
    connection.execute(
        f"copy (select {', '.join(columns)} from read_parquet({source})) to {target} (format csv, header)"
    )
    content = (folder / path).read_bytes()
    return dataclasses.replace(file, path=str(path), bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
