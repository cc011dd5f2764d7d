"""Finding the raw tables of a source system and saying, before anything is built, what is wrong with their outside."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from customer_insight.commands import all_or_none
from customer_insight.commands.column_proposals import missing_columns
from customer_insight.commands.raw_errors import RawFileError
from customer_insight.commands.raw_files import RawFile, read_outside, require_readable_text
from customer_insight.commands.raw_findings import TableFinding, parts_of, types_of
from customer_insight.commands.raw_places import nothing_needed, paths_of, together, unclaimed
from customer_insight.commands.raw_tables import (
    Described,
    RawTable,
    Systems,
    header_of,
    looks_like,
    table_of_header,
    tables_of,
)
from customer_insight.mapping.mapped_input import has_mapping, mapped_findings


def inspect(
    raw_path: str, described: Described, full: bool = False, systems: Systems | None = None
) -> list[TableFinding]:
    """One finding per expected table, in the order of `described`; a table that is not there has no paths.

    `full` also reads every byte of every text file to see that it is UTF-8. `systems`: those whose export a file that
    lacks columns may be. Nothing is raised for what the files hold: it is in `problems`, one sentence each, beginning
    with the file.
    """
    tables = tables_of(described)
    root = Path(raw_path).expanduser()
    if not raw_path or not root.exists():
        return [TableFinding(table.name) for table in tables]
    if has_mapping(raw_path, described):
        return mapped_findings(raw_path, described, full)
    return [_inspect_table(root, table, tables, full, systems or {}) for table in tables]


def find(raw_path: str, described: Described, name: str) -> TableFinding:
    """What `inspect` finds of one table."""
    tables = tables_of(described)
    root = Path(raw_path).expanduser()
    if not raw_path or not root.exists():
        return TableFinding(name)
    if has_mapping(raw_path, described):
        return next(finding for finding in mapped_findings(raw_path, described) if finding.table == name)
    return _inspect_table(root, next(table for table in tables if table.name == name), tables, False, {})


def problems(
    raw_path: str, described: Described, findings: list[TableFinding], systems: Systems | None = None
) -> list[str]:
    """All that is wrong, one sentence each: the path, that one of the needed tables is there, every table's own."""
    root = Path(raw_path).expanduser()
    if not raw_path:
        return [
            "raw_path is not set: expected the file or folder of the raw data; give it as --raw PATH, "
            "CUSTOMER_INSIGHT_RAW or the var raw_path"
        ]
    if not root.exists():
        return [f"{root.absolute()}: expected the raw data, found nothing at this path; check its spelling"]
    found = [finding for finding in findings if finding.paths or finding.problems]
    messages = [problem for finding in found for problem in finding.problems]
    needed = [name for name, table in described.items() if table.get("needed")]
    if needed and not {finding.table for finding in found} & set(needed):
        messages.insert(0, nothing_needed(root, [finding.table for finding in findings if finding.paths], needed))
        messages += _known_files(root, systems or {})
        if any(table.get("may_be_mapped") for table in described.values()):
            messages.append(f"{root.absolute()}: of files of any other kind `customer-insight map` says what they are")
    there = {finding.table for finding in found}
    for name in (finding.table for finding in found):
        missing = [other for other in described[name].get("with", []) if other not in there]
        messages += [
            f"{root.absolute()}: expected {other} beside {name}, found none; put it there" for other in missing
        ]
    return messages


def read_by_nobody(raw_path: str, systems: Systems) -> list[str]:
    """That files were given to the made shop, which reads none, and what they look like; nothing without a path."""
    if not raw_path:
        return []
    root = Path(raw_path).expanduser()
    told = f"{root.absolute()}: the source demo is the made shop and reads no files; say with --source who wrote them"
    return [told, *(_known_files(root, systems) if root.exists() else [])]


def _known_files(root: Path, systems: Systems) -> list[str]:
    """What the files of a folder without a table look like: the exports of a system, as they came."""
    told = []
    for path in sorted(unclaimed(root, {})):
        said = looks_like(
            header_of(path, [table for tables in systems.values() for table in tables_of(tables)]), systems
        )
        told += [f"{path}: {said}"] if said else []
    return told


