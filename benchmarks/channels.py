"""What channels cost beside the build that they are a part of: see README.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.build import PROGRAM
from benchmarks.made_shop import made_shop
from benchmarks.measure import Cost, run

REPOSITORY = Path(__file__).resolve().parents[1]
BUILT_MILLIONS = 2
# What would not be there without channels: their models, and the two tables that show them.
MODELS = ["path:models/intermediate/channels", "order_channels", "channels_daily"]
# What they read of visits and orders, with the columns by which rows of copies are told apart.
READ = {
    "intermediate.int_session_events": "session_id visitor_id customer_id order_id row_number",
    "intermediate.int_session_facts": "session_id visitor_id seen_customer_id landing_row_number",
    "intermediate.int_session_customers": "session_id customer_id",
    "intermediate.int_sessions": "session_id visitor_id customer_id",
    "intermediate.int_agent_sessions": "session_id",
    "intermediate.int_bot_sessions": "session_id",
    "intermediate.int_shared_visitors": "visitor_id",
    "intermediate.int_purchase_parts": "row_number order_id own_order_id customer_id",
    "intermediate.int_orders": "order_id customer_id",
    "staging.stg_people": "customer_id",
}


def channel_sql(folder: Path, warehouse: Path) -> str:
    """The models as dbt compiles them, in their order, each as the statement that makes it."""
    target = folder / "target_channels"
    call = [str(Path(sys.executable).with_name("dbt")), "compile", "--quiet", "--project-dir", str(REPOSITORY)]
    call += ["--profiles-dir", str(REPOSITORY / "profiles"), "--target-path", str(target), "--select", *MODELS]
    environment = {"CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse), "CUSTOMER_INSIGHT_SOURCE": "files"}
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    compiled = json.loads((target / "run_results.json").read_text())["results"]
    chosen = {each["unique_id"] for each in compiled if each["unique_id"].startswith("model.")}

    def depth(node: str) -> int:
        return 1 + max((depth(each) for each in nodes[node]["depends_on"]["nodes"] if each in chosen), default=0)

    statements = []
    for model in (nodes[node] for node in sorted(chosen, key=lambda node: (depth(node), node))):
        sql = (target / "compiled" / model["package_name"] / model["original_file_path"]).read_text()
        # relations are of the database, whatever its file is called
        name, kind = f"{model['schema']}.{model['name']}", model["config"]["materialized"]
        body = sql.replace(f'"{warehouse.stem}".', "")
        statements.append(f"drop {kind} if exists {name}; create {kind} {name} as (\n{body}\n);")
    return "\n".join(statements)


def copies_sql(copies: int) -> str:
    """Statements that make so many copies of what the models read, each of people and orders of its own."""
    statements = []
    for table, columns in READ.items():
        own = ", ".join(_of_copy(column) for column in columns.split())
        name = table.split(".")[1]
        statements += [
            f"create table {table}_many as select t.* replace ({own}) from {table} as t, range({copies}) as c(copy);",
            f"drop table {table} cascade;",
            f"alter table {table}_many rename to {name};",
        ]
    return "\n".join(statements)


def _of_copy(column: str) -> str:
    if column.endswith("row_number"):
        return f"t.{column} + c.copy * 1000000000 as {column}"
    return f"t.{column} || '~' || c.copy as {column}"


def main(folder: Path, sizes: list[int], repeats: int = 3) -> None:
    """Prints the processor time of a build, and that of the models of channels on it and on copies of it."""
    warehouse = folder / "built_channels.duckdb"
    warehouse.unlink(missing_ok=True)
    environment = {"DBT_TARGET_PATH": str(folder / "target_channels_build"), "DBT_LOG_PATH": str(folder / "logs")}
    arguments = ["--source", "files", "--raw", str(made_shop(folder, BUILT_MILLIONS)), "--warehouse", str(warehouse)]
    whole = run([*PROGRAM, *arguments, "--set", "evaluate=false"], folder / "channels_build.log", environment)
    print(f"build of {BUILT_MILLIONS} million events, past not evaluated: {whole.cpu:.0f} s cpu", flush=True)
    measure(folder, warehouse, sizes, repeats)


def measure(folder: Path, warehouse: Path, sizes: list[int], repeats: int) -> None:
    """Prints what the models cost on a built warehouse of 2 million events, and on copies of it."""
    models = channel_sql(folder, warehouse)
    for size in sizes:
        copy = folder / f"channels_{size}.duckdb"
        shutil.copy(warehouse, copy)
        if size > BUILT_MILLIONS:
            _run(folder, copy, "copies", copies_sql(size // BUILT_MILLIONS))
        costs = [_run(folder, copy, "channels", models) for _ in range(repeats)]
        cpu, peak = median(cost.cpu for cost in costs), max(cost.peak_gb for cost in costs)
        print(f"channels of {size} million events: {cpu:.1f} s cpu, {peak:.2f} GB", flush=True)
        copy.unlink()


def _run(folder: Path, warehouse: Path, name: str, script: str) -> Cost:
    file = folder / f"{name}.sql"
    file.write_text(script)
    runner = Path(__file__).with_name("run_sql.py")
    return run([sys.executable, str(runner), str(warehouse), str(file), "4GB"], folder / f"{name}.log")
