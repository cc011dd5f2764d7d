"""What one raw file is: its format, its columns, and whether its bytes are what its name says.

csv, tsv and json lines (also as .gz), Parquet, and spreadsheets (`raw_sheets`, which makes csv files of them).

Nothing here knows about tables or source systems; `raw_input` does. Every function reads the outside of a file (first
and last bytes, header, footer); only `require_readable_text` reads all of it, in blocks, so memory stays small.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from customer_insight.commands.raw_errors import RawFileError, to_utf8
from customer_insight.commands.raw_header import Expected, Layout, find_layout, records
from customer_insight.commands.raw_sheets import sheet_as_csv

HEAD_BYTES = 1 << 20
BLOCK_BYTES = 256 << 10  # what a processor keeps at hand
MAX_LINE_BYTES = 64 << 20  # max_line_size in macros/sources/raw_csv.sql
MAGIC = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"SQLite": "an SQLite database",
    b"%PDF": "a PDF document",
}
KINDS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "json"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), "sheet"),
    ".parquet": "parquet",
}
csv.field_size_limit(sys.maxsize)
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class RawFile:
    """One readable raw file: its columns, `types` beside them (none in texts); how a text is written (`Layout`)."""

    path: str
    format: str
    size: int
    columns: list[str]
    types: list[str]
    delimiter: str = ""
    quote: str = ""
    skip: int = 0
    rows: int | None = None


def read_outside(path: Path, expected: Expected) -> RawFile:
    """Format and columns of a raw file. Raises RawFileError where the file is not what its name says."""
    # of a text without a header an empty part is one without rows
    if path.stat().st_size == 0 and not expected.header:
        raise RawFileError("expected a table, found a file of zero bytes; export it again, at least with its header")
    kind = kind_of(path)
    if kind == "parquet":
        return _read_parquet_footer(path)
    if kind == "sheet":
        return _read_csv_header(sheet_as_csv(path), expected)
    return _read_json_keys(path) if kind == "json" else _read_csv_header(path, expected)


def kind_of(path: Path) -> str:
    """`csv`, `json`, `parquet` or `sheet`, by the name; '' where it is none that is read."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        return KINDS.get(suffixes[-2], "").replace("parquet", "").replace("sheet", "") if len(suffixes) > 1 else ""
    return KINDS.get(suffixes[-1], "") if suffixes else ""


def has_no_ending(path: Path) -> bool:
    """Whether a name says nothing of the format: it has no ending, or that of an archive alone."""
    return [suffix.lower() for suffix in path.suffixes] in ([], [".gz"])


def open_text_bytes(path: Path) -> IO[bytes]:
    """The bytes of a text file, unpacked where its name ends with .gz."""
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return path.open("rb")


