"""Customers to learn from and to judge by: all, or so many of them drawn by lot with a fixed seed."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import SEED
from customer_insight.predictions.purchase.customer_days import CustomerDays

# Enough for intervals of a hundredth, and for two hundred buyers where one customer in a hundred buys.
SAMPLE_CUSTOMERS = 20_000


def sampled(days: CustomerDays) -> CustomerDays:
    """The days of at most SAMPLE_CUSTOMERS customers."""
    count = days.customer_codes.size
    if count <= SAMPLE_CUSTOMERS:
        return days
    chosen = np.random.default_rng(SEED).choice(count, SAMPLE_CUSTOMERS, replace=False, shuffle=False)
    return days.take(np.sort(chosen).astype(np.int64))
