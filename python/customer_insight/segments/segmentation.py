"""Customer segments: K-Means on standardised features, the number chosen from the data, named by their profile.

Sources: Arthur and Vassilvitskii, SODA 2007 (k-means++); Rousseeuw 1987 (silhouette); Kaufman and Rousseeuw 1990,
chapter 2.2 (a mean silhouette above 0.5 is a reasonable structure); Vendramin, Campello and Hruschka 2010 (simplified
silhouette, from distances to centres).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples
from threadpoolctl import threadpool_limits

from customer_insight import arrays, parameters
from customer_insight.arrays import Floats, Ints
from customer_insight.learned import OK, Learned
from customer_insight.parameters import Setting
from customer_insight.segments import customer_features, segment_names, segment_profiles
from customer_insight.segments.customer_features import CustomerFeatures

METHODS = ("kmeans",)
MINIMUM_CUSTOMERS = 10
LARGEST_COUNT = 10
# What a team can act on, where the data do not ask for a number.
READABLE_COUNTS = range(4, 9)
REASONABLE_STRUCTURE = 0.5
# A segment smaller than this share of customers is no segment.
SMALLEST_SHARE = 0.01
SEED = 20240229

FIT_SAMPLE, SILHOUETTE_SAMPLE = 50_000, 4_000
_BLOCK_ROWS = 50_000


@dataclass(frozen=True)
class Assigned:
    """Per customer: segment (0, 1, ...), distance to its centre, silhouette; map is of shape (customers, 2)."""

    segment: Ints
    distance: Floats
    silhouette: Floats
    map: Floats


def learn(
    customers: pa.Table,
    *,
    method: Setting = "kmeans",
    segment_count: Setting = None,
    value_feature: str = "gross_revenue",
) -> Learned:
    """Segments from customer_code and any numeric feature columns (nulls: the median).

    segment_count: fixed, or None to choose. value_feature: segments are numbered from 1 by its total, highest first.

    Tables: assignments (customer_code, segment_code, distance, silhouette, map_x, map_y), segments (segment_code,
    segment_name, description, customers), features (segment_code, feature, mean in original units, z_score: the
    segment's mean in standard deviations of all customers, null for features that do not vary).
    Fewer than 10 customers, or all alike: one segment, and status says so.
    """
    chosen_method = parameters.choice("segment_method", method, METHODS)
    fixed_count = parameters.optional_whole_number("segment_count", segment_count, minimum=1)
    features = customer_features.read(customers)
    with threadpool_limits(1):
        assigned, metrics, status = _segmented(features, fixed_count)
    assigned = in_order_of_value(assigned, features, value_feature)
    return Learned(
        tables=_tables(features, assigned),
        status=status,
        parameters={"method": chosen_method, "segment_count": fixed_count, "value_feature": value_feature},
        metrics={
            "customers": features.customer_codes.size,
            "features_used": [name for name, used in zip(features.names, features.is_used, strict=True) if used],
            "features_left_out": [
                name for name, used in zip(features.names, features.is_used, strict=True) if not used
            ],
            "imputed": {n: int(c) for n, c in zip(features.names, features.imputed, strict=True) if c},
            **metrics,
        },
        input_fingerprint=arrays.fingerprint(
            {
                "customer_code": features.customer_codes,
                **{f"feature_{name}": features.values[:, i] for i, name in enumerate(features.names)},
            }
        ),
    )


def _segmented(features: CustomerFeatures, fixed_count: int | None) -> tuple[Assigned, dict[str, Any], str]:
    scaled = features.scaled
    sample = sampled(scaled, FIT_SAMPLE)
    distinct = len(np.unique(sample, axis=0)) if sample.size else min(1, len(scaled))
    most = min(LARGEST_COUNT, distinct, len(scaled) // 5)
    count = fixed_count
    metrics: dict[str, Any] = {}
    if len(scaled) < MINIMUM_CUSTOMERS or distinct < 2:
        few = f"There are {len(scaled)} customers" if len(scaled) < MINIMUM_CUSTOMERS else "All customers are alike"
        status = f"{few}: they are one segment." if len(scaled) else "There are no customers."
        return _one_segment(len(scaled), scaled), {"segments": min(1, len(scaled))}, status
    status = OK
    if count is None:
        count, metrics = choose_count(sample, most)
    elif count > distinct:
        status = f"There are only {distinct} different customers, so not {count} segments."
        count = distinct
    model = _fit(sample, count)
    assigned = assign(scaled, np.asarray(model.cluster_centers_, dtype=np.float64))
    # the exact silhouette needs somebody to share a segment with
    exact = len(scaled) <= SILHOUETTE_SAMPLE and 1 < len(np.unique(assigned.segment)) < len(scaled)
    if exact:
        silhouette = np.asarray(silhouette_samples(scaled, assigned.segment), dtype=np.float64)
        assigned = Assigned(assigned.segment, assigned.distance, silhouette, assigned.map)
    metrics |= {
        "segments": len(np.unique(assigned.segment)),
        "silhouette": float(np.nanmean(assigned.silhouette)) if count > 1 else None,
        "silhouette_kind": "exact" if exact else "simplified",
        "customers_fitted": len(sample),
    }
    return assigned, metrics, status


def sampled(scaled: Floats, size: int) -> Floats:
    """All rows, or `size` of them drawn without replacement with a fixed seed, in order."""
    if len(scaled) <= size:
        return scaled
    rows = np.random.default_rng(SEED).choice(len(scaled), size, replace=False, shuffle=False)
    return scaled[np.sort(rows)]


def _fit(sample: Floats, count: int) -> Any:
    return KMeans(count, init="k-means++", n_init=10, max_iter=300, random_state=SEED).fit(sample)


def choose_count(sample: Floats, most: int) -> tuple[int, dict[str, Any]]:
    """The number of segments, from 2 to `most`, and the mean silhouettes it was chosen by.

    The best silhouette wins if it shows a reasonable structure (above 0.5) or is itself readable (4 to 8 segments);
    otherwise the best of 4 to 8: on customers without clear groups 2 nearly always wins, and tells a shop nothing.
    Counts that make a segment of less than 1 % of customers are passed over while others are left; ties to fewer.
    """
    rows = sampled(sample, SILHOUETTE_SAMPLE)
    silhouettes: dict[int, float] = {}
    small: set[int] = set()
    for count in range(2, most + 1):
        labels = np.asarray(_fit(sample, count).predict(rows))
        sizes = np.bincount(labels, minlength=count)
        if len(np.unique(labels)) < 2:
            continue
        silhouettes[count] = float(np.round(silhouette_samples(rows, labels).mean(), 6))
        if sizes.min() < SMALLEST_SHARE * len(rows):
            small.add(count)
    allowed = {count: value for count, value in silhouettes.items() if count not in small} or silhouettes
    metrics = {"silhouette_by_count": silhouettes}
    if not allowed:
        return 1, metrics
    best = max(allowed, key=lambda count: (allowed[count], -count))
    readable = {count: value for count, value in allowed.items() if count in READABLE_COUNTS}
    if allowed[best] <= REASONABLE_STRUCTURE and readable:
        best = max(readable, key=lambda count: (readable[count], -count))
    return best, metrics


def assign(scaled: Floats, centres: Floats) -> Assigned:
    """Every customer to the nearest centre, in blocks; simplified silhouette (b - a) / b of the two nearest centres."""
    count = len(scaled)
    segment, distance, silhouette = np.zeros(count, np.int64), np.zeros(count), np.full(count, np.nan)
    for start in range(0, count, _BLOCK_ROWS):
        block = slice(start, min(start + _BLOCK_ROWS, count))
        gaps = np.column_stack([np.sqrt(((scaled[block] - centre) ** 2).sum(axis=1)) for centre in centres])
        segment[block] = gaps.argmin(axis=1)
        distance[block] = gaps.min(axis=1)
        if len(centres) > 1:
            second = np.partition(gaps, 1, axis=1)[:, 1]
            silhouette[block] = (second - distance[block]) / np.maximum(second, 1e-300)
    return Assigned(segment, distance, silhouette, map_coordinates(scaled))


def map_coordinates(scaled: Floats) -> Floats:
    """The first two principal components, shape (customers, 2); the largest loading of each is positive."""
    result = np.zeros((len(scaled), 2))
    width = min(2, scaled.shape[1])
    if width and len(scaled) > 1:
        centred = scaled - scaled.mean(axis=0)
        _, vectors = np.linalg.eigh(centred.T @ centred)
        axes = vectors[:, ::-1][:, :width]
        signs = np.sign(axes[np.abs(np.round(axes, 9)).argmax(axis=0), np.arange(width)])
        result[:, :width] = centred @ (axes * signs)
    return result


def _one_segment(count: int, scaled: Floats) -> Assigned:
    centre = scaled.mean(axis=0) if scaled.size else np.zeros(scaled.shape[1])
    distance = np.sqrt(((scaled - centre) ** 2).sum(axis=1))
    return Assigned(np.zeros(count, dtype=np.int64), distance, np.full(count, np.nan), map_coordinates(scaled))


def in_order_of_value(assigned: Assigned, features: CustomerFeatures, value_feature: str) -> Assigned:
    """Segments renumbered from 0: highest total of value_feature first, then most customers, then lowest code."""
    present, first, segment = np.unique(assigned.segment, return_index=True, return_inverse=True)
    sizes = np.bincount(segment, minlength=present.size)
    value: Floats = np.zeros(present.size)
    if value_feature in features.names:
        column = np.nan_to_num(features.values[:, features.names.index(value_feature)])
        value = np.bincount(segment, weights=column, minlength=present.size).astype(np.float64)
    order = np.lexsort((first, -sizes, -value))
    number = np.empty(present.size, dtype=np.int64)
    number[order] = np.arange(present.size)
    return Assigned(number[segment], assigned.distance, assigned.silhouette, assigned.map)


def _tables(features: CustomerFeatures, assigned: Assigned) -> dict[str, pa.Table]:
    profiles = segment_profiles.profiles(features, assigned.segment)
    codes = np.arange(1, len(profiles.sizes) + 1, dtype=np.int32)
    names, descriptions = segment_names.name_all(profiles)
    width = len(features.names)
    return {
        "assignments": pa.table(
            {
                "customer_code": arrays.arrow(features.customer_codes),
                "segment_code": arrays.arrow((assigned.segment + 1).astype(np.int32)),
                "distance": arrays.nullable(assigned.distance),
                "silhouette": arrays.nullable(assigned.silhouette),
                "map_x": arrays.nullable(assigned.map[:, 0]),
                "map_y": arrays.nullable(assigned.map[:, 1]),
            }
        ),
        "segments": pa.table(
            {
                "segment_code": arrays.arrow(codes),
                "segment_name": pa.array(names, pa.string()),
                "description": pa.array(descriptions, pa.string()),
                "customers": arrays.arrow(profiles.sizes),
            }
        ),
        "features": pa.table(
            {
                "segment_code": arrays.arrow(np.repeat(codes, width)),
                "feature": pa.array(features.names * len(codes), pa.string()),
                "mean": arrays.nullable(profiles.means.ravel()),
                "z_score": arrays.nullable(profiles.z_scores.ravel()),
            }
        ),
    }
