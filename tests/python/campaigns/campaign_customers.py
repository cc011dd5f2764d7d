"""Customers of campaigns in tests, and their sums as SQL makes them, by brute force."""

import numpy as np
import pyarrow as pa
from customer_insight.campaigns.campaign_sums import SUMS, GroupSums

NO_ADJUSTED = pa.table(
    {name: pa.array([], pa.int64()) for name in ("customers", "control_customers")}
    | {name: pa.array([], pa.string()) for name in ("campaign_id", "variant", "metric")}
    | {name: pa.array([], pa.float64()) for name in ("mean", "control_mean", "effect", "standard_error")}
)


def sums_of(y, x=None, w=None):
    """Weighted sums over one group's customers; x None: no period before."""
    y = np.asarray(y, dtype=float)
    w = np.ones(y.size) if w is None else np.asarray(w, dtype=float)
    x_known = np.zeros(y.size) if x is None else np.asarray(x, dtype=float)
    parts = {"w": w, "ww": w * w, "wy": w * y, "wx": w * x_known, "wwy": w * w * y, "wwx": w * w * x_known}
    parts |= {"wwyy": (w * y) ** 2, "wwxx": (w * x_known) ** 2, "wwxy": w * w * x_known * y}
    found = {name: float(values.sum()) for name, values in parts.items()}
    return found if x is not None else found | {name: None for name in SUMS if "x" in name}


def group(y, x=None, w=None):
    """The same as GroupSums of one row."""
    numbers = {name: np.array([np.nan if value is None else value]) for name, value in sums_of(y, x, w).items()}
    return GroupSums(customers=np.array([float(len(y))]), **numbers)


def groups(y):
    """Groups of as many customers each, without weights: shape (groups, customers)."""
    n, none = np.full(len(y), float(y.shape[1])), np.full(len(y), np.nan)
    total, squares = y.sum(axis=1), (y * y).sum(axis=1)
    return GroupSums(n, n, n, total, none, total, none, squares, none, none)


def row(y, x=None, w=None, *, variant="mail", campaign="spring", segment="all", metric="revenue", **others):
    """One row of the input of campaign_effects."""
    return {
        "campaign_id": campaign,
        "variant": variant,
        "segment_id": segment,
        "metric": metric,
        "is_success_metric": metric == "conversion",
        "customers": len(y),
        "planned_share": 0.5,
        "elapsed_share": 1.0,
        **sums_of(y, x, w),
        **others,
    }


SCHEMA = pa.schema(
    {name: pa.string() for name in ("campaign_id", "variant", "segment_id", "metric")}
    | {"is_success_metric": pa.bool_(), "customers": pa.int64()}
    | {name: pa.float64() for name in ("planned_share", "elapsed_share", *SUMS)}
)


def table(*rows):
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def bought(size, buyers):
    """A measure of 0 and 1."""
    return np.repeat([1.0, 0.0], [buyers, size - buyers])
