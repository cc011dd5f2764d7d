"""What the steps of the run that is under way have fitted, for whoever answers between two builds.

A table cannot hold a model well, and the library writes no files: so a step keeps its model here under its name and run
id, and the program's hook at the end of the run takes them and writes them beside the warehouse.
"""

from __future__ import annotations

from typing import Any

_kept: dict[str, tuple[str, Any]] = {}


def keep(name: str, run_id: str, model: Any) -> None:
    """Keeps the model of a step; None: the step ran and fitted none."""
    _kept[name] = (run_id, model)


def taken() -> dict[str, tuple[str, Any]]:
    """All that was kept since the last time, by name: run id and model."""
    found = dict(_kept)
    _kept.clear()
    return found
