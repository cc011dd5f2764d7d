"""The made shop as Shopify exports it: orders, products and customers, with what is peculiar to these files.

An order's money, state and addresses stand on its first line alone. Codes reduce the order, not its lines. A refund is
an amount without a day or a line. Times bear the offset of the shop's zone. Some products have no SKU. The orders of
one month stand in both files of orders, in the first as they were before anything came back.

What the format cannot say: when goods came back, which lines of an order that was kept in part, postage as a line, ids
of customers, who asked to be forgotten; and it knows no events, reviews, messages and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row, by_id, names_of, orders_of
from customer_insight.demo.shop import Block

ZONE = ZoneInfo("Europe/London")
CURRENCY = "GBP"
POSTAGE = "POSTAGE"
# Lines of an order that has a note of two lines.
NOTED = 3
# Every order from the one day up to the other stands in both files.
TWICE_FROM = "2025-05-01"
TWICE_TO = "2025-06-01"
ORDERS = [
    *(
        "Name",
        "Email",
        "Financial Status",
        "Paid at",
        "Fulfillment Status",
        "Currency",
        "Subtotal",
        "Shipping",
        "Taxes",
    ),
    *(
        "Total",
        "Discount Code",
        "Discount Amount",
        "Created at",
        "Lineitem quantity",
        "Lineitem name",
        "Lineitem price",
    ),
    *("Lineitem sku", "Billing Phone", "Billing Country", "Shipping Country", "Notes", "Cancelled at"),
    *("Refunded Amount", "Vendor", "Id", "Tags", "Source", "Lineitem discount", "Phone"),
]
PRODUCTS = [
    *("Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Option1 Name"),
    *("Option1 Value", "Variant SKU", "Variant Price", "Image Src", "Image Position", "Cost per item", "Status"),
]
CUSTOMERS = [
    *("Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing", "Default Address City"),
    *("Default Address Country Code", "Phone", "Total Spent", "Total Orders"),
]


FILES = {
    "orders_export_1.csv": ExportFile(ORDERS),
    "orders_export_2.csv": ExportFile(ORDERS),
    "products_export.csv": ExportFile(PRODUCTS),
    "customers_export.csv": ExportFile(CUSTOMERS),
}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers, and with the first the catalogue."""
    if "products" in block.tables:
        yield from (("products_export.csv", row) for row in _products(products))
    customers = block.tables["customers"].table
    yield from (("customers_export.csv", row) for row in _customers(customers))
    yield from _orders(block.tables["order_lines"].table, customers, products)


