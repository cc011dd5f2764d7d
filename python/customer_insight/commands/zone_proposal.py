"""Which time zone a shop's clock is in, from the offsets that its exports write beside their times."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Zones in which most shops are, those with more of them first, and the currency there; of those that agree in all that
# was seen the first one with the currency of the shop is proposed, else the first.
ZONES = {
    "America/New_York": "USD",
    "America/Chicago": "USD",
    "America/Denver": "USD",
    "America/Los_Angeles": "USD",
    "Europe/London": "GBP",
    "Europe/Berlin": "EUR",
    "Europe/Helsinki": "EUR",
    "Asia/Kolkata": "INR",
    "Asia/Shanghai": "CNY",
    "Asia/Tokyo": "JPY",
    "Australia/Sydney": "AUD",
    "America/Sao_Paulo": "BRL",
    "Asia/Dubai": "AED",
    "Asia/Jakarta": "IDR",
    "Europe/Istanbul": "TRY",
    "Africa/Johannesburg": "ZAR",
    "Africa/Lagos": "NGN",
    "Asia/Karachi": "PKR",
    "Asia/Dhaka": "BDT",
    "Asia/Manila": "PHP",
    "Pacific/Auckland": "NZD",
    "America/Mexico_City": "MXN",
    "America/Bogota": "COP",
    "America/Argentina/Buenos_Aires": "ARS",
    "America/Phoenix": "USD",
    "America/Toronto": "CAD",
    "America/Vancouver": "CAD",
    "America/Halifax": "CAD",
    "America/Anchorage": "USD",
    "Pacific/Honolulu": "USD",
    "Australia/Brisbane": "AUD",
    "Australia/Perth": "AUD",
    "Australia/Adelaide": "AUD",
    "Asia/Seoul": "KRW",
    "Asia/Singapore": "SGD",
    "Asia/Jerusalem": "ILS",
    "Asia/Riyadh": "SAR",
    "Europe/Stockholm": "SEK",
    "Europe/Oslo": "NOK",
    "Europe/Copenhagen": "DKK",
    "Europe/Zurich": "CHF",
    "Europe/Warsaw": "PLN",
    "Europe/Prague": "CZK",
    "Africa/Cairo": "EGP",
    "Asia/Kuala_Lumpur": "MYR",
    "Asia/Bangkok": "THB",
    "Asia/Hong_Kong": "HKD",
    "Africa/Nairobi": "KES",
}


def proposed_zone(seen: list[tuple[str, str]], currencies: set[str]) -> str:
    """The first zone in which every month had its offset at some time: [('2023-05', '-0700')] -> America/Los_Angeles.

    `seen`: months as `2023-05` with an offset as `-0700`. currencies: of the shop, to decide between zones that agree.
    '' where no zone agrees, or all offsets are zero.
    """
    wanted = {(month, _minutes(offset)) for month, offset in seen}
    if not wanted or {minutes for _, minutes in wanted} == {0}:
        return ""
    fits = [name for name in ZONES if all(minutes in _offsets_of(name, month) for month, minutes in wanted)]
    at_home = [name for name in fits if ZONES[name] in currencies]
    return next(iter(at_home or fits), "")


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
