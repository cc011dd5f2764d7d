"""Which columns of a file may be meant by ours that are missing."""

from __future__ import annotations

import difflib

from customer_insight.commands.raw_tables import Systems, looks_like

# Names that exports give to our columns (lower case), the likeliest first.
SPELLINGS = {
    "order_id": "order id|order number|order no|order_number|ordernumber|invoice_no|invoiceno|invoice|invoice number|"
    "transaction id|transaction_id|billno|basket_id|amazon-order-id|name",
    "product_id": "lineitem sku|sku|product id|item id|listing id|stockcode|stock code|asin|productid|item name|item|"
    "itemdescription|lineitem name|product",
    "ordered_at": "created at|order date|order_date|sale date|date|transaction date|invoice_date|invoicedate|"
    "order_purchase_timestamp|transaction_timestamp|purchase-date|created_at|timestamp",
    "customer_id": "customer id|customerid|customer_unique_id|email|buyer|buyer username|buyer user id|household_id|"
    "member_number|user_id|client_id",
    "quantity": "lineitem quantity|qty|quantity|units",
    "unit_price": "lineitem price|price|unitprice|unit price|price per unit|item cost|item-price",
    "occurred_at": "event_time|event_timestamp|timestamp|time|created_at|date",
    "event_type": "event|event_name|action|type",
    "visitor_id": "user_id|anonymous_id|client_id|session_id|user_pseudo_id|cookie_id|device_id",
    "product_name": "lineitem name|product name|title|description|item name",
}
SHOWN = 30


def proposals(missing: list[str], free: list[str]) -> list[str]:
    """What may be meant by missing columns, as "`Created at` for ordered_at"; of those that have a candidate."""
    # a text without a header has empty names, and ones of a letter
    by_lower = {name.lower(): name for name in reversed(free) if len(name) > 1}
    told = []
    for column in missing:
        spellings = [name for name in SPELLINGS.get(column, "").split("|") if name in by_lower]
        # a spelling that only resembles is a question all the same, and one that resembles little is none
        spellings += difflib.get_close_matches(column.lower(), by_lower, 1, 0.8)
        if spellings:
            told.append(f"`{by_lower[spellings[0]]}` for {column}")
    return told


def missing_columns(missing: list[str], header: list[str], free: list[str], systems: Systems) -> str:
    """What is said where required columns are missing: what was expected and found, once, and what may be meant.

    `systems`: those whose export it may be.
    """
    told = looks_like(header, systems)
    if told:
        return told
    several = len(missing) > 1
    wanted = ", ".join(missing[:-1]) + " and " + missing[-1] if several else missing[0]
    more = f" and {len(header) - SHOWN} more" if len(header) > SHOWN else ""
    names = ", ".join(filter(None, header[:SHOWN]))
    found = f"expected the required column{'s' if several else ''} {wanted}, found {names}{more}"
    meant = proposals(missing, free)
    if not meant:
        return f"{found}; add it to the export"
    question = f"is {meant[0]} meant" if len(meant) == 1 else f"are {', '.join(meant[:-1])} and {meant[-1]} meant"
    return f"{found}; {question}? Then rename them in the header"
