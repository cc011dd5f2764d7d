"""What the customers of each segment are like, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.arrays import Bools, Floats, Ints
from customer_insight.segments.customer_features import CustomerFeatures


@dataclass(frozen=True)
class Profiles:
    """Per segment (rows) and feature (columns): mean in original units, mean z-score; NaN where there is none.

    sizes (segments,), names of features, overall means (features,), one_time and never (segments,): shares of
    customers with exactly one order, and with none (NaN without the feature orders), median recency (segments,).
    """

    names: list[str]
    sizes: Ints
    means: Floats
    z_scores: Floats
    overall: Floats
    one_time: Floats
    never: Floats
    median_recency: Floats


def profiles(features: CustomerFeatures, segment: Ints) -> Profiles:
    """Profiles of the segments 0, 1, ... of customers; segment of shape (customers,)."""
    count = int(segment.max()) + 1 if segment.size else 0
    means = np.full((count, len(features.names)), np.nan)
    z_scores = np.full((count, len(features.names)), np.nan)
    one_time, never, recency = np.full(count, np.nan), np.full(count, np.nan), np.full(count, np.nan)
    for number in range(count):
        rows = segment == number
        means[number] = _means(features.values[rows])
        z_scores[number, features.is_used] = features.scaled[rows].mean(axis=0)
        one_time[number] = _share_equal(features, rows, 1)
        never[number] = _share_equal(features, rows, 0)
        recency[number] = _median(features, rows, "recency_days")
    sizes = np.bincount(segment, minlength=count).astype(np.int64)
    return Profiles(features.names, sizes, means, z_scores, _means(features.values), one_time, never, recency)


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
