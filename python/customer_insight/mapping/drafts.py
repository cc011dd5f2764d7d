"""Entries of a mapping made of what files are taken for: what they look up, and what else they tell of."""

from __future__ import annotations

from dataclasses import replace

from customer_insight.mapping.assignment import Assignment, Doubt, assign
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.column_values import NUMBERS
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import CENTS, ColumnFrom
from customer_insight.mapping.order_lookups import Draft, look_up
from customer_insight.mapping.order_roles import ORDERS, Role
from customer_insight.mapping.relations import determines, overlap

# What orders tell of those who bought, and of what was bought.
OF_CUSTOMER = ["email", "phone", "gender", "birth_date", "city", "income_band", "marketing_consent"]
OF_PRODUCT = ["category", "brand", "description", "image_path"]


def drafts_of(roles: list[Role]) -> list[Draft]:
    """An entry for each role, and for customers and products that order lines tell of."""
    drafts = []
    lines = [role for role in roles if role.table == "order_lines"]
    orders = [role for role in roles if role.table == ORDERS]
    events = [role for role in roles if role.table == "events"]
    for role in roles:
        if role.table != ORDERS:
            drafts.append(_draft(role))
    for role in lines:
        look_up(next(draft for draft in drafts if draft.found is role.found), orders)
    for at, role in enumerate(lines[1:], 1):
        _ask_twice(next(draft for draft in drafts if draft.entry.files == role.found.entry.files), role, lines[:at])
    if not lines:
        drafts += [_order_as_line(role) for role in orders]
    sources = [*lines, *orders]
    if not any(role.table == "customers" for role in roles):
        drafts += [draft for role in sources if (draft := _people_of(role))][:1]
    if not any(role.table == "products" for role in roles):
        drafts += [draft for role in [*lines, *events] if (draft := _products_of(role))]
    return drafts


def _ask_twice(draft: Draft, role: Role, others: list[Role]) -> None:
    """The question whether the same orders stand in two files, and would count twice."""
    key = role.columns.columns.get("order_id")
    for other in others:
        theirs = other.columns.columns.get("order_id")
        if key and theirs and overlap(role.found.profiles[key].texts, other.found.profiles[theirs].texts) >= 0.5:
            draft.doubts.append(
                Doubt(
                    f"Orders of {other.found.name} stand in {role.found.name}, too: are both read, or only the first?",
                    "files",
                    {"both": role.found.entry.files, f"only {other.found.name}": "none"},
                )
            )
            return


def _draft(role: Role, table: str = "") -> Draft:
    columns = {ours: ColumnFrom((header,)) for ours, header in role.columns.columns.items()} | role.special
    headers = dict(role.columns.columns)
    doubts = list(role.columns.doubts)
    for ours, header in headers.items():
        if ours in NUMBERS and "cents" in meaning_of(header).meanings:
            if columns[ours].kind:
                doubts.append(_in_cents(role, ours, header))
                del columns[ours]
            else:
                columns[ours] = ColumnFrom((header,), kind=CENTS)
    entry = replace(role.found.entry, columns=columns)
    return Draft(table or role.table, entry, role.found, headers, doubts)


def _in_cents(role: Role, ours: str, header: str) -> Doubt:
    sentence = f"`{header}` of {role.found.name} is in cents and of the whole line, which cannot be read: leave it out?"
    return Doubt(sentence, f"columns/{ours}", {"none": "none"}, role.found.profiles[header].examples())


def _order_as_line(role: Role) -> Draft:
    draft = _draft(role, "order_lines")
    if "product_id" not in draft.headers:
        draft.doubts.append(
            Doubt(
                f"No column of {role.found.name} says what was bought: is every order a line of one product `goods`? "
                "Then figures of customers are right, and there are none of products.",
                "columns/product_id",
                {"goods": ColumnFrom(constant="goods"), **_kinds_of_goods(role), "none": "none"},
            )
        )
    return draft


def _kinds_of_goods(role: Role) -> dict[str, str]:
    """Columns that say something of what was bought."""
    words = {"product", "category", "description"}
    return {name: name for name in role.found.profiles if words & meaning_of(name).meanings}


def _people_of(role: Role) -> Draft | None:
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
    return Draft("customers", entry, role.found, headers, [])


def _products_of(role: Role) -> Draft | None:
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
    return Draft("products", entry, role.found, headers, [])


def _is_of(found: FileTable, key: str, header: str) -> bool:
    share = determines(found.sample, key, header)
    return share is None or share >= 0.9


def remarks_on(draft: Draft) -> list[str]:
    """What order lines lack."""
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
    price = draft.entry.columns.get("unit_price", ColumnFrom())
    numbers = [n for name in price.columns if name in draft.found.profiles for n in draft.found.profiles[name].numbers]
    worth = [abs(number) for number in numbers if number]
    if price.kind != CENTS and worth and all(number >= 100 and number == int(number) for number in worth):
        told.append(
            f"{draft.found.name}: every `{price.columns[0]}` is a whole number of 100 or more; if these are cents, "
            f"write {{cents: {price.columns[0]}}} behind unit_price"
        )
    return told
