"""How the file of a warehouse may be called, and how the one of a shop's own data is."""

from __future__ import annotations

import re
from pathlib import Path

from customer_insight.publish.result_tables import ACTIVATION, TOPICS

# What no warehouse file may be called: its schemas, and names that the engine keeps for databases of its own.
TAKEN_NAMES = {
    *(*TOPICS, ACTIVATION),
    *("sources", "staging", "intermediate", "ml", "reference", "raw_demo"),
    *("main", "temp", "system", "memory", "information_schema", "pg_catalog"),
}
# The warehouse that is built where none is named: the demo shop's.
DEFAULT_NAME = "customer_insight"


def proposed_warehouse(raw_path: str) -> str:
    """A file named like the raw data, so that no other shop's tables are replaced.

    proposed_warehouse("exports/") -> "warehouse/exports.duckdb"
    """
    path = Path(raw_path).expanduser().resolve()
    name = re.sub(r"\W+", "_", path.name if path.is_dir() else path.name.split(".")[0]).strip("_").lower()
    if not name or name[0].isdigit() or name in TAKEN_NAMES | {DEFAULT_NAME}:
        name = f"my_{name or 'shop'}"
    return f"warehouse/{name}.duckdb"
