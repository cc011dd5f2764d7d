"""Runs the programs of the project as a user does: each time in a process of its own, in the checkout."""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager

ROOT = Path(__file__).parents[2]
CONSOLE, DBT, MF = (str(Path(sys.executable).with_name(name)) for name in ("customer-insight", "dbt", "mf"))
# Seconds; the evaluated build of Online Retail II beside another takes up to ten minutes on a slow machine.
TIMEOUT = 1200

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb", "sklearn.ensemble", "scipy.stats"])


@dataclass
class Ran:
    """A command that has ended: its exit code and all that it printed."""

    code: int
    output: str


Runner = Callable[[list[str], dict[str, str]], Ran]


def run(arguments: list[str], environment: dict[str, str]) -> Ran:
    """Runs a command; standard output and error together."""
    ended = subprocess.run(
        arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT,
    )
    return Ran(ended.returncode, ended.stdout)


def run_forked(arguments: list[str], environment: dict[str, str]) -> Ran:
    """The same, forked from a process that has loaded the libraries: loading them takes a third of a small build.

    Processes forked from one hash texts alike: where bytes are compared, one side comes from `run`.
    """
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as output:
        process = _FORKS.Process(target=_console_script, args=(arguments, {**os.environ, **environment}, output.name))
        process.start()
        process.join(TIMEOUT)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, TIMEOUT, output.read())
        return Ran(process.exitcode, output.read())


def _console_script(arguments: list[str], environment: dict[str, str], output: str) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    with open(output, "wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.argv = arguments
    (script,) = entry_points(group="console_scripts", name=Path(arguments[0]).name)
    try:
        sys.exit(script.load()())
    finally:  # as at the end of an interpreter, which forked processes leave out: the warehouse takes in its log
        DuckDBConnectionManager.close_all_connections()
