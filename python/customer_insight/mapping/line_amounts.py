"""What a price in order lines is of: one piece, the whole line, or the order; by arithmetic first, then by its name."""

from __future__ import annotations

from customer_insight.mapping.assignment import Assignment, Doubt
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.discounts import ask_share, kind_of_share, may_be_percent, share_of_discount
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom
from customer_insight.mapping.patterns import name_score
from customer_insight.mapping.profiles import number_of
from customer_insight.mapping.relations import FEWEST, amount_is_of, is_of_order, numbers_of, share_of_products

# From such a share of rows on an equation holds.
HOLDS = 0.95


def decide_amounts(found: FileTable, lines: Assignment, mark: str) -> dict[str, ColumnFrom]:
    """What unit_price and discount are made of; takes back and asks what nothing decides. `mark`: the decimal mark."""
    price, total = lines.columns.get("unit_price"), lines.columns.get("line_total")
    quantity, discount = lines.columns.get("quantity"), lines.columns.get("discount_amount")
    lines.drop("line_total")
    _cost(found, lines, mark)
    if discount and may_be_percent(found, discount):
        # 5, 10 and 20 are amounts as well as percent: arithmetic tells, or the shop
        lines.drop("discount_amount")
        discount = None
    share = share_of_discount(found, lines)
    if price and total and quantity:
        proven = _proven(found, lines, mark, (quantity, price, total), discount, share)
        if proven is not None:
            return proven
    if price and is_amount_of_order(found, lines, price):
        lines.drop("unit_price")
        price = None
    if total and is_amount_of_order(found, lines, total):
        total = None
    amount = price or total
    if not amount:
        return {}
    if share:
        ask_share(found, lines, amount, share, mark)
    shown = _shown(found, lines, amount, mark)
    if price:
        return _of_price(found, lines, price, shown)
    return _of_total(found, lines, amount, shown, discount)


def _cost(found: FileTable, lines: Assignment, mark: str) -> None:
    """What one piece cost the shop; a cost that may be of the whole line is asked about."""
    cost = lines.columns.get("unit_cost")
    if not cost or "unit" in meaning_of(cost).meanings or not _has_several_pieces(found, lines):
        return
    if _shown(found, lines, cost, mark) != "piece":
        lines.drop("unit_cost")
        lines.doubts.append(
            Doubt(
                f"Is `{cost}` of {found.name} what one piece cost the shop?",
                "columns/unit_cost",
                {cost: cost, "none": "none"},
                found.profiles[cost].examples(),
            )
        )


