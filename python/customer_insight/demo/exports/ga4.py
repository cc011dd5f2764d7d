"""The made shop as Google Analytics 4 exports it to BigQuery, as json lines: an object an event, a file a quarter.

Whole numbers are texts, other numbers floats; what is unknown is `(not set)`. A page is told beside what was looked at
on it. Prices are what is left after the discount, but in every third order what was there before it. A purchase is
told again when its page is loaded again; revenue is without postage. What came back the shop tells itself.

What the format cannot say: orders of the till and before the tracker was there, postage, which lines are no products,
cancelled (it is a refund), what came back in place (a part is a credit note), user agents, ids of events, countries as
codes, who browses without a login, user data, prices of today, and products that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row
from customer_insight.demo.exports.tellings import POSTAGE, Telling, goods, paid, tellings
from customer_insight.demo.shop import Block

CURRENCY = "GBP"
NOT_SET = "(not set)"
NAMES = {
    "view": "view_item",
    "click": "select_item",
    "search": "view_search_results",
    "add_to_cart": "add_to_cart",
    "remove_from_cart": "remove_from_cart",
    "purchase": "purchase",
    "refund": "refund",
    "rate": "rate_product",
}
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "IE": "Ireland", "FR": "France", "US": "United States"}
# In every so many orders prices are those before the discount.
PRICED_BEFORE = 3

FILES = {"events_202507.jsonl": ExportFile([]), "events_202510.jsonl": ExportFile([])}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The events of a block of customers; the catalogue is known from them alone."""
    for number, telling in enumerate(tellings(block, products)):
        file = "events_202507.jsonl" if telling.at < "2025-10" else "events_202510.jsonl"
        if telling.kind == "view":
            yield file, _event(telling, "page_view", [], {})
        yield file, _event(telling, NAMES[telling.kind], _items(telling, number), _sale(telling))


def _event(telling: Telling, name: str, items: list[Row], sale: Row) -> Row:
    who, at = telling.who, datetime.fromisoformat(telling.at).replace(tzinfo=UTC)
    params: dict[str, Any] = {
        "ga_session_id": int(at.timestamp()) // 86_400,
        "page_location": f"https://shop.example{who['page_url']}" if who.get("page_url") else None,
        "page_referrer": who.get("referrer"),
        "engagement_time_msec": 1200,
    }
    if sale:
        params |= {
            "transaction_id": sale["transaction_id"],
            "currency": CURRENCY,
            "value": sale.get("purchase_revenue", sale.get("refund_value")),
        }
    if name == "view_search_results":
        params["search_term"] = who["search_query"]
    country = telling.lines[0]["country"] if telling.lines else None
    return {
        "event_date": at.strftime("%Y%m%d"),
        "event_timestamp": str(int(at.timestamp()) * 1_000_000),
        "event_name": name,
        "event_params": [_param(key, value) for key, value in params.items() if value is not None],
        "user_id": who["customer_id"],
        "user_pseudo_id": who["visitor_id"],
        "device": {"category": "mobile" if who["platform"] == "app" else "desktop"},
        "geo": {"country": COUNTRIES.get(country, NOT_SET) if country else NOT_SET, "city": NOT_SET},
        "platform": "ANDROID" if who["platform"] == "app" else "WEB",
        "ecommerce": sale or ({"unique_items": str(len(items)), "transaction_id": NOT_SET} if items else {}),
        "items": items,
    }


def _param(key: str, value: object) -> Row:
    kind = {int: "int_value", float: "double_value"}.get(type(value), "string_value")
    return {"key": key, "value": {kind: str(value) if isinstance(value, int) else value}}


def _sale(telling: Telling) -> Row:
    """The record of an order or a refund. A whole order that came back has no amount."""
    total = float(sum(paid(line) for line in telling.lines if line["product_id"] != POSTAGE))
    if telling.kind == "purchase":
        postage = float(sum(paid(line) for line in telling.lines if line["product_id"] == POSTAGE))
        return {"transaction_id": telling.order_id, "purchase_revenue": total, "shipping_value": postage}
    if telling.kind == "refund":
        amount = {"refund_value": total} if telling.lines else {}
        return {"transaction_id": telling.order_id} | amount
    return {}


def _items(telling: Telling, number: int) -> list[Row]:
    if telling.kind in ("purchase", "refund"):
        return [_item(line["product_id"], {}) | _bought(line, number) for line in goods(telling.lines)]
    if telling.product is None or telling.kind == "rate":
        return []
    price = telling.product["price"]
    return [_item(telling.product["product_id"], telling.product) | ({"price": float(price)} if price else {})]


def _item(product_id: str, product: Row) -> Row:
    levels = [level.strip() for level in (product.get("category") or "").split("/") if level.strip()]
    return {
        "item_id": product_id,
        "item_name": product.get("product_name") or NOT_SET,
        "item_brand": product.get("brand") or NOT_SET,
        "item_variant": NOT_SET,
        **{f"item_category{level or ''}": name for level, name in zip((0, 2, 3, 4, 5), levels, strict=False)},
        "coupon": NOT_SET,
    }


def _bought(line: Row, number: int) -> Row:
    """How many, and at what price a piece: floats, as a page divides them."""
    pieces = int(line["quantity"])
    discount = float(line["discount_amount"] or 0) / pieces
    price = float(line["unit_price"]) if number % PRICED_BEFORE == 0 else float(paid(line)) / pieces
    return {"quantity": str(pieces), "price": price} | ({"discount": discount} if discount else {})
