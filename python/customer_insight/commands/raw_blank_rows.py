"""Lines of nothing but empty fields, which are no rows: whether a csv has any."""

from __future__ import annotations

import mmap
from pathlib import Path

from customer_insight.commands.raw_files import RawFile

# Lines with an empty first field that are looked at; beyond that there may be a blank one among them.
MOST_LINES = 100_000


def may_have_blank_rows(file: RawFile) -> bool:
    """Whether some line of a csv holds nothing but empty fields, as spreadsheets leave behind; of .gz nobody looks."""
    path = Path(file.path)
    if path.suffix.lower() == ".gz" or not file.size:
        return file.size > 0
    start, nothing = b"\n" + file.delimiter.encode(), file.delimiter.encode() + b' "\r'
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        at = text.find(start)
        for _ in range(MOST_LINES):
            if at < 0:
                return False
            end = text.find(b"\n", at + 1)
            if not text[at + 1 : end if end >= 0 else len(text)].strip(nothing):
                return True
            at = text.find(start, at + 1)
    return True
