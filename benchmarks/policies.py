"""Policies valued on ten million products shown, table to table: see README.md."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from benchmarks.measure import run

TOUCHES = 10_000_000
CUSTOMERS = 1_000_000
CAMPAIGNS = 20
PRODUCTS = 400
PROJECT = Path(__file__).parents[1]
# What the models of policies read, made of numbers. Each campaign shows a product of each of eight departments; the
# sender takes that of the customer's favourite with 0.7, else any; a favourite is clicked three times as often. Each
# customer has bought on three days, mostly of the favourite department.
TABLES = """
create schema staging;
create schema intermediate;
create schema ml;
create table staging.stg_as_of as select timestamp '2025-12-31 22:00:00' as as_of, date '2025-12-31' as last_day;
create table intermediate.int_customers as
select 'C' || i as customer_id, i::int as customer_code, false as is_erased from range({customers}) as t(i);
create table intermediate.int_products as
select 'P' || i as product_id, 'Department ' || i % 8 as category_level_1, true as is_product
from range({products}) as t(i);
create table intermediate.int_product_codes as
select product_id, row_number() over (order by product_id)::int as product_code from intermediate.int_products;
create table intermediate.int_campaigns as
select 'campaign ' || i as campaign_id, timestamp '2025-01-05' + to_days((i * 15)::int) as starts_at,
    'conversion' as success_metric
from range({campaigns}) as t(i);
create table intermediate.int_interaction_days_input as
select
    c::int as customer_code, k.product_code, (360 + hash(c * 5 + d) % 300)::int as age_days, 1::bigint as purchases,
    0::bigint as carts, 0::bigint as views, null::int as suspected_age_days
from (
    select c, d, case when hash(c * 7 + d) % 4 < 3 then hash(c) % 8 else hash(c * 11 + d) % 8 end as department
    from range({customers}) as t(c), range(3) as days(d)
) as bought
inner join intermediate.int_product_codes as k on k.product_id = 'P' || (bought.department + 8 * (hash(c + d) % 50));
create table staging.stg_touches as
select
    t.i as row_number, 'T' || t.i as touch_id, 'campaign ' || t.campaign as campaign_id, 'C' || t.c as customer_id,
    null::varchar as visitor_id, 'A' as variant, 'P' || (t.shown + 8 * t.campaign) as product_id,
    (1 + hash(t.i * 29) % 3)::bigint as position,
    case when t.shown = t.favourite then 0.7 + 0.3 / 8 else 0.3 / 8 end as propensity,
    timestamp '2025-01-05' + to_days((t.campaign * 15)::int) + to_seconds((t.i % 86400)::bigint) as shown_at,
    case when hash(t.i * 31) % 1000 < case when t.shown = t.favourite then 90 else 30 end
        then timestamp '2025-01-08' + to_days((t.campaign * 15)::int) end as clicked_at,
    case when hash(t.i * 37) % 1000 < 10 then timestamp '2025-01-09' + to_days((t.campaign * 15)::int) end
        as converted_at,
    case when hash(t.i * 37) % 1000 < 10 then (5 + hash(t.i) % 40)::decimal(18, 6) end as revenue,
    null::decimal(18, 6) as cost, false as is_clicked_before, false as is_converted_before,
    null::timestamp as unsubscribed_at, null::varchar as strategy, null::decimal(9, 3) as satisfaction
from (
    select
        i, i % {customers} as c, i // {customers} * 2 + hash(i) % 2 as campaign, hash(i % {customers}) % 8 as favourite,
        case when hash(i * 13) % 1000 < 300 then hash(i * 17) % 8 else hash(i % {customers}) % 8 end as shown
    from range({touches}) as rows(i)
) as t;
create table intermediate.int_suspicions (id varchar, kind varchar, leaves_out varchar);
create table intermediate.int_suspect_customers (customer_id varchar, suspected_at timestamp);
create table intermediate.int_touched_visitors (row_number bigint, customer_id varchar);
create table intermediate.int_earlier_lists (
    occasion_code bigint, customer_code bigint, list_rank bigint, product_code bigint
);
create table intermediate.int_policy_offers_input (
    campaign_code int, metric varchar, customer_code int, variant_code int, segment_code int, activity int,
    propensity double, reward double
);
create table intermediate.int_policy_halves_input (
    campaign_code int, variant_code int, metric varchar, customer_code int, is_treated boolean, is_first_half boolean,
    propensity double, outcome double, if_treated double, if_not double
);
create table intermediate.int_policy_variants (campaign_id varchar, variant varchar, variant_code int);
create table intermediate.int_uplift_refusals (
    campaign_id varchar, variant varchar, customers bigint, sentence varchar, run_id varchar
);
"""
MODELS = [
    *("int_policy_people", "int_policy_occasions", "int_shown_products", "int_policy_departments"),
    *("int_policy_contexts", "int_policy_touches_input", "int_policy_candidates_input", "ml_policy_evaluation"),
    *("int_policy_evaluation", "policy_evaluation"),
]
DBT = [
    *(sys.executable, "-m", "dbt.cli.main", "run", "--project-dir", str(PROJECT)),
    *("--profiles-dir", str(PROJECT / "profiles"), "--no-write-json", "--select", *MODELS),
]


def main(folder: Path, touches: int = TOUCHES, customers: int = CUSTOMERS) -> None:
    """Prints what it costs to value three policies, with what dbt itself costs, and what came out."""
    warehouse = folder / "many_policies.duckdb"
    warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(TABLES.format(touches=touches, customers=customers, campaigns=CAMPAIGNS, products=PRODUCTS))
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": "demo",
        "CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(folder / "policies_target"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    spent = run(DBT, folder / "policies.log", environment)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select policy, estimator, value, ci_low, ci_high from campaigns.policy_evaluation"
            " where metric = 'click' and estimator in ('snips', 'dr') order by all"
        ).fetchall()
        (rows,) = connection.execute("select count(*) from campaigns.policy_evaluation").fetchall()[0]
    print(
        f"{touches:,} touches, {customers:,} customers, {CAMPAIGNS} campaigns: {spent.wall:.0f} s (of 120), "
        f"{spent.cpu:.0f} s cpu, {spent.peak_gb:.1f} GB (of 4); {rows} rows of three policies",
        flush=True,
    )
    for policy, estimator, value, low, high in found:
        print(f"  {policy:10} {estimator:5} {value:.5f} [{low:.5f}, {high:.5f}]", flush=True)
