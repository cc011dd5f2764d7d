"""Builds models of the project without dbt, for tests that ask what SQL gives and not what dbt does with it.

dbt takes ten seconds of a processor before its first model, and a tenth of one for each; here a model takes what its
SQL takes. The models, the settings, the hooks that stop a build, and the plugin are those of a build;
`test_rendered_warehouse.py` holds the tables to it that they are those of dbt.
"""

import csv
import os
import re
import runpy
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import duckdb
import yaml
from customer_insight.commands import dbt_plugin
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.setting_check import kind_of
from customer_insight.publish.id_key import id_key
from customer_insight.steps import parameters, run_settings
from source_warehouse import ROOT, canonical_tables

FUNCTIONS = {name: getattr(dbt_plugin, name) for name in ("check_raw_input", "find_raw_table")}
HOOK = re.compile(r"\w+")
HOOKS_OF_STAGING = ("stop_if_refused", "stop_if_open")


class Stopped(Exception):  # noqa: N818 - as a build is
    """A hook stopped the build; the sentence says why."""


@cache
def configured(folder: Path) -> dict[str, dict]:
    """What .yml files say of models and seeds: their `config`, by name."""
    found = {}
    for place in ("models", "seeds"):
        for path in (folder / place).rglob("*.yml"):
            described = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
            found |= {each["name"]: each.get("config", {}) for each in described.get(place, [])}
    return found


@cache
def places(folder: Path) -> dict[str, Path]:
    """The files of models and seeds, by name."""
    kinds = (("models", "*.sql"), ("models", "*.py"), ("seeds", "*.csv"))
    return {path.stem: path for place, kind in kinds for path in (folder / place).rglob(kind)}


class Relation(SimpleNamespace):
    """As macros know it: `shop.orders`, and its parts."""

    def __str__(self) -> str:
        return f"{self.schema}.{self.identifier}"


class Answer(list):
    """The rows that a macro asked for."""

    rows = property(lambda self: self)


class _Sql(ProjectSql):
    """Models and macros as in a run of dbt: with hooks, questions to the warehouse and what was configured."""

    def __init__(self, warehouse: "Rendered") -> None:
        super().__init__(warehouse.project, warehouse.settings, warehouse.made, warehouse.ask)
        self.warehouse = warehouse
        self.told: list[dict] = []
        # macros keep the globals of their first call, so this stays the same object
        self._this = Relation(schema="", identifier="", database="")
        self._environment.globals.update(
            {
                "this": self._this,
                "config": self._config,
                "run_query": lambda sql: Answer(warehouse.connection.execute(sql).fetchall()),
                "exceptions": SimpleNamespace(raise_compiler_error=_stop),
                "flags": SimpleNamespace(WHICH="build", EMPTY=False),
                "invocation_args_dict": {"vars": warehouse.settings},
            }
        )

    def _config(self, **values) -> str:
        self.told[-1] |= values
        return ""

    def get_relation(self, *_) -> None:
        """No table of an earlier run: each warehouse is new."""

    def of(self, name: str) -> tuple[str, dict]:
        """The SQL of a model, and what it says of itself."""
        self.told.append({})
        return self.model(name), self.told.pop()

    def hook(self, name: str, relation: Relation) -> None:
        """Calls a hook, in which `this` is the relation; what it refers to may be built meanwhile."""
        kept = dict(vars(self._this))
        vars(self._this).update(vars(relation))
        self.call(name)
        vars(self._this).update(kept)


def _stop(sentence: str) -> None:
    raise Stopped(sentence)


