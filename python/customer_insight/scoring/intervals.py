"""How sure a figure is: what it was measured on is drawn again, customer by customer or session by session.

Customers (and sessions) differ most, and what one of them does is alike: so they are drawn, not their purchases.

Source: Efron and Tibshirani 1993, chapter 13 (percentile bootstrap).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from customer_insight.numerics.arrays import Floats, Ints

BOOTSTRAP_SAMPLES = 1000
# Ends of 95 % intervals, as quantiles.
ENDS = (0.025, 0.975)
# Cells of resampled weights at a time.
_BLOCK_CELLS = 1 << 24


def resampled(unit_count: int, figures_of: Callable[[Floats], Floats], seed: int = 0) -> Floats:
    """The figures of BOOTSTRAP_SAMPLES samples of as many units, drawn with replacement, one row a sample.

    figures_of: from how often each unit was drawn, shape (samples, units), to the figures, shape (samples, ...).
    """
    generator = np.random.default_rng(seed)
    step = max(1, _BLOCK_CELLS // unit_count)
    found: list[Floats] = []
    for start in range(0, BOOTSTRAP_SAMPLES, step):
        size = min(step, BOOTSTRAP_SAMPLES - start)
        times = generator.multinomial(unit_count, np.full(unit_count, 1 / unit_count), size=size)
        found.append(figures_of(times.astype(np.float64)))
    return np.concatenate(found)


def intervals(samples: Floats) -> tuple[Floats, Floats]:
    """Lower and upper ends of the 95 % intervals of resampled figures; NaN where a sample has no figure."""
    low, high = np.quantile(samples, ENDS, axis=0)
    return low, high


def mean_intervals(values: Floats) -> tuple[Floats, Floats]:
    """95 % intervals of the means of columns; values: shape (units, columns), NaN where a figure has no meaning.

    Every column is resampled with the same units; returns lower and upper ends, shape (columns,), NaN if empty.
    """
    known = np.isfinite(values)
    filled, counted = np.where(known, values, 0.0), known.astype(np.float64)
    ends = np.full((2, values.shape[1]), np.nan)
    has_figure = known.any(axis=0)
    if has_figure.any():
        with np.errstate(invalid="ignore"):
            samples = resampled(len(values), lambda times: times @ filled / (times @ counted))
        ends[:, has_figure] = np.nanquantile(samples[:, has_figure], ENDS, axis=0)
    return ends[0], ends[1]


def ratio_intervals(sums: Floats, counts: Ints) -> tuple[Floats, Floats]:
    """95 % intervals of sum(sums) / sum(counts), as units are of different sizes; shapes (figures,).

    sums: shape (units, figures); counts: what each unit counts for, at least 1, shape (units,).
    """
    return intervals(resampled(counts.size, lambda times: times @ sums / (times @ counts)[:, None]))
