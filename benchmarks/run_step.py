"""`python run_step.py MODEL WAREHOUSE`, from a checkout's folder: what its Python model costs, without dbt, as JSON.

In a process of its own, since a step remembers what it has learned. Checkouts differ in how a step gets its settings.
"""

from __future__ import annotations

import importlib.util
import json
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

SETTINGS: dict[str, Any] = {
    "evaluate": True,
    "tuning_trials": 4,
    "recommend_repurchase": True,
    "prediction_horizon_days": 30,
    "churn_days": 90,
}


class Dbt:
    """As much of dbt as the models ask for: refs, read before the clock starts, and settings."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, source: str) -> None:
        schemas = dict(connection.execute("select table_name, schema_name from duckdb_tables()").fetchall())
        names = re.findall(r'dbt\.ref\("(\w+)"\)', source)
        tables = {name: connection.sql(f"from {schemas[name]}.{name}").to_arrow_table() for name in names}
        self.connection = duckdb.connect()
        for name, table in tables.items():
            self.connection.register(name, table)
        self.config = self

    def __call__(self, **_: Any) -> None:
        """`dbt.config(…)` says nothing here."""

    def meta_get(self, name: str) -> Any:
        """The value of a setting."""
        return SETTINGS[name]

    def ref(self, name: str) -> duckdb.DuckDBPyRelation:
        """An input."""
        return self.connection.table(name)


def main(model: str, warehouse: str) -> None:
    """Prints processor seconds, resident peak in GB and the seconds that passed."""
    path = Path("models", "ml", f"{model}.py")
    spec = importlib.util.spec_from_file_location(model, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if Path("python", "customer_insight", "steps", "run_settings.py").is_file():
        importlib.import_module("customer_insight.steps.run_settings").hold(SETTINGS, lambda: True)
    with duckdb.connect(warehouse, read_only=True) as connection:
        dbt = Dbt(connection, path.read_text(encoding="utf-8"))
    wall, cpu = time.perf_counter(), time.process_time()
    module.model(dbt, None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "peak_gb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
