"""Where the past is cut, so that methods learn from what lies before a cut and are judged by what came after it.

Days are counted backwards from the record's own moment, 0. A cut is a whole number of days before it; what happened on
the day of the cut or earlier is known there, and the window of the cut is the days after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

# Where orders have no dates there is no past to cut. What steps say then, in a sentence of theirs.
NO_DATES = "the orders have no dates"
# Of the windows that judge, the latest first: one that reports, and those before it that choose.
ROLES = ("reporting", "choosing_2", "choosing_1")


class DatedRecord(Protocol):
    """What happened, each with its age in whole days."""

    def before(self, days: int, /) -> Self:
        """What was known that many days earlier, with ages counted from there."""
        ...

    def within(self, days: int, /) -> Self:
        """What happened in the last so many days."""
        ...


Record = TypeVar("Record", bound=DatedRecord)


@dataclass(frozen=True)
class TimeCut(Generic[Record]):
    """A record cut in two, `days` before its moment; the window lasts window_days and ends by that moment."""

    record: Record
    days: int
    window_days: int

    def __post_init__(self) -> None:
        if not 0 < self.window_days <= self.days:
            raise ValueError(f"A window of {self.window_days} days cannot follow a cut {self.days} days ago.")

    def known(self) -> Record:
        """All that may be learned from: nothing of it happened after the cut."""
        return self.record.before(self.days)

    def came(self) -> Record:
        """What happened in the window, and nothing else: to judge by."""
        return self.record.before(self.days - self.window_days).within(self.window_days)


def earlier_cuts(cut: int, window_days: int, most: int, span_days: int | None = None) -> list[int]:
    """Cuts whose windows had ended by the given one, the latest first, `most` of them.

    span_days: days that the record reaches back; a whole window of it has to lie before each cut.
    """
    last = cut + most * window_days if span_days is None else span_days - window_days
    return list(range(cut + window_days, last + 1, window_days))[:most]
