"""What the search box knows: customers and products with all that there is to say of them, as compressed JSON.

The page unpacks it in the browser; of a large shop it holds the customers and products with the highest revenue.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from customer_insight.report import names, wording
from customer_insight.report.alike import are_alike
from customer_insight.report.identities import who_is_behind
from customer_insight.report.money import Money
from customer_insight.report.results import Results

CUSTOMERS = 2000  # that can be found
PRODUCTS = 2000  # that can be found
NEIGHBOURS = 5  # products by method
TASTES = 3
CHOSEN = f"""
    select customer_id from shop.customers where not is_erased
    order by gross_revenue desc nulls last, customer_id limit {CUSTOMERS}
"""
SOLD = f"""
    select product_id from shop.products where is_product
    order by gross_revenue desc nulls last, views desc nulls last, product_id limit {PRODUCTS}
"""
PROFILES = f"""
select * replace (
    shop_day(first_ordered_at) as first_ordered_at, shop_day(last_ordered_at) as last_ordered_at,
    shop_day(last_seen_at) as last_seen_at, shop_day(expected_next_order_at) as expected_next_order_at
) from shop.customers where customer_id in ({CHOSEN}) order by gross_revenue desc nulls last, customer_id
"""
LISTS = f"""
select customer_id, product_id, purchase_probability, because_product_id, reason
from recommendations.customer_recommendations where customer_id in ({CHOSEN}) order by customer_id, recommendation_rank
"""
DRIVERS = f"""
select customer_id, target, feature, feature_value, effect from predictions.prediction_drivers
where driver_rank > 0 and customer_id in ({CHOSEN}) order by customer_id, target, driver_rank
"""
LIKED = f"""
select customer_id, category, share, affinity from segments.customer_tastes where customer_id in ({CHOSEN})
qualify row_number() over (partition by customer_id order by affinity desc nulls last, category) <= {TASTES}
order by customer_id, affinity desc nulls last, category
"""
CATALOGUE = f"""
select * from shop.products where product_id in ({SOLD})
order by gross_revenue desc nulls last, views desc nulls last, product_id
"""
GOES_WITH = f"""
select product_id, method, recommended_product_id, reason from recommendations.product_recommendations
where recommendation_rank <= {NEIGHBOURS} and product_id in ({SOLD}) order by product_id, method, recommendation_rank
"""
SIZES = """
select (select count(*) from shop.customers where not is_erased) as customers,
    (select count(*) from shop.products where is_product) as products
