"""The made shop as Shopify exports it: orders, products and customers, with what is peculiar to these files.

An order's money, state and addresses stand on its first line alone. Codes reduce the order, not its lines. A refund is
an amount without a day or a line. Times bear the offset of the shop's zone. Some products have no SKU. The orders of
one month stand in both files of orders, in the first as they were before anything came back.

What the format cannot say: when goods came back, which lines of an order that was kept in part, postage as a line, ids
of customers, who asked to be forgotten; and it knows no events, reviews, messages and links.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TypeAlias
from zoneinfo import ZoneInfo

from customer_insight.demo.columns import TextTable

Row: TypeAlias = dict[str, str]

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


def orders(lines: TextTable, customers: TextTable, products: TextTable) -> Iterator[tuple[int, Row]]:
    """The number of the file, 1 or 2, and a row of it. `lines` of an order stand together; postage is no line here."""
    people = _by_id(customers, "customer_id")
    sold = _by_id(products, "product_id")
    for number, (_, rows) in enumerate(itertools.groupby(lines.to_pylist(), key=lambda row: row["order_id"])):
        order = list(rows)
        postage = sum((Decimal(row["unit_price"]) for row in order if row["product_id"] == POSTAGE), Decimal(0))
        order = [row for row in order if row["product_id"] != POSTAGE]
        person = people.get(order[0]["customer_id"], {})
        # every other order was reduced by a code
        write = partial(_order, order, person, sold, postage, has_code=number % 2 == 0)
        at = order[0]["ordered_at"]
        if at < TWICE_TO:
            yield from ((1, row) for row in write(came_back=at < TWICE_FROM))
        if at >= TWICE_FROM:
            yield from ((2, row) for row in write(came_back=True))


def _by_id(table: TextTable, key: str) -> dict[str, Row]:
    return {row[key]: row for row in table.to_pylist()}


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


def products(table: TextTable) -> Iterator[Row]:
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


def customers(table: TextTable) -> Iterator[Row]:
    """A row a customer; Shopify's own numbers are in no order."""
    for number, row in enumerate(table.to_pylist()):
        yield {
            "Customer ID": f"'{7_000_000_000_000 + number}",
            "Email": row["email"] or "",
            "Accepts Email Marketing": "yes" if row["marketing_consent"] == "true" else "no",
            "Default Address City": row["city"] or "",
            "Default Address Country Code": row["country"] or "",
            "Phone": _quoted(row["phone"]),
        }
