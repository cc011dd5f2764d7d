"""Made shops as rows of customer days."""

import numpy as np
import pyarrow as pa
from customer_insight.predictions.purchase import customer_days

COLUMNS = (
    "orders",
    "gross_revenue",
    "discount_amount",
    "list_revenue",
    "products",
    "sessions",
    "views",
    "add_to_carts",
    "messages",
    "reviews",
    "unhappy_texts",
)


def table(rows):
    """From (customer, age, {column: value}); what is not named is 0."""
    columns = {"customer_code": [row[0] for row in rows], "age_days": [row[1] for row in rows]}
    columns |= {name: [float(row[2].get(name, 0)) for row in rows] for name in COLUMNS}
    types = {"customer_code": pa.int32(), "age_days": pa.int32()}
    return pa.table({name: pa.array(values, types.get(name, pa.float64())) for name, values in columns.items()})


def order(revenue=10.0):
    return {"orders": 1, "gross_revenue": revenue, "list_revenue": revenue, "products": 2}


def days(rows):
    return customer_days.read_customer_days(table(rows))


def lively_shop(customers=400, span=400, seed=0):
    """Customers with rhythms of their own, some of them lost, with visits before some of the orders."""
    random = np.random.default_rng(seed)
    rows = {}
    for customer in range(customers):
        gap, age = random.gamma(2.0, 25.0) + 2, int(random.integers(1, span))
        lost_at = age - random.exponential(250)
        while age >= max(0, lost_at):
            rows[customer, age] = order(round(float(random.gamma(3.0, 12.0)), 2)) | {"sessions": 1, "views": 3}
            before = age + int(random.integers(1, 4))
            if random.random() < 0.5 and (customer, before) not in rows:
                rows[customer, before] = {"sessions": 1, "views": int(random.integers(1, 9)), "add_to_carts": 1}
            age -= max(1, int(random.exponential(gap)))
    return [(customer, age, done) for (customer, age), done in rows.items()]


def shop_of_complaints(share_lost, customers=600, span=400, seed=0):
    """The lively shop; one order in five is followed, on its day, by an unhappy message: some never return after it."""
    random = np.random.default_rng(seed)
    lost, found = set(), []
    for customer, age, done in sorted(lively_shop(customers, span, seed), key=lambda row: (row[0], -row[1])):
        if customer in lost:
            continue
        is_unhappy = done.get("orders", 0) > 0 and random.random() < 0.2
        found.append((customer, age, done | ({"messages": 1, "unhappy_texts": 1} if is_unhappy else {})))
        if is_unhappy and random.random() < share_lost:
            lost.add(customer)
    return found
