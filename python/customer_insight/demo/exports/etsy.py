"""The made shop as Etsy lets it be downloaded: sold order items and sold orders, with what is peculiar to these files.

An item is a row, without a time; coupon and postage of an order stand on its first item. Prices are before the coupon.
Buyers have a name that they sign in with, in brackets behind another one if they gave it; guests have none. One file
has the columns of American shops and one those of British ones. The items of one month stand in a file of their own,
too. What was paid back of an order is the difference of its amounts before and after.

What the format cannot say: when an order was placed but for the day, when something was paid back, for which items,
whether the goods came back, and that a whole order was paid back (the amounts after it are then 0, as where nothing
was); how a coupon was meant for items; SKUs of most, people's addresses for mail, categories and costs; and it knows no
events, reviews, messages and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from customer_insight.demo.columns import TextTable
from customer_insight.demo.exports.export_file import ExportFile, Row, by_id, orders_of
from customer_insight.demo.shop import Block

CURRENCY = "GBP"
POSTAGE = "POSTAGE"
# The month of which there is a file as well.
MONTH = "2025-05"
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "IE": "Ireland", "FR": "France", "US": "United States"}
# Etsy's share for taking the card.
FEE_SHARE, FEE = Decimal("0.04"), Decimal("0.20")
ITEMS = [
    *("Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Coupon Code", "Coupon Details", "Discount Amount"),
    *("Shipping Discount", "Order Shipping", "Order Sales Tax", "Item Total", "Currency", "Transaction ID"),
    *("Listing ID", "Date Paid", "Date Shipped", "Ship Name", "Ship Address1", "Ship Address2", "Ship City"),
    *("Ship State", "Ship Zipcode", "Ship Country", "Order ID", "Variations", "Order Type", "Listings Type"),
    *("Payment Type", "InPerson Discount", "InPerson Location", "VAT Paid by Buyer", "SKU"),
]
ORDERS = [
    *("Sale Date", "Order ID", "Buyer User ID", "Full Name", "First Name", "Last Name", "Number of Items"),
    *("Payment Method", "Date Shipped", "Street 1", "Street 2", "Ship City", "Ship State", "Ship Zipcode"),
    *("Ship Country", "Currency", "Order Value", "Coupon Code", "Coupon Details", "Discount Amount"),
    *("Shipping Discount", "Shipping", "Sales Tax", "Order Total", "Status", "Card Processing Fees", "Order Net"),
    *("Adjusted Order Total", "Adjusted Card Processing Fees", "Adjusted Net Order Amount", "Buyer", "Order Type"),
    *("Payment Type", "InPerson Discount", "InPerson Location", "SKU"),
]


def _british(name: str) -> str:
    """A column as British shops see it: `Order Delivery`, `Date Posted`, `Delivery Country`."""
    return name.replace("Date Shipped", "Date Posted").replace("Shipping", "Delivery").replace("Ship ", "Delivery ")


FILES = {
    "EtsySoldOrderItems2024.csv": ExportFile(ITEMS),
    "EtsySoldOrderItems2025.csv": ExportFile([_british(name) for name in ITEMS]),
    "EtsySoldOrderItems2025-5.csv": ExportFile([_british(name) for name in ITEMS]),
    "EtsySoldOrders2024.csv": ExportFile(ORDERS),
    "EtsySoldOrders2025.csv": ExportFile([_british(name) for name in ORDERS]),
}


def rows(block: Block, products: TextTable) -> Iterator[tuple[str, Row]]:
    """The rows of a block of customers."""
    listings = {product: number for number, product in enumerate(products.column("product_id").to_pylist())}
    sold = by_id(products, "product_id")
    for order in orders_of(block.tables["order_lines"].table):
        year = order[0]["ordered_at"][:4]
        items = list(_items(order, listings, sold))
        yield from ((f"EtsySoldOrderItems{year}.csv", _spelled(row, year)) for row in items)
        if order[0]["ordered_at"].startswith(MONTH):
            yield from (("EtsySoldOrderItems2025-5.csv", _spelled(row, year)) for row in items)
        yield f"EtsySoldOrders{year}.csv", _spelled(_order(order), year)


def _spelled(row: Row, year: str) -> Row:
    return row if year == "2024" else {_british(name): value for name, value in row.items()}


def _items(order: list[Row], listings: dict[str, int], sold: dict[str, Row]) -> Iterator[Row]:
    """The items of an order, of which the first has what is the order's."""
    postage, discount = _postage(order), _discount(order)
    items = [line for line in order if line["product_id"] != POSTAGE]
    for place, line in enumerate(items):
        product = sold.get(line["product_id"], {})
        yield {
            **_shared(line),
            "Item Name": product.get("product_name") or line["product_name"] or line["product_id"],
            "Quantity": line["quantity"],
            "Price": line["unit_price"],
            "Coupon Code": "FRIENDS" if discount else "",
            "Coupon Details": "FRIENDS - % off" if discount else "",
            "Discount Amount": f"{discount:.2f}" if place == 0 else "0",
            "Shipping Discount": "0.00" if place == 0 else "0",
            "Order Shipping": _short(postage) if place == 0 else "0",
            "Order Sales Tax": "0",
            "Item Total": _short(int(line["quantity"]) * Decimal(line["unit_price"])),
            "Transaction ID": str(10_000_000_000 + int(line["order_id"][1:]) * 100 + place),
            "Listing ID": str(1_500_000_000 + listings.get(line["product_id"], len(listings))),
            "Date Paid": _day(line["ordered_at"], "%m/%d/%Y"),
            "Ship Name": _name(line),
            "Listings Type": "listing",
        }


