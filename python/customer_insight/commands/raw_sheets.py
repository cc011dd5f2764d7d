"""Spreadsheets as csv files: the engine reads texts and Parquet, and everything after it needs one kind of text.

A copy is made once for each state of a workbook, in the folder `copies` beside the warehouse, or in a temporary one.
"""

from __future__ import annotations

import csv
import glob
import hashlib
import math
import re
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from customer_insight.commands.raw_errors import RawFileError

_place: dict[str, Path] = {}


def keep_copies_in(folder: Path) -> None:
    """Where copies are kept from now on: views of a warehouse read them as long as it lives."""
    _place["folder"] = folder


def sheet_as_csv(path: Path, sheet: str = "") -> Path:
    """A csv copy of a workbook's sheets, one below the other. Raises RawFileError where their columns differ.

    Of a `sheet` that is named it is all that stands there, with lines above the header and blank ones.
    """
    if "folder" not in _place:
        _place["temporary"] = _place["folder"] = Path(tempfile.mkdtemp(prefix="customer_insight_"))
    state = f"{path.resolve()}|{path.stat().st_mtime_ns}|{path.stat().st_size}"
    stem = f"{path.stem}{'-' + re.sub('[^A-Za-z0-9]+', '_', sheet) if sheet else ''}"
    digest = hashlib.sha256(f"{state}|{sheet}".encode() if sheet else state.encode()).hexdigest()[:12]
    copy = _place["folder"] / f"{stem}-{digest}.csv"
    if not copy.exists():
        rows = _rows_of_sheet(path, sheet) if sheet else _rows_of(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        for older in copy.parent.glob(f"{glob.escape(stem)}-{'[0-9a-f]' * 12}.csv"):
            older.unlink()
        unfinished = copy.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        unfinished.rename(copy)
    return copy


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of every sheet that is not empty, by its name. Raises RawFileError where it is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook  # only where there is a workbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise RawFileError(
            f"expected a workbook, found one that cannot be read ({error}); save it as CSV (UTF-8)"
        ) from error
    return {name: rows for name, rows in sheets.items() if any(any(cell != "" for cell in row) for row in rows)}


def _rows_of_sheet(path: Path, sheet: str) -> list[list[str]]:
    sheets = sheets_of(path)
    if sheet not in sheets:
        raise RawFileError(f"expected a sheet `{sheet}`, found {', '.join(sheets) or 'empty sheets'}")
    return [[_text_of(cell) for cell in row] for row in sheets[sheet]]


def _rows_of(path: Path) -> list[list[str]]:
    filled = sheets_of(path)
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
