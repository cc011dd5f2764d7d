"""A small warehouse with public and private schemas, every row marked with the build that made it."""

from pathlib import Path

import duckdb

ODD_NAME = 'odd "name"; drop schema shop cascade; --'
ODD_TEXT = "it's \"odd\"; '; drop table shop.customers; -- $$ \\ €"
KEYS = {
    "shop.customers": "customer_id",
    "shop.orders": "order_id",
    "shop.sessions": "session_id",
    "segments.customer_segments": "customer_id",
    "recommendations.customer_recommendations": "customer_id, product_id",
    "predictions.customer_predictions": "customer_id",
    "quality.model_runs": "model",
    "quality.rejected_rows": "source_table, row_number",
}
TABLES = sorted(KEYS)

SHOP = """
create schema shop; create schema segments; create schema recommendations; create schema predictions;
create schema quality; create schema staging; create schema intermediate; create schema ml; create schema raw_demo;
create table shop.customers as
    select 'C' || i as customer_id, 'c' || i || '@example.com' as email, '+49 170 ' || i as phone,
        'Rosalind' as first_name, 'Ekblad' as last_name, 'ZZ98 7QX' as postal_code,
        date '1980-01-01' as birth_date, 'f' as gender, 'Berlin' as city, 'high' as income_band, 'DE' as country,
        cast(i * 1.25 as decimal(18, 2)) as gross_revenue, i % 2 = 0 as is_erased,
        cast(i as integer) as r_score, if(i = 3, null, i / 7) as p_alive
    from range(1, 41) as r(i);
create table shop.orders as
    select 'O' || i as order_id, 'C' || (i % 40 + 1) as customer_id, i as order_lines,
        timestamp '2025-01-01' + to_hours(i) as ordered_at, date '2025-01-01' as order_date
    from range(200) as r(i);
create table shop.sessions as
    select 'S' || i as session_id, '/p/' || i || '?email=c@example.com#token' as entry_page, '/cart' as exit_page,
        'https://x.example/?q=secret' as referrer
    from range(60) as r(i);
create table segments.customer_segments as select customer_id, '1' as segment_id from shop.customers;
create table recommendations.customer_recommendations as
    select c.customer_id, 'P' || p as product_id, 'why not' as reason from shop.customers as c, range(5) as r(p);
create table predictions.customer_predictions as select customer_id, 0.5 as churn_probability from shop.customers;
create table quality.model_runs as select unnest(['segments', 'rules']) as model, 'ok' as status;
create table quality.rejected_rows as
    select 'customers' as source_table, 1 as row_number, 'customer_id is missing' as reason,
        '{"email": "x@example.com"}' as row_json;
create table staging.stg_customers as select * from shop.customers;
create table ml.ml_segments as select 1 as x;
create table shop.customers__dbt_backup as select 1 as x;
"""


def make_warehouse(file: Path, mark: str = "build 1", green: bool = True, extra: str = "") -> Path:
    """Writes the warehouse; `mark` is in the column run_id of every public row; `extra` is SQL to run at the end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute("begin")  # one wait for the disk instead of fifty
        connection.execute(SHOP)
        for table, key in KEYS.items():
            name = table.split(".")[1]
            connection.execute(f"alter table {table} add column run_id varchar default '{mark}'")
            connection.execute(f"alter table {table} add column as_of timestamp default timestamp '2025-02-01'")
            connection.execute(f"alter table {table} add primary key ({key})")
            connection.execute(f"comment on table {table} is 'What {name} are.'")
            connection.execute(f"comment on column {table}.run_id is 'The build.'")
        connection.execute(f"create table intermediate.last_build as select {green} as is_green")
        connection.execute("commit")
        connection.execute(extra)
    return file


def odd_names(text: str = ODD_TEXT) -> str:
    """SQL that adds a table whose name, column, comment and values try to break out of quotes."""
    name, quoted = ODD_NAME.replace('"', '""'), text.replace("'", "''")
    return f"""
        create table shop."{name}" ("{name}" varchar primary key, run_id varchar);
        insert into shop."{name}" values ('{quoted}', 'build 1'), ('nul' || chr(0) || 'inside', 'build 1');
        comment on table shop."{name}" is '{quoted}';
        comment on column shop."{name}"."{name}" is '{quoted}';
    """
