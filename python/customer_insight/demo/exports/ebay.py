"""The made shop as eBay reports it: transaction reports, with what is peculiar to these files.

Lines of the report stand above the header, and `--` where there is nothing. Sales, what was paid back, fees, labels,
holds and payouts are rows of one table by `Type`; only the first two are of customers. An order of several items has a
row with its total and no item, and rows with items and no total. What was paid back is an amount of the order, with
its day, and stands in the report of that day. Some days stand in both reports.

What the format cannot say: when an order was placed but for the day, discounts (an item's sum is after them), which
item something was paid back for, whether the goods came back (but for whole orders), channels, categories and costs;
and it knows no events, reviews, messages and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row, by_id, orders_of
from customer_insight.demo.shop import Block

CURRENCY = "GBP"
POSTAGE = "POSTAGE"
# Rows of the days from the one up to the other stand in both reports.
TWICE_FROM = "2025-05-14"
TWICE_TO = "2025-05-20"
OLD, NEW = "Transaction_report_20240101_20250519.csv", "Transaction_report_20250514_20251231.csv"
HEADER = [
    *("Transaction creation date", "Type", "Order number", "Legacy order ID", "Buyer username", "Buyer name"),
    *("Ship to city", "Ship to province/region/state", "Ship to zip", "Ship to country", "Net amount"),
    *("Payout currency", "Payout date", "Payout ID", "Payout method", "Payout status", "Reason for hold", "Item ID"),
    *("Transaction ID", "Item title", "Custom label", "Quantity", "Item subtotal", "Shipping and handling"),
    *("Seller collected tax", "eBay collected tax", "Final Value Fee - fixed", "Final Value Fee - variable"),
    *("Regulatory operating fee", 'Very high "item not as described" fee', "Below standard performance fee"),
    *("International fee", "Charity donation", "Deposit processing fee", "Gross transaction amount"),
    *("Transaction currency", "Exchange rate", "Reference ID", "Description"),
]
NOTHING = dict.fromkeys(HEADER, "--")
COMMAS = "," * (len(HEADER) - 1)
ABOVE = "".join(
    f"{line}\n"
    for line in (
        "--" + ",--" * (len(HEADER) - 1),
        "Notes" + COMMAS,
        '"Amounts are shown in the currency in which buyers paid, and in the currency of the payout"' + COMMAS,
        '"All transactions are listed in order of their day, and the newest comes first"' + COMMAS,
        COMMAS,
        "Transaction report" + COMMAS,
        "Seller,made.shop" + COMMAS[1:],
        "Start date,Jan-01-2024 00:00:00 AM GMT" + COMMAS[1:],
        "End date,Dec-31-2025 23:59:59 PM GMT" + COMMAS[1:],
        "Report creation date,Jan-02-2026 10:31:55 AM GMT" + COMMAS[1:],
        COMMAS,
    )
)
FILES = {OLD: ExportFile(HEADER, above=ABOVE), NEW: ExportFile(HEADER, above=ABOVE)}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers, each in the reports of its day."""
    listings = {product: number for number, product in enumerate(products.column("product_id").to_pylist())}
    sold = by_id(products, "product_id")
    for order in orders_of(block.tables["order_lines"].table):
        for day, row in [*_sale(order, listings, sold), *_paid_back(order), *_other(order)]:
            row = NOTHING | {"Transaction creation date": _day(day), "Payout currency": CURRENCY} | row
            if day < TWICE_TO:
                yield OLD, row
            if day >= TWICE_FROM:
                yield NEW, row


