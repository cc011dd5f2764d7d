"""`customer-insight check` on a million order lines beside the engine's own reading of the file: see README.md."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.measure import run

LINES = 1_000_000
REPEATS = 5
PROGRAM = [sys.executable, "-m", "customer_insight.commands.cli", "check", "--source", "files", "--raw"]
# Order lines as a shop exports them: every canonical column that most shops have.
MADE = f"""
    select
        'O' || (i // 3) as order_id, 'P' || (i * 7919 % 5000) as product_id,
        strftime(timestamp '2023-01-01' + to_seconds(i * 60), '%Y-%m-%d %H:%M:%S') as ordered_at,
        case when i % 11 > 0 then 'C' || (i * 31 % 90000) end as customer_id, i % 3 + 1 as line_number,
        1 + i % 4 as quantity, printf('%.2f', (i * 37 % 5000) / 100.0 + 0.5) as unit_price, '' as discount_amount,
        case when i % 50 = 0 then 'cancelled' else 'completed' end as order_status, '' as returned_at,
        'true' as is_product, 'web' as channel, 'GB' as country, 'Product number ' || (i * 7919 % 5000) as product_name
    from range({LINES}) as lines (i)
"""
# The engine's own look at the file, in a process of its own: rows, and the least and the greatest text of each column.
PLAIN = """
import duckdb, sys
names = duckdb.sql(f"from read_csv('{sys.argv[1]}', all_varchar = true) limit 0").columns
asked = ", ".join(f"min({name}), max({name})" for name in names)
duckdb.sql(f"select count(*), {asked} from read_csv('{sys.argv[1]}', all_varchar = true)").fetchall()
"""


def first_words(raw: Path) -> float:
    """Seconds until the check has said its first line."""
    began = time.perf_counter()
    with subprocess.Popen([*PROGRAM, str(raw)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - began
        process.communicate()
    return seconds


def main(folder: Path) -> None:
    """Prints processor seconds of both, side by side, their ratio, and the time to the first words."""
    raw = folder / "check"
    raw.mkdir(exist_ok=True)
    file = raw / "order_lines.csv"
    if not file.exists():
        duckdb.sql(MADE).write_csv(str(file))
    log = folder / "check.log"
    pairs = [
        (run([*PROGRAM, str(raw)], log).cpu, run([sys.executable, "-c", PLAIN, str(file)], log).cpu)
        for _ in range(REPEATS)
    ]
    ours, plain = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(check / other for check, other in pairs)
    words = median(first_words(raw) for _ in range(REPEATS))
    print(f"\ncheck, {LINES:,} order lines: {ours:.2f} s cpu, engine alone {plain:.2f} s, ratio {ratio:.2f} (of 3); "
          f"first words after {words:.2f} s (of 2)", flush=True)  # fmt: skip
