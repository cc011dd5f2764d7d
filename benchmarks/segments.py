"""Segments of a large shop: time and memory of the fit alone, in a process of its own."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
from customer_insight.segments import segment_methods, segmentation
from sklearn.metrics import adjusted_rand_score

from benchmarks.measure import run

CUSTOMERS = 1_000_000
# orders a year, order value, share of discount, of the weekend and of the evening, visits an order: of each kind
KINDS = np.array(
    [
        [1.1, 35, 0.03, 0.30, 0.25, 3.0],
        [1.5, 90, 0.02, 0.60, 0.15, 2.0],
        [3.0, 45, 0.22, 0.25, 0.60, 4.0],
        [6.0, 70, 0.03, 0.30, 0.20, 2.5],
        [14.0, 60, 0.02, 0.20, 0.10, 1.2],
    ]
)
KIND_SHARES = [0.45, 0.2, 0.18, 0.12, 0.05]


def main(folder: Path) -> None:
    """Prints the cost of each method for a million customers, and of a second run that follows the first."""
    print(f"\nsegments of {CUSTOMERS:,} customers, 14 features (of 150 s and 3 GB)")
    for method in segment_methods.METHODS:
        log = folder / f"segments_{method}.log"
        cost = run([sys.executable, "-m", "benchmarks.segments", method], log, {"OMP_NUM_THREADS": "1"})
        print(f"{method:14} {cost.wall:6.0f} s {cost.cpu:6.0f} s cpu {cost.peak_gb:6.2f} GB, data and imports included")
        print(log.read_text().rstrip(), flush=True)


def made_customers(customers: int, seed: int = 11) -> pa.Table:
    """Features as skewed as those of shops, most customers with an order or two; the kinds overlap."""
    random = np.random.default_rng(seed)
    kind = random.choice(len(KINDS), customers, p=KIND_SHARES)
    rate, value, discount, weekend, evening, visits = KINDS[kind].T
    tenure = random.integers(1, 1_000, customers).astype(float)
    orders = 1.0 + random.poisson(random.gamma(1.5, rate / 1.5) * tenure / 365)
    order_value = value * random.lognormal(0, 0.6, customers)
    gap = np.where(orders > 1, tenure / np.maximum(orders, 2) * random.lognormal(0, 0.4, customers), np.nan)
    recency = np.minimum(tenure, random.exponential(np.where(np.isnan(gap), 300.0, gap * 1.5)))
    sessions = random.poisson(orders * visits).astype(float)
    columns = {
        "recency_days": np.floor(recency),
        "tenure_days": tenure,
        "orders": orders,
        "gross_revenue": orders * order_value,
        "average_order_value": order_value,
        "average_days_between_orders": gap,
        "products_per_order": 1 + random.poisson(order_value / 30),
        "distinct_categories": 1.0 + random.poisson(np.sqrt(orders)),
        "variety_share": random.beta(8, 1 + orders / 4),
        "discount_share": random.beta(1 + 20 * discount, 20),
        "weekend_share": random.binomial(orders.astype(int), weekend) / orders,
        "evening_share": random.binomial(orders.astype(int), evening) / orders,
        "sessions": sessions,
        "order_to_visit_share": orders / (orders + sessions),
    }
    return pa.table({"customer_code": np.arange(customers, dtype=np.int32), **columns})


def once(method: str) -> None:
    """One run, and one that follows it."""
    customers = made_customers(CUSTOMERS)
    began = time.perf_counter()
    first = segmentation.run(customers, segment_method=method)
    seconds = time.perf_counter() - began
    features, segments = first.tables["features"], first.tables["segments"].to_pylist()
    names = {row["segment_code"]: row["segment_name"] for row in segments}
    earlier = features.select(["segment_code", "feature", "centre"]).append_column(
        "segment_name", pa.array([names[code] for code in features["segment_code"].to_pylist()])
    )
    earlier = earlier.append_column("next_segment_code", pa.array([len(names) + 1] * len(earlier)))
    began = time.perf_counter()
    second = segmentation.run(customers, earlier, segment_method=method)
    found, again = (np.asarray(run.tables["assignments"]["segment_code"]) for run in (first, second))
    print(f"    learned in {seconds:.0f} s, followed in {time.perf_counter() - began:.0f} s; {first.status}")
    print(f"    adjusted Rand index of both runs {adjusted_rand_score(found, again):.2f}")
    for row in segments:
        print(f"    {row['segment_name']}: {row['customers']:,}")


if __name__ == "__main__":
    once(sys.argv[1])
