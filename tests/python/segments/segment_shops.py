"""Made customers for the tests of segments."""

import numpy as np
import pyarrow as pa


def blobs(centres, size=60, seed=0, spread=0.3):
    """Customers around the centres, and which centre each is of."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(centres)), size)
    points = np.asarray(centres, dtype=float)[labels] + random.normal(0, spread, (labels.size, len(centres[0])))
    names = ["gross_revenue", "orders", "recency_days", "x"][: points.shape[1]]
    columns = {name: points[:, at] + 20 for at, name in enumerate(names)}
    return pa.table({"customer_code": np.arange(labels.size) * 7, **columns}), labels


def shop(size=300, seed=0):
    """Customers without clear groups, with gaps, a constant and an empty feature."""
    random = np.random.default_rng(seed)
    orders = random.geometric(0.4, size).astype(float)
    return pa.table(
        {
            "customer_code": random.permutation(size),
            "orders": orders,
            "gross_revenue": orders * random.lognormal(3, 1, size),
            "recency_days": random.integers(0, 400, size).astype(float),
            "weekend_share": random.random(size),
            "average_days_between_orders": pa.array(random.random(size) * 90, mask=orders == 1),
            "return_share": np.zeros(size),
            "views_per_session": pa.nulls(size, pa.float64()),
        }
    )


def remembered(learned, next_code=None):
    """What the warehouse remembers of a run, as the next run reads it."""
    features = learned.tables["features"]
    codes = features["segment_code"].to_pylist()
    names = {row["segment_code"]: row["segment_name"] for row in learned.tables["segments"].to_pylist()}
    return pa.table(
        {
            "segment_code": features["segment_code"],
            "segment_name": [names[code] for code in codes],
            "feature": features["feature"],
            "centre": features["centre"],
            "next_segment_code": pa.array([next_code or max(codes, default=0) + 1] * len(codes), pa.int32()),
        }
    )


def segment_of(learned):
    """Customer code -> segment code."""
    rows = learned.tables["assignments"]
    return dict(zip(rows["customer_code"].to_pylist(), rows["segment_code"].to_pylist(), strict=True))


def name_of(learned):
    """Segment code -> name."""
    rows = learned.tables["segments"]
    return dict(zip(rows["segment_code"].to_pylist(), rows["segment_name"].to_pylist(), strict=True))
