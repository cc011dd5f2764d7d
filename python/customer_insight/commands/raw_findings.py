"""What was found of a raw table: its files, how they are written, and where its columns stand in them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from customer_insight.commands.raw_blank_rows import may_have_blank_rows
from customer_insight.commands.raw_files import RawFile
from customer_insight.commands.raw_header import Layout


@dataclass(frozen=True)
class RawPart:
    """Files of a table that are read alike: same header, delimiter, quotes and lines before the rows.

    `columns` maps the model's column names to the file's; `types` stand beside `header`, Arrow's names in Parquet.
    `rows`: how many of its rows are meant, where others stand below them; 0 for all.
    """

    paths: list[str]
    header: list[str]
    delimiter: str
    quote: str
    skip: int
    types: list[str]
    columns: dict[str, str]
    may_have_blank_rows: bool = False
    rows: int = 0

    def layout(self) -> Layout:
        """How its texts are written."""
        return Layout(self.header, self.delimiter, self.quote, self.skip)


@dataclass(frozen=True)
class TableFinding:
    """What was found of one raw table: its files as `parts`, in the order of their names.

    `row_places`: what models multiply the numbers of its rows by. `entries`: where a mapping says how the table is made
    of its files, what it says, ready for macros/sources/mapped_rows.sql.
    """

    table: str
    paths: list[str] = field(default_factory=list)
    format: str = ""
    parts: list[RawPart] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    size: int = 0
    rows: int | None = None
    row_places: int = 1
    problems: list[str] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def parts_of(files: list[RawFile], matches: list[dict[str, str]]) -> list[RawPart]:
    """Neighbours that are read alike together; Parquet files all, for they are read by name."""
    if files[0].format == "parquet":
        columns = {name: column for match in reversed(matches) for name, column in match.items()}
        header = list(dict.fromkeys(name for file in files for name in file.columns))
        types = [" ".join(sorted({kind for file in files for kind in types_of(file, name)})) for name in header]
        return [RawPart([file.path for file in files], header, "", "", 0, types, columns)]
    parts: list[RawPart] = []
    for file, match in zip(files, matches, strict=True):
        is_blank = file.format == "csv" and may_have_blank_rows(file)
        part = RawPart([file.path], file.columns, file.delimiter, file.quote, file.skip, file.types, match, is_blank)
        if parts and replace(parts[-1], paths=part.paths) == part:
            parts[-1].paths.append(file.path)
        else:
            parts.append(part)
    return parts


def types_of(file: RawFile, name: str) -> list[str]:
    """The types of the columns of this name, whatever its letters."""
    return [kind for column, kind in zip(file.columns, file.types, strict=True) if column.lower() == name.lower()]