def _proven(
    found: FileTable, lines: Assignment, mark: str, names: tuple[str, str, str], discount: str | None, share: str
) -> dict[str, ColumnFrom] | None:
    """What arithmetic shows of quantity, price and total; None where there is too little to see."""
    quantity, price, total = names
    if holds(found, mark, quantity, price, total, discount):
        lines.reasons["unit_price"] = f"`{quantity}` x `{price}` is `{total}`"
        if share:
            ask_share(found, lines, price, share, mark)
        return {}
    if holds(found, mark, quantity, total, price, None):
        lines.take("unit_price", total, f"`{quantity}` x `{total}` is `{price}`")
        return {}
    numbers = [numbers_of(found.sample, name, mark) for name in names]
    if discount and _holds_by_piece(numbers, numbers_of(found.sample, discount, mark)):
        lines.drop("discount_amount")
        lines.take("unit_price", total, f"`{quantity}` x (`{price}` less `{discount}`) is `{total}`: what was paid")
        return {"unit_price": ColumnFrom((total,), kind="total")}
    if share:
        kind = kind_of_share(found.profiles[share], mark)
        parts = [number_of((text or "0").rstrip("% "), mark) or 0.0 for text in found.sample.values(share)]
        left = [
            None if a is None else a * (1 - part / (100 if kind == "percent" else 1))
            for a, part in zip(numbers[1], parts, strict=True)
        ]
        held = share_of_products(numbers[0], left, numbers[2])
        if held is not None and held >= HOLDS:
            lines.take("unit_price", price, f"`{quantity}` x `{price}` less `{share}` is `{total}`")
            lines.take("discount_amount", share, "it is a share of the price")
            return {"discount_amount": ColumnFrom((share,), kind=kind)}
    ratios = [c / (a * b) for a, b, c in zip(*numbers, strict=True) if a and b and c]
    if len(ratios) < FEWEST:
        return None
    middle = sorted(ratios)[len(ratios) // 2]
    if sum(abs(ratio - middle) <= 0.004 for ratio in ratios) >= HOLDS * len(ratios):
        tax = "" if abs(middle - 1) < 0.0005 else f" {middle:.3f} times, with a tax in it,"
        lines.reasons["unit_price"] = f"`{total}` is{tax} `{quantity}` x `{price}`"
        if share:
            ask_share(found, lines, price, share, mark)
        return {}
    lines.drop("unit_price")
    if share:
        ask_share(found, lines, price, share, mark)
    lines.doubts.append(
        Doubt(
            f"In {found.name} `{quantity}` x `{price}` is not `{total}`: which of them is what was paid?",
            "columns/unit_price",
            {price: price, **totals_to_choose([total], discount), "none": "none"},
            tuple(f"{name}: {', '.join(found.profiles[name].examples(4))}" for name in names),
        )
    )
    return {}


def holds(found: FileTable, mark: str, quantity: str, price: str, total: str, discount: str | None) -> bool:
    """Whether quantity x price, less a discount of the line, is the total."""
    columns = [numbers_of(found.sample, name, mark) for name in (quantity, price, total)]
    plain = share_of_products(columns[0], columns[1], columns[2])
    if plain is not None and plain >= HOLDS:
        return True
    if discount:
        less = share_of_products(columns[0], columns[1], columns[2], numbers_of(found.sample, discount, mark))
        return less is not None and less >= HOLDS
    return False


def _holds_by_piece(numbers: list[list[float | None]], off: list[float | None]) -> bool:
    """Whether a discount is of each piece: quantity x (price - discount) is the total."""
    left = [None if price is None else price - abs(each or 0) for price, each in zip(numbers[1], off, strict=True)]
    held = share_of_products(numbers[0], left, numbers[2])
    return held is not None and held >= HOLDS


def totals_to_choose(totals: list[str], discount: str | None) -> dict[str, ColumnFrom]:
    """Answers that name a total of the line; where there is a discount, before it or after."""
    if not discount:
        return {name: ColumnFrom((name,), kind="total") for name in totals}
    return {
        f"{name} {word}": ColumnFrom((name,), kind=kind)
        for name in totals
        for word, kind in (("before discount", "total"), ("after discount", "total_after_discount"))
    }


def is_amount_of_order(found: FileTable, lines: Assignment, amount: str) -> bool:
    """Whether an amount is worth the order that a line belongs to."""
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
        return {"unit_price": ColumnFrom((price,), kind="total")}
    if shown == "piece":
        lines.reasons["unit_price"] = "a product costs the same in any quantity: it is of one piece"
    elif lines.scores.get("unit_price", 1) < 0.7 and _has_several_pieces(found, lines):
        return _ask(found, lines, price)
    return {}


def _of_total(
    found: FileTable, lines: Assignment, total: str, shown: str, discount: str | None
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
                    "paid": ColumnFrom((total,), kind="total_after_discount"),
                    "before discount": ColumnFrom((total,), kind="total"),
                },
                tuple(f"{name}: {', '.join(found.profiles[name].examples(3))}" for name in (total, discount)),
            )
        )
        return {}
    lines.take("unit_price", total, reason)
    return {"unit_price": ColumnFrom((total,), kind="total")} if several else {}


def _has_several_pieces(found: FileTable, lines: Assignment) -> bool:
    quantity = lines.columns.get("quantity")
    return bool(quantity) and any(number not in (None, 1.0) for number in found.profiles[str(quantity)].numbers)


def _ask(found: FileTable, lines: Assignment, amount: str) -> dict[str, ColumnFrom]:
    lines.drop("unit_price")
    lines.doubts.append(
        Doubt(
            f"Is `{amount}` of {found.name} the price of one piece, or of the whole line?",
            "columns/unit_price",
            {"piece": amount, "line": ColumnFrom((amount,), kind="total"), "none": "none"},
            found.profiles[amount].examples(),
        )
    )
    return {}
