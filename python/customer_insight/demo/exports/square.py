"""The made shop as Square exports it: details of the items sold, and the customer directory.

Date and time stand apart, on the clock of a zone that has a spoken name. A refund is a transaction of its own with
pieces and amounts below zero. What was cancelled was voided at the till: `(Voided)` behind its name, at no price. Some
items have no SKU; two equal items are two rows. The transactions of one month stand in both files of items.

What the format cannot say: which sale a refund takes back, and whose it was; what voided items would have cost;
postage as a line; countries; levels of categories above the last; costs, brands and descriptions; who asked to be
forgotten; and it knows no events, reviews, messages and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row, by_id, names_of, orders_of
from customer_insight.demo.shop import Block

ZONE, ZONE_NAME = ZoneInfo("Europe/London"), "London"
POSTAGE = "POSTAGE"
# Every transaction from the one day up to the other stands in both files.
TWICE_FROM = "2025-05-01"
TWICE_TO = "2025-06-01"
ITEMS = [
    *("Date", "Time", "Time Zone", "Category", "Item", "Qty", "Price Point Name", "SKU", "Modifiers Applied"),
    *("Gross Sales", "Discounts", "Net Sales", "Tax", "Transaction ID", "Payment ID", "Device Name", "Notes"),
    *("Details", "Event Type", "Location", "Dining Option", "Customer ID", "Customer Name"),
    *("Customer Reference ID", "Unit", "Count", "Itemization Type", "Commission", "Employee", "Fulfillment Note"),
    *("Channel", "Token", "Card Brand", "PAN Suffix"),
]
CUSTOMERS = [
    *("Reference ID", "First Name", "Last Name", "Email Address", "Phone Number", "Nickname", "Company Name", "City"),
    *("State", "Postal Code", "Birthday", "Memo", "Square Customer ID", "Creation Source", "First Visit"),
    *("Last Visit", "Transaction Count", "Lifetime Spend", "Email Subscription Status", "Instant Profile"),
]
FILES = {
    "items-2024-01-01-2025-06-01.csv": ExportFile(ITEMS),
    "items-2025-05-01-2026-01-01.csv": ExportFile(ITEMS),
    "export-20260101-001509.csv": ExportFile(CUSTOMERS),
}
OLDER, NEWER, DIRECTORY = FILES


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers; items name what they are, so there is no catalogue."""
    yield from ((DIRECTORY, row) for row in _customers(block.tables["customers"].table))
    sold = by_id(products, "product_id")
    for order in orders_of(block.tables["order_lines"].table):
        lines = [line for line in order if line["product_id"] != POSTAGE]
        yield from _placed(lines[0]["ordered_at"], [_item(line, sold, lines[0]["ordered_at"], 1) for line in lines])
        for number, line in enumerate(line for line in lines if line["order_status"] == "returned"):
            refund = _item(line, sold, line["returned_at"], -1) | {
                "Transaction ID": f"{line['order_id']}-{refund_number(number)}",
                "Event Type": "Refund",
                "Customer ID": "",
            }
            yield from _placed(line["returned_at"], [refund])


def refund_number(number: int) -> str:
    """What the transaction of an order's refund has behind the order's id."""
    return f"refund-{number + 1}"


def _placed(at: str, items: list[Row]) -> Iterator[tuple[str, Row]]:
    """The files in which a transaction stands."""
    if at < TWICE_TO:
        yield from ((OLDER, item) for item in items)
    if at >= TWICE_FROM:
        yield from ((NEWER, item) for item in items)


def _item(line: Row, sold: dict[str, Row], at: str, sign: int) -> Row:
    """A row of the item details. sign: -1 where it comes back."""
    product = sold.get(line["product_id"], {})
    name = product.get("product_name") or line["product_name"] or line["product_id"]
    is_void = line["order_status"] == "cancelled"
    gross = Decimal(0) if is_void else int(line["quantity"]) * Decimal(line["unit_price"])
    discount = Decimal(0) if is_void else Decimal(line["discount_amount"] or 0)
    local = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(ZONE)
    return {
        "Date": local.strftime("%Y-%m-%d"),
        "Time": local.strftime("%H:%M:%S"),
        "Time Zone": ZONE_NAME,
        "Category": (product.get("category") or "None").split("/")[-1].strip(),
        "Item": f"{name} (Voided)" if is_void else name,
        "Qty": f"{sign * int(line['quantity'])}.0",
        "Price Point Name": "Regular",
        "SKU": "" if line["product_id"].endswith("7") else line["product_id"],
        "Modifiers Applied": "Gift wrap, Card" if line["line_number"] == "3" else "",
        "Gross Sales": _money(sign * gross),
        "Discounts": _money(-sign * discount),
        "Net Sales": _money(sign * (gross - discount)),
        "Tax": _money(Decimal(0)),
        "Transaction ID": line["order_id"],
        "Event Type": "Payment",
        "Location": "High Street",
        "Customer ID": line["customer_id"] or "",
        "Unit": "ea",
        "Count": str(sign * int(line["quantity"])),
        "Itemization Type": "Gift Card" if line["is_product"] == "false" else "Physical Good",
        "Channel": line["channel"],
    }


def _money(amount: Decimal) -> str:
    """`£1,234.50`, and `-£3.00` below zero."""
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"


def _customers(table: TextTable) -> Iterator[Row]:
    """A row a customer; spreadsheets are kept from changing telephone numbers."""
    for row in table.to_pylist():
        yield {
            **names_of(row),
            "Email Address": row["email"] or "",
            "Phone Number": f"'{row['phone']}" if row["phone"] else "",
            "City": row["city"] or "",
            "Square Customer ID": row["customer_id"],
            "Email Subscription Status": "subscribed" if row["marketing_consent"] == "true" else "unsubscribed",
        }
