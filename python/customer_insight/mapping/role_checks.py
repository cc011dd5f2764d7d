"""Roles of files held against one another: whose keys orders use, and which files say the same rows twice."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import replace
from typing import Any

from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.order_roles import Role
from customer_insight.mapping.relations import overlap
from customer_insight.mapping.samples import Sample

# What a key may be called besides.
OF_KEYS = {"id", "email", "phone", "name", "title", "line"}
KEYS = {"customers": ("customer_id", {"customer"}), "products": ("product_id", {"product", "sku"})}
# Of the keys of a list, such a share in orders is none.
NONE_IN_COMMON = 0.05


def parts_together(tables: list[FileTable]) -> list[FileTable]:
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
    is_whole = all(found.sample.is_whole for found in each)
    sample = Sample(first.sample.columns, rows[0], [row for more in rows[1:] for row in more], is_whole)
    return FileTable(replace(first.entry, files=pattern), first.file, sample)


def without_copies(tables: list[FileTable]) -> tuple[list[FileTable], list[str]]:
    """The tables without those whose rows another one has, and a remark on each of these."""
    kept: dict[Any, FileTable] = {}
    remarks = []
    for found in tables:
        order = [at for _, at in sorted((name.lower(), at) for at, name in enumerate(found.sample.columns))]
        rows = tuple(tuple(_plain(row[at]) for at in order) for row in found.sample.first)
        key = (tuple(found.sample.columns[at].lower() for at in order), rows)
        if rows and key in kept:
            remarks.append(f"{found.name}: the same rows as in {kept[key].name}, so it is not read")
        else:
            kept[key if rows else (key, found.name)] = found
    return list(kept.values()), remarks


def _plain(text: str | None) -> str | None:
    """A value as all kinds of files write it: 4500.00 and 4500 are one."""
    try:
        return text and f"{float(text):.6f}"
    except ValueError:
        return text


def checked_roles(roles: list[tuple[FileTable, Role | None]]) -> tuple[list[tuple[FileTable, Role | None]], list[str]]:
    """Lists of customers and products that orders use, or that are called so; and a remark on each of the others."""
    checked: list[tuple[FileTable, Role | None]] = []
    remarks: list[str] = []
    used: set[str] = set()
    for found, role in roles:
        remark = ""
        if role and role.table in KEYS and role.why != "its columns have our names":
            is_kept, remark = _is_list(role, [other for _, other in roles if other])
            used |= {role.table} if is_kept and not remark else set()
            role = role if is_kept else None
        remarks += [remark] if remark else []
        checked.append((found, role))
    # beside a list that orders use, one that they do not use is another shop's
    unused = {remark.partition(": orders name none")[0] for remark in remarks}
    return [
        (found, None if role and role.table in used and found.name in unused else role) for found, role in checked
    ], remarks


def _is_list(role: Role, roles: list[Role]) -> tuple[bool, str]:
    key, words = KEYS[role.table]
    using = [
        other.found.profiles[other.columns.columns[key]].texts
        for other in roles
        if other.table not in KEYS and key in other.columns.columns
    ]
    stem = meaning_of(role.found.entry.files.rpartition("/")[2].split(".")[0]).meanings
    said = {name: meaning_of(name) for name in role.found.profiles}
    is_called = bool(words & (stem | {word for meaning in said.values() for word in meaning.meanings}))
    mine = role.columns.columns[key]
    if using:
        shares = {
            name: max(overlap(profile.texts, texts) for texts in using)
            for name, profile in role.found.profiles.items()
            if profile.texts
            and len(profile.distinct) >= 0.9 * len(profile.texts)
            and (name == mine or (not said[name].unknown and said[name].meanings <= words | OF_KEYS))
        }
        best = max(shares, key=lambda name: (shares[name], name), default=mine)
        if shares.get(mine, 0) < NONE_IN_COMMON <= 10 * shares.get(best, 0) and shares[best] >= 0.5:
            role.columns.take(key, best, "its values are those that orders name them by")
            mine = best
        if shares.get(mine, 0) >= NONE_IN_COMMON:
            return True, ""
        name = role.found.name
        if not is_called or role.columns.reasons.get(key, "").startswith("no other"):
            return False, f"{name}: looks like {role.table}, but orders name none of them, so it is not read"
        return True, f"{name}: orders name none of its {key} (`{mine}`)"
    if not is_called:
        return False, f"{role.found.name}: nothing says that these are {role.table}, so it is not read"
    return True, ""
