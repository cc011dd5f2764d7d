"""Which columns of a file may be meant by ours that are missing."""

from __future__ import annotations

import difflib

from customer_insight.commands.raw_tables import Systems, looks_like
from customer_insight.mapping.patterns import PATTERNS, SURE, name_score

SHOWN = 30


def proposals(missing: list[str], free: list[str]) -> list[str]:
    """What may be meant by missing columns, as "`Created at` for ordered_at"; of those that have a candidate."""
    # a text without a header has empty names, and ones of a letter
    named = {name: name for name in reversed(free) if len(name) > 1}
    by_lower = {name.lower(): name for name in named}
    told = []
    for column in missing:
        scores = {name: max(name_score(table, column, name) for table in PATTERNS) for name in named}
        likely = sorted((name for name in named if scores[name] >= SURE), key=lambda name: (-scores[name], name))
        # a spelling that only resembles is a question all the same, and one that resembles little is none
        likely += [by_lower[name] for name in difflib.get_close_matches(column.lower(), by_lower, 1, 0.8)]
        if likely:
            told.append(f"`{likely[0]}` for {column}")
    return told


def missing_columns(missing: list[str], header: list[str], free: list[str], systems: Systems) -> str:
    """What is said where required columns are missing: what was expected and found, once, and what may be meant.

    `systems`: those whose export it may be.
    """
    told = looks_like(header, systems)
    if told:
        return told
    several = len(missing) > 1
    wanted = ", ".join(missing[:-1]) + " and " + missing[-1] if several else missing[0]
    more = f" and {len(header) - SHOWN} more" if len(header) > SHOWN else ""
    names = ", ".join(filter(None, header[:SHOWN]))
    found = f"expected the required column{'s' if several else ''} {wanted}, found {names}{more}"
    meant = proposals(missing, free)
    if not meant:
        return f"{found}; add it to the export"
    question = f"is {meant[0]} meant" if len(meant) == 1 else f"are {', '.join(meant[:-1])} and {meant[-1]} meant"
    return f"{found}; {question}? Then rename them in the header"