"""


@dataclass(frozen=True)
class SearchIndex:
    """Packed data for the page, a sentence on what it holds, who is behind an id, and two names to try."""

    packed: str
    holds: str
    who: list[str]
    tries: list[tuple[str, str]]


def search_index(results: Results) -> SearchIndex:
    """The index; base64 of gzipped JSON, the same bytes for the same results."""
    customers, products = _customers(results), _products(results)
    named = {
        row["product_id"]: row["product_name"]
        for row in results.rows("select product_id, product_name from shop.products")
    }
    mentioned = {each[0] for customer in customers for each in customer["lists"]} | {
        each[3] for customer in customers for each in customer["lists"] if each[3]
    }
    mentioned |= {each[1] for product in products for each in product["goes_with"]}
    called = {product: named.get(product) or "" for product in sorted(mentioned)}
    data = {"customers": customers, "products": products, "names": called}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    packed = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
    tries = [("customer", each["id"]) for each in customers[:1]] + [("product", each["id"]) for each in products[:1]]
    who = who_is_behind([each["id"] for each in customers])
    return SearchIndex(packed, _holds(results, len(customers), len(products)), who, tries)


def _holds(results: Results, customers: int, products: int) -> str:
    every = results.row(SIZES)
    said = []
    for held, there, name in ((customers, every["customers"], "customers"), (products, every["products"], "products")):
        if there == 0:
            said.append(f"no {name}")
        elif held == there:
            said.append(f"all {wording.whole(there)} {name}")
        else:
            said.append(f"the {wording.whole(held)} {name} with the highest revenue, of {wording.whole(there)}")
    return f"It knows {said[0]} and {said[1]}."


def _customers(results: Results) -> list[dict[str, Any]]:
    lists, drivers, tastes = defaultdict(list), defaultdict(list), defaultdict(list)
    money, days = results.money, _days(results)
    for row in results.rows(LISTS):
        probability = row["purchase_probability"]
        said = probability and f"{wording.percent(probability)} chance of buying it within {days['list']} days"
        reason = wording.with_days(row["reason"] or "")
        lists[row["customer_id"]].append([row["product_id"], said, reason, row["because_product_id"]])
    alike = {target for target in ("purchase", "churn") if are_alike(results, f"{target}_probability")}
    for row in results.rows(DRIVERS):
        if row["target"] in alike:  # nothing moved an answer that everybody has
            continue
        value = _feature_value(row["feature"], row["feature_value"], money)
        drivers[row["customer_id"], row["target"]].append(
            [names.feature(row["feature"]), value, round(row["effect"], 2)]
        )
    for row in results.rows(LIKED):
        tastes[row["customer_id"]].append(f"{row['category']} ({wording.percent(row['share'])} of purchases)")
    return [
        {
            "id": row["customer_id"],
            "segment": row["segment_name"],
            "rfm": row["rfm_segment"],
            "facts": _facts(
                ("Orders", wording.whole(row["orders"])),
                ("Revenue", money.amount(row["gross_revenue"])),
                ("Value of an order", money.amount(row["average_order_value"])),
                ("First order", wording.day(row["first_ordered_at"])),
                ("Last order", wording.day(row["last_ordered_at"])),
                (
                    "R, F, M",
                    " ".join(str(row[score]) for score in ("r_score", "f_score", "m_score"))
                    if row["r_score"]
                    else wording.UNKNOWN,
                ),
                ("Visits", wording.whole(row["sessions"]) if row["sessions"] else wording.UNKNOWN),
                ("Last seen", wording.day(row["last_seen_at"])),
                ("Country", row["country"] or wording.UNKNOWN),
                ("Favourite category", row["favourite_category"] or wording.UNKNOWN),
                ("Favourite brand", row["favourite_brand"] or wording.UNKNOWN),
                ("Likes more than others do", "; ".join(tastes[row["customer_id"]]) or wording.UNKNOWN),
            ),
            "predictions": _predictions(row, days, money),
            "drivers": {
                target: found for target in ("purchase", "churn") if (found := drivers[row["customer_id"], target])
            },
            "lists": lists[row["customer_id"]],
        }
        for row in results.rows(PROFILES)
    ]


def _days(results: Results) -> dict[str, str]:
    """How far ahead predictions look; `some` where it is not known."""
    asked, listed = results.parameters("customer_predictions"), results.parameters("customer_recommendations")
    found = {name: asked.get(name, {}).get("days") for name in ("purchase", "churn")}
    found["list"] = listed.get("prediction_horizon_days")
    return {name: str(value or "some") for name, value in found.items()}


def _feature_value(feature: str, value: float | None, money: Money) -> str | None:
    """What is known of the customer, as it is said; None where it is not known or would mean nothing to a reader."""
    if value is None or feature in names.WITHOUT_VALUE:
        return None
    if feature in names.AMOUNTS:
        return money.amount(value)
    return wording.percent(value) if feature in names.SHARES else wording.plain(value)


def _predictions(row: dict[str, Any], days: dict[str, str], money: Money) -> list[tuple[str, str]]:
    """What is predicted of a customer, as far as the shop's history allows."""
    return _facts(
        (f"Buys within {days['purchase']} days", wording.percent(row["purchase_probability"])),
        (f"Stays away for {days['churn']} days", wording.percent(row["churn_probability"])),
        ("Still a customer", wording.percent(row["p_alive"])),
        ("Next order, if any, about", wording.day(row["expected_next_order_at"])),
        ("Orders in the next 365 days", wording.plain(row["expected_orders_365d"])),
        ("Spends in the next 365 days", money.amount(row["predicted_clv_365d"])),
    )


def _products(results: Results) -> list[dict[str, Any]]:
    goes_with = defaultdict(list)
    for row in results.rows(GOES_WITH):
        goes_with[row["product_id"]].append(
            [names.list_of(row["method"]), row["recommended_product_id"], row["reason"]]
        )
    return [
        {
            "id": row["product_id"],
            "name": row["product_name"] or "",
            "facts": _facts(
                ("Category", row["category"] or wording.UNKNOWN),
                ("Brand", row["brand"] or wording.UNKNOWN),
                ("Price", results.money.amount(row["price"])),
                (
                    "Available",
                    wording.UNKNOWN if row["is_available"] is None else "yes" if row["is_available"] else "no",
                ),
                ("Orders", wording.whole(row["orders"])),
                ("Customers", wording.whole(row["customers"])),
                ("Revenue", results.money.amount(row["gross_revenue"])),
                ("Looked at", wording.whole(row["views"]) if row["views"] else wording.UNKNOWN),
                ("Rating", wording.UNKNOWN if row["average_rating"] is None else f"{row['average_rating']:.1f} of 5"),
            ),
            "goes_with": goes_with[row["product_id"]],
        }
        for row in results.rows(CATALOGUE)
    ]


def _facts(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """What is known; a fact that is not is left out instead of shown as a dash."""
    return [pair for pair in pairs if pair[1] != wording.UNKNOWN]
