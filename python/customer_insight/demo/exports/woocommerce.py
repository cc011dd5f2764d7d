"""The made shop as WooCommerce exports it: orders by the plug-in Advanced Order Export, products by WooCommerce itself.

Orders are divided by semicolons and have decimal commas. An order's own columns, its number too, stand on its first
row alone; a row more holds its second coupon. Amounts are without tax, an item's cost is after discounts. What came
back is told by item: pieces and amounts. Some products have no SKU. Variations have no category of their own; their
product stands in a row that nobody buys. The orders of one month stand in both files of orders.

What the format cannot say: seconds of times, when goods came back, postage as a line, that a voucher is no product,
channels, ids of customers, consent, customers who never ordered, who asked to be forgotten; and it knows no events,
reviews, messages and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row, by_id, orders_of
from customer_insight.demo.shop import Block

CURRENCY = "GBP"
POSTAGE = "POSTAGE"
# Every order from the one day up to the other stands in both files.
TWICE_FROM = "2025-05-01"
TWICE_TO = "2025-06-01"
# Lines of an order that was given two codes.
CODED = 3
ORDERS = [
    *("Order Number", "Order Status", "Order Date", "Customer Note", "First Name (Billing)", "Last Name (Billing)"),
    *("City (Billing)", "Country Code (Billing)", "Email (Billing)", "Phone (Billing)", "Country Code (Shipping)"),
    *("Payment Method Title", "Cart Discount Amount", "Order Subtotal Amount", "Order Shipping Amount", "Currency"),
    *("Order Refund Amount", "Order Total Amount", "Order Total Tax Amount", "SKU", "Item #", "Item Name"),
    *("Quantity", "Quantity (- Refund)", "Item Cost", "Order Line Subtotal", "Order Line Total"),
    *("Order Line Total Refunded", "Order Line Total (- Refund)", "Coupon Code", "Discount Amount"),
]
PRODUCTS = [
    *("ID", "Type", "SKU", "Name", "Published", "Is featured?", "Visibility in catalog", "Short description"),
    *("Description", "Tax status", "In stock?", "Stock", "Sale price", "Regular price", "Cost of goods", "Categories"),
    *("Tags", "Images", "Parent", "Brands", "Position"),
]
FILES = {
    "orders-2025-06-01.csv": ExportFile(ORDERS, delimiter=";"),
    "orders-2026-01-01.csv": ExportFile(ORDERS, delimiter=";"),
    "wc-product-export-1-1-2026.csv": ExportFile(PRODUCTS),
}
OLDER, NEWER, CATALOGUE = FILES


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers, and with the first the catalogue."""
    if "products" in block.tables:
        yield from ((CATALOGUE, row) for row in _products(products))
    people, sold = by_id(block.tables["customers"].table, "customer_id"), by_id(products, "product_id")
    for number, order in enumerate(orders_of(block.tables["order_lines"].table)):
        postage = sum((Decimal(row["unit_price"]) for row in order if row["product_id"] == POSTAGE), Decimal(0))
        lines = [row for row in order if row["product_id"] != POSTAGE]
        at = lines[0]["ordered_at"]
        person = people.get(lines[0]["customer_id"], {})
        if at < TWICE_TO:
            as_then = [_as_placed(line) for line in lines] if at >= TWICE_FROM else lines
            yield from ((OLDER, row) for row in _order(as_then, person, sold, postage, number))
        if at >= TWICE_FROM:
            yield from ((NEWER, row) for row in _order(lines, person, sold, postage, number))


def _as_placed(line: Row) -> Row:
    """A line as it was before it came back."""
    return line | {"order_status": line["order_status"].replace("returned", "completed")}


