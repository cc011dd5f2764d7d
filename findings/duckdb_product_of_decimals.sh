#!/bin/sh
# DuckDB 2.0.0: the product of two DECIMAL(18, 6) is a DECIMAL(18, 12), so 1 x 1,500,000 is an overflow error: twelve of its eighteen
# digits are kept for decimals. Expected: a type wide enough for any two factors, as DECIMAL(36, 12) is (Spark takes DECIMAL(37, 12)).
# It shows only when somebody sells something for a million, which a shop in rupiahs or forints does each day. One factor cast to
# a DECIMAL wider than 18 digits makes the product DECIMAL(38, ...).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cat > "$folder/product.py" <<'PY'
import duckdb

print("duckdb", duckdb.__version__)
factors = "select 1::decimal(18, 6) as pieces, 1500000::{} as price"
kind = duckdb.sql(f"select typeof(pieces * price) from ({factors.format('decimal(18, 6)')})").fetchall()[0][0]
try:
    narrow = str(duckdb.sql(f"select pieces * price from ({factors.format('decimal(18, 6)')})").fetchall()[0][0])
except duckdb.OutOfRangeException:
    narrow = "out of range"
wide = duckdb.sql(f"select typeof(pieces * price), pieces * price from ({factors.format('decimal(20, 6)')})").fetchall()[0]
print(f"{kind}: {narrow}; {wide[0]}: {wide[1]:.0f}")
PY
seen=$("$folder/venv/bin/python" "$folder/product.py" | tee /dev/stderr | tail -1)
if [ "$seen" = "DECIMAL(18,12): out of range; DECIMAL(38,12): 1500000" ]; then echo "as seen"; else echo "CHANGED"; exit 1; fi
