#!/bin/sh
# DuckDB 2.0.0: `union all` of a DECIMAL(18, 6) and a DECIMAL(38, 2) is a DECIMAL(38, 2), and 1.234567 comes out as 1.23 without an error
# or a warning. Expected: a type that holds both, as a sum of the two has (its scale is 6), or an error. Prices of pieces beside
# amounts of orders lose their parts of a cent. A cast of both sides to one type keeps them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cat > "$folder/union.py" <<'PY'
import duckdb

print("duckdb", duckdb.__version__)
both = "select 1.234567::decimal(18, 6) as price union all select 2::decimal(38, 2)"
kind, price = duckdb.sql(f"select typeof(price), price from ({both}) order by price limit 1").fetchall()[0]
scale = duckdb.sql("select typeof(1.234567::decimal(18, 6) + 2::decimal(38, 2))").fetchall()[0][0]
print(f"union {kind}: {price}; sum {scale}")
PY
seen=$("$folder/venv/bin/python" "$folder/union.py" | tee /dev/stderr | tail -1)
if [ "$seen" = "union DECIMAL(38,2): 1.23; sum DECIMAL(38,6)" ]; then echo "as seen"; else echo "CHANGED"; exit 1; fi
