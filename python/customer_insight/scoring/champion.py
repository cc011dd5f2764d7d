"""Which of several methods wins: the best mean; of those that are as good, the preferred one or else the least complex.

As good is what lies within a third of a standard error of the best, by customer, since customers differ most. Whoever
waits for a proof that another one is better serves the worse one meanwhile: on a panel of shops that lost 2 % of what
could be had, and a fifth in the worst of them, where this loses nothing on average and 2 % at most (`python -m
benchmarks choice`).
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints

# Standard errors of the difference within which two are as good as each other.
TIE = 1 / 3
# Decimals to which figures are compared: what differs by rounding alone is the same.
_DECIMALS = 12


def mean_by_unit(units: Ints, values: Floats) -> Floats:
    """Mean row of each unit, by rising unit: who was judged in several windows counts once. values: (rows, columns)."""
    distinct, place = arrays.dense(units)
    counts = np.bincount(place, minlength=distinct.size)
    return np.column_stack([arrays.sums(place, column, distinct.size) / counts for column in values.T])


def champion(values: Floats, preferred: int | None = None, tie: float = TIE) -> int:
    """The column that wins; values: shape (customers, methods), more is better, methods by rising complexity.

    preferred: of several that are as good as the best it is this one, if it is among them; else the first. One customer
    shows nothing: then all are as good. tie: standard errors up to which they are.
    """
    best = ranked(values)[0]
    lead = np.round(values[:, [best]] - values, _DECIMALS)
    with np.errstate(invalid="ignore"):
        error = lead.std(axis=0, ddof=1) / np.sqrt(len(lead)) if len(lead) > 1 else np.full(lead.shape[1], np.inf)
    as_good = np.flatnonzero(np.round(lead.mean(axis=0) - tie * error, _DECIMALS) <= 0)
    return preferred if preferred is not None and preferred in as_good else int(as_good[0])


def ranked(values: Floats) -> list[int]:
    """The columns by their means, the best first; of equals the least complex."""
    return [int(column) for column in np.argsort(-np.round(values.mean(axis=0), _DECIMALS), kind="stable")]
