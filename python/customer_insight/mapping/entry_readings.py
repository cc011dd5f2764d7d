"""How the dates and amounts of an entry are written: order of day and month, decimal mark, time zone, currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from customer_insight.commands.zone_proposal import ZONES
from customer_insight.mapping.assignment import Doubt
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.column_values import TIMES, date_unit
from customer_insight.mapping.column_words import CURRENCIES, SIGNS
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.profiles import YEAR_LAST, Profile

# Fewer dates in a row do not show an order.
FEWEST_IN_ORDER = 12
ASKED_ZONES = 6


def date_order(found: FileTable, columns: list[tuple[str, str]], setting: str) -> tuple[str, list[Doubt], list[str]]:
    """Which order the dates of these columns (ours, header) show, the question where they show none, and remarks."""
    times = {header: found.profiles[header] for ours, header in columns if ours in TIMES}
    orders: Counter[str] = Counter()
    for profile in times.values():
        orders.update(profile.orders)
    units = {date_unit(profile) for profile in times.values()} - {""}
    if units:
        # of several kinds each column is read by itself
        return (units.pop() if len(units) == 1 and not orders else ""), [], []
    if not orders["day_first"] + orders["month_first"] + orders["open"]:
        return "", [], []
    if orders["day_first"] > 99 * orders["month_first"]:
        return "day_first", [], []
    if orders["month_first"] > 99 * orders["day_first"]:
        return "month_first", [], []
    if setting:
        return setting, [], []
    shown = {header: order for header, profile in times.items() if (order := order_of_rows(profile))}
    if not orders["day_first"] + orders["month_first"] and len(set(shown.values())) == 1:
        header, order = next(iter(sorted(shown.items())))
        stands = order.replace("_first", "")
        remark = (
            f"{found.name}: the {stands} stands first in its dates: only so does `{header}` go one way down the file"
        )
        return order, [], [remark]
    asked = next(iter(sorted(header for header, profile in times.items() if profile.orders["open"])), min(times))
    example = next((t for t in found.profiles[asked].texts if YEAR_LAST.fullmatch(t)), found.profiles[asked].texts[0])
    return (
        "",
        [
            Doubt(
                f"Which stands first in the dates of {found.name}, such as {example} in `{asked}`: "
                "the day or the month?",
                "date_order",
                {"day_first": "day_first", "month_first": "month_first"},
                found.profiles[asked].examples(6),
            )
        ],
        [],
    )


def order_of_rows(profile: Profile) -> str:
    """Which order makes the dates of a file that is sorted by them go one way; '' where both or none do.

    Texts that are sorted as texts go by what stands first in them, whatever that is: they show nothing.
    """
    if profile.texts in (sorted(profile.texts), sorted(profile.texts, reverse=True)):
        return ""
    fits = []
    for order in ("day_first", "month_first"):
        days = [day for text in profile.texts if (day := _day(text, order))]
        steps = [b >= a for a, b in pairwise(days) if a != b]
        fits.append(order if len(steps) >= FEWEST_IN_ORDER and (all(steps) or not any(steps)) else "")
    return "".join(fits) if "" in fits else ""


def _day(text: str, order: str) -> date | None:
    found = YEAR_LAST.fullmatch(text)
    if found is None:
        return None
    day, month = (int(found[1]), int(found[3])) if order == "day_first" else (int(found[3]), int(found[1]))
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def decimal_mark(profiles: Iterable[Profile]) -> str:
    """`comma`, `point`, '' where no number has a mark, `open` where 1,234 or 1.234 is all there is, or both are met."""
    marks: Counter[str] = Counter()
    for profile in profiles:
        marks.update(profile.marks)
    if marks["comma"] > 19 * marks["point"]:
        return "comma"
    if marks["point"] > 19 * marks["comma"]:
        return "point"
    return "open" if sum(marks.values()) else ""


def mark_doubt(found: FileTable, headers: list[str]) -> Doubt:
    """The question what stands before the decimals."""
    asked = max(headers, key=lambda name: (sum(found.profiles[name].marks.values()), name))
    examples = [text for text in found.profiles[asked].distinct if re.search("[.,]", text)]
    return Doubt(
        f"What stands before the decimals in {found.name}, where `{asked}` has {examples[0]}?",
        "decimal_mark",
        {"point": "point", "comma": "comma"},
        tuple(examples[:6]),
    )


def needs_zone(found: FileTable, columns: list[tuple[str, str]]) -> bool:
    """Whether times (ours, header) say a clock and no zone, and no name says UTC."""
    for ours, header in columns:
        profile = found.profiles[header]
        if ours in TIMES and "utc" not in meaning_of(header).meanings:
            clock = profile.share("clock") > 0.02 or date_unit(profile).startswith("days")
            if clock and profile.share("zone") < 0.5 and any(not text.isdigit() for text in profile.texts):
                return True
    return False


def is_composed(columns: Iterable[ColumnFrom]) -> bool:
    """Whether a time is made of a day and a time of day."""
    return any(column.between == " " and len(column.columns) > 1 for column in columns)


def is_utc(columns: list[tuple[str, str]]) -> bool:
    """Whether the name of a time (ours, header) says UTC."""
    return any(ours in TIMES and "utc" in meaning_of(header).meanings for ours, header in columns)


def zone_doubt(names: list[str], examples: tuple[str, ...], currencies: set[str]) -> Doubt:
    """The question on whose clock times are: zones of the shop's currency come first, then the first of each other."""
    home = [zone for zone, currency in ZONES.items() if currency in currencies]
    first_of_each: dict[str, str] = {}
    for zone, currency in ZONES.items():
        first_of_each.setdefault(currency, zone)
    zones = dict.fromkeys([*home, "UTC", *first_of_each.values()])
    asked: dict[str, Any] = {zone: zone for zone in [*list(zones)[:ASKED_ZONES], "UTC"]}
    return Doubt(
        f"In which time zone are the times of {', '.join(names)}, which say none? Any IANA name will do.",
        "time_zone",
        asked,
        examples,
    )


def currency_of(found: FileTable, headers: list[str]) -> tuple[str, list[Doubt]]:
    """The currency that amounts or their names say; a question where they say several."""
    said: Counter[str] = Counter()
    for header in headers:
        named = meaning_of(header).currency
        said.update([named] if named else [])
        for sign, count in found.profiles[header].signs.items():
            code = SIGNS.get(sign.lower(), sign if sign.lower() in CURRENCIES or sign == "$" else "").upper()
            said[code] += count if code else 0
    told = {code for code, count in said.items() if code and count}
    if len(told) > 1 and told != {"$", "USD"}:
        return "", [
            Doubt(
                f"The amounts of {found.name} are in several currencies ({', '.join(sorted(told))}), and no column "
                "names them: which one holds for all? Else add a column to the export.",
                "columns/currency",
                {code: ColumnFrom(constant=code) for code in sorted(told - {"$"})},
            )
        ]
    return next((code for code in told if code != "$"), ""), []
