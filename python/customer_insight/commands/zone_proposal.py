"""Which time zone a shop's clock is in, from the offsets that its exports write beside their times."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Zones in which most shops are, those with more of them first; of those that agree in all that was seen the first is
# proposed.
ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Jakarta",
    "Europe/Istanbul",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Manila",
    "Pacific/Auckland",
    "America/Mexico_City",
    "America/Bogota",
    "America/Argentina/Buenos_Aires",
    "America/Phoenix",
    "America/Halifax",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Australia/Brisbane",
    "Australia/Perth",
    "Australia/Adelaide",
    "Asia/Seoul",
    "Asia/Singapore",
    "Asia/Jerusalem",
    "Asia/Riyadh",
]


def proposed_zone(seen: list[tuple[str, str]]) -> str:
    """The first zone in which every month had its offset at some time: [('2023-05', '-0700')] -> America/Los_Angeles.

    `seen`: months as `2023-05` with an offset as `-0700`. '' where no zone agrees, or all offsets are zero.
    """
    wanted = {(month, _minutes(offset)) for month, offset in seen}
    if not wanted or {minutes for _, minutes in wanted} == {0}:
        return ""
    fits = [name for name in ZONES if all(minutes in _offsets_of(name, month) for month, minutes in wanted)]
    return fits[0] if fits else ""


def _minutes(offset: str) -> int:
    return int(offset[0] + "1") * (int(offset[1:3]) * 60 + int(offset[3:5]))


def _offsets_of(zone: str, month: str) -> set[int]:
    """Minutes ahead of UTC on the first and the last day of a month."""
    try:
        first = datetime.fromisoformat(f"{month}-01T12:00:00").replace(tzinfo=ZoneInfo(zone))
    except (ValueError, ZoneInfoNotFoundError):
        return set()
    # clocks may be changed on the very last day
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return {int((day.utcoffset() or timedelta()).total_seconds() // 60) for day in (first, last)}
