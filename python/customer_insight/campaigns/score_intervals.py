"""Differences of shares, and of means of rare purchases, where few customers bought: Miettinen and Nurminen's score.

With few buyers an interval from each group's own variance is too narrow on one side: the group that happens to have
fewer buyers also shows less variance. The score takes the variance that the difference in question would have: for
shares p (1 - p). Money of rare purchases is scaled to a share: with phi = sum y^2 / sum y of both groups, y / phi has
the variance of a share p = mean / phi, as if K = (sum y)^2 / sum y^2 customers had bought for phi each. Of a share phi
is 1.

Sources: Miettinen and Nurminen 1985 (score, with N / (N - 1)); Farrington and Manning 1990 (closed form).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import elementwise

from customer_insight.numerics.arrays import Floats

_TOLERANCES = {"xatol": 1e-12, "xrtol": 0.0}
# Standard errors of what a difference without variance rules out: more than any interval is wide.
_CERTAIN = 1e3


def score(share: Floats, size: Floats, other: Floats, other_size: Floats, difference: Floats) -> Floats:
    """Standard errors by which share - other is above `difference`, its variance as that difference implies.

    Shares in [0, 1], sizes in customers; shapes (rows,). NaN where the variance is nought.
    """
    total = size + other_size
    first, second = _restricted(share, other, other_size / size, difference)
    variance = (first * (1 - first) / size + second * (1 - second) / other_size) * total / (total - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (share - other - difference) / np.sqrt(np.maximum(variance, 0.0))
    return np.where(variance > 0, found, np.nan)


def _restricted(share: Floats, other: Floats, ratio: Floats, difference: Floats) -> tuple[Floats, Floats]:
    """The likeliest shares that differ by `difference`: the root of Farrington and Manning's cubic."""
    a = 1 + ratio
    b = -(1 + ratio + share + ratio * other + difference * (ratio + 2))
    c = difference**2 + difference * (2 * share + ratio + 1) + share + ratio * other
    d = -share * difference * (1 + difference)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = np.where(v < 0, -1.0, 1.0) * np.sqrt(np.maximum((b / (3 * a)) ** 2 - c / (3 * a), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = np.where(u == 0, 0.0, np.clip(v / u**3, -1.0, 1.0))
    first = 2 * u * np.cos((np.pi + np.arccos(angle)) / 3) - b / (3 * a)
    first = np.clip(first, np.maximum(0.0, difference), np.minimum(1.0, 1 + difference))
    return first, np.clip(first - difference, 0.0, 1.0)


def score_interval(
    share: Floats, size: Floats, other: Floats, other_size: Floats, width: Floats
) -> tuple[Floats, Floats]:
    """Ends of the interval of share - other: the differences `width` standard errors off; shapes (rows,)."""
    estimate = share - other
    known = np.flatnonzero(np.isfinite(estimate) & np.isfinite(width))
    sides = share[known], size[known], other[known], other_size[known]
    ends = np.full((2, estimate.size), np.nan)
    for place, sign in enumerate((1.0, -1.0)):
        bracket = (np.full(known.size, -1.0), estimate[known]) if sign > 0 else (estimate[known], np.ones(known.size))
        found = elementwise.find_root(_beyond, bracket, args=(*sides, sign * width[known]), tolerances=_TOLERANCES)
        # from a difference of -1 or 1 there is no way further out
        ends[place, known] = np.where(np.isfinite(found.x), found.x, -sign)
    return ends[0], ends[1]


def _beyond(
    difference: Floats, share: Floats, size: Floats, other: Floats, other_size: Floats, asked: Floats
) -> Floats:
    """Standard errors above those asked for: falls as the difference grows; finite, as root finding needs it."""
    found = score(share, size, other, other_size, difference)
    certain = _CERTAIN * np.sign(share - other - difference)
    return np.asarray(np.clip(np.where(np.isnan(found), certain, found), -_CERTAIN, _CERTAIN) - asked)
