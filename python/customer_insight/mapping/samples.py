"""Rows of a file to look at: its first ones, and some from all over it."""

from __future__ import annotations

import csv
import io
import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from customer_insight.commands.raw_files import RawFile, open_text_bytes, records_of
from customer_insight.commands.raw_header import Layout

FIRST_ROWS = 3000
SPOTS, ROWS_OF_SPOT, SPOT_BYTES = 40, 25, 64 << 10
Row = list[str | None]


@dataclass(frozen=True)
class Sample:
    """Texts of rows, one list for each column: `first` those of the first rows, which follow one another, and others.

    `is_whole`: whether these are all rows there are.
    """

    columns: list[str]
    first: list[Row]
    others: list[Row] = field(default_factory=list)
    is_whole: bool = False

    def values(self, column: str) -> list[str | None]:
        """The texts of a column."""
        at = self.columns.index(column)
        return [row[at] for row in itertools.chain(self.first, self.others)]


def sample_of(file: RawFile, rows: int = 0) -> Sample:
    """Rows of a file; of a table above another one `rows` at most."""
    if file.format == "parquet":
        return _of_parquet(file)
    return _of_json(file) if file.format == "json" else _of_csv(file, rows)


def _filled(record: list[str]) -> Row:
    return [_plain(value) for value in record]


def _plain(value: str) -> str | None:
    """A text without blanks around it, and without the formula that keeps its zeros from a spreadsheet: ="00123"."""
    text = value.strip()
    return (text[2:-1] if len(text) > 3 and text.startswith('="') and text.endswith('"') else text) or None


def _of_csv(file: RawFile, rows: int) -> Sample:
    path, width = Path(file.path), len(file.columns)
    layout = Layout(file.columns, file.delimiter, file.quote, file.skip)
    records = (record for _, record in records_of(path, layout) if any(field.strip() for field in record))
    # one more, to know whether there are any
    read = list(itertools.islice(records, min(rows or FIRST_ROWS, FIRST_ROWS) + 1))
    is_whole = len(read) <= (rows or FIRST_ROWS) or bool(rows)
    read = read[: rows or FIRST_ROWS]
    first = [_filled(record) for record in read if len(record) == width]
    if is_whole or path.suffix == ".gz":
        return Sample(file.columns, first, is_whole=is_whole)
    others = []
    for lines in _spots(path, sum(sum(map(len, record)) + width for record in read)):
        reader = csv.reader(io.StringIO(lines, newline=""), delimiter=file.delimiter)
        try:
            others += [_filled(r) for r in itertools.islice(reader, ROWS_OF_SPOT) if len(r) == width]
        except csv.Error:
            continue
    return Sample(file.columns, first, others)


def _spots(path: Path, read: int) -> list[str]:
    """Whole lines at places spread over a text, behind its first rows, which have about `read` bytes."""
    size, spots = path.stat().st_size, []
    begin, row = int(read * 1.1), max(read // FIRST_ROWS, 1)
    count = min(SPOTS, (size - begin) // (2 * row * ROWS_OF_SPOT))
    with open_text_bytes(path) as stream:
        for at in range(count):
            stream.seek(begin + (size - begin) * at // count)
            block = stream.read(SPOT_BYTES)
            _, _, rest = block.partition(b"\n")
            spots.append(rest[: rest.rfind(b"\n") + 1].decode("utf-8", errors="replace"))
    return spots


def _of_json(file: RawFile) -> Sample:
    path = Path(file.path)
    with open_text_bytes(path) as stream:
        text = stream.read(16 << 20).decode("utf-8-sig", errors="replace").lstrip()
        is_whole = not stream.read(1)
    decoder, at = json.JSONDecoder(), 1 if text.startswith("[") else 0
    first: list[Row] = []
    while len(first) <= FIRST_ROWS:
        at += len(text[at : at + 4096]) - len(text[at : at + 4096].lstrip(" \t\r\n,"))
        try:
            record, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, ValueError):
            break
        if isinstance(record, dict):
            first.append(_row_of(record, file.columns))
    others = []
    if path.suffix != ".gz" and not (is_whole and len(first) <= FIRST_ROWS) and not text.startswith("["):
        for lines in _spots(path, at):
            for line in lines.splitlines()[:ROWS_OF_SPOT]:
                try:
                    others.append(_row_of(json.loads(line), file.columns))
                except (json.JSONDecodeError, AttributeError):
                    continue
    return Sample(file.columns, first[:FIRST_ROWS], others, is_whole and len(first) <= FIRST_ROWS)


def _row_of(record: dict[str, Any], columns: list[str]) -> Row:
    return [_text(record.get(name)) for name in columns]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    return json.dumps(value, ensure_ascii=False)


def _of_parquet(file: RawFile) -> Sample:
    import duckdb

    count = file.rows or 0
    step = max((count - FIRST_ROWS) // (SPOTS + 1), 1)
    spots = [FIRST_ROWS + step * at for at in range(SPOTS)] if count > FIRST_ROWS else []
    places = " or ".join(f"file_row_number between {at} and {at + ROWS_OF_SPOT - 1}" for at in spots)
    with duckdb.connect() as engine:
        engine.execute("set TimeZone = 'UTC'")
        source = "select columns(*)::varchar from read_parquet(?, file_row_number = true) "
        read = engine.execute(
            f"{source} where file_row_number < {FIRST_ROWS} {'or ' + places if spots else ''}", [file.path]
        ).fetchall()
    numbered = sorted(read, key=lambda row: int(row[-1]))
    rows = [[(value or "").strip() or None for value in row[:-1]] for row in numbered]
    return Sample(file.columns, rows[:FIRST_ROWS], rows[FIRST_ROWS:], count <= FIRST_ROWS)
