"""Whether each setting can be what it says, in one sentence where it cannot."""

from __future__ import annotations

import difflib
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import duckdb

from customer_insight.steps import parameters

# The var that holds the kinds of all settings, and is none itself.
KINDS = "setting_kinds"
# The kind of a setting that names a strategy, and the value that leaves the choice to the shop's past.
STRATEGIES = "one of strategies"
CHAMPION = "champion"


def setting_problems(settings: dict[str, list[Any]], given: list[str], known: list[str]) -> list[str]:
    """One sentence per setting that is wrong.

    `settings` maps a name to its kind (`setting_kinds` in dbt_project.yml) and its value; `given` are the names that
    the caller set for this run, of which dbt itself would silently ignore a misspelled one; `known` have no kind.
    """
    if KINDS in given:
        return [f"{KINDS}: this is no setting of a run; it says in dbt_project.yml what each setting can be"]
    messages = []
    # of one that differs between sources there are several: `time_zone of square`
    names = list(dict.fromkeys(name.partition(" of ")[0] for name in settings))
    for name in given:
        if name not in names and name not in known:
            near = difflib.get_close_matches(name, names, 1, 0.6)
            hint = f"; did you mean {near[0]}?" if near else "; dbt_project.yml lists the settings"
            messages.append(f"{name}: there is no such setting{hint}")
    for name, (kind, value) in settings.items():
        try:
            parameters.read(name, kind_of(kind, value), value, _is_time_zone)
        except ValueError as error:
            messages.append(f"{error}{_meant(kind, str(value).lower())}")
            continue
        if name == "join_people_by" and "name" in (value or []) and find_spec("splink") is None:
            messages.append("join_people_by: name needs the extra: pip install 'customer-insight[names]'")
    return messages


def _meant(kind: str, value: str) -> str:
    """A question where one of several words is wanted and another is like it."""
    words = kind.removeprefix("one of ").split(", ") if kind.startswith("one of ") else []
    near = [word for word in words if word.startswith(value)] or difflib.get_close_matches(value, words, 1, 0.5)
    return f"; is {near[0]} meant?" if near else ""


def kind_of(kind: str, value: Any) -> str:
    """The kind with the strategies by name. The library takes seconds to load: it is asked where one is named."""
    if kind != STRATEGIES:
        return kind
    if value == CHAMPION:
        return f"one of {CHAMPION}"
    registry = import_module("customer_insight.recommendations.proposing.strategy_registry")
    return f"one of {', '.join([CHAMPION, *registry.STRATEGIES, registry.BLENDED])}"


def _is_time_zone(name: str) -> bool:
    if name == "UTC":
        return True
    with duckdb.connect() as engine:
        rows = engine.execute("select name from pg_timezone_names() where name = ?", [name]).fetchall()
    return bool(rows)
