"""The settings of the run that is under way, for its learned steps.

dbt gives a Python model no variables of the run but what is listed with the model. So the hook `load_learned_steps`
passes all settings on before the models run, and a model calls its step through `with_settings`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Run:
    """The values of one run, and whether it is still the one under way."""

    values: Mapping[str, Any]
    is_under_way: Callable[[], bool]


_held = _Run({}, lambda: False)


def hold(values: Mapping[str, Any], is_under_way: Callable[[], bool]) -> None:
    """Holds the settings of a run, as `parameters.read` has them, for as long as it is under way."""
    global _held
    _held = _Run(dict(values), is_under_way)


def with_settings(step: Callable[..., Answer], *inputs: Any) -> Answer:
    """Calls a step: its keyword-only parameters that are named like a setting get the run's value.

    Raises RuntimeError where no settings of this run are held, and TypeError where a parameter without a default is no
    setting: a step never runs with values that nobody set.
    """
    run = _held
    if not run.is_under_way():
        raise RuntimeError(
            "The settings of this run are not known, so nothing is learned: the hook load_learned_steps (on-run-start "
            "in dbt_project.yml) has to pass them on before a Python model runs."
        )
    named = [
        each for each in inspect.signature(step).parameters.values() if each.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    missing = [each.name for each in named if each.default is each.empty and each.name not in run.values]
    if missing:
        asked = f"{step.__module__}.{step.__name__} asks for {', '.join(missing)}"
        raise TypeError(f"{asked}: there is no such setting in dbt_project.yml.")
    return step(*inputs, **{each.name: run.values[each.name] for each in named if each.name in run.values})
