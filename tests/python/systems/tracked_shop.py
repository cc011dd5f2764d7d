"""The made shop from its own tables, as far as a tracker of the web shop and the app can tell it.

What a tracker cannot say is left out here, in one place: see the modules in `customer_insight.demo.exports`.
"""

from customer_insight.demo import shop
from round_trip import CUSTOMERS, SEED, built_from_own_tables

MODELS = "orders order_lines products int_sessions"
TABLES = ("order_lines", "events", "products", "identity_links")
# Net, because a part that came back is a credit note here and returned in place there.
ORDERS = """
    select
        o.order_id, o.ordered_at, o.customer_id, o.channel, o.currency, o.net_revenue, l.units
    from shop.orders as o
    inner join (
        select order_id, sum(quantity) filter (where quantity > 0 and is_product) as units
        from shop.order_lines group by order_id
    ) as l on o.order_id = l.order_id
    order by all
"""
# What was bought and is no credit note, product by product.
SOLD = """
    select
        product_id, sum(quantity),
        cast(sum(cast(quantity as decimal(18, 2)) * unit_price) as decimal(18, 2)), sum(discount_amount)
    from shop.order_lines where quantity > 0 and is_product group by all order by all
"""
RETURNED = "select order_id, returned_revenue from shop.orders where returned_revenue > 0 order by all"
SESSIONS = """
    select
        session_id, visitor_id, customer_id, started_at, platform, views, searches, add_to_carts, purchases,
        is_converted
    from intermediate.int_sessions order by all
"""
PRODUCTS = """
    select product_id, product_name, category, brand from staging.stg_products
    where product_id in (select product_id from intermediate.int_session_events where event_type = 'view') order by all
"""


def own_tables(folder, left_out=()):
    """Built from the shop's own tables; `left_out`: products that are no line of this tracker."""
    (block,) = shop.make_shop(SEED, CUSTOMERS, is_clean=True)
    events = [row for row in block.tables["events"].table.to_pylist() if row["platform"] != "store"]
    buyers = {row["order_id"]: row["visitor_id"] for row in events if row["event_type"] == "purchase"}
    guests = {}

    def change(name, rows):
        if name == "events":
            return events
        if name == "identity_links":
            return [{"visitor_id": v, "customer_id": v, "linked_at": at} for v, at in guests.items()]
        if name == "order_lines":
            rows = [row for row in rows if row["order_id"] in buyers and row["product_id"] not in left_out]
            for row in rows:
                if row["customer_id"] is None:
                    # a browser that bought without a login is a customer of its own
                    row["customer_id"] = buyers[row["order_id"]]
                    guests.setdefault(row["customer_id"], row["ordered_at"])
                # a tracker knows of no cancelling: it is a refund
                row["order_status"] = row["order_status"].replace("cancelled", "returned")
        return rows

    return built_from_own_tables(folder, MODELS, TABLES, change)
