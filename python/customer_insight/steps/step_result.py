"""What every learning step returns, and how it travels to SQL as rows of lists."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata, resources
from typing import Any

import numpy
import pyarrow as pa

from customer_insight import steps
from customer_insight.numerics.arrays import ArrowArray, one_chunk

OK = "ok"

# Rows of a result table that one list holds at most.
LIST_ROWS = 200_000


def code_fingerprint(sources: Mapping[str, bytes]) -> str:
    """SHA-256, as hex, over source files by name; the order in which they are given does not matter."""
    digest = hashlib.sha256()
    for name in sorted(sources):
        digest.update(f"{name}\x1f{len(sources[name])}\x1f".encode())
        digest.update(sources[name])
    return digest.hexdigest()


def _sources(folder: Any, path: str = "") -> dict[str, bytes]:
    """The method modules of a folder and of those in it: commands, publishing, page and demo shop learn nothing."""
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in {*steps.NOT_LEARNED, "__pycache__"}:
            found |= _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".py"):
            found[path + entry.name] = entry.read_bytes()
    return found


CODE_FINGERPRINT = code_fingerprint(_sources(resources.files("customer_insight")))

# Asked of the installation, since importing scikit-learn to read its number takes two seconds.
VERSIONS: dict[str, str] = {
    "python": platform.python_version(),
    **{
        name: metadata.version(name)
        for name in ("holidays", "mlxtend", "numpy", "pyarrow", "scikit-learn", "scipy", "statsmodels")
    },
}


def run_id(model_name: str, input_fingerprint: str, parameters: str, code: str = CODE_FINGERPRINT) -> str:
    """16 hex digits that change with the model's name, its input, its parameters (JSON text) or the code."""
    parts = "\x1f".join([model_name, input_fingerprint, parameters, code])
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def as_json(values: Mapping[str, Any]) -> str:
    """JSON text with sorted keys and without NaN or infinity (null instead)."""
    return json.dumps(_json_value(dict(values)), sort_keys=True, ensure_ascii=False, allow_nan=False)


def _json_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value


def in_lists(table: pa.Table, count: int) -> ArrowArray:
    """All rows of a table as `count` lists of structs; Arrow buffers are shared, no Python objects are made."""
    columns = [one_chunk(column) for column in table.columns]
    structs = pa.StructArray.from_arrays(columns, fields=list(table.schema))
    offsets: Any = pa.array(numpy.minimum(numpy.arange(count + 1) * LIST_ROWS, table.num_rows), pa.int32())
    return pa.ListArray.from_arrays(offsets, structs)


@dataclass(frozen=True)
class StepResult:
    """The result of one learning step.

    tables: result tables by name. status: 'ok', or one sentence why it is empty or fell back. parameters: the
    settings used. metrics: figures about the fit. input_fingerprint: hash of the input in canonical order.
    """

    tables: dict[str, pa.Table]
    status: str
    parameters: dict[str, Any]
    input_fingerprint: str
    metrics: dict[str, Any] = field(default_factory=dict)

    def run_id(self, model_name: str) -> str:
        """The run's id under a model's name: see `run_id`."""
        return run_id(model_name, self.input_fingerprint, as_json(self.parameters))

    def as_rows(self, model_name: str) -> pa.Table:
        """Columns run_id, status, parameters, metrics, versions (text), and a list<struct> for each table.

        One row; several where a table has more than LIST_ROWS rows, each with its part of the lists and the same texts:
        an engine holds a list in one piece.
        """
        count = max(1, *(-(-table.num_rows // LIST_ROWS) for table in self.tables.values()))
        texts = {
            "run_id": self.run_id(model_name),
            "status": self.status,
            "parameters": as_json(self.parameters),
            "metrics": as_json(self.metrics),
            "versions": as_json(VERSIONS),
        }
        columns: dict[str, ArrowArray] = {name: pa.array([text] * count, pa.string()) for name, text in texts.items()}
        columns |= {name: in_lists(table, count) for name, table in self.tables.items()}
        return pa.table(columns)
