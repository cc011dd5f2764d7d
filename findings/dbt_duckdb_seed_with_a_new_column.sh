#!/bin/sh
# dbt-duckdb 1.11.1: a seed that was loaded before and gets one more column fails at the next `dbt seed`, not with a sentence about the
# column but with the engine's complaint that it cannot find the dialect of the csv: dbt empties the table and keeps its columns,
# and the adapter reads the file with them. Expected: the new column, or an error that names it. `--full-refresh`, or
# `full_refresh: true` on the seed, loads it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==2.0.0
mkdir -p "$folder/project/seeds"
cd "$folder/project"
cat > dbt_project.yml <<'YAML'
name: shop
version: "1.0"
profile: shop
flags: {send_anonymous_usage_stats: false}
YAML
cat > profiles.yml <<'YAML'
shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}
YAML
printf 'strategy,place\npopular,1\n' > seeds/strategies.csv
"$folder/venv/bin/dbt" --version | grep -A1 -E 'installed|duckdb' | tr -d '\n'; echo
"$folder/venv/bin/dbt" --quiet seed --profiles-dir . && first=loaded || first=failed
printf 'strategy,place,reason\npopular,1,bestseller\n' > seeds/strategies.csv
"$folder/venv/bin/dbt" --quiet seed --profiles-dir . > "$folder/second" 2>&1 && second=loaded || second=failed
grep -q 'automatically detect the CSV parsing dialect' "$folder/second" && says=dialect || says=other
"$folder/venv/bin/dbt" --quiet seed --full-refresh --profiles-dir . && third=loaded || third=failed
seen="first $first, with a new column $second ($says), with --full-refresh $third"
echo "$seen"
if [ "$seen" = "first loaded, with a new column failed (dialect), with --full-refresh loaded" ]; then echo "as seen"; else
  echo "CHANGED"; cat "$folder/second"; exit 1
fi
