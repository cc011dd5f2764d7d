"""The made shop as Amazon reports all orders: two tab-separated texts, with what is peculiar to these files.

`item-price` and `item-promotion-discount` are of the line. A line has no number. A cancelled line has no pieces, and an
empty price or a kept one. What came back says so in the state of its line. Orders that Amazon only sent out for another
shop of the seller have no price. Times are in UTC. The orders of one month stand in both files.

What the format cannot say: who bought, when goods came back, that a credit is for a part of a line, postage as it is
meant here (Amazon's own reductions of it are apart), categories and costs; and it knows no events, reviews, messages
and links.
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
# Every so many orders there is one that Amazon only sends out.
SENT_OUT = 40
CHANNELS = {"web": "Amazon.co.uk", "app": "Amazon.de", "store": "Amazon.fr"}
STATES = {"completed": "Shipped", "returned": "Shipped - Returned to Seller", "cancelled": "Cancelled"}
HEADER = [
    *("amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status"),
    *("fulfillment-channel", "sales-channel", "order-channel", "url", "ship-service-level", "product-name", "sku"),
    *("asin", "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax"),
    *("gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount", "ship-city"),
    *("ship-state", "ship-postal-code", "ship-country", "promotion-ids", "is-business-order"),
    *("purchase-order-number", "price-designation"),
]
OLD, NEW = "17893423471.txt", "20345534990.txt"
FILES = {OLD: ExportFile(HEADER, delimiter="\t"), NEW: ExportFile(HEADER, delimiter="\t")}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers."""
    sold = by_id(products, "product_id")
    for number, order in enumerate(orders_of(block.tables["order_lines"].table)):
        written = [_line(line, sold) for line in order if line["product_id"] != POSTAGE]
        if number % SENT_OUT == 0:
            written.append(_sent_out(written[0]))
        if order[0]["ordered_at"] < TWICE_TO:
            yield from ((OLD, row) for row in written)
        if order[0]["ordered_at"] >= TWICE_FROM:
            yield from ((NEW, row) for row in written)


def _line(line: Row, sold: dict[str, Row]) -> Row:
    product = sold.get(line["product_id"], {})
    is_cancelled = line["order_status"] == "cancelled"
    amount = int(line["quantity"]) * Decimal(line["unit_price"])
    # of what was cancelled before it was paid there is no price
    keeps_price = not is_cancelled or line["line_number"] == "1"
    return {
        "amazon-order-id": f"202-{line['order_id'][1:].zfill(7)}-0000001",
        "purchase-date": f"{line['ordered_at'].replace(' ', 'T')}+00:00",
        "last-updated-date": f"{line['ordered_at'].replace(' ', 'T')}+00:00",
        "order-status": STATES[line["order_status"]],
        "fulfillment-channel": "Amazon",
        "sales-channel": CHANNELS[line["channel"]],
        "ship-service-level": "Standard",
        "product-name": product.get("product_name") or line["product_name"] or line["product_id"],
        "sku": line["product_id"],
        "asin": f"B0{line['product_id']}",
        "item-status": "Cancelled" if is_cancelled else "Shipped",
        "quantity": "0" if is_cancelled else line["quantity"],
        "currency": CURRENCY if keeps_price else "",
        "item-price": f"{amount:.2f}" if keeps_price else "",
        "item-promotion-discount": line["discount_amount"] or "",
        "ship-country": line["country"] or "",
        "is-business-order": "false",
    }


def _sent_out(row: Row) -> Row:
    """An order of another shop of the seller that Amazon sends out."""
    return row | {
        "amazon-order-id": row["amazon-order-id"].replace("202-", "S02-"),
        "order-status": "Shipped",
        "item-status": "Shipped",
        "sales-channel": "Non-Amazon",
        "quantity": "1",
        "currency": "",
        "item-price": "",
        "item-promotion-discount": "",
    }
