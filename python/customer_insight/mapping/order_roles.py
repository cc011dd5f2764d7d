"""Files of orders: their lines, or orders without products; who bought, what an order is, which states there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from customer_insight.mapping.assignment import Assignment, Doubt, assign, which_of
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.column_values import dates_first
from customer_insight.mapping.entry_readings import decimal_mark
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.line_amounts import decide_amounts
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.order_questions import ask_status, ask_time_of_day, ask_words
from customer_insight.mapping.patterns import name_score
from customer_insight.mapping.relations import counts_within, determines
from customer_insight.mapping.rivals import (
    ask_for_people,
    ask_for_price,
    settle_rivals,
    totals_in_doubt,
    without_parts,
)
from customer_insight.mapping.unnamed_columns import fill_by_values

# What a file of orders has beside its lines: one row an order.
ORDERS = "orders"
UNIQUE = 0.95
PEOPLE = ("customer_email", "customer_phone")


@dataclass
class Role:
    """What a file is taken for and why, with its columns; `special` are columns that are more than a header."""

    found: FileTable
    table: str
    columns: Assignment
    why: str
    special: dict[str, ColumnFrom] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


def unique_share(found: FileTable, header: str) -> float:
    """Which share of the filled texts of a column stand there once."""
    profile = found.profiles[header]
    return len(profile.distinct) / max(len(profile.texts), 1)


def is_order(found: FileTable, lines: Assignment) -> bool:
    """Whether each row is an order."""
    key = lines.columns.get("order_id")
    beside = {"ordered_at", "customer_id", "line_total", "unit_price"} & set(lines.columns)
    return bool(key) and bool(beside) and unique_share(found, str(key)) >= UNIQUE


def is_lines(lines: Assignment) -> bool:
    """Whether rows are products in orders."""
    columns = {*lines.columns, *(doubt.place.removeprefix("columns/") for doubt in lines.doubts)}
    if not {"product_id", "product_name"} & columns:
        return False
    beside = {"ordered_at", "quantity", "unit_price", "line_total", "customer_id"} & set(lines.columns)
    if "order_id" in lines.columns:
        return True
    # a name alone may be anybody's
    header = lines.columns.get("product_id", "")
    is_product = header and {"product", "sku", "description"} & meaning_of(header).meanings
    has_amounts = {"quantity", "unit_price", "line_total"} & beside
    is_sale = {"quantity", "customer_id"} & beside
    return bool((is_product or "order_id" in columns) and has_amounts and is_sale and len(beside) >= 2)


def mark_of(found: FileTable) -> str:
    """What stands before the decimals in a file, as a sign for rough numbers."""
    numeric = [profile for profile in found.profiles.values() if profile.share("number") >= 0.9]
    return "," if decimal_mark(numeric) == "comma" else "."


def lines_of(found: FileTable) -> Assignment:
    """The columns of order lines in a file."""
    lines = assign("order_lines", found)
    settle_rivals(found, lines, mark_of(found))
    fill_by_values(found, lines, mark_of(found))
    _line_number(found, lines)
    asked = any(doubt.place == "columns/product_id" for doubt in lines.doubts)
    if "product_id" not in lines.columns and "product_name" in lines.columns and not asked:
        lines.take("product_id", lines.columns["product_name"], "no other column names the product")
    _key_of_orders(found, lines)
    ask_for_people(found, lines)
    _customer(found, lines)
    _order_key(found, lines)
    return lines


def _line_number(found: FileTable, lines: Assignment) -> None:
    """A key of products or lines that only counts the lines of each order."""
    order = lines.columns.get("order_id")
    if not order or "line_number" in lines.columns:
        return
    for name in found.profiles:
        is_key = {"id", "line"} & meaning_of(name).meanings and found.profiles[name].share("integer") > 0.95
        if is_key and name not in lines.used() and counts_within(found.sample, order, name):
            lines.take("line_number", name, "it counts the lines of each order")
            return


def _key_of_orders(found: FileTable, lines: Assignment) -> None:
    """The `id` of a file that is called after orders, each of which has a row there."""
    if "order_id" in lines.columns or "product_id" in lines.columns:
        return
    if not {"order", "invoice"} & meaning_of(found.entry.files.split(".")[0].split("/")[-1]).meanings:
        return
    for name, profile in found.profiles.items():
        if meaning_of(name).meanings == {"id"} and profile.is_unique and name not in lines.used():
            lines.take("order_id", name, "it is the key of a file that is called after orders")
            return


def _customer(found: FileTable, lines: Assignment) -> None:
    """Who bought: the id, else the address, else the telephone; a name alone is asked."""
    asked = any(doubt.place == "columns/customer_id" for doubt in lines.doubts)
    for column in PEOPLE:
        if "customer_id" not in lines.columns and column in lines.columns and not asked:
            share = determines(found.sample, lines.columns[column], lines.columns.get("customer_name", ""))
            if share is not None and share < 0.95:
                # one telephone of several people
                continue
            lines.take("customer_id", lines.columns[column], "no other column names who bought")
    if "customer_id" not in lines.columns and "customer_name" in lines.columns and not asked:
        lines.doubts.append(which_of(found, "order_lines", "customer_id", [lines.columns["customer_name"]]))


def _order_key(found: FileTable, lines: Assignment) -> None:
    """Without a key of orders what a customer bought on a day may be one."""
    who, when = lines.columns.get("customer_id"), lines.columns.get("ordered_at")
    asked = any(doubt.place == "columns/order_id" for doubt in lines.doubts)
    if "order_id" in lines.columns or asked or not when or "product_id" not in lines.columns:
        return
    keys = [
        name
        for name in found.profiles
        if name not in lines.used()
        and name_score("customers", "customer_id", name) >= 0.9
        and unique_share(found, name) > 0.5
    ]
    candidates: dict[str, object] = {name: name for name in keys}
    if who:
        candidates["customer and time"] = ColumnFrom((who, when))
    candidates["each row"] = ColumnFrom(is_numbered=True)
    if candidates:
        lines.doubts.append(
            Doubt(
                f"No column of {found.name} names the order: what is one order?",
                "columns/order_id",
                candidates,
                tuple(f"{name}: {', '.join(found.profiles[name].examples(3))}" for name in (*keys, when)),
            )
        )


def with_amounts(role: Role) -> Role:
    """The role with what its amounts are of, its times, and its states."""
    lines = role.columns
    role.people = {ours: lines.columns[ours] for ours in (*PEOPLE, "customer_name") if ours in lines.columns}
    if "ordered_at" not in lines.columns and not any(doubt.place == "columns/ordered_at" for doubt in lines.doubts):
        dates = dates_first(role.found, [name for name in role.found.profiles if name not in lines.used()])
        if dates and role.table == "order_lines":
            lines.doubts.append(which_of(role.found, "order_lines", "ordered_at", dates))
    _amounts(role)
    ask_time_of_day(role.found, lines, role.special)
    without_parts(lines)
    ask_status(role.found, lines)
    ask_words(role.found, lines)
    quantity = lines.columns.get("quantity")
    if quantity and any(number and number < 0 for number in role.found.profiles[quantity].numbers):
        status = (lines.columns["order_status"],) if "order_status" in lines.columns else ()
        role.special["order_status"] = ColumnFrom(status, negative_quantity="returned")
    return role


def _amounts(role: Role) -> None:
    """What prices are made of; of several totals none is taken without arithmetic."""
    lines, before = role.columns, role.columns.doubt_on("unit_price")
    totals = totals_in_doubt(lines)
    if role.table == "order_lines" or {"quantity", "unit_price"} <= set(lines.columns):
        if totals and "unit_price" in lines.columns:
            # none of them is quantity x price, which one tells as well as all
            lines.take("line_total", totals[0], "by its name")
        role.special = decide_amounts(role.found, lines, mark_of(role.found))
    elif "line_total" in lines.columns:
        # of an order on one row the total is all of it
        lines.take("unit_price", lines.columns["line_total"], "the amount of the whole order")
        role.special = {"unit_price": ColumnFrom((lines.columns["line_total"],), kind="total")}
    now = [doubt for doubt in lines.doubts if doubt.place == "columns/unit_price"]
    if before in now and ("unit_price" in lines.columns or len(now) > 1):
        lines.doubts.remove(before)
        if len(now) > 1:
            now[-1].candidates = {**before.candidates, **now[-1].candidates}
    if totals:
        ask_for_price(role.found, lines, totals)
