"""What channels cost beside the build that they are a part of: see README.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.build import PROGRAM
from benchmarks.made_shop import made_shop
from benchmarks.measure import Cost, run

REPOSITORY = Path(__file__).resolve().parents[1]
# What would not be there without channels: their models, and the two tables that show them.
MODELS = ["path:models/intermediate/channels", "order_channels", "channels_daily"]


def channel_sql(folder: Path, warehouse: Path) -> list[tuple[str, str]]:
    """The models as dbt compiles them, in their order: name, and the statement that makes each."""
    target = folder / "target_channels"
    call = [str(Path(sys.executable).with_name("dbt")), "compile", "--quiet", "--project-dir", str(REPOSITORY)]
    call += ["--profiles-dir", str(REPOSITORY / "profiles"), "--target-path", str(target), "--select", *MODELS]
    environment = {"CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse), "CUSTOMER_INSIGHT_SOURCE": "files"}
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    compiled = json.loads((target / "run_results.json").read_text())["results"]
    chosen = {each["unique_id"] for each in compiled if each["unique_id"].startswith("model.")}

    def depth(node: str) -> int:
        above = [each for each in nodes[node]["depends_on"]["nodes"] if each in chosen]
        return 1 + max((depth(each) for each in above), default=0)

    found = []
    for node in sorted(chosen, key=lambda node: (depth(node), node)):
        model = nodes[node]
        sql = (target / "compiled" / model["package_name"] / model["original_file_path"]).read_text()
        kind = model["config"]["materialized"]
        found.append((model["name"], f"create or replace {kind} {model['relation_name']} as (\n{sql}\n);"))
    return found


def main(folder: Path, sizes: list[int], repeats: int = 3) -> None:
    """Prints the processor time of a build of each size, of its models of channels, and their share."""
    for size in sizes:
        warehouse = folder / f"channels_{size}.duckdb"
        # as long as no other checkout built it, it is the build's own
        warehouse.unlink(missing_ok=True)
        environment = {"DBT_TARGET_PATH": str(folder / "target_channels_build"), "DBT_LOG_PATH": str(folder / "logs")}
        arguments = ["--source", "files", "--raw", str(made_shop(folder, size)), "--warehouse", str(warehouse)]
        whole = run([*PROGRAM, *arguments, "--set", "evaluate=false"], folder / "channels_build.log", environment)
        costs = [_models(folder, warehouse) for _ in range(repeats)]
        cpu, peak = median(cost.cpu for cost in costs), max(cost.peak_gb for cost in costs)
        print(
            f"{size} million events: build {whole.cpu:.0f} s cpu, channels {cpu:.1f} s, {cpu / whole.cpu:.1%} of it, "
            f"{peak:.2f} GB",
            flush=True,
        )


def _models(folder: Path, warehouse: Path) -> Cost:
    file = folder / "channels.sql"
    file.write_text("\n".join(sql for _, sql in channel_sql(folder, warehouse)))
    runner = Path(__file__).with_name("run_sql.py")
    return run([sys.executable, str(runner), str(warehouse), str(file), "4GB"], folder / "channels.log")
