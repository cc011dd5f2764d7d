"""Between which ends the money lies that a customer brings in the days to come: eight of ten customers are inside.

Whoever does not come back brings nothing; that has a probability. Who does comes once and N more times, N from a
negative binomial whose shape grows with the purchases known, and spends each time around a mean of their own, of which
the Gamma-Gamma model knows the better, the more purchases it has seen. The sum has the mean and the variance that
follow, and the form of a lognormal distribution. How far all customers together may be off is in it, too.

Sources: Fader and Hardie 2013 (the posterior of a customer's mean); Fenton 1960 (sums as lognormal).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

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
    # of the customer's mean, and of a purchase around it; in units of the value expected
    of_mean = 1 / (own - 2)
    variance = mean * (1 + of_mean) / p + squared * (1 + of_mean) - mean**2
    spread = np.sqrt(np.log1p(variance / mean**2) + error**2)
    middle = np.log(mean) - spread**2 / 2

    def end(quantile: float) -> Floats:
        inside = (quantile - (1 - chance)) / chance
        at = np.exp(middle + spread * ndtri(np.clip(inside, 1e-12, 1 - 1e-12)))
        return np.where(inside > 0, at * known.value, 0.0)

    return end((1 - SHARE) / 2), end((1 + SHARE) / 2)


def _purchases(known: Spending, chance: Floats, shape: float) -> tuple[Floats, Floats]:
    """Mean of the purchases, and of their squares, of those who come back."""
    more = np.maximum(known.days / chance - 1, 1e-9)
    variance = more + more**2 / (shape + known.repeats)
    return 1 + more, variance + (1 + more) ** 2
