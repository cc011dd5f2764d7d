"""Which of several strategies wins: the least complex that no other beats, by customer, since customers differ most.

Sources: Holm, Scandinavian Journal of Statistics 1979; Smucker et al., CIKM 2007 (paired tests of rankings).
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints

# How likely a lead by chance alone may be called a lead.
_LEVEL = 0.05
# Decimals to which figures are compared: what differs by rounding alone is the same.
_DECIMALS = 12


def mean_by_unit(units: Ints, values: Floats) -> Floats:
    """Mean row of each unit, by rising unit: who was judged in several windows counts once. values: (rows, columns)."""
    distinct, place = arrays.dense(units)
    counts = np.bincount(place, minlength=distinct.size)
    return np.column_stack([arrays.sums(place, column, distinct.size) / counts for column in values.T])


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
    return bool((holm(p_values) < _LEVEL).any())


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
