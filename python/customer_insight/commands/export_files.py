"""Writes files as systems export them: texts with a header, lines above it, or one json object a line."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from customer_insight.demo.exports.export_file import ExportFile, Row


def write_files(folder: Path, files: dict[str, ExportFile], rows: Iterable[tuple[str, Row]]) -> None:
    """Write every file of an export into a folder; a file without rows has its header."""
    with contextlib.ExitStack() as stack:
        writers: dict[str, Callable[[Row], Any]] = {}
        for name, file in files.items():
            text = stack.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            writers[name] = _json_lines(text) if name.endswith(".jsonl") else _text(text, file)
        for name, row in rows:
            writers[name](row)


def _json_lines(text: TextIO) -> Callable[[Row], Any]:
    return lambda row: text.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _text(text: TextIO, file: ExportFile) -> Callable[[Row], Any]:
    text.write(file.above)
    writer = csv.DictWriter(
        text,
        file.header,
        restval="",
        lineterminator="\n",
        delimiter=file.delimiter,
        quoting=csv.QUOTE_ALL if file.is_quoted else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    return writer.writerow
