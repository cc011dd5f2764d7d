"""What a price in order lines is of: one piece, the whole line, or the order; by arithmetic first, then by its name."""

from __future__ import annotations

from customer_insight.mapping.assignment import Assignment, Doubt
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.names import meaning_of
from customer_insight.mapping.patterns import name_score
from customer_insight.mapping.relations import amount_is_of, is_of_order, numbers_of, share_of_products

# From such a share of rows on an equation holds.
HOLDS = 0.95


def decide_amounts(found: FileTable, lines: Assignment, mark: str) -> dict[str, ColumnFrom]:
    """What unit_price and discount are made of; takes back and asks what nothing decides. `mark`: the decimal mark."""
    price, total = lines.columns.get("unit_price"), lines.columns.get("line_total")
    quantity, discount = lines.columns.get("quantity"), lines.columns.get("discount_amount")
    lines.drop("line_total")
    if price and total and quantity:
        if _holds(found, mark, quantity, price, total, discount):
            lines.reasons["unit_price"] = f"`{quantity}` x `{price}` is `{total}`"
            return {}
        if _holds(found, mark, quantity, total, price, None):
            lines.take("unit_price", total, f"`{quantity}` x `{total}` is `{price}`")
            return {}
    if price and _is_of_order(found, lines, price):
        lines.drop("unit_price")
        price = None
    if total and _is_of_order(found, lines, total):
        total = None
    amount = price or total
    if not amount:
        return {}
    shown = _shown(found, lines, amount, mark)
    if price:
        return _of_price(found, lines, price, shown)
    return _of_total(found, lines, amount, shown, discount, mark)


def _holds(found: FileTable, mark: str, quantity: str, price: str, total: str, discount: str | None) -> bool:
    columns = [numbers_of(found.sample, name, mark) for name in (quantity, price, total)]
    plain = share_of_products(*columns)
    if plain is not None and plain >= HOLDS:
        return True
    if discount:
        less = share_of_products(*columns, numbers_of(found.sample, discount, mark))
        return less is not None and less >= HOLDS
    return False


def _is_of_order(found: FileTable, lines: Assignment, amount: str) -> bool:
    order = lines.columns.get("order_id")
    return bool(order) and is_of_order(found.sample, str(order), amount)


def _shown(found: FileTable, lines: Assignment, amount: str, mark: str) -> str:
    """What the same product in other quantities shows: `piece`, `line` or nothing."""
    product, quantity = lines.columns.get("product_id"), lines.columns.get("quantity")
    if not product or not quantity:
        return ""
    quantities = numbers_of(found.sample, quantity, mark)
    return amount_is_of(found.sample.values(product), quantities, numbers_of(found.sample, amount, mark))


def _of_price(found: FileTable, lines: Assignment, price: str, shown: str) -> dict[str, ColumnFrom]:
    if shown == "line":
        # the name says piece, the values line
        if "unit" in meaning_of(price).meanings:
            return _ask(found, lines, price)
        lines.take("unit_price", price, "more pieces of a product cost as many times more: it is of the line")
        return {"unit_price": ColumnFrom((price,), total="total")}
    if shown == "piece":
        lines.reasons["unit_price"] = "a product costs the same in any quantity: it is of one piece"
    elif lines.scores.get("unit_price", 1) < 0.7 and _has_several_pieces(found, lines):
        return _ask(found, lines, price)
    return {}


def _of_total(
    found: FileTable, lines: Assignment, total: str, shown: str, discount: str | None, mark: str
) -> dict[str, ColumnFrom]:
    if shown == "piece":
        lines.take("unit_price", total, "a product costs the same in any quantity: it is of one piece")
        return {}
    several = _has_several_pieces(found, lines)
    is_sure = shown == "line" or not several or name_score("order_lines", "line_total", total) >= 0.85
    if not is_sure:
        return _ask(found, lines, total)
    reason = "more pieces cost as many times more: it is of the line" if shown == "line" else "by its name: of the line"
    if discount:
        lines.doubts.append(
            Doubt(
                f"Is `{total}` of {found.name} what was paid, or is `{discount}` still to be taken off?",
                "columns/unit_price",
                {
                    "paid": ColumnFrom((total,), total="total_after_discount"),
                    "before discount": ColumnFrom((total,), total="total"),
                },
                tuple(f"{name}: {', '.join(found.profiles[name].examples(3))}" for name in (total, discount)),
            )
        )
        return {}
    lines.take("unit_price", total, reason)
    return {"unit_price": ColumnFrom((total,), total="total")} if several else {}


def _has_several_pieces(found: FileTable, lines: Assignment) -> bool:
    quantity = lines.columns.get("quantity")
    return bool(quantity) and any(number not in (None, 1.0) for number in found.profiles[str(quantity)].numbers)


def _ask(found: FileTable, lines: Assignment, amount: str) -> dict[str, ColumnFrom]:
    lines.drop("unit_price")
    lines.doubts.append(
        Doubt(
            f"Is `{amount}` of {found.name} the price of one piece, or of the whole line?",
            "columns/unit_price",
            {"piece": amount, "line": ColumnFrom((amount,), total="total"), "none": "none"},
            found.profiles[amount].examples(),
        )
    )
    return {}
