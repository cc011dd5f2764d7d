"""A mapping proposed for the files of a folder."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from customer_insight.mapping import entry_readings
from customer_insight.mapping.assignment import Assignment, Doubt, assign
from customer_insight.mapping.column_values import NUMBERS
from customer_insight.mapping.file_roles import ORDERS, Role, role_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom, Entry, Lookup, Mapping, Question
from customer_insight.mapping.relations import determines, overlap
from customer_insight.mapping.samples import Sample

# What a file of orders tells of their lines.
OF_ORDER = ["ordered_at", "customer_id", "order_status", "returned_at", "channel", "country", "currency"]
# What orders tell of those who bought, and of what was bought.
OF_CUSTOMER = ["email", "phone", "gender", "birth_date", "city", "income_band", "marketing_consent"]
OF_PRODUCT = ["category", "brand", "description", "image_path"]
ENOUGH_IN_COMMON = 0.2


@dataclass
class Proposal:
    """A mapping, the role of each table of the files (None: nobody reads it), and remarks on them."""

    mapping: Mapping
    roles: list[tuple[FileTable, Role | None]]
    remarks: list[str] = field(default_factory=list)


@dataclass
class _Draft:
    """An entry that is being made, with the role that its columns come from."""

    table: str
    entry: Entry
    found: FileTable
    headers: dict[str, str]
    doubts: list[Doubt]


def propose(tables: list[FileTable], described: dict[str, list[str]], settings: dict[str, Any]) -> Proposal:
    """What files are taken for. `described`: our tables and columns; `settings` such as date_order answer for all."""
    tables = _parts_together(tables)
    roles = [(found, role_of(found, described)) for found in tables]
    there = [role for _, role in roles if role is not None]
    _same_keys(there)
    drafts, remarks = _drafts(there)
    order = list(described)
    questions: dict[str, Question] = {}
    entries: dict[str, list[Entry]] = defaultdict(list)
    zones: list[tuple[str, _Draft]] = []
    for draft in sorted(drafts, key=lambda one: (order.index(one.table), one.entry.files.lower(), one.found.name)):
        entry, doubts = _with_readings(draft, settings)
        places = [column.rstrip("*") for column in described[draft.table]]
        entry = replace(entry, columns={name: entry.columns[name] for name in places if name in entry.columns})
        entries[draft.table].append(entry)
        at = f"{draft.table}/{len(entries[draft.table])}"
        for doubt in [*draft.doubts, *doubts]:
            _ask(questions, doubt, at)
        if not entry.time_zone and entry_readings.needs_zone(draft.found, draft.headers):
            zones.append((at, draft))
    if zones:
        names = list(dict.fromkeys(draft.found.name for _, draft in zones))
        currencies = {column.constant for each in entries.values() for e in each for column in e.columns.values()}
        doubt = entry_readings.zone_doubt(names, _times(zones[0][1]), currencies - {""} | _currencies(drafts))
        for at, _ in zones:
            _ask(questions, doubt, at)
    mapping = Mapping(
        {table: tuple(entries[table]) for table in order if table in entries},
        _not_read(roles, drafts, questions.values()),
        tuple(questions.values()),
    )
    return Proposal(mapping, roles, remarks)


def _times(draft: _Draft) -> tuple[str, ...]:
    header = next(header for ours, header in draft.headers.items() if ours in entry_readings.TIMES)
    return draft.found.profiles[header].examples(3)


def _currencies(drafts: list[_Draft]) -> set[str]:
    columns = [(draft.found, draft.headers.get("currency")) for draft in drafts]
    return {text.upper() for found, header in columns if header for text in found.profiles[header].distinct}


def _ask(questions: dict[str, Question], doubt: Doubt, at: str) -> None:
    known = questions.get(doubt.sentence) or Question(doubt.sentence, (), doubt.candidates, doubt.values)
    questions[doubt.sentence] = replace(known, sets=(*known.sets, f"{at}/{doubt.place}"))


def _parts_together(tables: list[FileTable]) -> list[FileTable]:
    """Files with the same columns and like names are one table in parts."""
    groups: dict[tuple[Any, ...], list[FileTable]] = defaultdict(list)
    for found in tables:
        columns = tuple(sorted(name.lower() for name in found.file.columns))
        groups[(columns, found.file.format, str(replace(found.entry, files="")))].append(found)
    together = []
    for each in groups.values():
        names = [found.entry.files for found in each]
        start, end = _common_start(names), _common_start([name[::-1] for name in names])[::-1]
        pattern = f"{start}*{end}"
        taken = [found.entry.files for found in tables if fnmatch.fnmatch(found.entry.files.lower(), pattern.lower())]
        is_plain = not any(found.entry.sheet or found.entry.section for found in each)
        if len(each) == 1 or len(start) < 3 or sorted(taken) != sorted(names) or not is_plain:
            together += each
        else:
            together.append(_joined(each, pattern))
    return sorted(together, key=lambda found: found.name.lower())


def _common_start(names: list[str]) -> str:
    first, last = min(names), max(names)
    return first[: next((at for at, sign in enumerate(first) if last[at : at + 1] != sign), len(first))]


def _joined(each: list[FileTable], pattern: str) -> FileTable:
    first = each[0]
    rows = []
    for found in each:
        spelled = {name.lower(): at for at, name in enumerate(found.sample.columns)}
        places = [spelled[name.lower()] for name in first.sample.columns]
        rows.append([[row[at] for at in places] for row in (*found.sample.first, *found.sample.others)])
    sample = Sample(first.sample.columns, rows[0], [row for more in rows[1:] for row in more])
    return FileTable(replace(first.entry, files=pattern), first.file, sample)


def _same_keys(roles: list[Role]) -> None:
    """Customers and products are named by the column that order lines name them by, as the values show."""
    for table, key in (("customers", "customer_id"), ("products", "product_id")):
        using = [
            role.found.profiles[role.columns.columns[key]].texts
            for role in roles
            if role.table != table and key in role.columns.columns
        ]
        for role in roles:
            if role.table != table or not using:
                continue
            shares = {
                name: max(overlap(profile.texts, texts) for texts in using)
                for name, profile in role.found.profiles.items()
                if profile.texts and len(profile.distinct) >= 0.9 * len(profile.texts)
            }
            mine = role.columns.columns[key]
            best = max(shares, key=lambda name: (shares[name], name), default=mine)
            if shares.get(mine, 0) < 0.05 and shares.get(best, 0) >= 0.5:
                role.columns.take(key, best, "its values are those that orders name them by")


def _drafts(roles: list[Role]) -> tuple[list[_Draft], list[str]]:
    drafts, remarks = [], []
    lines = [role for role in roles if role.table == "order_lines"]
    orders = [role for role in roles if role.table == ORDERS]
    events = [role for role in roles if role.table == "events"]
    for role in roles:
        if role.table != ORDERS:
            drafts.append(_draft(role))
    for role in lines:
        _look_up(next(draft for draft in drafts if draft.found is role.found), orders)
    if not lines:
        drafts += [_order_as_line(role) for role in orders]
    sources = [*lines, *orders]
    if not any(role.table == "customers" for role in roles):
        drafts += [draft for role in sources if (draft := _people_of(role))][:1]
    if not any(role.table == "products" for role in roles):
        drafts += [draft for role in [*lines, *events] if (draft := _products_of(role))]
    for draft in drafts:
        remarks += _remarks(draft)
    return drafts, remarks


def _draft(role: Role, table: str = "") -> _Draft:
    columns = {ours: ColumnFrom((header,)) for ours, header in role.columns.columns.items()} | role.special
    headers = dict(role.columns.columns)
    entry = replace(role.found.entry, columns=columns)
    return _Draft(table or role.table, entry, role.found, headers, list(role.columns.doubts))


def _look_up(draft: _Draft, orders: list[Role]) -> None:
    """What lines lack and a file of their orders has."""
    key = draft.headers.get("order_id")
    for at, role in enumerate(orders, 1):
        theirs = role.columns.columns["order_id"]
        wanted = [ours for ours in OF_ORDER if ours in role.columns.columns and ours not in draft.headers]
        if not key or not wanted:
            continue
        common = overlap(draft.found.profiles[key].texts, role.found.profiles[theirs].texts)
        if common < ENOUGH_IN_COMMON:
            continue
        name = "orders" if at == 1 else f"orders_{at}"
        lookup = Lookup(role.found.entry.files, theirs, key, role.found.entry.sheet)
        columns = {ours: ColumnFrom((role.columns.columns[ours],), lookup=name) for ours in wanted}
        draft.entry = replace(
            draft.entry, lookups=draft.entry.lookups | {name: lookup}, columns=draft.entry.columns | columns
        )
        draft.doubts = [one for one in draft.doubts if one.place.removeprefix("columns/") not in wanted]
        draft.found = _seen_with(draft.found, role.found, [role.columns.columns[ours] for ours in wanted], name)
        draft.headers |= {ours: f"{name}: {role.columns.columns[ours]}" for ours in wanted}


def _seen_with(found: FileTable, other: FileTable, headers: Iterable[str], name: str) -> FileTable:
    """The file with columns of a lookup beside its own, so that their dates are looked at."""
    seen = FileTable(found.entry, found.file, found.sample)
    added = {f"{name}: {header}": other.profiles[header] for header in headers}
    seen.__dict__["profiles"] = found.profiles | added
    return seen


def _order_as_line(role: Role) -> _Draft:
    draft = _draft(role, "order_lines")
    if "product_id" not in draft.headers:
        draft.doubts.append(
            Doubt(
                f"No column of {role.found.name} says what was bought: is every order a line of one product `goods`? "
                "Then figures of customers are right, and there are none of products.",
                "columns/product_id",
                {"goods": ColumnFrom(constant="goods"), "none": "none"},
            )
        )
    return draft


def _people_of(role: Role) -> _Draft | None:
    """Customers, from what their orders say of them."""
    key = role.columns.columns.get("customer_id")
    columns = assign("customers", role.found).columns
    taken = set(role.columns.columns.values()) - set(role.people.values()) - {key}
    wanted = {ours: columns[ours] for ours in OF_CUSTOMER if ours in columns and columns[ours] not in taken}
    if not key or not wanted or any(doubt.place == "columns/customer_id" for doubt in role.columns.doubts):
        return None
    headers = {"customer_id": key, **wanted}
    if "country" in role.columns.columns:
        headers["country"] = role.columns.columns["country"]
    entry = replace(
        role.found.entry, one_row_per="customer_id", columns={k: ColumnFrom((v,)) for k, v in headers.items()}
    )
    return _Draft("customers", entry, role.found, headers, [])


def _products_of(role: Role) -> _Draft | None:
    """Products, from what order lines say of them, where each has one such text."""
    key = role.columns.columns.get("product_id")
    columns: Assignment = assign("products", role.found)
    taken = set(role.columns.columns.values())
    wanted = {
        ours: header
        for ours, header in columns.columns.items()
        if ours in OF_PRODUCT and header not in taken and key and _is_of(role.found, key, header)
    }
    if not key or not {"category", "brand", "description"} & set(wanted):
        return None
    name = role.columns.columns.get("product_name")
    headers = {"product_id": key, **({"product_name": name} if name else {}), **wanted}
    entry = replace(
        role.found.entry, one_row_per="product_id", columns={k: ColumnFrom((v,)) for k, v in headers.items()}
    )
    return _Draft("products", entry, role.found, headers, [])


def _is_of(found: FileTable, key: str, header: str) -> bool:
    share = determines(found.sample, key, header)
    return share is None or share >= 0.9


def _with_readings(draft: _Draft, settings: dict[str, Any]) -> tuple[Entry, list[Doubt]]:
    """The entry with how its dates and amounts are written."""
    found, headers = draft.found, dict(draft.headers)
    for doubt in draft.doubts:
        # what may become a date or an amount is looked at, too
        ours = doubt.place.removeprefix("columns/")
        for name in doubt.candidates:
            if name in found.profiles and doubt.place.startswith("columns/"):
                headers.setdefault(ours, name)
    amounts = sorted({header for ours, header in headers.items() if ours in NUMBERS})
    order, doubts = entry_readings.date_order(found, headers, settings.get("date_order") or "")
    mark = entry_readings.decimal_mark(found.profiles[header] for header in amounts)
    if mark == "open":
        mark = settings.get("decimal_mark") or ""
        doubts += [] if mark else [entry_readings.mark_doubt(found, amounts)]
    zone = "UTC" if entry_readings.is_utc(found, headers) else ""
    if not zone and settings.get("time_zone") and entry_readings.needs_zone(found, headers):
        zone = settings["time_zone"]
    entry = replace(draft.entry, date_order=order, decimal_mark=mark, time_zone=zone)
    if draft.table in ("order_lines", "products") and "currency" not in draft.headers:
        currency, more = entry_readings.currency_of(found, amounts)
        doubts += more
        if currency and amounts:
            entry = replace(entry, columns=entry.columns | {"currency": ColumnFrom(constant=currency)})
    return entry, doubts


def _remarks(draft: _Draft) -> list[str]:
    if draft.table != "order_lines":
        return []
    asked = {doubt.place.removeprefix("columns/") for doubt in draft.doubts}
    told = []
    if "ordered_at" not in {*draft.headers, *asked}:
        told.append(f"{draft.found.name}: no column has dates; what is bought together can be learned, not when")
    if "unit_price" not in {*draft.headers, *asked}:
        told.append(f"{draft.found.name}: no column has prices of lines; there will be no revenue")
    if "customer_id" not in {*draft.headers, *asked}:
        told.append(f"{draft.found.name}: no column names who bought; there will be no customers")
    return told


def _not_read(
    roles: list[tuple[FileTable, Role | None]], drafts: list[_Draft], questions: Iterable[Question]
) -> dict[str, tuple[str, ...]]:
    read: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        read[draft.entry.files] |= {*draft.entry.headers()}
        for column in draft.entry.columns.values():
            if column.lookup:
                read[draft.entry.lookups[column.lookup].files] |= {*column.columns}
        for lookup in draft.entry.lookups.values():
            read[lookup.files].add(lookup.key)
    asked = {name for question in questions for name in question.candidates}
    left = {
        found.name: [n for n in sorted(found.profiles) if n not in read[found.entry.files] | asked]
        for found, _ in roles
    }
    return {name: tuple(names) for name, names in left.items() if names}
