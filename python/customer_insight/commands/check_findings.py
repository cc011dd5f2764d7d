"""What the check of the raw input finds of the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """One reason: how many rows, the first of them, and what stands in the column that the reason names."""

    reason: str
    rows: int
    row_number: int
    value: str | None


@dataclass(frozen=True)
class Reading:
    """How a column is read where not in the usual way, or None where nothing decides it and the user is asked."""

    column: str
    type: str
    reading: str | None
    is_open: bool


@dataclass(frozen=True)
class TableCheck:
    """A table's rows: refused ones by reason, readings, and figures by name (what a table has: see `FIGURES`)."""

    table: str
    rows: int
    refusals: list[Refusal]
    readings: list[Reading]
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """Rows that a build would refuse, repeated ones apart."""
        return sum(refusal.rows for refusal in self.refusals)


@dataclass(frozen=True)
class LoneDays:
    """The last days of a shop, far from all days before them; `end` is the last instant, UTC, of the day before."""

    first: date
    before: date
    last: date
    end: datetime
