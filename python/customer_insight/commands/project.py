"""The dbt project behind the console program: where it lies, and dbt run in this process with its progress as lines."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from customer_insight.report.wording import counted

RESULT_EVENTS = {"LogModelResult": "description", "LogSeedResult": "relation"}
NOISE = re.compile(r"^\s*(compiled code at|> in macro|> called by|(Compilation|Runtime|Database) Error in).*$")
FINISHED = {"success", "pass", "warn", "no-op"}


class CommandError(Exception):
    """The command cannot be carried out; the text is the sentence that the user reads."""


def project_folder() -> Path:
    """The folder with dbt_project.yml: here or above, else the checkout that this package was installed from.

    Raises CommandError where there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[3]):
        project = folder / "dbt_project.yml"
        if project.is_file() and "name: customer_insight" in project.read_text(encoding="utf-8"):
            return folder
    raise CommandError("There is no customer-insight project in this folder or above it; change into a checkout of it.")


def warehouse_file(folder: Path) -> Path:
    """The DuckDB file that the profile names, absolute."""
    name = os.environ.get("CUSTOMER_INSIGHT_WAREHOUSE") or "warehouse/customer_insight.duckdb"
    return (folder / name).resolve()


@dataclass
class DbtRun:
    """What came of one dbt command: whether it succeeded, and a sentence for each thing that failed or warned."""

    is_success: bool = True
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def run_dbt(folder: Path, arguments: list[str], settings: Mapping[str, Any], *, show: bool = True) -> DbtRun:
    """Runs dbt in this process, one progress line for each node. Settings become `--vars`."""
    # these take two seconds to import: not before they are needed
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    os.environ["CUSTOMER_INSIGHT_WAREHOUSE"] = str(warehouse_file(folder))
    call = [*arguments, "--project-dir", str(folder), "--profiles-dir", str(folder / "profiles"), "--log-level", "none"]
    if settings:
        call += ["--vars", json.dumps(dict(settings))]
    told = Told()
    answer = dbtRunner(callbacks=[_listener(told, show)]).invoke(call)
    DuckDBConnectionManager.close_all_connections()  # else the file stays locked until this process ends
    for message in told.messages:
        print(message)
    run = DbtRun(is_success=answer.success)
    for result in getattr(answer.result, "results", None) or []:
        status = str(getattr(result.status, "value", result.status))
        if status in FINISHED | {"skipped"} or not result.message:
            continue
        run.failures.append(f"{result.node.name}: {_plain(result.message)}")
    run.warnings = told.warnings
    if not answer.success and not run.failures:
        run.failures = [_plain(error) for error in told.errors] or [str(answer.exception)]
    return run


@dataclass
class Told:
    """What dbt said while it ran: through log(…, info=true), as a warning of a test, as an error of the whole run."""

    messages: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _listener(told: Told, show: bool) -> Any:
    """A dbt callback that fills `told` and prints `[12/80] 1.2 s  ok  sql table model shop.customers` as nodes end."""

    def listen(event: Any) -> None:
        name, data = event.info.name, event.data
        if name == "JinjaLogInfo":
            told.messages.append(data.msg)
        elif name in {"RunningOperationCaughtError", "MainEncounteredError"}:
            told.errors.append(data.exc)
        elif name == "LogTestResult" and data.status == "warn":
            told.warnings.append(f"{data.name} ({counted(data.num_failures, 'row', 'rows')})")
        if show and name in RESULT_EVENTS:
            width = len(str(data.total))
            status = data.status.split()[0].lower()
            what = getattr(data, RESULT_EVENTS[name])
            line = f"[{data.index:>{width}}/{data.total}] {data.execution_time:6.1f} s  {status:7} {what}"
            print(line, file=sys.stderr, flush=True)

    return listen


def _plain(message: str) -> str:
    """A message of dbt without its headings, paths of compiled code and blank lines; lists keep their lines."""
    kept = [line.rstrip() for line in message.splitlines() if line.strip() and not NOISE.match(line)]
    return "\n".join(kept) or message.strip()
