"""Builds models of the project without dbt, for tests that ask what SQL gives and not what dbt does with it.

dbt takes ten seconds of a processor before its first model, and a tenth of one for each; here a model takes what its
SQL takes. The models, the settings, the hooks that stop a build, and the plugin are those of a build;
`test_rendered_warehouse.py` holds the tables to it that they are those of dbt.
"""

import csv
import os
import re
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
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

FUNCTIONS = {name: getattr(dbt_plugin, name) for name in ("check_raw_input", "find_raw_table", "keep_erasures")}
HOOK = re.compile(r"\w+")


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

    @property
    def columns(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(values=lambda values=values: values) for values in zip(*self, strict=True)]


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
                "load_relation": self.load_relation,
                "flags": SimpleNamespace(WHICH="build", EMPTY=False, FULL_REFRESH=warehouse.is_full_refresh),
                "invocation_args_dict": {"vars": warehouse.settings},
            }
        )

    def _config(self, **values) -> str:
        self.told[-1] |= values
        return ""

    def get_relation(self, database: str, schema: str, identifier: str) -> Relation | None:
        """The table of this or of an earlier run in the same warehouse."""
        known = "select count(*) > 0 from duckdb_tables() where (schema_name, table_name) = (?, ?)"
        is_there = self.warehouse.connection.execute(known, [schema, identifier]).fetchall()[0][0]
        return Relation(schema=schema, identifier=identifier, database=database) if is_there else None

    def load_relation(self, relation: Relation | str) -> Relation | None:
        return self.get_relation("", *str(relation).split("."))

    def get_columns_in_relation(self, relation: Relation) -> list[SimpleNamespace]:
        return [SimpleNamespace(name=name) for name, _ in self.warehouse.columns(str(relation))]

    def of(self, relation: Relation) -> tuple[str, dict]:
        """The SQL of a model, and what it says of itself."""
        self.told.append({})
        with self._where_this_is(relation):
            return self.model(relation.identifier), self.told.pop()

    def hook(self, name: str, relation: Relation) -> None:
        with self._where_this_is(relation):
            self.call(name)

    @contextmanager
    def _where_this_is(self, relation: Relation) -> Iterator[None]:
        """`this` is the relation; what is referred to meanwhile, and built, has its own."""
        kept = dict(vars(self._this))
        vars(self._this).update(vars(relation))
        yield
        vars(self._this).update(kept)


def _stop(sentence: str) -> None:
    raise Stopped(sentence)


