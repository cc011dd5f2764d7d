"""Spreadsheets as csv files: the engine reads texts and Parquet, and everything after it needs one kind of text.

A copy is made once for each state of a workbook, in the folder `copies` beside the warehouse, or in a temporary one.
"""

from __future__ import annotations

import csv
import hashlib
import math
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from customer_insight.commands.raw_errors import RawFileError

_place: dict[str, Path] = {}


def keep_copies_in(folder: Path) -> None:
    """Where copies are kept from now on: views of a warehouse read them as long as it lives."""
    _place["folder"] = folder


def sheet_as_csv(path: Path) -> Path:
    """A csv copy of a workbook's sheets, one below the other. Raises RawFileError where their columns differ."""
    if "folder" not in _place:
        _place["temporary"] = _place["folder"] = Path(tempfile.mkdtemp(prefix="customer_insight_"))
    state = f"{path.resolve()}|{path.stat().st_mtime_ns}|{path.stat().st_size}"
    copy = _place["folder"] / f"{path.stem}-{hashlib.sha256(state.encode()).hexdigest()[:12]}.csv"
    if not copy.exists():
        rows = _rows_of(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        for older in copy.parent.glob(f"{path.stem}-*.csv"):
            older.unlink()
        unfinished = copy.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        unfinished.rename(copy)
    return copy


def _rows_of(path: Path) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # only where there is a workbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise RawFileError(
            f"expected a workbook, found one that cannot be read ({error}); save it as CSV (UTF-8)"
        ) from error
    filled = {name: rows for name, rows in sheets.items() if any(any(cell != "" for cell in row) for row in rows)}
    if not filled:
        raise RawFileError("expected a table on the first sheet, found empty sheets; export it again")
    header, *_ = next(iter(filled.values()))
    others = [name for name, rows in filled.items() if rows[0] != header]
    if others:
        raise RawFileError(
            f"expected sheets with the same columns, found others on `{others[0]}`; keep one table in a workbook"
        )
    written = [[_text_of(cell) for cell in header]]
    for rows in filled.values():
        written += [[_text_of(cell) for cell in row] for row in rows[1:] if any(cell != "" for cell in row)]
    return written


def _text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a point, three decimals as four, so that none looks like thousands."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        if math.isfinite(cell) and cell == int(cell):
            return str(int(cell))
        text = repr(cell)
        return text + "0" if len(text.partition(".")[2]) == 3 else text
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if not isinstance(cell, timedelta) else f"{cell.total_seconds():.0f}"
