"""What a file with other column names than ours looks like, and which of its columns may be meant by ours."""

from __future__ import annotations

import difflib

# Columns that together say which system wrote a file, and the source that reads it ('' where there is none yet).
KNOWN = {
    "a Shopify orders export": ({"Financial Status", "Lineitem name", "Lineitem quantity"}, "shopify"),
    "a Shopify products export": ({"Handle", "Title", "Variant Price"}, "shopify"),
    "a Shopify customers export": ({"First Name", "Email", "Total Spent"}, "shopify"),
    "a WooCommerce products export": ({"Type", "SKU", "Regular price", "In stock?"}, ""),
    "a WooCommerce orders export": ({"Order Number", "Order Status", "Item Cost"}, ""),
    "a Square items export": ({"Transaction ID", "Gross Sales", "Item", "Qty"}, ""),
    "an Etsy sold orders export": ({"Sale Date", "Item Name", "Listing ID"}, ""),
    "an Amazon orders report": ({"amazon-order-id", "purchase-date", "sku"}, ""),
    "an eBay transaction report": ({"Transaction creation date", "Type", "Order number"}, ""),
    "Olist's order items": ({"order_id", "order_item_id", "seller_id", "price"}, ""),
    "Olist's orders": ({"order_id", "customer_id", "order_purchase_timestamp"}, ""),
    "the UCI Online Retail table": ({"StockCode", "Description", "InvoiceDate"}, "online_retail"),
    "the REES46 event log": ({"event_time", "category_code", "user_session"}, "rees46"),
}
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


def looks_like(header: list[str]) -> str:
    """The sentence that names the system that wrote a file with this header, or ''."""
    names = {name.strip().lower() for name in header}
    for what, (columns, source) in KNOWN.items():
        if {column.lower() for column in columns} <= names:
            how = f"read it with --source {source}" if source else "no source reads it as it comes yet"
            return f"it looks like {what}: {how}"
    return ""


def proposals(missing: list[str], free: list[str]) -> list[str]:
    """What may be meant by missing columns, as "`Created at` for ordered_at"; of those that have a candidate."""
    by_lower = {name.lower(): name for name in reversed(free)}
    told = []
    for column in missing:
        spellings = [name for name in SPELLINGS.get(column, "").split("|") if name in by_lower]
        # a spelling that only resembles is a question all the same, and one that resembles little is none
        spellings += difflib.get_close_matches(column.lower(), by_lower, 1, 0.8)
        if spellings:
            told.append(f"`{by_lower[spellings[0]]}` for {column}")
    return told


def missing_columns(missing: list[str], header: list[str], free: list[str]) -> str:
    """What is said where required columns are missing: what was expected and found, once, and what may be meant."""
    several = len(missing) > 1
    wanted = ", ".join(missing[:-1]) + " and " + missing[-1] if several else missing[0]
    more = f" and {len(header) - SHOWN} more" if len(header) > SHOWN else ""
    found = f"expected the required column{'s' if several else ''} {wanted}, found {', '.join(header[:SHOWN])}{more}"
    told = looks_like(header)
    meant = proposals(missing, free)
    if meant:
        question = f"is {meant[0]} meant" if len(meant) == 1 else f"are {', '.join(meant[:-1])} and {meant[-1]} meant"
        told = "; ".join(filter(None, [told, f"{question}? Then rename them in the header"]))
    return f"{found}; {told or 'add it to the export'}"