def _paths(root: Path, table: RawTable, tables: list[RawTable]) -> list[Path]:
    """The files called as those of a table, and those beside them that have its columns and another name."""
    paths = paths_of(root, table.name, table.files, table.one_file, table.in_bucket)
    if not table.by_header or any(path.parent != paths[0].parent or path.parent.name == table.name for path in paths):
        return paths
    others = unclaimed(root, {other.name: other.files for other in tables}, table.in_bucket)
    return together(
        root, paths + [path for path in others if table_of_header(header_of(path, tables), tables) == table]
    )


def _inspect_table(root: Path, table: RawTable, tables: list[RawTable], full: bool, systems: Systems) -> TableFinding:
    try:
        paths = _paths(root, table, tables)
    except RawFileError as error:
        return TableFinding(table.name, problems=[str(error)])
    files, wrong = [], []
    for path in paths:
        try:
            files.append(read_outside(path, table.text))
            if full and files[-1].format in ("csv", "json"):
                require_readable_text(files[-1])
        except (RawFileError, OSError, EOFError, zlib.error) as error:
            wrong.append(f"{path}: {error}")
    wrong += [problem for file in files for problem in _column_problems(table, file, systems)]
    matches = [_match(table, file) for file in files]
    wrong += [*_two_clocks(table, files), *all_or_none.problems(table, files, matches, systems)]
    if not files or wrong:
        return TableFinding(table.name, [str(path) for path in paths], problems=wrong)
    columns = {name: column for match in reversed(matches) for name, column in match.items()}
    return TableFinding(
        table=table.name,
        paths=[str(path) for path in paths],
        format=files[0].format,
        parts=parts_of(files, matches),
        columns={name: columns[name] for name in table.columns if name in columns},
        ignored=[name for name in files[0].columns if name not in matches[0].values()],
        size=sum(file.size for file in files),
        rows=None if files[0].rows is None else sum(file.rows or 0 for file in files),
        row_places=table.row_places,
    )


def _two_clocks(table: RawTable, files: list[RawFile]) -> Iterator[str]:
    """A column that says its zone in some Parquet files and not in others: the engine would take all for UTC."""
    for spellings in table.columns.values():
        for name in spellings:
            zoned = {"tz=" in kind: file for file in files for kind in types_of(file, name) if "timestamp" in kind}
            if len(zoned) == 2:
                yield (
                    f"{zoned[False].path}: expected {name} with a time zone as in {Path(zoned[True].path).name}, "
                    "found it without one; write all files of a table alike"
                )


def _match(table: RawTable, file: RawFile) -> dict[str, str]:
    """The model's column names that the file has, with the file's spelling (the first of equals)."""
    spelled = {name.strip().lower(): name for name in reversed(file.columns)}
    matches = {
        column: [spelled[spelling.lower()] for spelling in spellings if spelling.lower() in spelled]
        for column, spellings in table.columns.items()
    }
    return {column: names[0] for column, names in matches.items() if names}


def _column_problems(table: RawTable, file: RawFile, systems: Systems) -> list[str]:
    names = [name.strip().lower() for name in file.columns]
    wrong = []
    for column, spellings in table.columns.items():
        # of several spellings the first counts: a country's code before its name
        read = next((spelling.lower() for spelling in spellings if spelling.lower() in names), None)
        same = [file.columns[at] for at, name in enumerate(names) if name == read]
        if len(same) > 1:
            wrong.append(
                f"{file.path}: expected one column {column}, found {len(same)} ({', '.join(same)}); "
                "rename or remove all but one"
            )
    matched = _match(table, file)
    missing = [" or ".join(table.columns[column]) for column in table.required if column not in matched]
    if missing:
        free = [name.strip() for name in file.columns if name not in matched.values()]
        wrong.append(f"{file.path}: {missing_columns(missing, [name.strip() for name in file.columns], free, systems)}")
    return wrong
