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

RESULT_EVENTS = {"LogModelResult", "LogSeedResult", "LogTestResult", "LogHookEndLine", "LogSnapshotResult"}
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
    from dbt.cli.main import dbtRunner  # takes two seconds: not before it is needed

    os.environ["CUSTOMER_INSIGHT_WAREHOUSE"] = str(warehouse_file(folder))
    call = [*arguments, "--project-dir", str(folder), "--profiles-dir", str(folder / "profiles"), "--quiet"]
    if settings:
        call += ["--vars", json.dumps(dict(settings))]
    messages: list[str] = []
    answer = dbtRunner(callbacks=[_progress(messages) if show else _said(messages)]).invoke(call)
    run = DbtRun(is_success=answer.success)
    for result in getattr(answer.result, "results", None) or []:
        status = str(getattr(result.status, "value", result.status))
        sentence = f"{result.node.name}: {_one_line(result.message)}"
        if status == "warn":
            run.warnings.append(sentence)
        elif status not in FINISHED | {"skipped"}:
            run.failures.append(sentence)
    if not answer.success and not run.failures:
        run.failures.append(_one_line(str(answer.exception or "dbt failed without a word")))
    for message in messages:
        print(message)
    return run


def _progress(messages: list[str]) -> Any:
    """A dbt callback that prints `[12/80] 1.2 s  model shop.customers` as each node ends."""
    said = _said(messages)

    def show(event: Any) -> None:
        said(event)
        if event.info.name not in RESULT_EVENTS:
            return
        data = event.data
        width = len(str(data.total))
        line = f"[{data.index:>{width}}/{data.total}] {data.execution_time:6.1f} s  {data.status.split()[0].lower():8}"
        print(f"{line} {getattr(data, 'description', '') or getattr(data, 'name', '')}", file=sys.stderr, flush=True)

    return show


def _said(messages: list[str]) -> Any:
    """A dbt callback that collects what macros say through log(…, info=true)."""

    def listen(event: Any) -> None:
        if event.info.name == "JinjaLogInfo":
            messages.append(event.data.msg)

    return listen


def _one_line(message: str | None) -> str:
    """dbt's message without its headings, paths of compiled code and blank lines; lists keep their lines."""
    dropped = re.compile(r"^\s*(compiled code at|> in macro|> called by|Compilation Error|Runtime Error|Database Error).*$")
    lines = [line.rstrip() for line in (message or "no message").splitlines()]
    kept = [line for line in lines if line.strip() and not dropped.match(line)]
    return "\n".join(kept) or (message or "").strip()
