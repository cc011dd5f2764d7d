"""Customers unlike all others in several ways at once: an isolation forest (Liu, Ting and Zhou, ICDM 2008).

Only who stands out in two habits or more is scored, since one alone is what a good customer has, too; and only the most
isolated are named, up to a share of all. Nobody is left out of anything for being unlike others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.ensemble import IsolationForest

from customer_insight.numerics import SEED, arrays
from customer_insight.numerics.arrays import Floats
from customer_insight.suspicions.suspicion_rules import NOBODY, SuspicionRule, suspects

# Customers below whom nobody is usual.
LEAST_CUSTOMERS = 200
# Robust standard deviations from the median that stand out.
STANDS_OUT = 4.0
# Isolation from which on somebody is named at all: one half is usual.
LEAST_SCORE = 0.6
_SAMPLE = 20_000
WORDS = {
    "orders": ("orders", "{:.0f}"),
    "average_order_value": ("worth of an order", "{:.2f}"),
    "returned_share": ("share of revenue sent back", "{:.0%}"),
    "cancelled_share": ("share of orders cancelled", "{:.0%}"),
    "discount_share": ("share of prices taken off", "{:.0%}"),
    "products_per_order": ("products in an order", "{:.1f}"),
    "visits": ("visits", "{:.0f}"),
    "views_per_visit": ("products looked at in a visit", "{:.1f}"),
    "carts_per_visit": ("products put into the cart in a visit", "{:.1f}"),
    "reviews": ("reviews", "{:.0f}"),
}
_SHARES = ("returned_share", "cancelled_share", "discount_share")


def find(habits: pa.Table, rule: SuspicionRule | None) -> pa.Table:
    """Rows of customers. habits: customer_code, age_days, and the columns of WORDS (null: the customer has none)."""
    if rule is None or habits.num_rows < LEAST_CUSTOMERS:
        return NOBODY
    order = np.argsort(arrays.codes(habits, "customer_code"), kind="stable")
    raw = np.column_stack([arrays.doubles(habits, name) for name in WORDS])[order]
    median = np.array([_median(column) for column in raw.T])
    scaled = _scaled(np.where(np.isnan(raw), median, raw))
    candidates = np.flatnonzero((np.abs(scaled) >= STANDS_OUT).sum(axis=1) >= 2)
    if candidates.size == 0:
        return NOBODY
    score = _isolation(scaled, candidates)
    most = int(rule.chance * habits.num_rows)
    chosen = np.lexsort((candidates, -np.round(score, 9)))[:most]
    chosen = chosen[score[chosen] >= LEAST_SCORE]
    place = candidates[chosen]
    return suspects(
        rule,
        arrays.codes(habits, "customer_code")[order][place],
        np.full(place.size, 1.0),
        1 - score[chosen],
        [_reason(raw[at], scaled[at], median) for at in place],
        arrays.doubles(habits, "age_days")[order][place],
    )


def _median(column: Floats) -> float:
    known = column[np.isfinite(column)]
    return float(np.median(known)) if known.size else 0.0


def _scaled(values: Floats) -> Floats:
    """Robust deviations from the median; amounts and counts as logarithms."""
    is_share = np.isin(list(WORDS), _SHARES)
    spread = np.where(is_share, values, np.log1p(np.maximum(values, 0)))
    centre = np.median(spread, axis=0)
    width = 1.4826 * np.median(np.abs(spread - centre), axis=0)
    # of a habit that most do not have, what is usual of those who have it
    width = np.maximum(width, np.maximum(np.std(spread, axis=0), 0.01))
    return np.asarray((spread - centre) / width)


def _isolation(scaled: Floats, candidates: Any) -> Floats:
    chosen = np.random.default_rng(SEED).permutation(len(scaled))[:_SAMPLE]
    forest = IsolationForest(n_estimators=100, max_samples=256, random_state=SEED, n_jobs=1).fit(
        scaled[np.sort(chosen)]
    )
    return np.asarray(-forest.score_samples(scaled[candidates]), dtype=np.float64)


def _reason(raw: Floats, scaled: Floats, median: Floats) -> str:
    strongest = [at for at in np.argsort(-np.abs(scaled), kind="stable")[:3] if abs(scaled[at]) >= STANDS_OUT]
    parts = []
    for at in strongest:
        words, form = WORDS[list(WORDS)[at]]
        parts.append(f"{words} {form.format(raw[at])} (usual {form.format(median[at])})")
    return "unlike others in " + ", ".join(parts)
