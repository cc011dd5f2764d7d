"""Which of several strategies wins, and how sure figures are: by customer, since customers differ most.

Sources: Efron and Tibshirani 1993, chapter 13 (percentile bootstrap); Holm, Scandinavian Journal of Statistics 1979;
Smucker et al., CIKM 2007 (paired tests of rankings).
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from customer_insight.arrays import Floats

BOOTSTRAP_SAMPLES, LEVEL = 1000, 0.05
# Decimals to which figures are compared: what differs by rounding alone is the same.
_DECIMALS = 12
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
        ends[:, has_figure] = np.nanquantile(np.concatenate(means)[:, has_figure], [LEVEL / 2, 1 - LEVEL / 2], axis=0)
    return ends[0], ends[1]


def least_complex_unbeaten(values: Floats) -> int:
    """The column that wins; values: shape (customers, strategies), strategies by rising complexity.

    The first that no other beats: one-sided paired t-tests of each other against it, Holm's correction over them. There
    is one, since nothing beats the highest mean.
    """
    columns = range(values.shape[1])
    return next(column for column in columns if not _is_beaten(values, column))


def _is_beaten(values: Floats, column: int) -> bool:
    others = [other for other in range(values.shape[1]) if other != column]
    p_values = np.array([_p_better(values[:, other] - values[:, column]) for other in others])
    return bool((holm(p_values) < LEVEL).any())


def _p_better(difference: Floats) -> float:
    """Chance of such a mean difference, or a larger one, where there is none."""
    difference = np.round(difference, _DECIMALS)
    if difference.size < 2 or np.all(difference == difference[0]):
        return 0.0 if difference.size > 1 and difference[0] > 0 else 1.0
    return float(stats.ttest_1samp(difference, 0.0, alternative="greater").pvalue)


def holm(p_values: Floats) -> Floats:
    """Holm's corrected p-values, in the order given."""
    order = np.argsort(p_values, kind="stable")
    steps = np.arange(p_values.size, 0, -1) * p_values[order]
    corrected = np.empty(p_values.size)
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return corrected
