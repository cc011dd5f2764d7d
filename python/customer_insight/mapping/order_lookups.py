"""What order lines lack and a file of their orders has: when, who, which state, what was taken off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from customer_insight.mapping.assignment import Doubt, which_of
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.column_values import dates_first
from customer_insight.mapping.discounts import kind_of_share, shares_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom, Entry, Lookup
from customer_insight.mapping.order_roles import Role, mark_of
from customer_insight.mapping.profiles import number_of
from customer_insight.mapping.relations import overlap

# What a file of orders tells of their lines.
OF_ORDER = ["ordered_at", "customer_id", "order_status", "returned_at", "channel", "country", "currency"]
ENOUGH_IN_COMMON = 0.2


@dataclass
class Draft:
    """An entry that is being made, with the role that its columns come from."""

    table: str
    entry: Entry
    found: FileTable
    headers: dict[str, str]
    doubts: list[Doubt]


def look_up(draft: Draft, orders: list[Role]) -> None:
    """What lines lack and a file of their orders has."""
    key = draft.headers.get("order_id")
    # a file that is called after orders says more of them than one of payments
    called = sorted(orders, key=lambda role: (not _is_called_orders(role), role.found.name.lower()))
    for at, role in enumerate(called, 1):
        theirs = role.columns.columns["order_id"]
        wanted = [ours for ours in OF_ORDER if ours in role.columns.columns and ours not in draft.headers]
        if not key or overlap(draft.found.profiles[key].texts, role.found.profiles[theirs].texts) < ENOUGH_IN_COMMON:
            continue
        name = "orders" if at == 1 else f"orders_{at}"
        dates, discounts = _dates_to_ask(draft, role), _discounts_to_ask(draft, role)
        if not wanted and not dates and not discounts:
            continue
        lookup = Lookup(role.found.entry.files, theirs, key, role.found.entry.sheet)
        columns = {ours: ColumnFrom((role.columns.columns[ours],), lookup=name) for ours in wanted}
        draft.entry = replace(
            draft.entry, lookups=draft.entry.lookups | {name: lookup}, columns=draft.entry.columns | columns
        )
        draft.doubts = [one for one in draft.doubts if one.place.removeprefix("columns/") not in wanted]
        draft.doubts += [one for one in role.columns.doubts if one.place.startswith("words/")]
        if dates:
            asked = which_of(role.found, "order_lines", "ordered_at", dates)
            asked.candidates |= {date: ColumnFrom((date,), lookup=name) for date in dates}
            draft.doubts.append(asked)
        for header in discounts:
            draft.doubts.append(_ask_discount(role, header, name))
        seen = [*[role.columns.columns[ours] for ours in wanted], *dates]
        draft.found = _seen_with(draft.found, role.found, seen, name)
        draft.headers |= {ours: f"{name}: {role.columns.columns[ours]}" for ours in wanted}


def _is_called_orders(role: Role) -> bool:
    stem = meaning_of(role.found.entry.files.rpartition("/")[2].split(".")[0]).meanings
    return "order" in stem and "payment" not in stem


def _discounts_to_ask(draft: Draft, role: Role) -> list[str]:
    """Discounts that a file of orders tells of and its lines do not."""
    if "discount_amount" in draft.headers or any(doubt.place == "columns/discount_amount" for doubt in draft.doubts):
        return []
    return [
        name
        for name, profile in role.found.profiles.items()
        if "discount" in meaning_of(name).meanings and any(number_of(text.rstrip("% ")) for text in profile.distinct)
    ][:1]


def _ask_discount(role: Role, header: str, lookup: str) -> Doubt:
    mark = mark_of(role.found)
    numbers, kind = shares_of(role.found.profiles[header], mark), kind_of_share(role.found.profiles[header], mark)
    is_percent = "percent" in meaning_of(header).meanings or all(0 <= n <= 100 and n == int(n) for n in numbers)
    if kind == "percent" and not is_percent:
        sentence = (
            f"`{header}` of {role.found.name} is taken off whole orders and not read: if prices of lines are before "
            "it, revenue will be, too. Go on without it?"
        )
        return Doubt(sentence, "columns/discount_amount", {"yes": "none"}, role.found.profiles[header].examples())
    return Doubt(
        f"Is `{header}` of {role.found.name} a discount in {'parts of one' if kind == 'share' else kind} that is still "
        "to be taken off the prices of the lines?",
        "columns/discount_amount",
        {"to be taken off": ColumnFrom((header,), kind=kind, lookup=lookup), "taken off": "none"},
        role.found.profiles[header].examples(),
    )


def _dates_to_ask(draft: Draft, role: Role) -> list[str]:
    """The dates of a file of orders, where no name says which is meant."""
    if "ordered_at" in {*draft.headers, *role.columns.columns}:
        return []
    used = role.columns.used()
    return dates_first(role.found, [name for name in role.found.profiles if name not in used])


def _seen_with(found: FileTable, other: FileTable, headers: Iterable[str], name: str) -> FileTable:
    """The file with columns of a lookup beside its own, so that their dates are looked at."""
    seen = FileTable(found.entry, found.file, found.sample)
    added = {f"{name}: {header}": other.profiles[header] for header in headers}
    seen.__dict__["profiles"] = found.profiles | added
    return seen
