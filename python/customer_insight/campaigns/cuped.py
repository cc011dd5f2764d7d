"""CUPED: what customers did in the period before, taken out of what they did since.

Means become those of r = y - theta x, theta that of both groups pooled, so that chance differences of x between groups
say nothing. The more y hangs on x, the less r varies.

Source: Deng, Xu, Kohavi and Walker 2013, "Improving the sensitivity of online controlled experiments by utilizing
pre-experiment data".
"""

from __future__ import annotations

import numpy as np

from customer_insight.campaigns.campaign_sums import ROUNDING, GroupSums
from customer_insight.numerics.arrays import Bools, Floats


def variance(group: GroupSums, theta: Floats) -> Floats:
    """Of a group's mean of y - theta x."""
    plain, n = group.squares(), group.customers
    known = np.where(theta == 0, 0.0, theta**2 * group.squares_before() - 2 * theta * group.products())
    found = np.where(plain + known <= ROUNDING * group.wwyy, 0.0, plain + known)
    return np.asarray(found / group.w**2 * n / (n - 1))


def theta_of_many(variant: GroupSums, control: GroupSums) -> tuple[Floats, Bools]:
    """CUPED's factor, and where it is used: where the difference is surer with it, by its own standard error."""
    both = variant.together(control)
    spread = both.squares_before()
    theta = np.where(spread > 0, both.products() / spread, 0.0)
    theta = np.where(np.isfinite(theta), theta, 0.0)
    nought = np.zeros(theta.shape)
    before = variance(variant, nought) + variance(control, nought)
    is_surer = (theta != 0) & (variance(variant, theta) + variance(control, theta) < before)
    return np.where(is_surer, theta, 0.0), is_surer


def gain_of_few(both: GroupSums) -> tuple[Floats, Floats]:
    """CUPED's factor where customers are few, and as how many customers each then counts.

    Neither hangs on who is in which group. One more factor takes 1 / contributors of the variance away by chance.
    """
    squares, spread, product = both.squares(), both.squares_before(), both.products()
    gain = squares / (squares - product**2 / spread)
    is_more = (spread > 0) & (gain > 1 + 2 / both.contributors) & np.isfinite(gain)
    return np.where(is_more, product / spread, 0.0), np.where(is_more, gain, 1.0)


def adjusted_means(variant: GroupSums, control: GroupSums, theta: Floats) -> tuple[Floats, Floats]:
    """Means of both groups, as if their means before were the same."""
    before = variant.together(control).mean_before
    off = (np.where(theta == 0, 0.0, theta * (group.mean_before - before)) for group in (variant, control))
    return variant.mean - next(off), control.mean - next(off)