def _sale(order: list[Row], listings: dict[str, int], sold: dict[str, Row]) -> Iterator[tuple[str, Row]]:
    """The rows of an order: one, or its total and its items."""
    day = order[0]["ordered_at"][:10]
    items = [line for line in order if line["product_id"] != POSTAGE]
    postage = sum((_value(line) for line in order if line["product_id"] == POSTAGE), Decimal(0))
    total = sum((_value(line) for line in order), Decimal(0))
    whole = {"Net amount": _amount(total), "Gross transaction amount": _amount(total), "Transaction currency": CURRENCY}
    if len(items) > 1:
        yield day, _of(order, "Order") | whole
    for place, line in enumerate(items):
        product = sold.get(line["product_id"], {})
        yield (
            day,
            _of(order, "Order")
            | {
                "Item ID": str(157_000_000_000 + listings.get(line["product_id"], len(listings))),
                "Transaction ID": str(10_080_000_000_000 + int(line["order_id"][1:]) * 100 + place),
                "Item title": product.get("product_name") or line["product_name"] or line["product_id"],
                "Custom label": f"SHELF {listings.get(line['product_id'], 0) % 7}",
                "Quantity": line["quantity"],
                "Item subtotal": _amount(_value(line)),
                "Shipping and handling": _amount(postage) if place == 0 else "--",
                "Final Value Fee - fixed": "-0.3" if place == 0 else "0",
            }
            | (whole if len(items) == 1 else {}),
        )


def _paid_back(order: list[Row]) -> Iterator[tuple[str, Row]]:
    """What was paid back: a cancelled order, one that came back whole, or parts of it."""
    states = {line["order_status"] for line in order}
    total = sum((_value(line) for line in order), Decimal(0))
    title = {"Item title": "Goods of the made shop"}
    if states == {"cancelled"}:
        yield order[0]["ordered_at"][:10], _of(order, "Refund") | title | _back(total, "Cancel ID 5000")
    elif states == {"returned"}:
        last = max(line["returned_at"] for line in order)
        yield last[:10], _of(order, "Refund") | title | _back(total, "Return ID 5000")
    else:
        for place, line in enumerate(order):
            if line["order_status"] == "returned":
                reference = f"Return ID {5000 + place}"
                yield line["returned_at"][:10], _of(order, "Refund") | title | _back(_value(line), reference)


def _other(order: list[Row]) -> Iterator[tuple[str, Row]]:
    """What is nothing of a customer's, though it may name one: a fee for each order, a label, holds and payouts."""
    day, number = order[0]["ordered_at"][:10], int(order[0]["order_id"][1:])
    fee = {"Net amount": "-0.89", "Gross transaction amount": "-0.89", "Transaction currency": CURRENCY}
    yield day, _of(order, "Other fee") | fee | {"Description": "Promoted Listings - General fee "}
    if number % 3 == 0:
        yield day, _of(order, "Shipping label") | {"Net amount": "-3.35", "Gross transaction amount": "-3.35"}
    if number % 40 == 0:
        yield day, _of(order, "Hold") | {"Net amount": "-12", "Item ID": "157000000001", "Description": "Hold placed"}
        yield day, _of(order, "Hold") | {"Net amount": "12", "Item ID": "157000000001", "Description": "Hold released"}
        yield day, {"Type": "Payout", "Net amount": "-3,666.78", "Gross transaction amount": "-3,666.78"}


def _of(order: list[Row], kind: str) -> Row:
    line = order[0]
    return {
        "Type": kind,
        "Order number": _number(line["order_id"]),
        "Legacy order ID": _number(line["order_id"]),
        "Buyer username": line["customer_id"] or "--",
        "Ship to country": line["country"] or "--",
    }


def _back(amount: Decimal, reference: str) -> Row:
    paid = f"-{_amount(amount)}"
    return {
        "Net amount": paid,
        "Gross transaction amount": paid,
        "Transaction currency": CURRENCY,
        "Reference ID": reference,
    }


def _number(order_id: str) -> str:
    """`07-00001-00001`."""
    return f"07-{order_id[1:].zfill(6)[1:]}-{order_id[1:].zfill(6)[1:]}"


def _value(line: Row) -> Decimal:
    return int(line["quantity"]) * Decimal(line["unit_price"]) - Decimal(line["discount_amount"] or 0)


def _amount(amount: Decimal) -> str:
    """`1,200`, `19.9`: with commas between thousands and without the noughts at the end."""
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def _day(day: str) -> str:
    """`Jan 5, 2024`."""
    at = date.fromisoformat(day)
    return f"{at:%b} {at.day}, {at.year}"
