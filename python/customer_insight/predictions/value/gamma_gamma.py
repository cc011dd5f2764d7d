"""Gamma-Gamma: what a customer spends on a purchase day, from the customer's own mean and everybody's.

Spending z ~ Gamma(p, nu) with nu ~ Gamma(q, v) of each customer, independent of how often the customer buys. The own
mean counts the more, the more purchases it is of.

Sources: Fader, Hardie and Lee, RFM and CLV: Using Iso-Value Curves, Journal of Marketing Research 2005; Fader and
Hardie, The Gamma-Gamma Model of Monetary Value, 2013.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

from customer_insight.numerics.arrays import Floats

NAMES = ("p", "q", "v")
# In units of the mean value. The mean of everybody is p v / (q - 1): there is none for q <= 1, and near 1 it is that of
# a few imagined giants, so q stays above 1.2. At a hundred p says that somebody's purchases are all alike, and q that
# all customers are.
_BOUNDS = ((1e-2, 1e2), (1.2, 1e2), (1e-4, 1e4))
_STARTS = ((1.0, 2.0, 1.0), (5.0, 4.0, 0.6), (2.0, 1.3, 0.2))


@dataclass(frozen=True)
class GammaGamma:
    """parameters: p, q, v; log_likelihood: of the customers fitted on."""

    parameters: dict[str, float]
    log_likelihood: float

    def expected_value(self, repeats: Floats, mean_values: Floats) -> Floats:
        """Expected money per purchase day, shape (customers,); everybody's mean where repeats or the value is 0."""
        p, q, v = (self.parameters[name] for name in NAMES)
        own = np.where((repeats > 0) & (mean_values > 0), p * repeats, 0.0)
        return (v * p + own * np.where(own > 0, mean_values, 0.0)) / (own + q - 1)


def fit(repeats: Floats, mean_values: Floats) -> GammaGamma:
    """By maximum likelihood on customers with repeats and money; shapes (customers,).

    repeats: purchase days that count, mean_values: mean money on them. The paper leaves first purchases out.

    Without such customers everybody is expected to spend 0. See _BOUNDS for the bounds.
    """
    known = (repeats > 0) & (mean_values > 0) & np.isfinite(mean_values)
    x, unit = repeats[known], float(mean_values[known].mean()) if known.any() else 0.0
    if not known.any():
        return GammaGamma({"p": 1.0, "q": 2.0, "v": 0.0}, 0.0)
    m = mean_values[known] / unit

    def loss(logs: Floats) -> tuple[float, Floats]:
        p, q, v = np.exp(logs)
        rate, px = np.log(v + x * m), p * x
        rows = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v) - (px + q) * rate
        rows += (px - 1) * np.log(m) + px * np.log(x)
        both = digamma(px + q)
        gradient = [
            np.mean(x * (both - digamma(px) - rate + np.log(m) + np.log(x))) * p,
            np.mean(both - digamma(q) + np.log(v) - rate) * q,
            np.mean(q / v - (px + q) / (v + x * m)) * v,
        ]
        return -float(np.mean(rows)), -np.array(gradient)

    options = {"ftol": 1e-13, "gtol": 1e-8, "maxiter": 500}
    found = [
        minimize(loss, np.log(start), jac=True, method="L-BFGS-B", bounds=np.log(_BOUNDS), options=options)
        for start in _STARTS
    ]
    best = min(found, key=lambda each: float(each.fun))
    p, q, v = np.exp(best.x).tolist()
    total = -float(best.fun) * x.size - x.size * float(np.log(unit))
    return GammaGamma({"p": p, "q": q, "v": v * unit}, total)
