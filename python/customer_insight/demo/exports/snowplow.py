"""The made shop as Snowplow's events stand in a warehouse, saved as csv: a column for each context, as JSON.

A page is told beside what was looked at on it. Prices are what was paid, beside those before the discount; the revenue
of a transaction is with postage. A purchase is told again when its page is loaded again, with another id; every
hundredth row is there twice, for rows arrive at least once. An app has no cookies: its client's id stands in a context.
Times are UTC and say so or not.

What the format cannot say: orders of the till and before the tracker was there, which lines are no products (they are
one line), cancelled (it is a refund), what came back in place (a part is a credit note), who browses without a login,
user data, prices of today, and products that nobody looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row
from customer_insight.demo.exports.tellings import Telling, goods, paid, tellings
from customer_insight.demo.shop import Block

CURRENCY = "GBP"
ACTIONS = {"view": "product_view", "click": "list_click", "purchase": "transaction"}
COMMERCE = "com_snowplowanalytics_snowplow_ecommerce"
ACTION = f"unstruct_event_{COMMERCE}_snowplow_ecommerce_action_1"
SEARCH = "unstruct_event_com_snowplowanalytics_snowplow_site_search_1"
SESSION = "contexts_com_snowplowanalytics_snowplow_client_session_1"
PRODUCT, TRANSACTION, REFUND = (f"contexts_{COMMERCE}_{name}_1" for name in ("product", "transaction", "refund"))
COLUMNS = [
    *("app_id", "platform", "etl_tstamp", "collector_tstamp", "event", "event_id", "user_id", "domain_userid"),
    *("domain_sessionid", "geo_country", "page_url", "page_referrer", "useragent", "derived_tstamp", "event_name"),
    *(ACTION, SEARCH, PRODUCT, TRANSACTION, REFUND, SESSION),
]
# Every so many rows arrive twice.
TWICE = 100

FILES = {"events_202507.csv": ExportFile(COLUMNS), "events_202510.csv": ExportFile(COLUMNS)}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The events of a block of customers; the catalogue is known from them alone."""
    for number, telling in enumerate(tellings(block, products)):
        file = "events_202507.csv" if telling.at < "2025-10" else "events_202510.csv"
        event_id = f"{block.number}-{number}"
        if telling.kind == "view":
            yield file, _event(telling, f"{event_id}-page") | {"event": "page_view", "event_name": "page_view"}
        row = _event(telling, event_id) | _said(telling)
        yield file, row
        if number % TWICE == 0:
            yield file, row


def _event(telling: Telling, event_id: str) -> Row:
    who = telling.who
    is_app = who["platform"] == "app"
    session = {"userId": who["visitor_id"], "sessionId": f"{who['visitor_id']}-{telling.at[:10]}"}
    return {
        "app_id": "shop",
        "platform": "mob" if is_app else "web",
        "etl_tstamp": telling.at,
        "collector_tstamp": telling.at,
        "event_id": event_id,
        "user_id": who["customer_id"],
        "domain_userid": None if is_app else session["userId"],
        "domain_sessionid": None if is_app else session["sessionId"],
        "geo_country": telling.lines[0]["country"] if telling.lines else None,
        "page_url": f"https://shop.example{who['page_url']}" if who.get("page_url") else None,
        "page_referrer": who.get("referrer"),
        "useragent": who.get("user_agent"),
        "derived_tstamp": f"{telling.at}.000" + ("" if is_app else "+00:00"),
        **({SESSION: _json([session])} if is_app else {}),
    }


def _said(telling: Telling) -> Row:
    """What happened, with its contexts."""
    if telling.kind == "search":
        return {
            "event": "unstruct",
            "event_name": "site_search",
            SEARCH: _json({"terms": [telling.who["search_query"]]}),
        }
    if telling.kind == "rate":
        return {"event": "unstruct", "event_name": "rate_product"}
    said: Row = {
        "event": "unstruct",
        "event_name": "snowplow_ecommerce_action",
        ACTION: _json({"type": ACTIONS.get(telling.kind, telling.kind)}),
    }
    if telling.kind in ("purchase", "refund"):
        said[PRODUCT] = _json([_bought(line) for line in goods(telling.lines)])
        said |= _sale(telling)
    elif telling.product:
        said[PRODUCT] = _json([_product(telling.product)])
    return said


def _sale(telling: Telling) -> Row:
    """The context of a transaction or a refund. A whole order that came back has no amount here."""
    total = float(sum(paid(line) for line in telling.lines))
    sale = {"transaction_id": telling.order_id, "currency": CURRENCY}
    if telling.kind == "purchase":
        return {TRANSACTION: _json([sale | {"revenue": total, "payment_method": "card"}])}
    return {REFUND: _json([sale | ({"refund_amount": total} if telling.lines else {})])}


def _product(product: Row) -> Row:
    return {
        "id": product["product_id"],
        "name": product["product_name"],
        "category": product["category"],
        "brand": product["brand"],
        "price": float(product["price"]) if product["price"] else None,
        "currency": CURRENCY,
    }


def _bought(line: Row) -> Row:
    pieces = int(line["quantity"])
    return {
        "id": line["product_id"],
        "quantity": pieces,
        "price": float(paid(line)) / pieces,
        "list_price": float(line["unit_price"]),
        "currency": CURRENCY,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
