"""What goes wrong with raw files."""

from __future__ import annotations

import shlex
from pathlib import Path


class RawFileError(Exception):
    """A file is not what its name says; the text says what was expected, what was found and how to mend it."""


def to_utf8(encoding: str, path: Path) -> str:
    """The command that converts a text file, for a shell in its folder; the name stays, by which it is found."""
    unpacked = f"gunzip {shlex.quote(path.name)} && " if path.suffix == ".gz" else ""
    name = shlex.quote(path.name.removesuffix(".gz"))
    return f"{unpacked}iconv -f {encoding} -t UTF-8 {name} > utf8.tmp && mv utf8.tmp {name}"