def _order(order: list[Row]) -> Row:
    """The order, with its amounts before and after something was paid back."""
    value = sum((_value(line) for line in order), Decimal(0)) + _discount(order) - _postage(order)
    total = value - _discount(order) + _postage(order)
    kept = sum((_value(line) for line in order if line["order_status"] != "returned"), Decimal(0))
    is_adjusted = 0 < kept < total and not any(line["order_status"] == "cancelled" for line in order)
    return {
        **_shared(order[0]),
        "Buyer User ID": order[0]["customer_id"] or "",
        "Full Name": _name(order[0]),
        "Number of Items": str(sum(int(line["quantity"]) for line in order if line["product_id"] != POSTAGE)),
        "Order Value": _short(value),
        "Discount Amount": _short(_discount(order)),
        "Shipping": _short(_postage(order)),
        "Sales Tax": "0",
        "Order Total": _short(total),
        "Status": "Canceled" if any(line["order_status"] == "cancelled" for line in order) else "",
        "Card Processing Fees": _short(_fee(total)),
        "Order Net": _short(total - _fee(total)),
        "Adjusted Order Total": "0",
        "Adjusted Card Processing Fees": _short(_fee(kept)) if is_adjusted else "0",
        "Adjusted Net Order Amount": _short(kept - _fee(kept)) if is_adjusted else "0",
    }


def _shared(line: Row) -> Row:
    """What items and orders have both."""
    return {
        "Sale Date": _day(line["ordered_at"], "%m/%d/%y"),
        "Buyer": _buyer(line["customer_id"]),
        "Order ID": str(int(line["order_id"][1:]) + 3_000_000_000),
        "Currency": CURRENCY,
        "Ship Country": COUNTRIES.get(line["country"] or "", line["country"] or ""),
        "Order Type": "online",
        "Payment Type": "online_cc",
    }


def _name(line: Row) -> str:
    return f"Buyer {line['order_id'][1:]}"


def _buyer(customer_id: str | None) -> str:
    """Every second person gave another name."""
    if not customer_id:
        return ""
    return f"Robin Example ({customer_id})" if customer_id[-1] in "02468" else customer_id


def _value(line: Row) -> Decimal:
    return int(line["quantity"]) * Decimal(line["unit_price"]) - Decimal(line["discount_amount"] or 0)


def _postage(order: list[Row]) -> Decimal:
    return sum((_value(line) for line in order if line["product_id"] == POSTAGE), Decimal(0))


def _discount(order: list[Row]) -> Decimal:
    return sum((Decimal(line["discount_amount"] or 0) for line in order), Decimal(0))


def _fee(amount: Decimal) -> Decimal:
    return round(amount * FEE_SHARE + FEE, 2)


def _short(amount: Decimal) -> str:
    """`10`, `32.5`: without the noughts at the end, as most amounts of these files are written."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def _day(at: str, pattern: str) -> str:
    return date.fromisoformat(at[:10]).strftime(pattern)
