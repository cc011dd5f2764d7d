"""Sessions from events against a plain sort of the same events: see README.md."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from benchmarks.made_shop import made_shop
from benchmarks.measure import Cost, run

REPOSITORY = Path(__file__).resolve().parents[1]
LOAD = """
create schema if not exists staging;
create schema if not exists intermediate;
create or replace table staging.stg_events as
select file_row_number + 1 as row_number, * exclude (file_row_number) replace (
    cast(try_cast(occurred_at as timestamptz) as timestamp) as occurred_at, try_cast(value as decimal(18, 4)) as value
), 1::decimal(18, 6) as quantity, null::timestamp as customer_joined_at,
    null::varchar as campaign_source, null::varchar as campaign_medium, null::varchar as campaign_name
from read_parquet('{file}', file_row_number = true)
where try_cast(occurred_at as timestamptz) is not null and visitor_id is not null;
"""
FLOOR = """
create or replace table intermediate.sorted_events as
select * from staging.stg_events order by visitor_id, occurred_at, event_id;
"""
TEXTBOOK = """
create or replace table intermediate.labelled_events as
with flagged as (
    select *, coalesce(occurred_at - lag(occurred_at) over visitor > interval 30 minutes, true) as is_new
    from staging.stg_events
    window visitor as (partition by visitor_id order by occurred_at, event_id)
)
select *, sum(is_new::int) over (partition by visitor_id order by occurred_at, event_id rows unbounded preceding)
    as session_number
from flagged;
create or replace table intermediate.labelled_sessions as
select visitor_id, session_number, min(occurred_at) as started_at, max(occurred_at) as ended_at, count(*) as events,
    count(*) filter (event_type = 'view') as views, count(*) filter (event_type = 'search') as searches,
    count(*) filter (event_type = 'add_to_cart') as add_to_carts,
    count(*) filter (event_type = 'purchase') as purchases,
    min_by(page_url, occurred_at) as entry_page, max_by(page_url, occurred_at) as exit_page,
    min_by(platform, occurred_at) as platform, min_by(referrer, occurred_at) as referrer,
    min_by(user_agent, occurred_at) as user_agent, max_by(customer_id, occurred_at) as customer_id
from intermediate.labelled_events
group by all;
"""


def project_sql(folder: Path, warehouse: Path) -> str:
    """The models from stg_events to int_session_facts as dbt compiles them, each as the statement that makes it."""
    target = folder / "target_sessions"
    call = [str(Path(sys.executable).with_name("dbt")), "compile", "--quiet", "--project-dir", str(REPOSITORY)]
    call += ["--profiles-dir", str(REPOSITORY / "profiles"), "--target-path", str(target)]
    # of everything between the two
    call += ["--select", "stg_events+,+int_session_facts", "--exclude", "stg_events"]
    environment = {"CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse), "CUSTOMER_INSIGHT_SOURCE": "files"}
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    compiled = json.loads((target / "run_results.json").read_text())["results"]
    models = [nodes[each["unique_id"]] for each in compiled if each["unique_id"].startswith("model.")]
    return "\n".join(
        f"create or replace {model['config']['materialized']} {model['relation_name']} as (\n"
        + (target / "compiled" / model["package_name"] / model["original_file_path"]).read_text()
        + "\n);"
        for model in sorted(models, key=lambda model: _depth(model["unique_id"], nodes))
    )


def _depth(unique_id: str, nodes: dict[str, dict]) -> int:
    above = nodes.get(unique_id, {}).get("depends_on", {}).get("nodes", [])
    return 1 + max((_depth(each, nodes) for each in above), default=0)


def measure(folder: Path, million_events: int, memory_limit: str, repeats: int) -> dict[str, Cost]:
    """The median cost of the floor, the project and the textbook; each in its own process, in turn."""
    warehouse = folder / f"events_{million_events}.duckdb"
    scripts = {"load": LOAD.format(file=made_shop(folder, million_events) / "events.parquet")}
    if not warehouse.is_file():
        _sql(folder, warehouse, "load", scripts["load"], "4GB")
    scripts = {"floor": FLOOR, "project": project_sql(folder, warehouse), "textbook": TEXTBOOK}
    costs: dict[str, list[Cost]] = {name: [] for name in scripts}
    for _ in range(repeats):
        for name, script in scripts.items():
            costs[name].append(_sql(folder, warehouse, name, script, memory_limit))
            _sql(folder, warehouse, "drop", "drop schema intermediate cascade; create schema intermediate;", "4GB")
    return {
        name: Cost(*(statistics.median(getattr(cost, field) for cost in each) for field in ("wall", "cpu", "peak_gb")))
        for name, each in costs.items()
    }


def _sql(folder: Path, warehouse: Path, name: str, script: str, memory_limit: str) -> Cost:
    file = folder / f"{name}.sql"
    file.write_text(script)
    runner = Path(__file__).with_name("run_sql.py")
    return run([sys.executable, str(runner), str(warehouse), str(file), memory_limit], folder / f"{name}.log")


def main(folder: Path, sizes: list[int], memory_limit: str = "1400MB", repeats: int = 3) -> None:
    """Prints the costs for each size, their ratios to the floor, and how the project grows from size to size."""
    done: dict[int, dict[str, Cost]] = {}
    for size in sizes:
        done[size] = measure(folder, size, memory_limit, repeats)
        print(f"\n{size} million events, memory_limit {memory_limit}")
        print(f"{'':10} {'wall s':>8} {'cpu s':>8} {'peak GB':>8} {'wall / floor':>13} {'cpu / floor':>12}")
        floor = done[size]["floor"]
        for name, cost in done[size].items():
            ratios = f"{cost.wall / floor.wall:>13.2f} {cost.cpu / floor.cpu:>12.2f}"
            print(f"{name:10} {cost.wall:>8.1f} {cost.cpu:>8.1f} {cost.peak_gb:>8.2f} {ratios}", flush=True)
    for few, many in pairwise(sizes):
        less, more = done[few]["project"], done[many]["project"]
        print(f"\n{many / few:g} times the events: {more.wall / less.wall:.1f} x wall, {more.cpu / less.cpu:.1f} x cpu")
