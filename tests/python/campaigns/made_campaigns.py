"""Campaigns with planted effects, for the tests of uplift."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

NAMES = ("f_age", "f_orders", "f_visits")


def features(customers, generator):
    """Recency in days (unknown of a tenth), orders, visits."""
    age = generator.integers(0, 365, customers).astype(float)
    age[generator.random(customers) < 0.1] = np.nan
    return np.column_stack([age, generator.poisson(2.0, customers), generator.poisson(3.0, customers)])


def columns(values):
    return {name: pa.array(each, from_pandas=True) for name, each in zip(NAMES, values.T, strict=True)}


def campaign(name, values, chance, uplift, generator, *, share=0.5, variant=None, amount=None, first=0):
    """One row a customer; chance: to convert without the campaign; uplift: what it adds; amount: of who converts."""
    count = len(values)
    treated = generator.random(count) < share
    outcome = (generator.random(count) < chance + uplift * treated).astype(float)
    if amount is not None:
        outcome *= amount
    return pa.table(
        {
            "campaign_id": pa.array([name] * count, pa.string()),
            "variant": pa.array([variant] * count, pa.string()),
            "customer_code": np.arange(first, first + count),
            "is_treated": treated,
            "propensity": np.full(count, share),
            "outcome": outcome,
            **columns(values),
        }
    )


def today(values):
    return pa.table({"customer_code": np.arange(len(values)), **columns(values)})
