"""What a file is taken for: order lines, orders without their lines, customers, products, events or reviews."""

from __future__ import annotations

from customer_insight.mapping.assignment import Assignment, assign, which_of
from customer_insight.mapping.column_names import meaning_of, plain
from customer_insight.mapping.column_values import share_known
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.order_roles import (
    ORDERS,
    UNIQUE,
    Role,
    is_lines,
    is_order,
    lines_of,
    unique_share,
    with_amounts,
)
from customer_insight.mapping.patterns import PATTERNS, name_score


def role_of(found: FileTable, described: dict[str, list[str]]) -> Role | None:
    """The table that a file is, None where it is none of ours; `described`: our tables and columns, `*` if needed."""
    own = _own_names(found, described)
    if own:
        return own
    events, reviews = assign("events", found), assign("reviews", found)
    if _is_events(found, events):
        return Role(found, "events", events, "each row says when somebody did what")
    lines = lines_of(found)
    has_amounts = {"quantity", "unit_price", "line_total"} & set(lines.columns)
    if _is_reviews(found, reviews) and not has_amounts and "order_id" not in lines.columns:
        return _reviews(Role(found, "reviews", reviews, "products with stars or words on them"))
    asked = any(doubt.place == "columns/product_id" for doubt in lines.doubts)
    if is_order(found, lines) and "product_id" not in lines.columns and not asked:
        return with_amounts(Role(found, ORDERS, lines, "each order stands on one row, without its products"))
    listed = _called_list(found) if "order_id" not in lines.columns else None
    if listed:
        return listed
    if is_lines(lines):
        return with_amounts(Role(found, "order_lines", lines, "orders with products"))
    return _customers(found) or _products(found)


def beginning_of_lines(found: FileTable) -> Role | None:
    """Order lines that lack what is needed, which is asked; None where nothing speaks for them."""
    lines = lines_of(found)
    told = {*lines.columns, *(doubt.place.removeprefix("columns/") for doubt in lines.doubts)}
    has = {"order_id", "product_id", "ordered_at", "customer_id", "quantity"} & told
    # numbers alone, which may be counts and prices of anything, are no beginning
    is_named = {"order_id", "product_id"} & set(lines.columns)
    if not is_named or len(has) + bool({"unit_price", "line_total"} & told) < 2:
        return None
    return with_amounts(Role(found, "order_lines", lines, "nothing else; only some of its columns are those of orders"))


def _own_names(found: FileTable, described: dict[str, list[str]]) -> Role | None:
    """The table of which a file has the needed columns, as we call them, and most others."""
    names = {plain(name).replace(" ", "_"): name for name in reversed(found.file.columns)}
    best: tuple[int, str] = (0, "")
    for table, ours in described.items():
        needed = {column.rstrip("*") for column in ours if column.endswith("*")}
        has = {column.rstrip("*") for column in ours} & set(names)
        # tables whose columns have other names, too, are looked at for them
        if table not in PATTERNS and needed <= has and (len(needed) > 1 or len(has) > 3):
            best = max(best, (len(has), table))
    if not best[1]:
        return None
    columns = Assignment(best[1])
    for column in described[best[1]]:
        if column.rstrip("*") in names:
            columns.take(column.rstrip("*"), names[column.rstrip("*")], "by its name")
    return Role(found, best[1], columns, "its columns have our names")


def _called_list(found: FileTable) -> Role | None:
    """The list that a file is called after, of products or of customers."""
    stem = meaning_of(found.entry.files.rpartition("/")[2].split(".")[0]).meanings
    if {"order", "invoice", "line"} & stem:
        return None
    return _products(found) if "product" in stem else _customers(found) if "customer" in stem else None


def _is_events(found: FileTable, events: Assignment) -> bool:
    kind = events.columns.get("event_type")
    if not kind or "occurred_at" not in events.columns:
        return False
    knows = share_known(found.profiles[kind], "event_types") >= 0.5
    if not {"visitor_id", "customer_id"} & set(events.columns):
        return False
    if "visitor_id" not in events.columns:
        # who is always logged in is his own visitor
        events.take("visitor_id", events.columns["customer_id"], "no column names the browser: it is the customer")
    return knows or events.scores.get("event_type", 0) >= 0.95


def _is_reviews(found: FileTable, reviews: Assignment) -> bool:
    key = reviews.columns.get("review_id")
    if key and unique_share(found, key) < UNIQUE:
        reviews.drop("review_id")
    told = {"rating", "review_text", "reviewed_at", "customer_id", "review_id", "title"} & set(reviews.columns)
    if not {"rating", "review_text"} & told or len(told) < 2:
        return False
    if "product_id" not in reviews.columns:
        ids = [name for name in found.profiles if "id" in meaning_of(name).meanings and name not in reviews.used()]
        if not ids:
            return False
        reviews.doubts.append(which_of(found, "reviews", "product_id", ids))
    return True


def _reviews(role: Role) -> Role:
    """Reviews without a key of their own are counted."""
    key = role.columns.columns.get("review_id")
    if not key and not any(doubt.place == "columns/review_id" for doubt in role.columns.doubts):
        role.special["review_id"] = ColumnFrom(is_numbered=True)
    return role


def _customers(found: FileTable) -> Role | None:
    columns = assign("customers", found)
    if "customer_id" not in columns.columns:
        header = columns.columns.get("email") or columns.columns.get("phone")
        if not header:
            return None
        columns.take("customer_id", header, "no other column names the customer")
    beside = set(columns.columns) - {"customer_id", "country", "updated_at"}
    names = [name for name in found.profiles if name_score("order_lines", "customer_name", name) >= 0.65]
    about_people = {"email", "phone", "birth_date", "gender", "income_band", "marketing_consent"} & beside or names
    is_named = name_score("order_lines", "customer_id", columns.columns["customer_id"]) >= 0.9
    if unique_share(found, columns.columns["customer_id"]) < UNIQUE or not (about_people or (is_named and beside)):
        return None
    return Role(found, "customers", columns, "one row a customer")


def _products(found: FileTable) -> Role | None:
    columns = assign("products", found)
    if "product_id" not in columns.columns and "product_name" in columns.columns and "price" in columns.columns:
        columns.take("product_id", columns.columns["product_name"], "no other column names the product")
    beside = {"product_name", "description", "category", "brand", "price"} & set(columns.columns)
    if "product_id" not in columns.columns or not beside:
        return None
    key = columns.columns["product_id"]
    is_named = name_score("order_lines", "product_id", key) >= 0.8
    if unique_share(found, key) < UNIQUE or not (is_named or {"price", "category", "brand"} & beside):
        return None
    return Role(found, "products", columns, "one row a product")
