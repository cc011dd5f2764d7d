"""Settings as they are written on the command line."""

from __future__ import annotations

import datetime
from typing import Any

import yaml

from customer_insight.commands.project import CommandError


def settings_of(pairs: list[str]) -> dict[str, Any]:
    """Settings from `name=value`; values are read as YAML, as dbt reads them. Raises CommandError on anything else."""
    settings: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise CommandError(f"--set expects NAME=VALUE, found {pair!r}; for example --set min_support=0.02.")
        settings[name.strip()] = _read(pair, value)
    return settings


def _read(pair: str, value: str) -> Any:
    try:
        read = yaml.safe_load(value)
    except ValueError:  # 2024-06-31 looks like a date and is none: what kind of thing it should be is said by the check
        return value
    except yaml.YAMLError:
        raise CommandError(
            f"--set expects NAME=VALUE with a number, a word, true, false or null, found {pair!r}; for example "
            "--set memory_gb=8."
        ) from None
    # YAML makes dates of times, which JSON cannot carry: they stay the text that was written
    return value if isinstance(read, datetime.date) else read
