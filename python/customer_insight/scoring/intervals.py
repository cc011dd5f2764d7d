"""How sure a mean over customers is: customers are drawn again, since they differ most.

Source: Efron and Tibshirani 1993, chapter 13 (percentile bootstrap).
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Floats

BOOTSTRAP_SAMPLES = 1000
# Ends of 95 % intervals, as quantiles.
ENDS = (0.025, 0.975)
# Cells of resampled weights at a time.
_BLOCK_CELLS = 1 << 24


def bootstrap_intervals(values: Floats) -> tuple[Floats, Floats]:
    """95 % intervals of the means of columns; values: shape (customers, columns), NaN where a figure has no meaning.

    Every column is resampled with the same customers; returns lower and upper ends, shape (columns,), NaN if empty.
    """
    count = values.shape[0]
    generator = np.random.default_rng(0)
    known = np.isfinite(values)
    filled, known = np.where(known, values, 0.0), known.astype(np.float64)
    step = max(1, _BLOCK_CELLS // max(1, count))
    means: list[Floats] = []
    for start in range(0, BOOTSTRAP_SAMPLES if count else 0, step):
        size = min(step, BOOTSTRAP_SAMPLES - start)
        weight = generator.multinomial(count, np.full(count, 1 / count), size=size).astype(np.float64)
        with np.errstate(invalid="ignore"):
            means.append(weight @ filled / (weight @ known))
    ends = np.full((2, values.shape[1]), np.nan)
    has_figure = known.any(axis=0)
    if has_figure.any():
        ends[:, has_figure] = np.nanquantile(np.concatenate(means)[:, has_figure], ENDS, axis=0)
    return ends[0], ends[1]
