"""What sqlfluff's Jinja sees in place of dbt and the project's macros: each macro stands for one expression.

They are found in macros/, so that there is no list to keep. sqlfluff loads this folder as `library_path`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _expression(*_: Any, **__: Any) -> str:
    return "some_expression"


for _file in (Path(__file__).resolve().parents[2] / "macros").rglob("*.sql"):
    for _name in re.findall(r"{% macro (\w+)", _file.read_text(encoding="utf-8")):
        globals()[_name] = _expression


def _query(*_: Any, **__: Any) -> str:
    return "select some_column from some_table"


repeated_rows = rows_of_source = rules_of_lists = sides_of_rules = voice_evaluation = _query


def config(*_: Any, **__: Any) -> str:
    """Configuration leaves nothing in the SQL."""
    return ""


def env_var(_: str, default: str = "") -> str:
    """As on a machine where nothing is set."""
    return default


def var(name: str, default: Any = None) -> Any:
    """A whole number fits wherever a setting is written into SQL."""
    return {"as_of": None, "time_zone": "UTC"}.get(name, default if default is not None else 30)


def ref(name: str) -> str:
    """A relation by its name."""
    return name


def sources() -> list[dict[str, str]]:
    """One source."""
    return [{"name": "some_system", "system": "some_system", "raw_path": ""}]


def each_source(*_: Any, caller: Callable[[dict[str, str]], str]) -> str:
    """The body, for that source."""
    return caller(sources()[0])


def _nothing(*_: Any) -> str:
    return ""


by_source = join_customers = join_products = _nothing


def canonical_columns(_: str, prefix: str = "") -> list[str]:
    """One column stands for all."""
    return [f"{prefix}some_column"]


def column_types(_: str) -> dict[str, str]:
    """The same column with a type."""
    return {"some_column": "time"}


def readable_types() -> list[str]:
    """The type of that column."""
    return ["time"]


def rows_by_type(*_: str) -> str:
    """The tables that a query begins with."""
    return "by_type as (select some_column from some_table)"


def canonical_tables() -> list[str]:
    """Two tables show both sides of a loop's separator."""
    return ["events", "order_lines"]
