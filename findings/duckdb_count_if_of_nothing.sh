#!/bin/sh
# DuckDB 2.0.0: count_if is null, not 0, where no condition is known to be true or false: over no rows, and over rows whose
# conditions are all null. count(*) filter (where ...) counts 0 there, as count_if does in other engines (Spark). A sum or a
# comparison of such counts is then null without a word.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import duckdb

print("duckdb", duckdb.__version__, "python", sys.version.split()[0])
rows = {
    "no rows": "select 1 as price where false",
    "prices unknown": "select cast(null as integer) as price from range(3)",
    "one price known": "select unnest([null, 1, null]) as price",
}
seen = {}
for name, relation in rows.items():
    seen[name] = duckdb.execute(
        f"select count_if(price > 0), count(*) filter (where price > 0), count(price) from ({relation})"
    ).fetchone()
    print(f"{name}: count_if {seen[name][0]}, count(*) filter {seen[name][1]} (expected: the same)")
as_seen = seen == {"no rows": (None, 0, 0), "prices unknown": (None, 0, 0), "one price known": (1, 1, 1)}
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
