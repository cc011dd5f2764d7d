"""Builds the source models of one raw input into a throw-away warehouse, as a user would with dbt."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import duckdb
from customer_insight.commands.project_sql import ProjectSql
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

ROOT = Path(__file__).parents[2]
TARGET = tempfile.TemporaryDirectory(prefix="customer_insight_target_")


def canonical_tables() -> dict[str, list[str]]:
    """The tables and columns of the interface, required ones marked by `*`."""
    sql = ProjectSql(ROOT, {})
    return {name: list(sql.call("input_table", name)["columns"]) for name in sql.call("canonical_tables")}


@dataclass
class Run:
    success: bool
    output: str
    warehouse: Path

    def rows(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            return connection.execute(sql).fetchall()

    def columns(self, model: str) -> list[tuple]:
        return self.rows(f"select column_name, column_type from (describe {model})")


def contract(table: str) -> list[tuple]:
    """What every source model of a canonical table has."""
    names = [column.rstrip("*") for column in canonical_tables()[table]]
    return [("row_number", "BIGINT"), *[(name, "VARCHAR") for name in ["source_name", *names, "row_defect"]]]


def dbt(folder: Path, source: str, raw: Path | str, *arguments: str, project: Path | None = None) -> Run:
    """Runs one dbt command of a project, that in ROOT if none is given; the warehouse is then in `folder`.

    All runs share a target folder and write to one path, for dbt parses anew whenever the profile changes.
    """
    built = Path(TARGET.name) / "warehouse" / "test.duckdb"
    built.unlink(missing_ok=True)
    output: list[str] = []
    runner = dbtRunner(callbacks=[lambda event: output.append(event.info.msg)])
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": source,
        "CUSTOMER_INSIGHT_RAW": str(raw),
        "CUSTOMER_INSIGHT_WAREHOUSE": str(built),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    places = ["--project-dir", str(project or ROOT), "--profiles-dir", str(ROOT / "profiles")]
    places += ["--target-path", f"{TARGET.name}/target", "--log-path", f"{TARGET.name}/logs"]
    places += ["--no-write-json", "--log-level-file", "none"]  # nobody reads them
    with mock.patch.dict(os.environ, environment):
        result = runner.invoke([*arguments, *places])
    DuckDBConnectionManager.close_all_connections()  # dbt would hold the file until the process ends
    output.append(str(result.exception or ""))
    kept = folder / "warehouse" / built.name
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(built, kept)
    return Run(result.success, "\n".join(output), kept)


def build_sources(folder: Path, source: str, raw: Path | str) -> Run:
    """The source models of one raw input and their tests, by dbt; `rendered_warehouse` has them without it."""
    selected = ("build", "--no-partial-parse", "--select", "+path:models/sources")
    return dbt(folder, source, raw, *selected, project=_with_sources_alone(ROOT))


def _with_sources_alone(project: Path) -> Path:
    """A project without what comes after the sources, of which dbt parses nine parts in ten for nothing."""
    folder = Path(TARGET.name) / "project"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project / "models" / "sources", folder / "models" / "sources")
    shutil.copytree(project / "tests" / "generic", folder / "tests" / "generic")
    for path in (project / "tests" / "singular").glob("sources_*.sql"):
        (folder / "tests" / "singular").mkdir(exist_ok=True)
        shutil.copy(path, folder / "tests" / "singular")
    for name in ("macros", "seeds", "dbt_project.yml"):
        (folder / name).symlink_to(project / name)
    return folder
