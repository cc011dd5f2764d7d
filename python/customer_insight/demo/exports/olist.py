"""The made shop as Olist published its marketplaces: a folder of tables without quantities.

Equal pieces are rows, which `order_item_id` counts. Each order has a `customer_id` of its own; the person is the
`customer_unique_id` behind it. Times are on the clock of Sao Paulo and do not say so. Products have no names,
categories are in another language beside a table of translations. A review is of an order.

What the format cannot say: discounts (a price is what was paid), postage as a line, vouchers as what is no product,
goods that came back, guests (each is somebody), channels, countries other than Brazil, prices and costs of products,
reviews by nobody known, or of one product of an order with several; and it knows no events, messages and links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row, by_id, orders_of
from customer_insight.demo.shop import Block

ZONE = ZoneInfo("America/Sao_Paulo")
POSTAGE = "POSTAGE"
STATES = {"completed": "delivered", "returned": "delivered", "cancelled": "canceled"}
ORDERS, ITEMS = "olist_orders_dataset.csv", "olist_order_items_dataset.csv"
CUSTOMERS, PRODUCTS = "olist_customers_dataset.csv", "olist_products_dataset.csv"
REVIEWS, TRANSLATIONS = "olist_order_reviews_dataset.csv", "product_category_name_translation.csv"
FILES = {
    ORDERS: ExportFile(
        [
            *("order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at"),
            *("order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date"),
        ],
        is_quoted=True,
    ),
    ITEMS: ExportFile(
        [
            *("order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date"),
            *("price", "freight_value"),
        ],
        is_quoted=True,
    ),
    CUSTOMERS: ExportFile(
        ["customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state"],
        is_quoted=True,
    ),
    PRODUCTS: ExportFile(
        ["product_id", "product_category_name", "product_name_lenght", "product_photos_qty"], is_quoted=True
    ),
    REVIEWS: ExportFile(
        [
            *("review_id", "order_id", "review_score", "review_comment_title", "review_comment_message"),
            *("review_creation_date", "review_answer_timestamp"),
        ],
        is_quoted=True,
    ),
    TRANSLATIONS: ExportFile(["product_category_name", "product_category_name_english"], above="\ufeff"),
}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers, and with the first the catalogue."""
    if "products" in block.tables:
        yield from _products(products)
    people = by_id(block.tables["customers"].table, "customer_id")
    reviews: dict[tuple[str, str], list[Row]] = {}
    for review in block.tables["reviews"].table.to_pylist():
        reviews.setdefault((review["customer_id"], review["product_id"]), []).append(review)
    for lines in orders_of(block.tables["order_lines"].table):
        yield from _order(lines, people)
        # the first order with the product is what the customer speaks of
        for line in lines:
            for review in reviews.pop((line["customer_id"], line["product_id"]), []):
                yield REVIEWS, _review(review, line["order_id"])


def _order(lines: list[Row], people: dict[str, Row]) -> Iterator[tuple[str, Row]]:
    order_id, person_id = lines[0]["order_id"], lines[0]["customer_id"] or f"guest {lines[0]['order_id']}"
    person = people.get(person_id, {})
    at = _local(lines[0]["ordered_at"])
    states = {STATES[line["order_status"]] for line in lines}
    customer_id = _code(f"customer of {order_id}")
    yield (
        ORDERS,
        {
            "order_id": order_id,
            "customer_id": customer_id,
            "order_status": "delivered" if "delivered" in states else "canceled",
            "order_purchase_timestamp": at,
            "order_approved_at": at,
        },
    )
    yield (
        CUSTOMERS,
        {
            "customer_id": customer_id,
            "customer_unique_id": person_id,
            "customer_city": (person.get("city") or "").lower(),
            "customer_state": "SP",
        },
    )
    postage = sum((Decimal(line["unit_price"]) for line in lines if line["product_id"] == POSTAGE), Decimal(0))
    pieces = [
        (line["product_id"], price)
        for line in lines
        if line["product_id"] != POSTAGE
        for price in _prices_of_pieces(line)
    ]
    for number, (product_id, price) in enumerate(pieces, 1):
        yield (
            ITEMS,
            {
                "order_id": order_id,
                "order_item_id": str(number),
                "product_id": product_id,
                "seller_id": _code("seller"),
                "shipping_limit_date": at,
                "price": f"{price:.2f}",
                "freight_value": f"{postage if number == 1 else 0:.2f}",
            },
        )


def _prices_of_pieces(line: Row) -> Iterator[Decimal]:
    """What was paid for each piece of a line: cents of its discount are spread so that they add up."""
    pieces, discount = int(line["quantity"]), Decimal(line["discount_amount"] or 0)
    given = Decimal(0)
    for piece in range(1, pieces + 1):
        share = (discount * piece / pieces).quantize(Decimal("0.01")) - given
        given += share
        yield Decimal(line["unit_price"]) - share


def _products(products: TextTable) -> Iterator[tuple[str, Row]]:
    translations: dict[str, str] = {}
    for row in products.to_pylist():
        if row["product_id"] == POSTAGE:
            continue
        levels = [level.strip().lower().replace(" ", "_") for level in (row["category"] or "").split("/")]
        foreign = "_".join(reversed(levels))
        yield PRODUCTS, {"product_id": row["product_id"], "product_category_name": foreign, "product_photos_qty": "1"}
        # of the 73 categories two are not translated
        if foreign and not foreign.startswith("tea"):
            translations[foreign] = levels[-1]
    for foreign, english in translations.items():
        yield TRANSLATIONS, {"product_category_name": foreign, "product_category_name_english": english}


def _review(review: Row, order_id: str) -> Row:
    answered_at = _local(review["reviewed_at"])
    return {
        "review_id": _code(review["review_id"]),
        "order_id": order_id,
        "review_score": review["rating"],
        "review_comment_title": review["title"] or "",
        "review_comment_message": review["review_text"] or "",
        "review_creation_date": f"{answered_at[:10]} 00:00:00",
        "review_answer_timestamp": answered_at,
    }


def _code(text: str) -> str:
    """32 hexadecimal digits, as all its ids are."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _local(at: str) -> str:
    return datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
