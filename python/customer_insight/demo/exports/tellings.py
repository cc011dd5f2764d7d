"""What a tracker of the web shop and the app tells of the made shop: events, whole orders, and what was paid back.

Of an order there is one telling, of all its lines; every ninth is told again, when its page is loaded again. What came
back or was cancelled the shop tells afterwards: a whole order without its items, else item by item, what is of one
product and day together: the same refund told twice in a day is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import Row, by_id, orders_of
from customer_insight.demo.shop import Block

POSTAGE = "POSTAGE"
# Every so many orders are told again, half a minute later.
TOLD_AGAIN = 9
# Later ones are not: the last thing told is the end of the made shop.
TOLD_AGAIN_UNTIL = "2025-12-01"


@dataclass(frozen=True)
class Telling:
    """One event: `who` is the event as the shop's own table has it; `lines` are of a purchase or refund.

    A refund without lines is of the whole order.
    """

    kind: str
    at: str
    who: Row
    product: Row | None
    order_id: str
    lines: list[Row]


def tellings(block: Block, products: TextTable) -> Iterator[Telling]:
    """All of a block, events in order of time; `products`: the catalogue."""
    sold = by_id(products, "product_id")
    orders = {rows[0]["order_id"]: rows for rows in orders_of(block.tables["order_lines"].table)}
    told: dict[str, Row] = {}
    for event in block.tables["events"].table.to_pylist():
        # the till has no tracker
        if event["platform"] == "store":
            continue
        order_id = event["order_id"] or ""
        telling = partial(
            Telling,
            kind=event["event_type"],
            who=event,
            product=sold.get(event["product_id"]),
            order_id=order_id,
            lines=orders.get(order_id, []),
        )
        if order_id in told:
            continue
        yield telling(at=event["occurred_at"])
        if order_id:
            told[order_id] = event
            if len(told) % TOLD_AGAIN == 0 and event["occurred_at"] < TOLD_AGAIN_UNTIL:
                yield telling(at=later(event["occurred_at"], 30))
    for order_id, event in told.items():
        yield from _refunds(orders[order_id], event)


def _refunds(lines: list[Row], event: Row) -> Iterator[Telling]:
    who = {"visitor_id": "shop", "platform": "web", "customer_id": None}
    refund = partial(Telling, kind="refund", who=who, product=None, order_id=event["order_id"])
    states = {line["order_status"] for line in goods(lines)}
    if states == {"cancelled"}:
        yield refund(at=event["occurred_at"], lines=[])
    elif states == {"returned"} and len(goods(lines)) == len(lines):
        yield refund(at=max(line["returned_at"] for line in lines), lines=[])
    else:
        parcels: dict[tuple[str, str], list[Row]] = {}
        for line in lines:
            if line["order_status"] == "returned":
                parcels.setdefault((line["product_id"], line["returned_at"][:10]), []).append(line)
        for parcel in parcels.values():
            yield refund(at=max(line["returned_at"] for line in parcel), lines=parcel)


def goods(lines: list[Row]) -> list[Row]:
    """The lines of an order that are products."""
    return [line for line in lines if line["is_product"] == "true"]


def paid(line: Row) -> Decimal:
    """What was paid for all pieces of a line."""
    return int(line["quantity"]) * Decimal(line["unit_price"]) - Decimal(line["discount_amount"] or 0)


def later(at: str, seconds: int) -> str:
    """`later('2025-07-01 13:27:58', 30) -> '2025-07-01 13:28:28'`."""
    return str(datetime.fromisoformat(at) + timedelta(seconds=seconds))
