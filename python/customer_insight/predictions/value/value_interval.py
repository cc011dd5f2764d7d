"""Between which ends the money lies that a customer brings in the days to come: eight of ten customers are inside.

Whoever does not come back brings nothing; that has a probability. Who does comes once and N more times, N from a
negative binomial whose shape grows with the purchases known, and spends each time around a mean of their own, of which
the Gamma-Gamma model knows the better, the more purchases it has seen. The sum has the mean and the variance that
follow, and the form of a gamma distribution: beside drawn customers its ends are right to a twentieth, those of a
lognormal to a sixth. How far all customers together may be off is in it, too.

A tenth lies below the low end and a tenth above the high one. Where more than a tenth bring nothing the low end is 0,
and two tenths lie above.

Source: Fader and Hardie 2013 (the posterior of a customer's mean).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value.gamma_gamma import GammaGamma

SHARE = 0.8
# Below it a customer's mean has no variance: the interval would have no end.
_LEAST_SHAPE = 2.5


@dataclass(frozen=True)
class Spending:
    """What is known of each customer, shape (customers,).

    chance: of any purchase in the days to come. days: purchases expected in them. repeats: known ones, by the model's
    count. paid: purchases with money. value: money expected of one.
    """

    chance: Floats
    days: Floats
    repeats: Floats
    paid: Floats
    value: Floats


def interval(known: Spending, shape: float, money: GammaGamma, error: float) -> tuple[Floats, Floats]:
    """Low and high end of the money to come, shape (customers,).

    shape: of how often customers buy, before anything is known of them (`r`). error: deviation of the logarithm by
    which all customers together are off.
    """
    chance = np.clip(known.chance, 1e-9, 1.0)
    mean, squared = _purchases(known, chance, shape)
    p, own = money.parameters["p"], np.maximum(money.parameters["q"] + money.parameters["p"] * known.paid, _LEAST_SHAPE)
    # of the customer's mean; in units of the value expected
    of_mean = 1 / (own - 2)
    variance = mean * (1 + of_mean) / p + squared * (1 + of_mean) - mean**2
    shapes = 1 / (variance / mean**2 + error**2)

    def at(quantile: Floats) -> Floats:
        inside = np.clip((quantile - (1 - chance)) / chance, 0.0, 1.0)
        return np.asarray(gammaincinv(shapes, inside) / shapes * mean * known.value, dtype=np.float64)

    tail = (1 - SHARE) / 2
    is_nothing = 1 - chance >= tail
    low = np.where(is_nothing, 0.0, at(np.full(chance.shape, tail)))
    return low, at(np.where(is_nothing, SHARE, 1 - tail))


def _purchases(known: Spending, chance: Floats, shape: float) -> tuple[Floats, Floats]:
    """Mean of the purchases, and of their squares, of those who come back."""
    more = np.maximum(known.days / chance - 1, 1e-9)
    variance = more + more**2 / (shape + known.repeats)
    return 1 + more, variance + (1 + more) ** 2
