"""Columns that a table may lack as a whole: baskets without dates are a shop all the same, but not half of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from customer_insight.commands.column_proposals import SHOWN, missing_columns, proposals
from customer_insight.commands.raw_files import RawFile
from customer_insight.commands.raw_tables import RawTable, Systems

# The reading of a column that has no value in any row: models/staging/stg_column_readings.sql.
IN_NO_ROW = "in no row"
# Words in the name of a column that may say when something was ordered.
DATE_WORDS = {"date", "datetime", "timestamp", "datum", "zeitpunkt", "fecha", "data"}
# What is lost with such a column.
EMPTY_WITHOUT = {
    "ordered_at": (
        "no row says when it was ordered. Products, orders, frequent itemsets, rules and recommendations are built; "
        "what needs time is empty: days, recency, churn, predictions and whatever is tested on the past"
    )
}


def problems(
    table: RawTable, files: Sequence[RawFile], matches: Sequence[Mapping[str, str]], systems: Systems
) -> list[str]:
    """What is wrong with such columns, a sentence each: that some files have one, or that one is there by another name.

    matches: for each file the columns that it has, with their names in it.
    """
    wrong = []
    for column in table.all_or_none:
        having = [file for file, match in zip(files, matches, strict=True) if column in match]
        for file, match in zip(files, matches, strict=True):
            if column in match:
                continue
            header = [name.strip() for name in file.columns]
            free = [name.strip() for name in file.columns if name not in match.values()]
            if having:
                told = missing_columns([column], header, free, systems)
                wrong.append(f"{file.path}: {told}. {Path(having[0].path).name} has it: all files have it, or none")
            elif meant := _meant(column, free):
                found = ", ".join(filter(None, header[:SHOWN]))
                wrong.append(
                    f"{file.path}: expected the column {column}, found {found}; is {meant} meant? Then rename it in "
                    "the header, or leave it out where it says something else"
                )
    return wrong


def _meant(column: str, free: list[str]) -> str:
    """The column, of those that nobody reads, that may be this one under another name, or ''."""
    known = [told.partition(" for ")[0] for told in proposals([column], free)]
    dates = [f"`{name}`" for name in free if DATE_WORDS & set(re.split("[^a-z]+", name.lower()))]
    return next(iter(known + dates), "")
