"""Purchase days of made shops."""

import numpy as np
import pyarrow as pa


def shop(customers=400, days=500, seed=0):
    """Purchase days of customers who come at their own rate until they are lost."""
    random = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        at, rate, end = random.integers(0, days), random.gamma(1.0, 1 / 40), random.exponential(300)
        spend, age = random.lognormal(3, 0.8), 0.0
        while at < days and age <= end:
            rows.append((customer * 3 + 1, days - 1 - int(at), random.integers(1, 3), spend * random.gamma(4) / 4))
            step = random.exponential(1 / rate) + 1
            at, age = at + step, age + step
    code, age_days, orders, revenue = zip(*rows, strict=True)
    return pa.table({"customer_code": code, "age_days": age_days, "orders": orders, "revenue": revenue})


def empty():
    return shop(5).slice(0, 0)


def table_of(customer, age, revenue):
    size = np.size(age)
    columns = {"customer_code": np.resize(customer, size), "age_days": age, "orders": np.ones(size, dtype=np.int64)}
    return pa.table({**columns, "revenue": np.resize(revenue, size)})


ALIKE = {
    "everybody buys each day": table_of(np.repeat(np.arange(60), 120), np.tile(np.arange(120), 60), [5.0]),
    "everybody for nothing": table_of(np.repeat(np.arange(60), 120), np.tile(np.arange(120), 60), [0.0]),
    "once a century": table_of(np.repeat(np.arange(60), 3), np.tile([5, 36_500, 73_000], 60), [1e15, 1e-2]),
    "a giant": pa.concat_tables([shop(200), table_of([10_000], np.arange(499), [1e12])]),
    "one day is all": table_of(np.arange(500), np.repeat([100, 5], 250), [3.0]),
}
