"""One miner from a DuckDB table of baskets to a table of rules: `rule_engines.py ENGINE DATABASE SUPPORT LENGTH OUT`.

The table `baskets` has distinct pairs basket_code, product_code. The time starts with the first read and ends with the
rules written; imports come before it. Writes what it cost and found to OUT, as JSON.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

CONFIDENCE = "0.2"
LISTS = "select list(product_code order by product_code) from baskets group by basket_code"


def project(connection: duckdb.DuckDBPyConnection, support: str, length: int) -> pa.Table:
    run = importlib.import_module("customer_insight.rules.association_rules").run
    baskets = connection.sql("select basket_code, product_code as item_code from baskets").to_arrow_table()
    settings = {"min_support": Fraction(support), "min_confidence": Fraction(CONFIDENCE), "max_itemset_length": length}
    learned = run(baskets, **settings, max_rules=10_000_000)
    if learned.status != "ok":
        raise SystemExit(learned.status)
    return learned.tables["rules"]


def floor(connection: duckdb.DuckDBPyConnection, support: str, _: int) -> pa.Table:
    """Reading the lines once and counting the pairs of frequent items once, with the project's own parts."""
    rules = importlib.import_module("customer_insight.rules.baskets")
    pairs = importlib.import_module("customer_insight.rules.frequent_pairs")
    lines = connection.sql("select basket_code, product_code as item_code from baskets").to_arrow_table()
    baskets = rules.read_baskets(lines)
    threshold = rules.minimum_count(Fraction(support), baskets.count)
    baskets = baskets.keep(baskets.item_counts() >= threshold)
    return pa.table({"support_count": pairs.frequent_pairs(baskets, threshold, 10**8).counts})


def sql_pairs(connection: duckdb.DuckDBPyConnection, support: str, _: int) -> pa.Table:
    """The same by a self-join in DuckDB."""
    threshold = least(connection, support)
    return connection.sql(f"""
        with frequent as (select product_code from baskets group by all having count(*) >= {threshold}),
        kept as (select * from baskets semi join frequent using (product_code))
        select a.product_code as one, b.product_code as other, count(*) as support_count
        from kept as a inner join kept as b on a.basket_code = b.basket_code and a.product_code < b.product_code
        group by all having count(*) >= {threshold}
    """).to_arrow_table()


def least(connection: duckdb.DuckDBPyConnection, support: str) -> int:
    (count,) = connection.execute("select count(distinct basket_code) from baskets").fetchall()[0]
    return math.ceil(Fraction(support) * count)


def pyfim(algorithm: str) -> Callable[..., pa.Table]:
    def mine(connection: duckdb.DuckDBPyConnection, support: str, length: int) -> pa.Table:
        miner = getattr(importlib.import_module("fim"), algorithm)
        baskets = [row[0] for row in connection.execute(LISTS).fetchall()]
        # mode o: the support of a rule is that of both its sides; a negative support is a count
        settings = {"supp": -least(connection, support), "conf": float(CONFIDENCE) * 100, "zmin": 2, "zmax": length}
        found = miner(baskets, target="r", report="abhcl", mode="o", **settings)
        names = [
            "consequent",
            "antecedent",
            "support_count",
            "antecedent_count",
            "consequent_count",
            "confidence",
            "lift",
        ]
        columns: list[Any] = [list(column) for column in zip(*found, strict=True)]
        return pa.table(dict(zip(names, columns, strict=True)))

    return mine


def mlxtend(algorithm: str, **options: bool) -> Callable[..., pa.Table]:
    def mine(connection: duckdb.DuckDBPyConnection, support: str, length: int) -> pa.Table:
        import pandas as pd
        from mlxtend import frequent_patterns
        from mlxtend.preprocessing import TransactionEncoder

        baskets = [row[0] for row in connection.execute(LISTS).fetchall()]
        encoder = TransactionEncoder()
        frame = pd.DataFrame(encoder.fit_transform(baskets), columns=encoder.columns_)
        # half a basket less: it compares rounded shares
        share = (least(connection, support) - 0.5) / len(baskets)
        itemsets = getattr(frequent_patterns, algorithm)(
            frame, min_support=share, use_colnames=True, max_len=length, **options
        )
        rules = frequent_patterns.association_rules(itemsets, metric="confidence", min_threshold=float(CONFIDENCE))
        rules = rules[rules["consequents"].map(len) == 1]
        for side in ("antecedents", "consequents"):
            rules[side] = rules[side].map(sorted)
        return pa.Table.from_pandas(rules, preserve_index=False)

    return mine


ENGINES: dict[str, Callable[..., pa.Table]] = {
    "project": project,
    "floor": floor,
    "pairs in SQL": sql_pairs,
    "pyfim fpgrowth": pyfim("fpgrowth"),
    "pyfim eclat": pyfim("eclat"),
    "mlxtend fpgrowth": mlxtend("fpgrowth"),
    "mlxtend apriori": mlxtend("apriori"),
    "mlxtend apriori low_memory": mlxtend("apriori", low_memory=True),
}
# pyarrow imports pandas at the first conversion: before the clock starts, for everybody
EVERYBODY = ["pandas"]
IMPORTS = {
    "project": ["customer_insight.rules.association_rules"],
    "floor": ["customer_insight.rules.frequent_pairs"],
    "pyfim": ["fim"],
    "mlxtend": ["mlxtend.frequent_patterns", "mlxtend.preprocessing"],
}


def main(engine: str, database: str, support: str, length: str, out: str) -> None:
    for module in EVERYBODY + IMPORTS.get(engine.split(maxsplit=1)[0], []):
        importlib.import_module(module)
    connection = duckdb.connect(database, config={"threads": 2})
    began, cpu = time.perf_counter(), time.process_time()
    rules = ENGINES[engine](connection, support, int(length))
    connection.register("found", rules)
    connection.execute("create or replace table rules as from found")
    cost = {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu, "rows": rules.num_rows}
    Path(out).write_text(json.dumps(cost), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
