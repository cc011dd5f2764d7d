"""The fixed calendar of the made shop, in seconds since 1970 UTC. The clock is never read."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Ints

DAY = 86_400


def _second(date: str) -> int:
    return int(np.datetime64(date, "s").astype(np.int64))


START = _second("2024-01-01")
END = _second("2026-01-01")  # nothing happens at or after it
EVENTS_START = _second("2025-07-01")  # the shop has kept its click stream since then
FOUNDED = _second("2021-03-01")  # no customer is older
NEW_WORDS = _second("2025-10-01")  # from then on customers and the shop put things in ways never used before
BLOCK_CUSTOMERS = 20_000  # customers made at a time: bounds memory, and is part of what a seed means


def month(seconds: Ints) -> Ints:
    """Month of the year, 0 to 11."""
    return seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12


def weekday(seconds: Ints) -> Ints:
    """0 Monday to 6 Sunday."""
    return (seconds // DAY + 3) % 7


def by_day(rng: np.random.Generator, seconds: Ints) -> Ints:
    """The same days, at hours when people write."""
    return seconds // DAY * DAY + ((7 + 16 * rng.beta(1.8, 1.5, len(seconds))) * 3600).astype(np.int64)
