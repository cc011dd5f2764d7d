"""Three systems in one run, joined, beside the sum of their single builds, up to the shop's marts: see README.md."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.measure import Cost, run

SYSTEMS = ("shopify", "square", "ga4")
# a customer brings about 80 rows in the three together
CUSTOMERS = 125_000
SEED = 7
PROJECT = Path(__file__).parents[1]
DEMO = [sys.executable, "-m", "customer_insight.commands.cli", "demo", "--seed", str(SEED)]
DBT = [
    *(sys.executable, "-m", "dbt.cli.main", "build", "--project-dir", str(PROJECT)),
    *("--profiles-dir", str(PROJECT / "profiles"), "--no-write-json", "--select"),
    *("+orders", "+order_lines", "+sessions", "+products", "+int_customer_orders", "+int_customers"),
    *("--resource-type", "model", "--resource-type", "seed", "--vars"),
]
ALONE = "reporting_currency: GBP, time_zone: Europe/London, evaluate: false"
JOINED = f"{ALONE}, join_people_by: [email, phone], join_products_by: sku"


def main(folder: Path, customers: int = CUSTOMERS, repeats: int = 3) -> None:
    """Prints processor seconds of the joined build and of the single ones, and the ratio of the sums."""
    exports = {system: folder / f"several_{system}_{customers}" for system in SYSTEMS}
    for system, export in exports.items():
        if not export.is_dir():
            run(
                [*DEMO, "--customers", str(customers), "--as", system, "--to", str(export)], folder / "several_demo.log"
            )
    together = ", ".join(f"{system}={export}" for system, export in exports.items())
    sources = {**{system: f"{system}={export}" for system, export in exports.items()}, "joined": together}
    spent = [
        {name: _build(folder, name, source, JOINED if name == "joined" else ALONE) for name, source in sources.items()}
        for _ in range(repeats)
    ]
    with duckdb.connect(str(folder / "several_joined.duckdb"), read_only=True) as connection:
        (rows,) = connection.execute(
            "select (select count(*) from staging.stg_order_lines__typed) + "
            "(select count(*) from staging.stg_events__typed)"
        ).fetchall()[0]
    ratio = median(each["joined"].cpu / sum(each[system].cpu for system in SYSTEMS) for each in spent)
    told = [f"{name} {median(each[name].cpu for each in spent):.0f} s" for name in sources]
    memory = max(each["joined"].peak_gb for each in spent)
    print(f"{rows:,} rows: {', '.join(told)} cpu; joined, {memory:.1f} GB, ratio {ratio:.2f} (of 1.3)", flush=True)


def _build(folder: Path, name: str, source: str, settings: str) -> Cost:
    warehouse = folder / f"several_{name}.duckdb"
    warehouse.unlink(missing_ok=True)
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": source,
        "CUSTOMER_INSIGHT_RAW": "",
        "CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(folder / f"several_target_{name}"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    return run([*DBT, f"{{{settings}}}"], folder / f"several_{name}.log", environment)
