"""What the modules of systems share: how a file is written, and the made shop by id and by order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from customer_insight.demo.columns import TextTable

# Values are texts, but in json lines, where they may be anything that json has.
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class ExportFile:
    """How a text is written; json lines have no header. `above`: lines before the header, with their ends."""

    header: list[str]
    delimiter: str = ","
    above: str = ""
    is_quoted: bool = False


def by_id(table: TextTable, key: str) -> dict[str, Row]:
    """The rows of a table by one of its columns."""
    return {row[key]: row for row in table.to_pylist()}


def orders_of(lines: TextTable) -> Iterator[list[Row]]:
    """The lines of each order, wherever they stand."""
    orders: dict[str, list[Row]] = {}
    for row in lines.to_pylist():
        orders.setdefault(row["order_id"], []).append(row)
    yield from orders.values()


def names_of(customer: Row) -> Row:
    """First and last name, as the made shop's e-mail addresses have them (anna.berg17@example.com); else none."""
    found = re.match(r"\s*([a-z]+)\.([a-z]+)[0-9]+@", customer["email"] or "")
    return (
        dict(zip(("First Name", "Last Name"), (part.title() for part in found.groups()), strict=True)) if found else {}
    )
