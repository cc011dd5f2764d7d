"""Whether each setting can be what it says, in one sentence where it cannot."""

from __future__ import annotations

import difflib
import math
import re
from datetime import datetime
from typing import Any

import duckdb


def setting_problems(settings: dict[str, list[Any]], given: list[str], known: list[str]) -> list[str]:
    """One sentence per setting that is wrong.

    `settings` maps a name to its kind (macros/sources/setting_kinds.sql) and its value; `given` are the names that the
    caller set for this run, of which dbt itself would silently ignore a misspelled one; `known` are those without kind.
    """
    messages = []
    for name in given:
        if name not in settings and name not in known:
            near = difflib.get_close_matches(name, settings, 1, 0.6)
            hint = f"; did you mean {near[0]}?" if near else "; dbt_project.yml lists the settings"
            messages.append(f"{name}: there is no such setting{hint}")
    for name, (kind, value) in settings.items():
        expected = _expectation(kind, value)
        if expected:
            messages.append(f"{name}: expected {expected}, found {value!r}")
    return messages


def _expectation(kind: str, value: Any) -> str:
    """What a value of this kind has to be, or '' where it is."""
    if kind.endswith(" or null"):
        return "" if value is None else _expectation(kind.removesuffix(" or null"), value).replace("null", "")
    if kind.startswith("one of "):
        return "" if value in kind.removeprefix("one of ").split(", ") else kind
    if kind == "boolean":
        return "" if isinstance(value, bool) else "true or false"
    if kind == "text":
        return "" if isinstance(value, str) else "a text"
    if kind == "timestamp":
        return "" if _is_timestamp(value) else "a UTC timestamp such as '2011-12-10 00:00:00'"
    if kind == "time zone":
        return "" if _is_time_zone(value) else "the IANA name of a time zone such as Europe/Berlin"
    if kind == "currency":
        return "" if re.fullmatch("[A-Z]{3}", str(value)) else "the three letters of a currency such as EUR"
    number = _number(value)
    if kind == "share above 0":
        return "" if 0 < number <= 1 else "a number above 0 and at most 1"
    if kind == "share":
        return "" if 0 <= number <= 1 else "a number from 0 to 1"
    if kind == "positive number":
        return "" if number > 0 else "a number above 0"
    least = int(kind.removeprefix("integer from "))
    return "" if number >= least and number == int(number) else f"a whole number of at least {least}"


def _number(value: Any) -> float:
    """NaN, which no comparison is true of, where the value is not a finite number."""
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError):
        return math.nan
    return number if math.isfinite(number) else math.nan


def _is_timestamp(value: Any) -> bool:
    try:
        return datetime.fromisoformat(str(value)).tzinfo is None
    except ValueError:
        return False


def _is_time_zone(value: Any) -> bool:
    if value == "UTC":
        return True
    with duckdb.connect() as engine:
        rows = engine.execute("select name from pg_timezone_names() where name = ?", [str(value)]).fetchall()
    return bool(rows)
