"""Which segment each customer is in, and how well the customer fits.

Sources: Rousseeuw 1987 (silhouette); Vendramin, Campello and Hruschka 2010 (simplified silhouette, from distances to
centres).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import silhouette_samples
from sklearn.neighbors import NearestNeighbors

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.segments.customer_features import CustomerFeatures

# Customers up to whom silhouettes are exact; they take the distance of each to each.
SILHOUETTE_SAMPLE = 10_000
_BLOCK_ROWS = 50_000


@dataclass(frozen=True)
class Assigned:
    """Per customer: segment (0, 1, ...), distance to its centre, silhouette (NaN where there is one segment)."""

    segment: Ints
    distance: Floats
    silhouette: Floats


def sampled(scaled: Floats, size: int) -> Floats:
    """All rows, or `size` of them drawn without replacement with a fixed seed, in order."""
    if len(scaled) <= size:
        return scaled
    rows = np.random.default_rng(SEED).choice(len(scaled), size, replace=False, shuffle=False)
    return scaled[np.sort(rows)]


def nearest(scaled: Floats, centres: Floats) -> Ints:
    """The nearest centre of each customer, the lower one of two equally near; shape (customers,)."""
    return to_centres(scaled, centres).segment


def to_centres(scaled: Floats, centres: Floats) -> Assigned:
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
    return Assigned(segment, distance, silhouette)


def to_neighbours(scaled: Floats, members: Floats, member_segment: Ints) -> Assigned:
    """Every customer to the segment of the nearest of the members, whose segments are known.

    Simplified silhouette (b - a) / max(a, b): a is the distance to the own segment's centre, b to the nearest other
    one; below 0 where a segment is not round.
    """
    segment = np.zeros(len(scaled), np.int64)
    neighbours = NearestNeighbors(n_neighbors=1, algorithm="kd_tree").fit(members)
    for start in range(0, len(scaled), _BLOCK_ROWS):
        block = slice(start, min(start + _BLOCK_ROWS, len(scaled)))
        segment[block] = member_segment[neighbours.kneighbors(scaled[block], return_distance=False)[:, 0]]
    centres = means(scaled, segment)
    own = np.sqrt(((scaled - centres[segment]) ** 2).sum(axis=1))
    other = np.full(len(scaled), np.inf)
    for number, centre in enumerate(centres):
        gap = np.sqrt(((scaled - centre) ** 2).sum(axis=1))
        other = np.where(segment == number, other, np.minimum(other, gap))
    silhouette = (other - own) / np.maximum(np.maximum(own, other), 1e-300) if len(centres) > 1 else own * np.nan
    return Assigned(segment, own, np.asarray(silhouette, dtype=np.float64))


def means(scaled: Floats, segment: Ints) -> Floats:
    """The centre of each segment 0, 1, ..., shape (segments, features); each has a member."""
    return np.vstack([scaled[segment == number].mean(axis=0) for number in range(int(segment.max()) + 1)])


def one_segment(scaled: Floats) -> Assigned:
    """Everybody in segment 0."""
    centre = scaled.mean(axis=0) if scaled.size else np.zeros(scaled.shape[1])
    distance = np.sqrt(((scaled - centre) ** 2).sum(axis=1))
    return Assigned(np.zeros(len(scaled), dtype=np.int64), distance, np.full(len(scaled), np.nan))


def with_exact_silhouettes(scaled: Floats, assigned: Assigned) -> tuple[Assigned, str]:
    """Silhouettes from the distances between customers where there are few enough; also says which kind they are."""
    # the exact silhouette needs somebody to share a segment with
    if len(scaled) > SILHOUETTE_SAMPLE or not 1 < len(np.unique(assigned.segment)) < len(scaled):
        return assigned, "simplified"
    silhouette = np.asarray(silhouette_samples(scaled, assigned.segment), dtype=np.float64)
    return Assigned(assigned.segment, assigned.distance, silhouette), "exact"


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
    return Assigned(number[segment], assigned.distance, assigned.silhouette)
