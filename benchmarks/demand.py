"""What the next weeks bring: a public shop with and without its calendar, and a large shop: README.md."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from customer_insight.demand import demand_forecast
from customer_insight.demand.demand_days import MEASURES

from benchmarks.measure import run

LINES = 20_000_000
CUSTOMERS = 1_000_000
PRODUCTS = 50_000
PROJECT = Path(__file__).parents[1]
REVENUE = """
select date_diff('day', InvoiceDate::date, date '2011-12-09') as age, sum(Quantity * Price)::double as value,
    count(distinct Invoice)::double as orders
from '{file}' where Quantity > 0 and Price > 0 and Invoice not like 'C%'
    {once} group by 1 order by 1 desc
"""
ONCE = "and not (sheet = '2009-2010' and InvoiceDate >= timestamp '2010-12-01')"
# what the models of demand read, made of numbers: three years, thirty categories, a season and a week
TABLES = """
create schema staging;
create schema intermediate;
create schema reference;
create table reference.sales_days (day varchar, name varchar, kind varchar);
create table staging.stg_as_of as select timestamp '2025-12-31 22:00:00' as as_of, date '2025-12-31' as last_day;
create table intermediate.int_calendar as select date '2023-01-01' as first_day, date '2025-12-31' as last_day;
create table intermediate.int_products as
select 'P' || i as product_id, 'Category ' || i % 30 as category_level_1 from range({products}) as t(i);
create table intermediate.int_product_codes as
select product_id, row_number() over (order by product_id)::int as product_code from intermediate.int_products;
create table intermediate.int_order_lines as
select
    'O' || i // 3 as order_id, 'C' || hash(i // 3) % {customers} as customer_id,
    -- a few products sell most
    'P' || (pow(hash(i * 5) % 1000000 / 1e6, 3) * {products})::int % {products} as product_id,
    timestamp '2023-01-01' + to_seconds((hash(i // 3 * 7) % 94608000)::bigint) as ordered_at,
    true as is_sold, true as is_product, (1 + hash(i) % 3)::decimal(18, 6) as quantity,
    (5 + hash(i * 11) % 9000 / 100.0)::decimal(18, 2) as gross_revenue
from range({lines}) as t(i);
"""
MODELS = [
    "path:models/intermediate/demand",
    "ml_demand_forecast",
    "demand_forecast",
    "demand_evaluation",
    "demand_past",
]
DBT = [
    *(sys.executable, "-m", "dbt.cli.main", "run", "--project-dir", str(PROJECT)),
    *("--profiles-dir", str(PROJECT / "profiles"), "--no-write-json", "--select", *MODELS),
]


def main(folder: Path) -> None:
    """Prints errors of the public shop, where its file is, and what a large shop costs."""
    if "CUSTOMER_INSIGHT_TEST_DATA" in os.environ:
        file = Path(os.environ["CUSTOMER_INSIGHT_TEST_DATA"]) / "online_retail_ii.parquet"
        _public("each line of the overlapping sheets once", REVENUE.format(file=file, once=ONCE))
        _public("both sheets as they are", REVENUE.format(file=file, once=""))
    _large(folder)


def _public(said: str, query: str) -> None:
    found = duckdb.sql(query).fetchall()
    days = pa.table(
        {
            "level": ["shop"] * len(found),
            "group_code": pa.array([0] * len(found), pa.int32()),
            "age_days": pa.array([age for age, *_ in found], pa.int32()),
            **dict.fromkeys(MEASURES, pa.array([value for _, value, _ in found], pa.float64())),
            "orders": pa.array([orders for *_, orders in found], pa.float64()),
        }
    )
    nothing = pa.schema(
        {name: pa.int32() for name in ("product_code", "group_code", "weeks_ago")}
        | {name: pa.float64() for name in ("revenue", "units")}
    ).empty_table()
    until = pa.table({"last_whole_day": [date(2011, 12, 9)]})
    no_days = pa.schema({name: pa.string() for name in ("day", "name", "kind")}).empty_table()
    for calendar, given in {
        "no calendar": {},
        "dates on which it was closed": {"until": until, "sales_days": no_days},
        "British holidays": {"until": until, "sales_days": no_days, "holiday_country": "GB"},
    }.items():
        began = time.process_time()
        table = demand_forecast.run(days, nothing, forecast_days=91, **given).tables["evaluation"].to_pandas()
        revenue = table[table["measure"] == "revenue"].pivot(index="model", columns="metric", values="value")
        spent = time.process_time() - began
        print(f"Online Retail II, {said}, {calendar}: {spent:.0f} s cpu\n{revenue.round(3).to_string()}", flush=True)


def _large(folder: Path) -> None:
    warehouse, target = folder / "demand_of_many.duckdb", folder / "demand_target"
    warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(TABLES.format(lines=LINES, customers=CUSTOMERS, products=PRODUCTS))
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": "demo",
        "CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(target),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    began = time.monotonic()
    spent = run(DBT, folder / "demand.log", environment)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        ((rows,),) = connection.execute("select count(*) from predictions.demand_forecast").fetchall()
    print(
        f"{LINES:,} lines, {PRODUCTS:,} products, three years: {time.monotonic() - began:.0f} s (of 180), "
        f"{spent.cpu:.0f} s cpu, {spent.peak_gb:.1f} GB (of 4); {rows:,} forecasts",
        flush=True,
    )
