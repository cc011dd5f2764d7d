"""What the customers of each segment are like, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.segments.customer_features import CustomerFeatures

# Days since the first purchase or visit that make a customer long-standing.
LONG_DAYS = 365
# Days since the last purchase after which a customer is away, where the caller says nothing else.
AWAY_DAYS = 90


@dataclass(frozen=True)
class Profiles:
    """Per segment (rows) and feature (columns): mean in original units, mean z-score; NaN where there is none.

    above and below, of the same shape: share of the segment's customers, of those for whom the feature is known, whose
    z-score is above 0 and no lower than the shop's median, and the reverse; 0 for features that do not vary.
    sizes (segments,), names of features, overall means (features,), one_time and never (segments,): shares of customers
    with exactly one order, and with none (NaN without the feature orders), median recency (segments,).
    too_short, of the shape of means: half the segment has not reached the days that a word for many of them speaks of.
    """

    names: list[str]
    sizes: Ints
    means: Floats
    z_scores: Floats
    above: Floats
    below: Floats
    overall: Floats
    one_time: Floats
    never: Floats
    median_recency: Floats
    too_short: Bools


def profiles(features: CustomerFeatures, segment: Ints, away_days: int = AWAY_DAYS) -> Profiles:
    """Profiles of the segments 0, 1, ... of customers; segment of shape (customers,). away_days: long to be away."""
    count = int(segment.max()) + 1 if segment.size else 0
    shape = (count, len(features.names))
    means, z_scores, above, below = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape), np.zeros(shape)
    one_time, never, recency = np.full((3, count), np.nan)
    too_short = np.zeros(shape, dtype=np.bool_)
    needed = {"recency_days": away_days, "tenure_days": LONG_DAYS}
    middle = np.median(features.scaled, axis=0) if count else np.zeros(features.scaled.shape[1])
    for number in range(count):
        rows = segment == number
        means[number] = _means(features.values[rows])
        scaled = features.scaled[rows]
        z_scores[number, features.is_used] = scaled.mean(axis=0)
        is_known = ~np.isnan(features.values[rows][:, features.is_used])
        known = np.maximum(is_known.sum(axis=0), 1)
        above[number, features.is_used] = (is_known & (scaled > 0) & (scaled >= middle)).sum(axis=0) / known
        below[number, features.is_used] = (is_known & (scaled < 0) & (scaled <= middle)).sum(axis=0) / known
        one_time[number] = _share_equal(features, rows, 1)
        never[number] = _share_equal(features, rows, 0)
        recency[number] = _median(features, rows, "recency_days")
        for name in needed.keys() & set(features.names):
            too_short[number, features.names.index(name)] = not _median(features, rows, name) >= needed[name]
    sizes = np.bincount(segment, minlength=count).astype(np.int64)
    overall = _means(features.values)
    return Profiles(features.names, sizes, means, z_scores, above, below, overall, one_time, never, recency, too_short)


def _means(values: Floats) -> Floats:
    is_known = ~np.isnan(values)
    counts = is_known.sum(axis=0)
    sums = np.where(is_known, values, 0.0).sum(axis=0)
    means: Floats = np.divide(sums, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
    return means


def _column(features: CustomerFeatures, rows: Bools, name: str) -> Floats:
    return features.values[rows, features.names.index(name)] if name in features.names else np.full(1, np.nan)


def _share_equal(features: CustomerFeatures, rows: Bools, value: int) -> float:
    orders = _column(features, rows, "orders")
    return float(np.nan if np.isnan(orders).all() else (orders == value).mean())


def _median(features: CustomerFeatures, rows: Bools, name: str) -> float:
    column = _column(features, rows, name)
    return float(np.nan if np.isnan(column).all() else np.nanmedian(column))
