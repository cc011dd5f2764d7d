"""What `customer-insight check` asks of the rows of each input table, beside what is refused."""

from __future__ import annotations

from collections import Counter
from typing import Any

# looked at closely only where it begins like one
PHONES = "count_if(case when customer_id < '1' then regexp_matches(customer_id, '^[+0][0-9 ()-]{8,}$') end)"
# What was sold, as orders count it.
SOLD = "order_status = 'completed' and quantity > 0 and coalesce(unit_price, 1) > 0"
# What came back on a day that the export does not say; a credit note with a day of its own says it.
UNDATED = (
    "order_status = 'returned' and returned_at is null "
    "and (quantity > 0 or product_name = 'Refund of which the day is not known')"
)
# SQL by name and table, over the columns of stg_<table>__typed.
FIGURES: dict[str, dict[str, str]] = {
    "order_lines": {
        "first_at": "min(ordered_at)",
        "last_at": "max(ordered_at)",
        # rows by currency and day of the shop
        "amounts": "map_entries(histogram({'currency': currency, 'day': shop_day(ordered_at)}))",
        "sold": "map_entries(histogram(case when is_product and order_status = 'completed' then product_id end))",
        "orders": f"count(distinct case when {SOLD} then hash(order_id) end)",
        "buyers": f"count(distinct case when {SOLD} and customer_id is not null then hash(customer_id) end)",
        # wide, for of decimals of 18 digits the engine makes one of 18 digits: amounts beyond a million overflow
        "sold_value": f"sum(case when {SOLD} then cast(quantity as decimal(38, 6)) * unit_price "
        "- coalesce(discount_amount, 0) end)",
        "currencies_sold": f"map_entries(histogram(case when {SOLD} then coalesce(currency, '') end))",
        "pending": "count_if(is_pending)",
        "cancelled": "count_if(order_status = 'cancelled' and not is_pending)",
        "returned": "count_if(order_status = 'returned')",
        "returned_undated": f"count_if({UNDATED})",
        "customers_known": "count(customer_id)",
        "ids_with_an_at": "count_if(contains(customer_id, '@'))",
        "ids_like_phones": PHONES,
        "ids_of_nobody": "count_if(customer_id in ('0', '-1'))",
        "unnumbered": "count(*) - count(line_number)",
        "repeated_numbers": "PART * (count_if(line_number is not null and hash(order_id) % PART = 0) - count(distinct "
        "case when line_number is not null and hash(order_id) % PART = 0 then order_id || ' ' || line_number end))",
    },
    "events": {
        "first_at": "min(occurred_at)",
        "last_at": "max(occurred_at)",
        "days": "map_entries(histogram(shop_day(occurred_at)))",
        "customers_known": "count(customer_id)",
        "ids_with_an_at": "count_if(contains(customer_id, '@'))",
        "ids_like_phones": PHONES,
        "ids_of_nobody": "count_if(customer_id in ('0', '-1'))",
    },
    "identity_links": {"customers_known": "count(customer_id)"},
    "products": {
        "listed": "list(distinct product_id)",
        "currencies": "map_entries(histogram(currency))",
        "priced": "map_entries(histogram(case when price is not null or unit_cost is not null then currency end))",
    },
    "channel_costs": {
        "amounts": "map_entries(histogram({'currency': currency, 'day': cost_date}))",
        "unknown_channels": "map_entries(histogram(case when not has_known_channel then channel end))",
    },
    "exchange_rates": {"rates": "map_entries(histogram({'currency': currency, 'day': rate_date}))"},
    "customers": {
        "ids_with_an_at": "count_if(contains(customer_id, '@'))",
        "ids_like_phones": PHONES,
        "erased": "count(erased_at)",
        "consenting": "count_if(marketing_consent)",
    },
}


def counts(figures: dict[str, Any], name: str) -> Counter[Any]:
    """Rows by what a figure tells apart: a value, or a tuple of several; empty where there is no such figure."""
    keys = [(each["key"], each["value"]) for each in figures.get(name) or []]
    return Counter({tuple(key.values()) if isinstance(key, dict) else key: rows for key, rows in keys})
