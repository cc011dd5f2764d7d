"""Where the files of a raw table lie under the raw path. Names are compared without regard to case."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import has_no_ending, kind_of

# The name of files that may have any: those of a system of one table.
ANY_NAME = "*"
READABLE = "csv, tsv, json lines (each also as .gz), Parquet or a spreadsheet (.xlsx, .xls, .ods)"


def table_of(path: Path, names: dict[str, str]) -> str:
    """The table that a file or folder is called after, or ''; `names`: how files are called, by table.

    `order_lines`: `Order_Lines.CSV`, `order lines`, `order_lines_2024.csv`; `orders*`: `orders-export (1).csv`.
    """
    stem = _stem(path)
    whole = [table for table, name in names.items() if stem in name.split("|")]
    return next(iter(whole), "") or next((table for table, name in names.items() if _is_part(stem, name)), "")


def _is_part(stem: str, names: str) -> bool:
    patterns = [re.escape(name).replace(r"\*", ".*") for name in names.split("|")]
    return any(re.fullmatch(pattern + r"(_?[0-9][0-9_]*)?", stem) for pattern in patterns)


def _stem(path: Path) -> str:
    return _plain(path.name.split(".")[0])


def _plain(name: str) -> str:
    return re.sub(r"[ -]", "_", name.lower())


def _by_name(path: Path) -> tuple[list[list[str | int]], str]:
    """By their names, numbers in them by size: a browser's `orders (10).csv` comes after its `orders (9).csv`.

    Names of folders come first, so that files of one folder stay together. A name may have points of its own:
    `items-2023.10.csv` comes after `items-2023.9.csv`.
    """
    file = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    names = [*(_plain(each.name) for each in reversed(path.parents)), _plain(file.stem if kind_of(file) else path.name)]
    parts = [re.split("([0-9]+)", name) for name in names]
    return [[int(part) if at % 2 else part for at, part in enumerate(split)] for split in parts], path.name


def paths_of(root: Path, table: str, names: str, one_file: bool, in_bucket: bool = False) -> list[Path]:
    """Absolute paths of the table's files, sorted by name; none where the table is not there.

    `names`: how they are called; `in_bucket`: whether folders may be called so, too, and texts need no ending, as
    macros/sources/raw_tables.sql says. `one_file`: of ANY_NAME there may be one only.

    Raises RawFileError where there are several places for it, or none of its files can be read.
    """
    root = root.absolute()
    if names != ANY_NAME:
        return _paths_of_table(root, table, names, in_bucket)
    if root.is_file():
        return [root]
    files = _readable(root.iterdir())
    if not files:
        raise RawFileError(f"{root}: expected {READABLE}, found {listing(root)}; put it there or mend raw_path")
    if one_file and len(files) > 1:
        names = ", ".join(file.name for file in files)
        raise RawFileError(f"{root}: expected one file, found {names}; set raw_path to the one to read")
    return _of_one_format(root, files)


def _paths_of_table(root: Path, table: str, names: str, in_bucket: bool) -> list[Path]:
    visible = [path for path in sorted(_places(root), key=_by_name) if path.name[0] != "."]
    own = [path for path in visible if table_of(path, {table: names})]
    whole = [path for path in own if _stem(path) in names.split("|")]
    others = [path for path in own if path not in whole]
    numbered = _readable(_files_in_bucket(others) if in_bucket else others, in_bucket)
    unreadable = [path for path in whole if path.is_file() and not kind_of(path)]
    if unreadable and len(unreadable) == len(whole):
        name = unreadable[0].name
        raise RawFileError(f"{root}: expected {table} as {READABLE}, found {name}; export it as one of these")
    whole = [path for path in whole if path not in unreadable]
    if len(whole) > 1:
        names = " and ".join(place.name for place in whole)
        raise RawFileError(f"{root}: expected one place for {table}, found {names}; remove all but one")
    if not whole:
        return _of_one_format(root, numbered)
    if whole[0].is_file():
        return whole
    files = _readable(whole[0].iterdir())
    if not files:
        found = listing(whole[0])
        raise RawFileError(f"{whole[0]}: expected files of {table} as {READABLE}, found {found}; put them there")
    return _of_one_format(whole[0], files)


def _files_in_bucket(places: list[Path]) -> list[Path]:
    """Files, and those in folders to any depth, but not what an export that runs keeps in `_temporary`."""
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place])]
    return [file for file in files if not any(parent.name.startswith((".", "_")) for parent in file.parents)]


def unclaimed(root: Path, names: dict[str, str], in_bucket: bool = False) -> list[Path]:
    """Readable files that are called after none of the tables, sorted by name; `names`: how they are called."""
    return [path for path in _readable(_places(root), in_bucket) if not table_of(path, names)]


def together(root: Path, paths: list[Path]) -> list[Path]:
    """Files of a table in the order in which they are read. Raises RawFileError where they are of several formats."""
    return _of_one_format(root, sorted(paths, key=_by_name))


def _places(root: Path) -> Iterable[Path]:
    """What lies in the raw folder; the file itself where it is one."""
    return root.iterdir() if root.is_dir() else [root]


def _readable(paths: Iterable[Path], in_bucket: bool = False) -> list[Path]:
    """Files by name; not the hidden ones nor `tmp_*`, which a killed export leaves behind."""
    files = [path for path in sorted(paths, key=_by_name) if path.is_file()]
    files = [path for path in files if kind_of(path) or (in_bucket and has_no_ending(path))]
    return [path for path in files if not path.name.startswith((".", "_", "tmp_", "~"))]


def _of_one_format(folder: Path, files: list[Path]) -> list[Path]:
    # without an ending it is a text
    kinds = sorted({kind_of(file).replace("sheet", "csv") or "csv" for file in files})
    if len(kinds) > 1:
        raise RawFileError(f"{folder}: expected files of one format, found {' and '.join(kinds)}; keep those of one")
    return files


def nothing_needed(root: Path, others: list[str], needed: list[str]) -> str:
    """The sentence for a folder, or a file, without one of the tables that are needed."""
    wanted = " or ".join(needed)
    found = f"only {', '.join(others)}" if others else listing(root)
    near = [n for name in needed for n in difflib.get_close_matches(f"{name}.csv", _names(root), 1, 0.7)]
    hint = f"is {near[0]} meant? Then rename it" if near else "export one of them into this folder"
    packed = [name for name in _names(root) if name.lower().endswith(".zip")]
    if packed:
        hint = f"unpack {packed[0]}"
    return f"{root.absolute()}: expected {wanted} as {READABLE}, found {found}; {hint}"


def _names(root: Path) -> list[str]:
    return sorted(path.name for path in _places(root))


def listing(folder: Path) -> str:
    """The first ten names in a folder."""
    names = _names(folder)
    return (", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")) or "an empty folder"
