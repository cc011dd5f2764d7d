"""Association rules beside mlxtend and pyfim, from the same table to the same rules: see README.md."""

from __future__ import annotations

import json
import os
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.measure import CommandError, run

RUNNER = Path(__file__).with_name("rule_engines.py")
TIME_LIMIT_SECONDS, MEMORY_LIMIT_GB = 300, 20
FAST = ["project", "floor", "pairs in SQL", "pyfim fpgrowth", "pyfim eclat"]
APRIORI = ["mlxtend apriori", "mlxtend apriori low_memory"]


@dataclass(frozen=True)
class Task:
    """A set of baskets, a support, the longest itemset, and who tries."""

    baskets: str
    support: str
    length: int
    engines: tuple[str, ...]
    repeats: int = 3


TASKS = [
    Task("online_retail", "0.01", 4, (*FAST, "mlxtend fpgrowth", *APRIORI)),
    Task("online_retail", "0.005", 4, (*FAST, "mlxtend fpgrowth")),
    Task("online_retail", "0.002", 4, (*FAST, "mlxtend fpgrowth")),
    Task("groceries", "0.001", 4, (*FAST, "mlxtend fpgrowth", *APRIORI)),
    Task("t10i4d100k", "0.001", 20, (*FAST, "mlxtend fpgrowth")),
    # mlxtend would ask for 899 GB
    Task("made_shop", "0.0002", 4, tuple(FAST), repeats=1),
]

RETAIL = """
select distinct cast(dense_rank() over (order by invoice) as int) as basket_code,
    cast(dense_rank() over (order by stockcode) as int) as product_code
from read_parquet('{data}/online_retail_ii.parquet')
where sheet = '2010-2011' and invoice not ilike 'c%' and quantity > 0 and price > 0 and customerid is not null
"""
LINES = """
with lines as (
    select row_number() over () as basket_code, line
    from read_csv('{file}', columns = {{'line': 'varchar'}}, delim = '\\t',
        header = false, quote = '', escape = '')
),
items as (select basket_code, trim(unnest(string_split(line, '{separator}'))) as item from lines)
select distinct cast(basket_code as int) as basket_code,
    cast(dense_rank() over (order by item) as int) as product_code
from items where item <> ''
"""


def database(folder: Path, name: str) -> Path | None:
    """The DuckDB file with the table `baskets`, made once; None where the public data are not at hand."""
    file = folder / f"baskets_{name}.duckdb"
    data = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
    if file.is_file():
        return file
    if name != "made_shop" and not data:
        return None
    with duckdb.connect(str(file)) as connection:
        if name == "online_retail":
            connection.execute(f"create table baskets as {RETAIL.format(data=data)}")
        elif name == "made_shop":
            connection.register("made", made_baskets())
            connection.execute("create table baskets as select distinct * from made")
        else:
            raw, separator = {"groceries": ("groceries.csv", ","), "t10i4d100k": ("T10I4D100K.dat", " ")}[name]
            sql = LINES.format(file=Path(data or "", "groceries", raw), separator=separator)
            connection.execute(f"create table baskets as {sql}")
    return file


def made_baskets(orders: int = 2_700_000, products: int = 354_000, lines: int = 20_000_000) -> pa.Table:
    """Baskets of geometric size whose products are drawn with a popularity that falls as 1 / rank."""
    random = np.random.default_rng(7)
    popularity = np.cumsum(1 / np.arange(1, products + 1))
    sizes = random.geometric(orders / lines, orders)
    drawn = np.searchsorted(popularity / popularity[-1], random.random(sizes.sum()))
    return pa.table(
        {
            "basket_code": np.repeat(np.arange(orders, dtype=np.int32), sizes),
            "product_code": random.permutation(products).astype(np.int32)[drawn],
        }
    )


def measure(folder: Path, file: Path, task: Task, engine: str) -> dict[str, float] | str:
    """Medians of wall and cpu seconds and peak GB of the engine, and its rules; or why it has none."""
    out = folder / "rule_engine.json"
    costs = []
    for _ in range(task.repeats if "apriori" not in engine else 1):
        limits = f"ulimit -v {MEMORY_LIMIT_GB * 1_000_000}; exec timeout {TIME_LIMIT_SECONDS} "
        call = " ".join(f"'{part}'" for part in (sys.executable, RUNNER, engine, file, task.support, task.length, out))
        try:
            cost = run(["bash", "-c", limits + call], folder / "rule_engine.log")
        except CommandError:
            return f"not within {TIME_LIMIT_SECONDS} s and {MEMORY_LIMIT_GB} GB"
        costs.append(json.loads(out.read_text()) | {"peak_gb": cost.peak_gb})
    return {name: statistics.median(cost[name] for cost in costs) for name in costs[0]}


def main(folder: Path, names: list[str]) -> None:
    """Prints for each task what each engine cost, and how many times what the project cost."""
    for task in TASKS:
        file = database(folder, task.baskets) if task.baskets in names else None
        if file is None:
            continue
        print(f"\n{task.baskets}, support {float(task.support):.2%}, itemsets of up to {task.length}", flush=True)
        print(f"{'':28} {'wall s':>8} {'cpu s':>8} {'peak GB':>8} {'rows':>9} {'x wall':>8} {'x cpu':>8}")
        ours: dict[str, float] = {}
        for engine in task.engines:
            found = measure(folder, file, task, engine)
            if isinstance(found, str):
                print(f"{engine:28} {found}", flush=True)
                continue
            ours = ours or found
            ratios = f"{found['wall'] / ours['wall']:>8.2f} {found['cpu'] / ours['cpu']:>8.2f}"
            print(f"{engine:28} {found['wall']:>8.3f} {found['cpu']:>8.3f} {found['peak_gb']:>8.2f} "
                  f"{found['rows']:>9.0f} {ratios}", flush=True)  # fmt: skip
