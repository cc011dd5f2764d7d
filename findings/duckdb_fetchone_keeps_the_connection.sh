#!/bin/sh
# DuckDB 2.0.0, Python: after execute(...).fetchone() of a query with exactly one row the connection is still "in use", although no row is
# left: sql() and from_arrow() on it raise ResourceInUseException until another fetch has found nothing. With DuckDB 1.5 the next
# statement simply ended the earlier result, so helpers that read one value by fetchone() break when the engine is raised.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PYTHON'
import duckdb

connection = duckdb.connect()
row = connection.execute("select 42").fetchone()
try:
    then = str(connection.sql("select 1 as one").fetchall())
except Exception as error:
    then = type(error).__name__
rest = connection.execute("select 42").fetchall()
after_all = str(connection.sql("select 1 as one").fetchall())
print(f"{duckdb.__version__}: fetchone {row}, then sql(): {then}; fetchall {rest}, then sql(): {after_all}")
PYTHON
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py" | tee -a "$folder/seen"
done
cat > "$folder/expected" <<'SEEN'
2.0.0: fetchone (42,), then sql(): ResourceInUseException; fetchall [(42,)], then sql(): [(1,)]
1.5.6: fetchone (42,), then sql(): [(1,)]; fetchall [(42,)], then sql(): [(1,)]
SEEN
if cmp -s "$folder/seen" "$folder/expected"; then echo "as seen"; else echo "CHANGED"; exit 1; fi
