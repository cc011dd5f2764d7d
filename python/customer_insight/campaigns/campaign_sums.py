"""Sums of each group of a campaign's customers: how they are read, and which group is compared with which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints

pc: Any = pyarrow.compute  # its stubs know less than it does

EVERYONE = "all"
KEYS = ("campaign_id", "variant", "segment_id", "metric")
SUMS = ("w", "ww", "wy", "wx", "wwy", "wwx", "wwyy", "wwxx", "wwxy")
# A sum of squares that is so much smaller than the squares themselves is what rounding has left.
ROUNDING = 1e-12


@dataclass(frozen=True)
class GroupSums:
    """Weighted sums over the customers of groups, shapes (rows,): y is the measure, x the same in the period before.

    Weights are 1 / propensity, w = 1 where propensities are all alike; NaN where there is no such group (and in x's
    sums where there is no period before).
    """

    customers: Floats
    w: Floats
    ww: Floats
    wy: Floats
    wx: Floats
    wwy: Floats
    wwx: Floats
    wwyy: Floats
    wwxx: Floats
    wwxy: Floats

    def take(self, rows: Ints) -> GroupSums:
        """The groups of some rows; NaN for row -1."""
        return GroupSums(**{name: np.append(values, np.nan)[rows] for name, values in vars(self).items()})

    def without_before(self) -> GroupSums:
        """The same as if nothing were known of the period before."""
        unknown = np.full(self.w.shape, np.nan)
        return replace(self, wx=unknown, wwx=unknown, wwxx=unknown, wwxy=unknown)

    def together(self, other: GroupSums) -> GroupSums:
        """Both groups as one."""
        return GroupSums(**{name: values + getattr(other, name) for name, values in vars(self).items()})

    @property
    def mean(self) -> Floats:
        """Hajek's mean of y."""
        return self.wy / self.w

    @property
    def mean_before(self) -> Floats:
        """Hajek's mean of x."""
        return self.wx / self.w

    @property
    def effective_size(self) -> Floats:
        """Customers of equal weight that would say as much: Kish's (sum w)^2 / sum w^2."""
        return self.w**2 / self.ww

    @property
    def size_by_contributors(self) -> Floats:
        """Customers of equal weight that would say as much of a rare y: who buys may weigh more than others do."""
        is_known = (self.wy > 0) & (self.wwy > 0)
        return np.where(is_known, self.w * self.wy / np.where(is_known, self.wwy, 1.0), self.effective_size)

    @property
    def contributors(self) -> Floats:
        """Customers who contribute to y, counted as if they all contributed alike: (sum wy)^2 / sum (wy)^2.

        Of a share that is who bought; of money fewer, the more unequal it is.
        """
        return self.wy**2 / self.wwyy

    def squares(self) -> Floats:
        """Sum w^2 (y - mean)^2, never below nought."""
        found = self.wwyy - 2 * self.mean * self.wwy + self.mean**2 * self.ww
        return np.where(found <= ROUNDING * self.wwyy, 0.0, found)

    def squares_before(self) -> Floats:
        """Sum w^2 (x - mean of x)^2, never below nought."""
        found = self.wwxx - 2 * self.mean_before * self.wwx + self.mean_before**2 * self.ww
        return np.where(found <= ROUNDING * self.wwxx, 0.0, found)

    def products(self) -> Floats:
        """Sum w^2 (x - mean of x) (y - mean of y)."""
        x, y = self.mean_before, self.mean
        return self.wwxy - x * self.wwy - y * self.wwx + x * y * self.ww


@dataclass(frozen=True)
class CampaignSums:
    """All groups of all campaigns in the order of their keys, and the comparisons: rows of variants and of controls.

    columns: the keys and is_success_metric as Python lists; planned_share, elapsed_share: doubles; shapes (rows,).
    variant_rows, control_rows: shape (comparisons,); -1 where a variant has no control.
    """

    columns: dict[str, list[Any]]
    sums: GroupSums
    planned_share: Floats
    elapsed_share: Floats
    variant_rows: Ints
    control_rows: Ints
    fingerprint: str


def read_sums(table: pa.Table) -> CampaignSums:
    """From one row per campaign, variant (null: the control), segment and metric, in any order.

    Raises ValueError where a row stands twice, has no campaign, segment or metric, or a share outside 0 to 1.
    """
    for name in ("campaign_id", "segment_id", "metric"):
        if arrays.column(table, name).null_count:
            raise ValueError(f"Column {name!r} of the campaigns' sums has nulls; each row needs one.")
    table = table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in KEYS]))
    columns = {name: arrays.column(table, name).to_pylist() for name in (*KEYS, "is_success_metric")}
    keys = list(zip(*(columns[name] for name in KEYS), strict=True))
    place = {key: row for row, key in enumerate(keys)}
    if len(place) < len(keys):
        twice = next(key for row, key in enumerate(keys) if place[key] != row)
        raise ValueError(f"The campaigns' sums have two rows for {dict(zip(KEYS, twice, strict=True))}; expected one.")
    elapsed = arrays.doubles(table, "elapsed_share")
    if not ((elapsed >= 0) & (elapsed <= 1 + 1e-9)).all():
        raise ValueError("Column 'elapsed_share' of the campaigns' sums must be from 0 to 1 in each row.")
    numbers = {name: arrays.doubles(table, name) for name in SUMS}
    customers = arrays.codes(table, "customers")
    planned = arrays.doubles(table, "planned_share")
    variant_rows = np.array([row for row, key in enumerate(keys) if key[1] is not None], dtype=np.int64)
    controls = [place.get((keys[row][0], None, *keys[row][2:]), -1) for row in variant_rows]
    parts: dict[str, Floats | Ints | Bools | ArrowArray] = {**numbers, "customers": customers, "planned": planned}
    parts |= {"elapsed": elapsed, "success": np.array(columns["is_success_metric"], dtype=np.bool_)}
    parts |= {name: pa.array([repr(value) for value in columns[name]], pa.large_string()) for name in KEYS}
    return CampaignSums(
        columns=columns,
        sums=GroupSums(customers=customers.astype(np.float64), **numbers),
        planned_share=planned,
        elapsed_share=np.minimum(elapsed, 1.0),
        variant_rows=variant_rows,
        control_rows=np.array(controls, dtype=np.int64),
        fingerprint=arrays.fingerprint(parts),
    )
