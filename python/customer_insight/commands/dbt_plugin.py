"""What dbt-duckdb loads with the profile: the folder of the warehouse file, and SQL functions that look at raw files.

Jinja cannot catch an error of the engine, so looking at files is done here, in functions that never raise:
`check_raw_input` says all that is wrong, `find_raw_table` where one table is and which columns it has. Request and
answer are JSON; macros/sources/raw_input_request.sql writes the one and passes on the other. `load_learned_steps` is
called the same way, before the first model runs.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.invocation import get_invocation_id
from threadpoolctl import threadpool_limits

import customer_insight
from customer_insight.commands import raw_input
from customer_insight.commands.raw_sheets import keep_copies_in
from customer_insight.commands.setting_check import kind_of, setting_problems
from customer_insight.commands.warehouse_names import TAKEN_NAMES
from customer_insight.publish.erasure_file import add_erasures, read_erasures
from customer_insight.publish.id_key import id_key
from customer_insight.steps import NOT_LEARNED, fitted, parameters, run_settings


def check_raw_input(request_json: str) -> str:
    """JSON with `problems`: one sentence a line, '' where there is none."""
    request = json.loads(request_json)
    messages = setting_problems(request["settings"], request["given"], request["known"])
    messages += request.get("source_problems", [])
    for source in request["sources"]:
        raw_path, tables, systems = source["raw_path"], source["tables"], request["systems"]
        if tables:
            findings = raw_input.inspect(raw_path, tables, request["full"], systems)
            messages += raw_input.problems(raw_path, tables, findings, systems)
        elif source["source_system"] == "demo":
            messages += raw_input.read_by_nobody(raw_path, systems)
    return json.dumps({"problems": "\n".join(f"- {message}" for message in messages)})


def find_raw_table(request_json: str) -> str:
    """JSON of the TableFinding of the one table that the request names; without columns where it has problems."""
    request = json.loads(request_json)
    return json.dumps(raw_input.find(request["raw_path"], request["tables"], request["table"]).as_dict())


def load_learned_steps(request_json: str) -> str:
    """Readies what Python models need before they run in threads: the run's settings, and their code. Answers nothing.

    The settings hold for this invocation of dbt alone: another one in the same process has its own.
    Two threads that import scikit-learn for the first time at once can see it half made ("partially initialized
    module"), which failed builds now and then. So the code is loaded here, where the run `is_learned`. Linear algebra
    gets one thread for good, so that its sums have one order and the same input gives the same bytes; the learned steps
    run side by side instead.
    """
    request = json.loads(request_json)
    invocation_id = request["invocation_id"]
    settings = request["settings"].items()
    values = {name: parameters.read(name, kind_of(kind, value), value) for name, (kind, value) in settings}
    fitted.taken()  # nothing of an earlier run
    run_settings.hold(values, lambda: get_invocation_id() == invocation_id)
    if not request["is_learned"]:
        return "{}"
    for module in pkgutil.walk_packages(customer_insight.__path__, f"{customer_insight.__name__}."):
        if module.name.split(".")[1] not in NOT_LEARNED:
            import_module(module.name)
    threadpool_limits(1)
    return "{}"


def save_answer_models(request_json: str) -> str:
    """Writes what this run has fitted for answering messages beside the warehouse; see `answer_models`."""
    kept = fitted.taken()
    path = json.loads(request_json)["warehouse"]
    if kept and path and path != ":memory:":
        # loads scikit-learn, which a run that fitted something has done already
        import_module("customer_insight.commands.answer_models").write(Path(path).expanduser().absolute(), kept)
    return "{}"


def keep_erasures(request_json: str) -> str:
    """Adds who is erased by now to the file beside the warehouse; see `erasure_file`."""
    request = json.loads(request_json)
    path = request["warehouse"]
    if request["keys"] and path and path != ":memory:":
        file = Path(path).expanduser().absolute()
        add_erasures(file, id_key(file), request["keys"], datetime.now(UTC).date().isoformat())
    return "{}"


def _never_raise(function: Callable[[str], str]) -> Callable[[str], str]:
    """An unforeseen error becomes an answer too."""

    def guarded(request_json: str) -> str:
        try:
            return function(request_json)
        except Exception as error:
            reason = f"- {function.__name__} failed: {type(error).__name__}: {error}"
            return json.dumps({"problems": reason, "parts": []})

    return guarded


class Plugin(BasePlugin):
    """Registered in profiles/profiles.yml."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Makes the folder of the warehouse file and the key of its ids, so that a fresh clone can be built.

        Raises ValueError where the file has a name that no query could tell from a schema or
        from a database of the engine's own (`shop.customers` would name two things), or where there is no key.
        """
        file = None
        if self.creds is not None and self.creds.path != ":memory:":
            file = Path(self.creds.path).expanduser()
            if file.stem.lower() in TAKEN_NAMES:
                raise ValueError(
                    f"the warehouse file {file} is named like one of its schemas or of the engine's own databases, so"
                    " that no query could tell them apart; give CUSTOMER_INSIGHT_WAREHOUSE or --warehouse another name,"
                    " such as my_shop.duckdb"
                )
            file.parent.mkdir(parents=True, exist_ok=True)
            keep_copies_in(file.absolute().with_suffix(".sheets"))
        self.id_key = id_key(file)
        self.erased_keys = sorted(read_erasures(file, self.id_key)) if file else []

    def configure_cursor(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Gives each connection the key of ids, and who has been erased, as variables: no SQL has to hold them."""
        cursor.execute(f"set variable id_key = '{self.id_key}'")
        cursor.execute("set variable erased_keys = $1::varchar[]", [self.erased_keys])

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Registers the functions; a connection to a database that is open already has them."""
        for function in (check_raw_input, find_raw_table, load_learned_steps, save_answer_models, keep_erasures):
            try:
                conn.create_function(
                    function.__name__, _never_raise(function), ["VARCHAR"], "VARCHAR", side_effects=True
                )
            except (duckdb.CatalogException, duckdb.NotImplementedException):
                continue