class Rendered:
    """A warehouse in memory. A model is built when it is asked for, after those that it refers to."""

    def __init__(self, project: Path, settings: dict) -> None:
        self.project, self.settings = project, settings
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        self.connection.execute(f"set variable id_key = '{id_key(None)}'")
        self.models = yaml.load((project / "dbt_project.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)["models"]
        self._relations: dict[str, str] = {}
        self.sql = _Sql(self)
        self.sql.call("check_input")
        values = self.sql.call("run_settings").items()
        self._values = {name: parameters.read(name, kind_of(kind, value), value) for name, (kind, value) in values}

    def ask(self, function: str, request: str) -> str:
        return FUNCTIONS[function](request)

    def made(self, name: str) -> str:
        if name not in self._relations:
            self._relations[name] = self._make(name)
        return self._relations[name]

    def _make(self, name: str) -> str:
        path = places(self.project)[name]
        relation = Relation(schema="", identifier=name, database="")
        if path.suffix == ".csv":
            relation.schema = "raw_demo" if path.parent.name == "demo" else "reference"
            self._seed(path, relation)
            return str(relation)
        of_folder = self._of_folder(path)
        relation.schema = of_folder.get("schema", "main")
        self._schema(relation)
        own = configured(self.project).get(name, {})
        if own.get("pre_hook"):
            self.sql.hook(HOOK.search(own["pre_hook"])[0], relation)
        if path.suffix == ".py":
            self._learn(path, relation)
        else:
            sql, told = self.sql.of(name)
            if not told.get("enabled", True):
                raise KeyError(f"{name} is not enabled")
            kind = (of_folder | own | told)["materialized"]
            self.connection.execute(f"create {kind.replace('incremental', 'table')} {relation} as {sql}")
        if relation.schema == "staging":
            for hook in HOOKS_OF_STAGING:
                self.sql.hook(hook, relation)
        return str(relation)

    def _schema(self, relation: Relation) -> None:
        self.connection.execute(f"create schema if not exists {relation.schema}")

    def _of_folder(self, path: Path) -> dict:
        """What dbt_project.yml says of the folders that a model is in."""
        found, level = {}, self.models["customer_insight"]
        for part in ["", *path.relative_to(self.project / "models").parts[:-1]]:
            level = level.get(part, {}) if part else level
            found |= {name.lstrip("+"): value for name, value in level.items() if name.startswith("+")}
        return found

    def _seed(self, path: Path, relation: Relation) -> None:
        """With the types that are declared, all of them."""
        self._schema(relation)
        types = configured(self.project)[path.stem]["column_types"]
        with path.open(encoding="utf-8") as file:
            columns = ", ".join(f'"{name}" {types[name]}' for name in next(csv.reader(file)))
        self.connection.execute(f"create table {relation} ({columns})")
        self.connection.execute(f"copy {relation} from '{path}' (format csv, header true, delimiter ',')")

    def _learn(self, path: Path, relation: Relation) -> None:
        """A Python model; its step gets the settings of this warehouse."""
        run = SimpleNamespace(config=lambda **_: None, ref=lambda name: self.connection.sql(f"from {self.made(name)}"))
        # what it refers to is built first, and may be learned too
        answer = _holding(self._values, runpy.run_path(str(path))["model"], run)
        self.connection.register("answered", answer)
        self.connection.execute(f"create table {relation} as from answered")
        self.connection.unregister("answered")

    @property
    def tables(self) -> list[str]:
        """What was built, views and seeds too."""
        return sorted(self._relations.values())

    def rows(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    def columns(self, model: str) -> list[tuple]:
        return self.rows(f"select column_name, column_type from (describe {model})")


def _holding(values: dict, model, run):
    run_settings.hold(values, lambda: True)
    try:
        return model(run, None)
    finally:
        run_settings.hold({}, lambda: False)


def rendered(source: str, raw: Path | str, models: str, **settings) -> Rendered:
    """The models and all that they refer to, built from a raw input; raises Stopped where a build would stop."""
    environment = {"CUSTOMER_INSIGHT_SOURCE": source, "CUSTOMER_INSIGHT_RAW": str(raw)}
    with mock.patch.dict(os.environ, environment):
        warehouse = Rendered(ROOT, settings)
        for name in models.split():
            warehouse.made(name)
    return warehouse


def rendered_sources(source: str, raw: Path | str) -> Rendered:
    """The source models of every input table."""
    return rendered(source, raw, " ".join(f"src_{table}" for table in canonical_tables()))