def _order(lines: list[Row], person: Row, sold: dict[str, Row], postage: Decimal, number: int) -> Iterator[Row]:
    """The rows of an order."""
    items = [_item(line, sold) for line in lines]
    listed, total, refunded = (sum((values[at] for _, values in items), Decimal(0)) for at in range(3))
    states = {line["order_status"] for line in lines}
    facts = {
        "Order Number": lines[0]["order_id"],
        "Order Status": _state(states, number),
        "Order Date": lines[0]["ordered_at"][:16],
        "City (Billing)": person.get("city") or "",
        "Country Code (Billing)": person.get("country") or "",
        "Email (Billing)": person.get("email") or "",
        "Phone (Billing)": person.get("phone") or "",
        "Country Code (Shipping)": lines[0]["country"] or "",
        "Cart Discount Amount": _comma(listed - total),
        "Order Subtotal Amount": _comma(listed),
        "Order Shipping Amount": _comma(postage),
        "Currency": CURRENCY,
        "Order Refund Amount": _comma(refunded),
        "Order Total Amount": _comma(total + postage),
        "Order Total Tax Amount": _comma(Decimal(0)),
    }
    for place, (item, _) in enumerate(items):
        yield (facts if place == 0 else {}) | item | {"Item #": str(place + 1)}
    if len(lines) == CODED:
        yield {"Coupon Code": "SECOND", "Discount Amount": "0,00"}


def _state(states: set[str], number: int) -> str:
    """An order of which something was kept is completed, or not sent yet."""
    whole = {"cancelled": "Cancelled", "returned": "Refunded"}.get(*states) if len(states) == 1 else None
    return whole or ("Processing" if number % 3 == 0 else "Completed")


def _item(line: Row, sold: dict[str, Row]) -> tuple[Row, tuple[Decimal, Decimal, Decimal]]:
    """The columns of an item; its value before and after discounts, and what of it was refunded."""
    pieces = int(line["quantity"])
    listed = pieces * Decimal(line["unit_price"])
    total = listed - Decimal(line["discount_amount"] or 0)
    is_back = line["order_status"] == "returned"
    refunded = total if is_back else Decimal(0)
    product = sold.get(line["product_id"], {})
    row = {
        "SKU": _sku(line["product_id"]),
        "Item Name": product.get("product_name") or line["product_name"] or line["product_id"],
        "Quantity": str(pieces),
        "Quantity (- Refund)": "0" if is_back else str(pieces),
        "Item Cost": _comma(total / pieces),
        "Order Line Subtotal": _comma(listed),
        "Order Line Total": _comma(total),
        "Order Line Total Refunded": _comma(refunded),
        "Order Line Total (- Refund)": _comma(total - refunded),
    }
    return row, (listed, total, refunded)


def _sku(product_id: str) -> str:
    """Every tenth product has none."""
    return "" if product_id.endswith("7") else product_id


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _products(table: TextTable) -> Iterator[Row]:
    """A row a product; every fifth is a variation, and the product that it is of stands before it."""
    for number, row in enumerate(row for row in table.to_pylist() if row["product_id"] != POSTAGE):
        is_variation = number % 5 == 0 and _sku(row["product_id"]) != ""
        paths = " > ".join(part.strip().replace(",", "\\,") for part in (row["category"] or "").split("/"))
        shared = {
            "Published": "1",
            "Description": f"<p>{row['description']}</p>\\n" if row["description"] else "",
            "Categories": f"New, {paths}" if paths else "",
            "Brands": row["brand"] or "",
        }
        parent = {"ID": str(9000 + number), "Type": "variable", "SKU": f"all-{number}", "Name": f"All of {number}"}
        if is_variation:
            yield parent | shared | {"In stock?": "1"}
        is_on_sale = number % 4 == 0 and bool(row["price"])
        yield ({"Published": "1", "Parent": f"all-{number}"} if is_variation else shared) | {
            "ID": str(number + 1),
            "Type": "variation" if is_variation else "simple",
            "SKU": _sku(row["product_id"]),
            "Name": row["product_name"] or row["product_id"],
            "In stock?": "0" if row["is_available"] == "false" else "1",
            "Sale price": row["price"] if is_on_sale else "",
            "Regular price": str(Decimal(row["price"]) + 1) if is_on_sale else row["price"] or "",
            "Cost of goods": row["unit_cost"] or "",
            "Images": f"{row['image_path']}, more/{number}.jpg" if row["image_path"] else "",
        }