def _orders(lines: TextTable, customers: TextTable, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The file and the rows of each order; postage is no line here."""
    people, sold = by_id(customers, "customer_id"), by_id(products, "product_id")
    for number, order in enumerate(orders_of(lines)):
        postage = sum((Decimal(row["unit_price"]) for row in order if row["product_id"] == POSTAGE), Decimal(0))
        order = [row for row in order if row["product_id"] != POSTAGE]
        person = people.get(order[0]["customer_id"], {})
        # every other order was reduced by a code
        write = partial(_order, order, person, sold, postage, has_code=number % 2 == 0)
        at = order[0]["ordered_at"]
        if at < TWICE_TO:
            yield from (("orders_export_1.csv", row) for row in write(came_back=at < TWICE_FROM))
        if at >= TWICE_FROM:
            yield from (("orders_export_2.csv", row) for row in write(came_back=True))


def _order(
    lines: list[Row], person: Row, sold: dict[str, Row], postage: Decimal, *, has_code: bool, came_back: bool
) -> Iterator[Row]:
    """The rows of an order. came_back: whether it is written after anything of it was sent back."""
    states = {
        line["order_status"] if came_back else line["order_status"].replace("returned", "completed") for line in lines
    }
    discounts = [Decimal(line["discount_amount"] or 0) for line in lines]
    values = [
        int(line["quantity"]) * Decimal(line["unit_price"]) - discount
        for line, discount in zip(lines, discounts, strict=True)
    ]
    sent_back = [value for line, value in zip(lines, values, strict=True) if line["order_status"] == "returned"]
    refund = sum(sent_back, Decimal(0)) if came_back else Decimal(0)
    at = _local(lines[0]["ordered_at"])
    for place, (line, discount) in enumerate(zip(lines, discounts, strict=True)):
        product = sold.get(line["product_id"], {})
        name = product.get("product_name") or line["product_name"] or line["product_id"]
        row = {
            "Name": line["order_id"],
            "Email": person.get("email") or "",
            "Created at": at,
            "Lineitem quantity": line["quantity"],
            "Lineitem name": name,
            "Lineitem price": line["unit_price"],
            "Lineitem sku": _sku(line["product_id"]),
            "Lineitem discount": "0.00" if has_code else f"{discount:.2f}",
            "Vendor": product.get("brand") or "",
        }
        if place == 0:
            row |= {
                "Financial Status": _financial_status(states),
                "Currency": CURRENCY,
                "Subtotal": f"{sum(values):.2f}",
                "Shipping": f"{postage:.2f}",
                "Taxes": "0.00",
                "Total": f"{sum(values) + postage:.2f}",
                "Discount Code": "FRIENDS" if has_code and any(discounts) else "",
                "Discount Amount": f"{sum(discounts):.2f}",
                "Billing Phone": "" if person.get("email") else _quoted(person.get("phone")),
                "Billing Country": line["country"] or "",
                "Shipping Country": line["country"] or "",
                "Notes": "Please ring\nat the back door" if len(lines) == NOTED else "",
                "Cancelled at": at if "cancelled" in states else "",
                "Refunded Amount": f"{refund:.2f}",
                "Source": line["channel"].replace("store", "pos"),
            }
        yield row


def _financial_status(states: set[str]) -> str:
    if len(states) > 1:
        return "partially_refunded"
    return {"completed": "paid", "cancelled": "voided", "returned": "refunded"}[states.pop()]


def _sku(product_id: str) -> str:
    """Every tenth product has none; spreadsheets are kept from changing others by an apostrophe."""
    return "" if product_id.endswith("7") else f"'{product_id}" if product_id.endswith("3") else product_id


def _quoted(phone: str | None) -> str:
    return f"'{phone}" if phone else ""


def _local(at: str) -> str:
    """UTC as the shop's clock shows it, with its offset: `2024-06-01 13:47:01 +0100`."""
    return datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S %z")


def _products(table: TextTable) -> Iterator[Row]:
    """A row a product, and a row for one more picture of every fifth."""
    for number, row in enumerate(row for row in table.to_pylist() if row["product_id"] != POSTAGE):
        handle = "-".join((row["product_name"] or row["product_id"]).lower().replace(",", "").split())
        yield {
            "Handle": f"{handle}-{number}",
            "Title": row["product_name"] or row["product_id"],
            "Body (HTML)": f"<p>{row['description']}</p>" if row["description"] else "",
            "Vendor": row["brand"] or "",
            "Product Category": " > ".join(part.strip() for part in (row["category"] or "").split("/")),
            "Published": "true",
            "Option1 Name": "Title",
            "Option1 Value": "Default Title",
            "Variant SKU": _sku(row["product_id"]),
            "Variant Price": row["price"] or "",
            "Image Src": row["image_path"] or "",
            "Image Position": "1",
            "Cost per item": row["unit_cost"] or "",
            "Status": "archived" if row["is_available"] == "false" else "active",
        }
        if number % 5 == 0:
            yield {"Handle": f"{handle}-{number}", "Image Src": f"more/{number}.jpg", "Image Position": "2"}


def _customers(table: TextTable) -> Iterator[Row]:
    """A row a customer; Shopify's own numbers are in no order."""
    for number, row in enumerate(table.to_pylist()):
        yield {
            "Customer ID": f"'{7_000_000_000_000 + number}",
            **names_of(row),
            "Email": row["email"] or "",
            "Accepts Email Marketing": "yes" if row["marketing_consent"] == "true" else "no",
            "Default Address City": row["city"] or "",
            "Default Address Country Code": row["country"] or "",
            "Phone": _quoted(row["phone"]),
        }