def records_of(path: Path, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text file, each with the number of the line on which it begins."""
    with open_text_bytes(path) as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        yield from records(text, layout)


def require_readable_text(file: RawFile) -> None:
    """Reads a whole text file. Raises RawFileError at bytes that are no UTF-8, an endless line, a csv's open quote."""
    path = Path(file.path)
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, quotes, line_bytes = 0, 0, 0
    with open_text_bytes(path) as stream:
        while block := stream.read(BLOCK_BYTES):
            pending = decoder.getstate()[0]
            if pending or not block.isascii():
                try:
                    decoder.decode(block)
                except UnicodeDecodeError as error:
                    raise _not_utf8(path, offset + error.start - len(pending)) from error
            offset += len(block)
            quotes += block.count(b'"')
            last_end = max(block.rfind(b"\n"), block.rfind(b"\r"))
            line_bytes = len(block) - last_end - 1 if last_end >= 0 else line_bytes + len(block)
            if line_bytes > MAX_LINE_BYTES:
                raise RawFileError(
                    f"expected lines of at most {MAX_LINE_BYTES >> 20} MB, found a longer one at line "
                    f"{_line_of(path, offset)}; check that lines end with a newline"
                )
    if decoder.getstate()[0]:
        raise _not_utf8(path, offset - 1)
    if quotes % 2 and file.quote:
        _require_closed_quotes(path, file.delimiter)


def _line_of(path: Path, at: int) -> int:
    """The line in which a byte stands: read once more, for a file without a fault needs no count."""
    lines, left = 1, at
    with open_text_bytes(path) as stream:
        while left > 0 and (block := stream.read(min(BLOCK_BYTES, left))):
            lines += block.count(b"\n")
            left -= len(block)
    return lines


def _not_utf8(path: Path, at: int) -> RawFileError:
    where = f"on line {_line_of(path, at)} (byte {at + 1} of the file)"
    return RawFileError(
        f"expected UTF-8 text, found a byte that is not UTF-8 {where}; convert it: {to_utf8('WINDOWS-1252', path)}"
    )


def _require_closed_quotes(path: Path, delimiter: str) -> None:
    """An odd number of quotes is fine inside of fields (`12" plate`) but not where a field begins with one."""
    marker, started, ended = "(end of file)", 0, 0
    with open_text_bytes(path) as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        reader = csv.reader(itertools.chain(text, [marker]), delimiter=delimiter)
        last: list[str] = []
        for record in reader:
            last, started, ended = record, ended + 1, reader.line_num
    if last != [marker]:
        raise RawFileError(
            f"expected every quoted field to end with a quote, found one that starts in the record of line {started} "
            "and never ends; close it, or all lines after it would be one field"
        )


def _read_parquet_footer(path: Path) -> RawFile:
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(max(0, size - 4))
        tail = stream.read(4)
    if head == b"PARE":
        raise RawFileError("expected a Parquet file, found an encrypted one; export it without encryption")
    if head != b"PAR1":
        found = next(
            (name for magic, name in MAGIC.items() if head.startswith(magic[:4])), "other content, perhaps text"
        )
        raise RawFileError(f"expected a Parquet file, found {found}; export it as Parquet or give it its right name")
    if tail != b"PAR1":
        raise RawFileError(
            f"expected a whole Parquet file, found one that is cut off after {size:,} bytes (its footer is missing); "
            "copy or export it again"
        )
    import pyarrow as pa  # half a second, which a check of texts need not wait for
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RawFileError(
            f"expected a Parquet file, found one that cannot be read ({reason}); copy or export it again"
        ) from error
    return RawFile(str(path), "parquet", size, list(schema.names), [str(t) for t in schema.types], rows=rows)


def _read_csv_header(path: Path, expected: Expected) -> RawFile:
    layout = find_layout(text_head(path, "a csv text file", "CSV (UTF-8)"), expected)
    types, size = [""] * len(layout.columns), path.stat().st_size
    return RawFile(str(path), "csv", size, layout.columns, types, layout.delimiter, layout.quote, layout.skip)


def _read_json_keys(path: Path) -> RawFile:
    """The keys of the objects in the first megabyte, in the order in which they come."""
    text = text_head(path, "json, one object a line", "json lines").lstrip()
    keys: dict[str, None] = {}
    decoder, at = json.JSONDecoder(), 1 if text.startswith("[") else 0
    while at < len(text) and (at := len(text) - len(text[at:].lstrip(" \t\r\n,"))) < len(text) and text[at] != "]":
        try:
            record, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            break  # the head ends in the middle of a record, or the record is refused when it is read
        keys |= dict.fromkeys(record) if isinstance(record, dict) else {}
    if not keys:
        raise RawFileError(
            "expected json, one object a line, found none in the first megabyte; export it as json lines or csv"
        )
    return RawFile(str(path), "json", path.stat().st_size, list(keys), [""] * len(keys))


def text_head(path: Path, expected: str, advice: str) -> str:
    """The first megabyte of a text. Raises RawFileError where the file is something else, or in another encoding."""
    try:
        with open_text_bytes(path) as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, EOFError) as error:
        raise RawFileError(
            f"expected a gzip archive of {expected}, found one that cannot be unpacked ({error})"
        ) from error
    for magic, name in MAGIC.items():
        if head.startswith(magic):
            raise RawFileError(f"expected {expected}, found {name}; save it as {advice}, or give it its right name")
    if head.startswith(UTF16_MARKS) or b"\x00" in head[:64]:
        raise RawFileError(f"expected UTF-8 text, found UTF-16; convert it: {to_utf8('UTF-16', path)}")
    return head.decode("utf-8-sig", errors="replace")
