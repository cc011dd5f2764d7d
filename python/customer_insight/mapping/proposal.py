"""A mapping proposed for the files of a folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from customer_insight.mapping import entry_readings
from customer_insight.mapping.assignment import Doubt
from customer_insight.mapping.column_values import NUMBERS, TIMES
from customer_insight.mapping.drafts import drafts_of, remarks_on
from customer_insight.mapping.file_roles import beginning_of_lines, role_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom, Entry, Mapping, Question
from customer_insight.mapping.order_lookups import Draft
from customer_insight.mapping.order_roles import Role
from customer_insight.mapping.role_checks import checked_roles, parts_together, without_copies


@dataclass
class MappingProposal:
    """A mapping, the role of each table of the files (None: nobody reads it), and remarks on them."""

    mapping: Mapping
    roles: list[tuple[FileTable, Role | None]]
    remarks: list[str] = field(default_factory=list)


def propose(tables: list[FileTable], described: dict[str, list[str]], settings: dict[str, Any]) -> MappingProposal:
    """What files are taken for. `described`: our tables and columns; `settings` such as date_order answer for all."""
    tables, remarks = without_copies(parts_together(tables))
    roles, more = checked_roles([(found, role_of(found, described)) for found in tables])
    if not any(role for _, role in roles):
        # a beginning that asks for the rest helps more than none
        roles = [(found, beginning_of_lines(found)) for found, _ in roles]
    drafts = drafts_of([role for _, role in roles if role is not None])
    remarks += [*more, *(remark for draft in drafts for remark in remarks_on(draft))]
    order = list(described)
    questions: dict[str, Question] = {}
    entries: dict[str, list[Entry]] = defaultdict(list)
    zones: list[tuple[str, Draft]] = []
    for draft in sorted(drafts, key=lambda one: (order.index(one.table), one.entry.files.lower(), one.found.name)):
        entry, doubts, more = _with_readings(draft, settings)
        remarks += [remark for remark in more if remark not in remarks]
        places = [column.rstrip("*") for column in described[draft.table]]
        entry = replace(entry, columns={name: entry.columns[name] for name in places if name in entry.columns})
        entries[draft.table].append(entry)
        at = f"{draft.table}/{len(entries[draft.table])}"
        needed = [column.rstrip("*") for column in described[draft.table] if column.endswith("*")]
        for doubt in [*draft.doubts, *doubts, *_missing(draft, entry, needed)]:
            _ask(questions, doubt, at)
        if not entry.time_zone and _needs_zone(draft):
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
    return MappingProposal(mapping, roles, remarks)


def _missing(draft: Draft, entry: Entry, needed: list[str]) -> list[Doubt]:
    """Columns that each row needs, that none was taken for and none is asked about: any that is left may be it."""
    asked = {doubt.place for doubt in draft.doubts}
    left = [name for name in draft.found.profiles if name not in entry.headers() and draft.found.profiles[name].texts]
    return [
        Doubt(
            f"Which column of {draft.found.name} is {column} of {draft.table}, which each row needs?",
            f"columns/{column}",
            {name: name for name in [*left, "none"]},
            tuple(f"{name}: {', '.join(draft.found.profiles[name].examples(3))}" for name in left[:6]),
        )
        for column in needed
        if column not in entry.columns and f"columns/{column}" not in asked
    ]


def _asked_headers(draft: Draft) -> list[tuple[str, str]]:
    """Our columns and the headers that a question may give them: they are looked at as those that are taken."""
    pairs = []
    for doubt in draft.doubts:
        for answer, value in doubt.candidates.items():
            said = value if isinstance(value, ColumnFrom) else ColumnFrom((answer,))
            names = [f"{said.lookup}: {name}" if said.lookup else name for name in said.columns]
            if doubt.place.startswith("columns/"):
                pairs += [
                    (doubt.place.removeprefix("columns/"), name) for name in names if name in draft.found.profiles
                ]
    return list(dict.fromkeys(pairs))


def _needs_zone(draft: Draft) -> bool:
    columns = [*draft.entry.columns.values()]
    columns += [value for doubt in draft.doubts for value in doubt.candidates.values() if isinstance(value, ColumnFrom)]
    read = [*draft.headers.items(), *_asked_headers(draft)]
    return entry_readings.is_composed(columns) or entry_readings.needs_zone(draft.found, read)


def _times(draft: Draft) -> tuple[str, ...]:
    read = [*draft.headers.items(), *_asked_headers(draft)]
    header = next(header for ours, header in read if ours in TIMES)
    return draft.found.profiles[header].examples(3)


def _currencies(drafts: list[Draft]) -> set[str]:
    columns = [(draft.found, draft.headers.get("currency")) for draft in drafts]
    return {text.upper() for found, header in columns if header for text in found.profiles[header].distinct}


def _ask(questions: dict[str, Question], doubt: Doubt, at: str) -> None:
    known = questions.get(doubt.sentence) or Question(doubt.sentence, (), doubt.candidates, doubt.values)
    questions[doubt.sentence] = replace(known, sets=(*known.sets, f"{at}/{doubt.place}"))


def _with_readings(draft: Draft, settings: dict[str, Any]) -> tuple[Entry, list[Doubt], list[str]]:
    """The entry with how its dates and amounts are written."""
    found, read = draft.found, [*draft.headers.items(), *_asked_headers(draft)]
    # what may become a date or an amount is looked at, too
    amounts = sorted({header for ours, header in read if ours in NUMBERS})
    order, doubts, remarks = entry_readings.date_order(found, read, settings.get("date_order") or "")
    mark = entry_readings.decimal_mark(found.profiles[header] for header in amounts)
    if mark == "open":
        mark = settings.get("decimal_mark") or ""
        doubts += [] if mark else [entry_readings.mark_doubt(found, amounts)]
    zone = "UTC" if entry_readings.is_utc(read) and not _needs_zone(draft) else ""
    if not zone and settings.get("time_zone") and _needs_zone(draft):
        zone = settings["time_zone"]
    entry = replace(draft.entry, date_order=order, decimal_mark=mark, time_zone=zone)
    if draft.table in ("order_lines", "products") and "currency" not in draft.headers:
        currency, more = entry_readings.currency_of(found, amounts)
        doubts += more
        if currency and amounts:
            entry = replace(entry, columns=entry.columns | {"currency": ColumnFrom(constant=currency)})
    return entry, doubts, remarks


def _not_read(
    roles: list[tuple[FileTable, Role | None]], drafts: list[Draft], questions: Iterable[Question]
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
    for question in questions:
        for value in question.candidates.values():
            asked |= set(value.columns) if isinstance(value, ColumnFrom) else set()
    left = {
        found.name: [n for n in sorted(found.profiles) if n not in read[found.entry.files] | asked]
        for found, _ in roles
    }
    return {name: tuple(names) for name, names in left.items() if names}