class Rendered:
    """A run in a warehouse in memory, a new one or that of an earlier run.

    A model is built when it is asked for, after those that it refers to.
    """

    def __init__(
        self, project: Path, settings: dict, earlier: "Rendered | None" = None, *, is_full_refresh: bool = False
    ) -> None:
        self.project, self.settings, self.is_full_refresh = project, settings, is_full_refresh
        self.connection = earlier.connection if earlier else duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        self.connection.execute(f"set variable id_key = '{id_key(None)}'; set variable erased_keys = []::varchar[]")
        self._folders = yaml.load((project / "dbt_project.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        self._relations: dict[str, str] = {}
        self.sql = _Sql(self)
        self.sql.call("check_input")
        values = self.sql.call("run_settings").items()
        # what `with_settings` gives to the steps of Python models
        self.values = {name: parameters.read(name, kind_of(kind, value), value) for name, (kind, value) in values}

    def ask(self, function: str, request: str) -> str:
        return FUNCTIONS[function](request)

    def made(self, name: str) -> str:
        if name not in self._relations:
            self._relations[name] = self._make(name)
        return self._relations[name]

    def _make(self, name: str) -> str:
        path = places(self.project)[name]
        config = self._of_folders(path) | configured(self.project).get(name, {})
        relation = Relation(schema=config["schema"], identifier=name, database="")
        self.connection.execute(f"create schema if not exists {relation.schema}")
        self._hooks([config.get("pre_hook")], relation)
        if path.suffix == ".csv":
            self._seed(path, relation, config["column_types"])
        elif path.suffix == ".py":
            self._learn(path, relation)
        else:
            sql, told = self.sql.of(relation)
            config |= told
            assert config.get("enabled", True), f"{name} is not enabled"
            self._write(sql, config["materialized"], relation)
        self._hooks([*config.get("post-hook", []), config.get("post_hook")], relation)
        return str(relation)

    def _write(self, sql: str, kind: str, relation: Relation) -> None:
        """Rows are added to a table of history that is there; each is kept in a full refresh, too."""
        if kind == "incremental" and self.sql.load_relation(relation):
            self.connection.execute(f"insert into {relation} by name {sql}")
        else:
            self.connection.execute(f"create or replace {kind.replace('incremental', 'table')} {relation} as {sql}")

    def _hooks(self, hooks: list[str | None], relation: Relation) -> None:
        for hook in hooks:
            if hook:
                self.sql.hook(HOOK.search(hook)[0], relation)

    def _of_folders(self, path: Path) -> dict:
        """What dbt_project.yml says of the folders that a file is in."""
        kind, *folders, _ = path.relative_to(self.project).parts
        level, found = self._folders[kind]["customer_insight"], {}
        for folder in ["", *folders]:
            level = level.get(folder, {}) if folder else level
            found |= {name.lstrip("+"): value for name, value in level.items() if name.startswith("+")}
        return found

    def _seed(self, path: Path, relation: Relation, types: dict[str, str]) -> None:
        """With the types that are declared, all of them."""
        with path.open(encoding="utf-8") as file:
            columns = ", ".join(f'"{name}" {types[name]}' for name in next(csv.reader(file)))
        self.connection.execute(f"create or replace table {relation} ({columns})")
        self.connection.execute(f"copy {relation} from '{path}' (format csv, header true, delimiter ',')")

    def _learn(self, path: Path, relation: Relation) -> None:
        """A Python model."""
        run = SimpleNamespace(config=lambda **_: None, ref=lambda name: self.connection.sql(f"from {self.made(name)}"))
        answer = runpy.run_path(str(path))["model"](run, None)
        self.connection.register("answered", answer)
        self.connection.execute(f"create or replace table {relation} as from answered")
        self.connection.unregister("answered")

    @property
    def tables(self) -> list[str]:
        """What was built, views and seeds too."""
        return sorted(self._relations.values())

    def keep_erasures(self, path: Path) -> None:
        """The hook at the end of a build, as if the warehouse were a file."""
        names = self.sql._environment.globals
        names.update({"target": {"path": str(path)}, "built": names["ref"]})
        self.sql.call("keep_erasures")

    def rows(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    def columns(self, model: str) -> list[tuple]:
        return self.rows(f"select column_name, column_type from (describe {model})")


def rendered(
    source: str,
    raw: Path | str,
    models: str,
    earlier: Rendered | None = None,
    *,
    is_full_refresh: bool = False,
    **settings,
) -> Rendered:
    """The models and all that they refer to, built from a raw input; raises Stopped where a build would stop.

    With an earlier run: in its warehouse, whose history is kept as in that of dbt.
    """
    environment = {"CUSTOMER_INSIGHT_SOURCE": source, "CUSTOMER_INSIGHT_RAW": str(raw)}
    with mock.patch.dict(os.environ, environment):
        warehouse = Rendered(ROOT, settings, earlier, is_full_refresh=is_full_refresh)
        run_settings.hold(warehouse.values, lambda: True)
        try:
            for name in models.split():
                warehouse.made(name)
        finally:
            run_settings.hold({}, lambda: False)
    return warehouse


def rendered_sources(source: str, raw: Path | str) -> Rendered:
    """The source models of every input table."""
    return rendered(source, raw, " ".join(f"src_{table}" for table in canonical_tables()))
