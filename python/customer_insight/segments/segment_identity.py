"""Segments of now matched with those of an earlier as_of, so that they keep their number and name.

Source: Kuhn 1955 (the optimal assignment), as Jonker and Volgenant 1987 solve it in scipy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.optimize import linear_sum_assignment

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.segments.customer_features import CustomerFeatures

# A segment that has moved further than this share of the way to the nearest other earlier segment is a new one.
STILL_THE_SAME = 0.5


@dataclass(frozen=True)
class Earlier:
    """Segments of an earlier as_of: codes (segments,) ascending, names, and centres of `features` in their units.

    centres has the shape (segments, features), NaN where a feature was not known. next_code: the lowest never given.
    """

    codes: Ints
    names: list[str]
    features: list[str]
    centres: Floats
    next_code: int


def read_earlier_segments(table: pa.Table | None) -> Earlier:
    """From segment_code, segment_name, feature, centre, next_segment_code: one row per segment and feature.

    None and an empty table are the first run. Raises ValueError where a segment has a feature twice.
    """
    if table is None or not table.num_rows:
        return Earlier(np.empty(0, np.int64), [], [], np.empty((0, 0)), 1)
    codes, row = np.unique(arrays.codes(table, "segment_code"), return_inverse=True)
    texts = [str(text) for text in arrays.texts(table, "feature").to_pylist()]
    features = sorted(set(texts))
    column = np.array([features.index(text) for text in texts])
    if len(np.unique(row * len(features) + column)) < table.num_rows:
        raise ValueError("An earlier segment must have one row for each feature.")
    centres = np.full((codes.size, len(features)), np.nan)
    centres[row, column] = arrays.doubles(table, "centre")
    name_of = dict(zip(row.tolist(), arrays.texts(table, "segment_name").to_pylist(), strict=True))
    next_code = max(int(codes.max()) + 1, int(arrays.codes(table, "next_segment_code").max()))
    return Earlier(codes, [str(name_of[at]) for at in range(codes.size)], features, centres, next_code)


def centres_now(earlier: Earlier, features: CustomerFeatures) -> Floats:
    """The earlier centres in today's scaled features, shape (earlier segments, used features); NaN where not known."""
    centres = np.full((len(earlier.codes), len(features.scales)), np.nan)
    for at, (name, scale) in enumerate(zip(features.used_names, features.scales, strict=True)):
        if name in earlier.features:
            centres[:, at] = scale.scaled(earlier.centres[:, earlier.features.index(name)])
    return centres


def original_centres(features: CustomerFeatures, scaled: Floats, means: Floats) -> Floats:
    """Centres in the features' units, shape (segments, all features): those of used ones unscaled, means for others."""
    centres = means.copy()
    for column, (at, scale) in enumerate(zip(np.flatnonzero(features.is_used), features.scales, strict=True)):
        centres[:, at] = scale.original(scaled[:, column])
    return centres


def matches(centres: Floats, earlier: Floats) -> Ints:
    """For each centre the row of its earlier one, -1 where it is new; shape (segments,).

    Both have the shape (segments, used features). Only features known of all earlier centres are compared. The cost of
    a pair is its distance, as a share of how far that earlier segment may move; a pair beyond 1 is none, whatever
    else that leaves unmatched. The only segment of then and now is the same.
    """
    found = np.full(len(centres), -1, dtype=np.int64)
    if len(centres) == len(earlier) == 1:
        return found + 1
    common = ~np.isnan(earlier).any(axis=0)
    if not (len(centres) and len(earlier) and common.any()):
        return found
    gaps = _distances(centres[:, common], earlier[:, common])
    between = _distances(earlier[:, common], earlier[:, common])
    np.fill_diagonal(between, np.inf)
    limits = STILL_THE_SAME * between.min(axis=1)
    costs = np.ones_like(gaps)
    np.divide(gaps, limits, out=costs, where=(gaps < limits) & np.isfinite(limits))
    costs[:, np.isinf(limits)] = 0.0  # there was no other segment to move to
    rows, columns = linear_sum_assignment(np.round(costs, 9))
    is_same = costs[rows, columns] < 1
    found[rows[is_same]] = columns[is_same]
    return found


def _distances(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.sqrt(((one[:, None, :] - other[None, :, :]) ** 2).sum(axis=2)), dtype=np.float64)


def codes_of(kept: Ints, earlier: Earlier) -> Ints:
    """The code of each segment: the earlier one's, or for new ones (-1) codes never given, in order."""
    codes = np.empty(len(kept), dtype=np.int64)
    is_new = kept < 0
    codes[~is_new] = earlier.codes[kept[~is_new]]
    codes[is_new] = earlier.next_code + np.arange(int(is_new.sum()))
    return codes
