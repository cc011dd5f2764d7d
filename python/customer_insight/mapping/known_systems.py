"""Files that a system with a source of its own wrote, told from those that only have names that anybody would use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from customer_insight.commands.raw_tables import RawTable, Systems, looks_like, table_of_header, tables_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.patterns import PATTERNS, SURE, name_score

# A file is a system's if it has so many columns that only that one writes so, or such a share of its columns is known.
OWN_COLUMNS, MOST_OF_FILE = 4, 0.75


def of_known_systems(tables: Iterable[FileTable], systems: Systems) -> tuple[dict[str, str], list[str]]:
    """By the name of a file the sentence which system wrote it; and remarks on files that only resemble one."""
    known = {system: tables_of(described) for system, described in systems.items()}
    writers = Counter(name for raw in known.values() for name in {each for table in raw for each in _spellings(table)})
    said: dict[str, str] = {}
    of_system: dict[str, str] = {}
    sure = set()
    for found in tables:
        header = found.file.columns
        told = looks_like(header, systems)
        if not told:
            continue
        said[found.name], of_system[found.name] = told, told.rpartition(" ")[2]
        table = table_of_header(header, known[of_system[found.name]])
        if table and _is_surely(header, table, writers):
            sure.add(of_system[found.name])
    theirs = {name: told for name, told in said.items() if of_system[name] in sure}
    remarks = [
        f"{name}: {told}, if that wrote it; its columns are called as anybody would, so it is mapped"
        for name, told in said.items()
        if name not in theirs
    ]
    return theirs, remarks


def _spellings(table: RawTable) -> set[str]:
    return {spelling.lower() for known in table.columns.values() for spelling in known}


def _is_surely(header: list[str], table: RawTable, writers: Counter[str]) -> bool:
    known = [name for name in header if name.strip().lower() in _spellings(table)]
    own = [name for name in known if writers[name.strip().lower()] == 1]
    is_telling = any(
        max(name_score(ours, column, name) for ours in PATTERNS for column in PATTERNS[ours]) < SURE for name in own
    )
    return is_telling or len(own) >= OWN_COLUMNS or len(known) >= MOST_OF_FILE * len(header)
