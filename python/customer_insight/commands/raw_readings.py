"""How the columns of a table are read, in sentences for people."""

from __future__ import annotations

from customer_insight.commands.all_or_none import EMPTY_WITHOUT, IN_NO_ROW
from customer_insight.commands.check_findings import Reading, TableCheck

READINGS = {
    "day first": "day before month (31/12/2024)",
    "month first": "month before day (12/31/2024)",
    "decimal comma": "with a decimal comma (1.234,50)",
    "whole numbers with .0": "without the `.0` that a spreadsheet wrote behind whole numbers",
}


def sentences(check: TableCheck) -> list[str]:
    """A sentence for each column that is not read in the usual way, or has no value in any row."""
    told = []
    for reading in check.readings:
        said = reading.reading or ""
        if said == IN_NO_ROW:
            told += [f"{reading.column}: {EMPTY_WITHOUT[reading.column]}"] if check.rows else []
        elif not reading.is_open:
            told.append(f"{reading.column} is read {READINGS.get(said, f'as {said}' if 'since' in said else said)}")
    return told


def questions(table: str, readings: list[Reading]) -> list[str]:
    """What only the shop can answer: a sentence for each column that nothing decides."""
    return [
        f"{table}.{reading.column}: nothing decides whether 1,234 is a thousand or one and a bit; "
        "say --set decimal_mark=point or --set decimal_mark=comma"
        if reading.type == "number"
        else f"{table}.{reading.column}: nothing decides whether 03/04/2024 is in March or in April; "
        "say --set date_order=day_first or --set date_order=month_first"
        for reading in readings
        if reading.is_open
    ]
