"""The project's own models and macros as SQL, without dbt: what the check asks is what a build will do.

dbt takes seconds to load; a shop's first question is answered before that. A model is rendered with the macros of the
project, its refs being names that the caller gives.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import yaml

MACRO = re.compile(r"{%(-?)\s*macro\s+(\w+)")


class _Returned(Exception):  # noqa: N818 - no error: how `return` leaves a macro, as in dbt
    def __init__(self, value: Any) -> None:
        self.value = value


class _Models:
    """The models of the project in `folder`, as far as macros ask dbt's graph for them: their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def values(self) -> list[dict[str, str]]:
        """Looked up when a macro asks: most never do."""
        return [{"name": path.stem} for path in (self._folder / "models").rglob("*.sql")]


class ProjectSql:
    """Renders models and calls macros of the dbt project in `folder`; `settings` go before those of dbt_project.yml.

    `relation_of`: what a `ref` is in SQL. `ask`: answers what the models ask the plugin (a function's name, JSON).
    """

    def __init__(
        self,
        folder: Path,
        settings: dict[str, Any],
        relation_of: Callable[[str], str] = lambda name: name,
        ask: Callable[[str, str], str] | None = None,
    ) -> None:
        self.folder = folder
        self.vars = yaml.safe_load((folder / "dbt_project.yml").read_text(encoding="utf-8"))["vars"] | settings
        self._environment = _environment()
        # `ref` is among the macros, so that a model can be given another relation
        self._macros: dict[str, Callable[..., Any]] = {"ref": relation_of}
        self._environment.globals.update(
            {
                "return": _leave,
                "adapter": self,
                "var": lambda name, otherwise=None: self.vars.get(name, otherwise),
                "env_var": lambda name, otherwise="": os.environ.get(name, otherwise),
                "context": self._environment.globals,
                "config": lambda **_: "",
                "execute": ask is not None,
                "graph": {"nodes": _Models(folder)},
                "modules": {"re": re},
                "fromjson": json.loads,
                "tojson": json.dumps,
            }
        )
        self._environment.globals["ref"] = partial(self._call, "ref")
        for path in sorted((folder / "macros").rglob("*.sql")):
            self._add_macros(path)
        if ask is not None:
            self._environment.globals["ask_plugin"] = lambda name, request: ask(name, json.dumps(request))

    def _add_macros(self, path: Path) -> None:
        # A macro is called by its name from anywhere, so each goes under another name, and its own name calls that.
        # A file is compiled when one of its macros is called first: of all of them a check needs a third.
        text = path.read_text(encoding="utf-8")

        @cache
        def template() -> jinja2.Template:
            return self._template(MACRO.sub(r"{%\1 macro macro__\2", text))

        # Compiled macros see the globals of their first call, so a global finds anew what a macro is now.
        for _, name in MACRO.findall(text):
            self._macros[name] = _caller(template, f"macro__{name}")
            self._environment.globals[name] = partial(self._call, name)

    def _template(self, text: str) -> jinja2.Template:
        return jinja2.Template.from_code(self._environment, _code(text), self._environment.make_globals(None))

    def _call(self, macro: str, *arguments: Any, **named: Any) -> Any:
        return self._macros[macro](*arguments, **named)

    def dispatch(self, name: str, *_: Any) -> Any:
        """The engine's own form of a macro, as dbt finds it: DuckDB's is the default."""
        return self._macros[f"default__{name}"]

    def replace(self, **macros: Callable[..., Any]) -> None:
        """Puts functions in the place of macros of these names."""
        self._macros.update(macros)

    def call(self, macro: str, *arguments: Any) -> Any:
        """What a macro returns, or its text."""
        return self._macros[macro](*arguments)

    def model(self, name: str, **macros: Callable[..., Any]) -> str:
        """The SQL of a model, by its name; `macros` are functions in the place of macros for this one."""
        (path,) = (self.folder / "models").rglob(f"{name}.sql")
        kept, self._macros = self._macros, self._macros | macros
        try:
            return self._template(path.read_text(encoding="utf-8")).render()
        finally:
            self._macros = kept


def _environment() -> jinja2.Environment:
    return jinja2.Environment(extensions=["jinja2.ext.do"], keep_trailing_newline=False)


@cache
def _code(text: str) -> CodeType:
    """A template compiled, which takes longer than all else; the same for every environment that is made alike."""
    return _environment().compile(text)


def _caller(template: Callable[[], jinja2.Template], name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return str(getattr(template().module, name)(*arguments, **named))
        except _Returned as returned:
            return returned.value

    return call


def _leave(value: Any) -> None:
    raise _Returned(value)
