"""Customer segments: found on standardised features, the number chosen from the data, named by their profile, and
followed from one as_of to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.segments import (
    customer_features,
    segment_assignment,
    segment_identity,
    segment_methods,
    segment_names,
    segment_profiles,
)
from customer_insight.segments.customer_features import CustomerFeatures
from customer_insight.segments.segment_assignment import Assigned
from customer_insight.segments.segment_count import LARGEST_COUNT, choose
from customer_insight.segments.segment_identity import Earlier
from customer_insight.segments.segment_map import map_coordinates
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult

MINIMUM_CUSTOMERS = 10


@dataclass(frozen=True)
class Found:
    """Segments as a method found them; status: 'ok' or a sentence."""

    assigned: Assigned
    metrics: dict[str, Any]
    status: str = OK


def run(
    customers: pa.Table,
    earlier: pa.Table | None = None,
    *,
    segment_method: Setting = "kmeans",
    segment_count: Setting = None,
    churn_days: Setting = segment_profiles.AWAY_DAYS,
    value_feature: str = "gross_revenue",
) -> StepResult:
    """Segments from customer_code and any numeric feature columns (nulls: the median); is_suspect: belongs to one,
    but makes none.

    earlier: what this function found at an earlier as_of, one row per segment and feature: segment_code, segment_name,
    feature, centre, next_segment_code (the lowest code never given). A segment matched with one of these keeps code and
    name; the others get new ones. segment_count: fixed, or None to choose; dense regions are as many as there are.
    churn_days: away for so long is what a name calls lapsed.
    value_feature: on the first run segments are numbered from 1 by its total, highest first.

    Tables: assignments (customer_code, segment_code, distance, silhouette, map_x, map_y), segments (segment_code,
    segment_name, description, customers, is_new), features (segment_code, feature, mean in original units, z_score: the
    segment's mean in standard deviations of all customers, null for features that do not vary; centre: z_score in
    original units, for `earlier`).
    Fewer than 10 customers, or all alike: one segment, and status says so.
    """
    method = parameters.read("segment_method", f"one of {', '.join(segment_methods.METHODS)}", segment_method)
    fixed_count = parameters.read("segment_count", "integer from 2 or null", segment_count)
    away_days = parameters.read("churn_days", "integer from 1", churn_days)
    teaches, customers = _teaching(customers)
    features = customer_features.read_customer_features(customers)
    before = segment_identity.read_earlier_segments(earlier)
    with threadpool_limits(1):
        earlier_centres = segment_identity.centres_now(before, features)
        found = _found(features.scaled, teaches, method, fixed_count, earlier_centres)
        assigned = segment_assignment.in_order_of_value(found.assigned, features, value_feature)
        tables, kept = _tables(features, assigned, before, earlier_centres, away_days)
    return StepResult(
        tables=tables,
        status=found.status,
        parameters={
            "churn_days": away_days,
            "segment_count": fixed_count,
            "segment_method": method,
            "value_feature": value_feature,
        },
        metrics={
            "customers": features.customer_codes.size,
            "suspects_left_out": int((~teaches).sum()),
            "features_used": features.used_names,
            "features_left_out": [
                name for name, used in zip(features.names, features.is_used, strict=True) if not used
            ],
            "imputed": {n: int(c) for n, c in zip(features.names, features.imputed, strict=True) if c},
            **found.metrics,
            "earlier_segments": len(before.codes),
            "segments_kept": kept,
        },
        input_fingerprint=arrays.fingerprint(
            {
                "customer_code": features.customer_codes,
                **{f"feature_{name}": features.values[:, i] for i, name in enumerate(features.names)},
                "earlier_code": before.codes,
                "earlier_name": pa.array(before.names, pa.string()),
                "earlier_next_code": np.array([before.next_code]),
                **{f"earlier_{name}": before.centres[:, i] for i, name in enumerate(before.features)},
            }
        ),
    )


def _teaching(customers: pa.Table) -> tuple[Bools, pa.Table]:
    """Which customers make segments, by rising code, and the table without the column that says so."""
    if "is_suspect" not in customers.column_names:
        return np.ones(customers.num_rows, dtype=np.bool_), customers
    is_suspect = arrays.doubles(customers, "is_suspect") == 1
    order = np.argsort(arrays.codes(customers, "customer_code"), kind="stable")
    return np.asarray(~is_suspect[order], dtype=np.bool_), customers.drop_columns("is_suspect")


def _found(scaled: Floats, teaches: Bools, method: str, fixed_count: int | None, earlier: Floats) -> Found:
    sample = segment_assignment.sampled(scaled[teaches], segment_methods.FIT_SAMPLES[method])
    distinct = len(np.unique(sample, axis=0)) if sample.size else min(1, len(scaled))
    if len(scaled) < MINIMUM_CUSTOMERS or distinct < 2:
        few = f"There are {len(scaled)} customers" if len(scaled) < MINIMUM_CUSTOMERS else "All customers are alike"
        status = f"{few}: they are one segment." if len(scaled) else "There are no customers."
        return Found(segment_assignment.one_segment(scaled), {"segments": min(1, len(scaled))}, status)
    if method == "density":
        found = _by_density(scaled, sample, fixed_count)
    else:
        found = _by_centres(scaled, sample, method, fixed_count, distinct, earlier)
    assigned, kind = segment_assignment.with_exact_silhouettes(scaled, found.assigned)
    segments = len(np.unique(assigned.segment))
    metrics = found.metrics | {
        "segments": segments,
        "silhouette": float(np.nanmean(assigned.silhouette)) if segments > 1 else None,
        "silhouette_kind": kind,
        "customers_fitted": len(sample),
    }
    return Found(assigned, metrics, found.status)


def _by_centres(
    scaled: Floats, sample: Floats, method: str, fixed_count: int | None, distinct: int, earlier: Floats
) -> Found:
    fits, quick_fits = {
        "kmeans": (segment_methods.kmeans_centres, segment_methods.quick_kmeans_centres),
        "hierarchical": (segment_methods.ward_centres, segment_methods.ward_centres),
    }[method]
    metrics: dict[str, Any] = {}
    status = OK
    if fixed_count is None:
        most = min(LARGEST_COUNT, distinct, len(scaled) // 5)
        chosen = choose(sample, most, fits, quick_fits, len(earlier) or None)
        count, metrics = chosen.count, chosen.metrics
    elif fixed_count > distinct:
        status = f"There are only {distinct} different customers, so not {fixed_count} segments."
        count = distinct
    else:
        count = fixed_count
    if method == "kmeans":
        # a feature that was not known then is taken as everybody's mean
        centres, metrics["is_warm_start"] = segment_methods.kmeans_from(sample, np.nan_to_num(earlier), count)
    else:
        cuts = fits(sample, range(1, count + 1))
        centres = cuts[max(cuts)]
        if status == OK and fixed_count not in (None, len(centres)):
            status = f"The customers fall into {len(centres)} groups at most, not {fixed_count}."
    return Found(segment_assignment.to_centres(scaled, centres), metrics, status)


def _by_density(scaled: Floats, sample: Floats, fixed_count: int | None) -> Found:
    regions = segment_methods.dense_regions(sample)
    is_inside = regions >= 0
    metrics = {"noise_share": float((~is_inside).mean())}
    if regions.max() < 1:
        status = "There are no two dense regions: all customers are one segment."
        return Found(segment_assignment.one_segment(scaled), metrics, status)
    assigned = segment_assignment.to_neighbours(scaled, sample[is_inside], regions[is_inside])
    count = int(regions.max()) + 1
    other = fixed_count is not None and fixed_count != count
    status = f"There are {count} dense regions, so not {fixed_count} segments." if other else OK
    return Found(assigned, metrics, status)


def _tables(
    features: CustomerFeatures, assigned: Assigned, before: Earlier, earlier_centres: Floats, away_days: int
) -> tuple[dict[str, pa.Table], int]:
    profiles = segment_profiles.profiles(features, assigned.segment, away_days)
    centres = profiles.z_scores[:, features.is_used]
    kept = segment_identity.matches(centres, earlier_centres)
    for number, match in enumerate(kept):
        # a name that has become untrue is the sign of another segment
        if match >= 0 and not segment_names.is_true(before.names[match], profiles, number):
            kept[number] = -1
    codes = segment_identity.codes_of(kept, before)
    names = segment_names.name_all(profiles, [before.names[at] if at >= 0 else "" for at in kept], before.names)
    descriptions = [segment_names.describe(profiles, number) for number in range(len(codes))]
    width = len(features.names)
    where = map_coordinates(features.scaled)
    tables = {
        "assignments": pa.table(
            {
                "customer_code": arrays.arrow(features.customer_codes),
                "segment_code": arrays.arrow(codes[assigned.segment].astype(np.int32)),
                "distance": arrays.nullable(assigned.distance),
                "silhouette": arrays.nullable(assigned.silhouette),
                "map_x": arrays.nullable(where[:, 0]),
                "map_y": arrays.nullable(where[:, 1]),
            }
        ),
        "segments": pa.table(
            {
                "segment_code": arrays.arrow(codes.astype(np.int32)),
                "segment_name": pa.array(names, pa.string()),
                "description": pa.array(descriptions, pa.string()),
                "customers": arrays.arrow(profiles.sizes),
                "is_new": arrays.arrow(kept < 0),
            }
        ),
        "features": pa.table(
            {
                "segment_code": arrays.arrow(np.repeat(codes, width).astype(np.int32)),
                "feature": pa.array(features.names * len(codes), pa.string()),
                "mean": arrays.nullable(profiles.means.ravel()),
                "z_score": arrays.nullable(profiles.z_scores.ravel()),
                "centre": arrays.nullable(segment_identity.original_centres(features, centres, profiles.means).ravel()),
            }
        ),
    }
    return tables, int((kept >= 0).sum())
