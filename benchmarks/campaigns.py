"""Campaigns of a large shop, table to table: results, effects and uplift of ten million touches: see README.md."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.measure import run

TOUCHES = 10_000_000
CUSTOMERS = 1_000_000
CAMPAIGNS = 20
PROJECT = Path(__file__).parents[1]
# what the campaigns' models read, made of numbers: each customer orders about three times and visits about four times
TABLES = """
create schema staging;
create schema intermediate;
create schema reference;
create table reference.rfm_segments as select * from read_csv('{seeds}/rfm_segments.csv');
create table reference.campaign_problem_effects as select * from read_csv('{seeds}/campaign_problem_effects.csv');
create table staging.stg_as_of as select timestamp '2025-12-31 22:00:00' as as_of, date '2025-12-31' as last_day;
create table intermediate.int_customers as
select
    'C' || i as customer_id, i::int as customer_code, true as has_marketing_consent, false as is_erased,
    timestamp '2024-01-01' + to_days((hash(i) % 300)::int) as created_at
from range({customers}) as t(i);
create table intermediate.int_orders as
select
    'O' || i as order_id, 'C' || hash(i * 3) % {customers} as customer_id, true as is_sale,
    ['web', 'app', 'store'][(1 + hash(i * 5) % 3)::bigint] as channel,
    timestamp '2024-01-01' + to_seconds(hash(i * 7) % 63000000) as ordered_at,
    (5 + hash(i * 11) % 9000 / 100.0)::decimal(18, 2) as gross_revenue,
    (2 + hash(i * 11) % 3600 / 100.0)::decimal(18, 2) as known_margin,
    (5 + hash(i * 11) % 9000 / 100.0)::decimal(18, 2) as costed_revenue
from range(3 * {customers}) as t(i);
create table intermediate.int_products as
select 'P' || i as product_id, 'Category ' || i % 8 as category_level_1 from range(1000) as t(i);
create table intermediate.int_order_lines as
select order_id, 'P' || hash(order_id) % 1000 as product_id, true as is_sold from intermediate.int_orders;
create table intermediate.int_sessions as
select
    'S' || i as session_id, 'C' || hash(i * 13) % {customers} as customer_id, false as is_bot,
    timestamp '2024-01-01' + to_seconds(hash(i * 17) % 63000000) as started_at
from range(4 * {customers}) as t(i);
create table staging.stg_campaigns as
select
    'campaign ' || i as campaign_id, 'Campaign ' || i as campaign_name, 'email' as channel, null::varchar as audience,
    null::varchar as offer, 'A|B' as variants, timestamp '2025-01-05' + to_days((i * 15)::int) as starts_at,
    null::timestamp as ends_at, 100.0::decimal(18, 2) as cost, 0.2 as holdout_share, 'conversion' as success_metric,
    14 as attribution_days
from range({campaigns}) as t(i);
-- five in eight customers are drawn for each campaign; four in five of them get it
create table staging.stg_assignments as
select
    row_number() over () as row_number, 'campaign ' || c as campaign_id, 'C' || i as own_customer_id,
    'C' || i as customer_id,
    case when d < 4 then chr((65 + d % 2)::int) end as variant,
    case when d < 4 then 'treatment' else 'control' end as arm,
    case when d < 4 then 0.4 else 0.2 end as propensity, timestamp '2025-01-05' + to_days((c * 15)::int) as assigned_at
from (select c, i, hash(i * 1000 + c) // 8 % 5 as d
      from range({campaigns}) as campaigns(c), range({customers}) as t(i) where hash(i * 1000 + c) % 8 < 5);
create table staging.stg_touches as
select
    row_number() over () as row_number, 'T' || row_number() over () as touch_id, campaign_id, customer_id,
    null::varchar as visitor_id,
    variant, 'P' || row_number % 1000 as product_id, 1 as position, propensity,
    assigned_at + to_seconds(hash(row_number) % 86400) as shown_at,
    case when hash(row_number) % 10 = 0 then assigned_at + interval '2 days' end as clicked_at,
    null::timestamp as converted_at, null::decimal(18, 6) as revenue, false as is_converted_before,
    null::timestamp as unsubscribed_at, 0.01::decimal(18, 6) as cost, null::varchar as strategy,
    null::decimal(9, 3) as satisfaction
