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
        read = yaml.safe_load(value)
        # YAML makes dates of times, which JSON cannot carry: they stay the text that was written
        settings[name.strip()] = value if isinstance(read, datetime.date) else read
    return settings
