"""Many questions at once, and groups that are not of their planned sizes.

Sources: Holm 1979; Fabijan et al. 2019, "Diagnosing sample ratio mismatch in online controlled experiments".
"""

from __future__ import annotations

import numpy as np
from scipy import special

from customer_insight.numerics.arrays import Floats, Ints

# Below that many expected customers in a group the chi-square distribution does not hold (Cochran 1954).
LEAST_EXPECTED = 5.0
# Places to which shares are written at least (0.5 is 0.50); what is written to more than these is exact.
_PLACES = range(2, 10)


def holm(p_values: Floats, families: Ints) -> Floats:
    """Holm's adjusted p-values within each family; shapes (rows,). NaN is no question: it stays, and does not count."""
    adjusted = np.full(p_values.shape, np.nan)
    asked = np.flatnonzero(np.isfinite(p_values))
    order = asked[np.lexsort((p_values[asked], families[asked]))]
    starts = np.flatnonzero(np.diff(families[order], prepend=np.iinfo(np.int64).min))
    for rows in np.split(order, starts[1:]):
        steps = np.minimum(p_values[rows] * np.arange(rows.size, 0, -1), 1.0)
        adjusted[rows] = np.maximum.accumulate(steps)
    return adjusted


def sample_ratio_p_value(customers: Floats, planned: Floats) -> float:
    """Chi-square test of groups' sizes against planned shares of all; shapes (groups,), NaN where nothing can be said.

    Shares that leave something over belong to a group in which nobody was found, but for what rounding leaves (three
    times 0.33). Shares above 1 in all are no plan.
    """
    left = 1.0 - planned.sum()
    if not np.isfinite(left) or (planned <= 0).any():
        return np.nan
    rounding = _rounding(planned)
    if left < -rounding:
        return np.nan
    if left > rounding:
        customers, planned = np.append(customers, 0.0), np.append(planned, left)
    expected = customers.sum() * planned / planned.sum()
    if expected.size < 2 or expected.min() < LEAST_EXPECTED:
        return np.nan
    statistic = ((customers - expected) ** 2 / expected).sum()
    return float(special.chdtrc(expected.size - 1, statistic))


def _rounding(planned: Floats) -> float:
    """What the sum of shares is off by at most, as they are written: half a unit of the last place of each."""
    units = (next((10.0**-d for d in _PLACES if abs(share - round(share, d)) < 1e-12), 0.0) for share in planned)
    return sum(units) / 2 + 1e-6