from staging.stg_assignments where arm = 'treatment';
create table staging.stg_identity_links (visitor_id varchar, customer_id varchar, linked_at timestamp);
create table staging.stg_customer_joins (own_customer_id varchar, customer_id varchar, joined_at timestamp);
create table intermediate.int_shared_visitors (visitor_id varchar);
"""
ONE_GROUP_BY = """
select campaign_id, variant, count(*), count(clicked_at), sum(cost), min(shown_at), max(shown_at)
from staging.stg_touches group by all
"""
# what any figure of a customer needs of the touches
BY_CUSTOMER = """
select count(*) from (
    select campaign_id, variant, customer_id, count(*), count(clicked_at), sum(cost), min(shown_at), max(shown_at)
    from staging.stg_touches group by all
)
"""
MODELS = [
    *("path:models/intermediate/campaigns", "campaign_results", "campaign_effects", "customer_uplift"),
    *("uplift_evaluation", "ml_undrawn_effects", "ml_campaign_effects", "ml_customer_uplift"),
]
# not looked at here: what hangs on audiences and on rows as they came; what is shown and its policies: see policies.py
LEFT_OUT = [
    *("int_all_assignments", "int_campaign_problems", "int_campaigns_not_drawn", "int_known_customers"),
    *(
        "int_policy_*",
        "int_shown_*",
        "int_earlier_lists*",
        "int_touch_problems",
        "int_position_*",
        "int_unbiased_rates",
    ),
    *("int_recommendation_feedback", "int_uplift_refusals"),
]
DBT = [
    *(sys.executable, "-m", "dbt.cli.main", "run", "--project-dir", str(PROJECT)),
    *("--profiles-dir", str(PROJECT / "profiles"), "--no-write-json", "--select", *MODELS, "--exclude", *LEFT_OUT),
]


def main(folder: Path, customers: int = CUSTOMERS, campaigns: int = CAMPAIGNS) -> None:
    """Prints what all of it costs, and processor seconds of the sums beside one `group by` over the touches."""
    warehouse, target = folder / "many_campaigns.duckdb", folder / "campaigns_target"
    warehouse.unlink(missing_ok=True)
    seeds = PROJECT / "seeds" / "reference"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(TABLES.format(seeds=seeds, customers=customers, campaigns=campaigns))
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": "demo",
        "CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(target),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    spent = run(DBT, folder / "campaigns.log", environment)
    sums = next((target / "run").rglob("int_campaign_sums.sql")).read_text(encoding="utf-8")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (touches, effects, moved) = connection.execute(
            "select (select count(*) from staging.stg_touches), (select count(*) from campaigns.campaign_effects),"
            " (select count(*) from campaigns.customer_uplift)"
        ).fetchall()[0]
        query = sums[sums.index("select") :].rstrip().removesuffix(";").rstrip().removesuffix(")")
        one, other, wide = (
            median(_seconds(connection, sql) for _ in range(3)) for sql in (query, ONE_GROUP_BY, BY_CUSTOMER)
        )
    print(
        f"{touches:,} touches, {customers:,} customers, {campaigns} campaigns: {spent.wall:.0f} s (of 300), "
        f"{spent.cpu:.0f} s cpu, {spent.peak_gb:.1f} GB (of 6); {effects:,} effects, {moved:,} uplifts; "
        f"sums {one:.2f} s cpu, one group by {other:.2f} s, ratio {one / other:.2f} (of 2), "
        f"by customer {wide:.2f} s, ratio {one / wide:.2f}",
        flush=True,
    )


def _seconds(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    began = time.process_time()
    connection.execute(sql).fetchall()
    return time.process_time() - began
