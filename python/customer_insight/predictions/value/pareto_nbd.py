"""Pareto/NBD: purchases at a rate lambda until the customer is lost, which can happen at any moment, at a rate mu.

lambda ~ Gamma(r, alpha), mu ~ Gamma(s, beta). With the moment of loss tau, the likelihood is one term for those alive
at the cut and an integral over tau between the last purchase and the cut for the others. Written with 2F1 it overflows
and cancels; here the integral is Gauss-Legendre on a logarithmic scale, on which its integrand is log-concave, and
what lies more than e^-40 below its start is left out.

Sources: Schmittlein, Morrison and Colombo, Management Science 1987; Fader and Hardie, A Note on Deriving the Pareto/NBD
Model and Related Expressions, 2005, and Computing P(alive) Using the Pareto/NBD Model, 2005.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import exprel

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value import maximum_likelihood
from customer_insight.predictions.value.purchase_histories import Histories

NAME = "pareto_nbd"
NAMES = ("r", "alpha", "s", "beta")
_STARTS = ((0.5, 0.5, 0.5, 0.5), (1.5, 1.0, 0.3, 1.0), (0.3, 0.1, 1.5, 1.0))
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_DEPTH = 40.0
_NEWTON_STEPS = 5
_BLOCK_ROWS = 1 << 15


@dataclass(frozen=True)
class ParetoNbd:
    """parameters: r, alpha, s, beta; log_likelihood: of the histories fitted on."""

    name: str
    parameters: dict[str, float]
    log_likelihood: float

    def p_alive(self, histories: Histories) -> Floats:
        """P(not lost by the cut), shape (customers,)."""
        values = np.array([self.parameters[name] for name in NAMES])
        result = np.zeros(histories.size)
        for at in range(0, histories.size, _BLOCK_ROWS):
            block = slice(at, at + _BLOCK_ROWS)
            _, log_lost, _ = _moments_of_loss(values, histories.take(block))
            result[block] = np.exp(-np.logaddexp(0.0, _log_sum(log_lost)))
        return result

    def expected_purchases(self, histories: Histories, days: float) -> Floats:
        """Purchases in (cut, cut + days], shape (customers,): equation 41 of Fader and Hardie's note."""
        r, alpha, s, beta = (self.parameters[name] for name in NAMES)
        log_growth = np.log1p(days / (beta + histories.age))
        # (1 - e^-z) / z has no hole at s = 1
        alive_time = (beta + histories.age) * log_growth * exprel(-(s - 1) * log_growth)
        rate = self.p_alive(histories) * (r + histories.repeats) / (alpha + histories.age)
        return np.asarray(rate * alive_time, dtype=np.float64)

    def purchase_probability(self, histories: Histories, days: float) -> Floats:
        """P(at least one purchase in (cut, cut + days]): the next purchase comes at some u and before the loss."""
        r, alpha, s, beta = (self.parameters[name] for name in NAMES)
        p_alive, result = self.p_alive(histories), np.zeros(histories.size)
        for at in range(0, histories.size, _BLOCK_ROWS):
            block = slice(at, at + _BLOCK_ROWS)
            age, shape = histories.age[block], r + histories.repeats[block]
            _, logs = _nodes(age, age + days, alpha, shape + 1, beta, s)
            logs += (np.log(shape) + shape * np.log(alpha + age) + s * np.log(beta + age))[:, None]
            result[block] = p_alive[block] * np.minimum(np.exp(_log_sum(logs)), 1.0)
        return result


def fit(histories: Histories) -> ParetoNbd:
    """Pareto/NBD by maximum likelihood: r, alpha, s, beta. Bounds: see `maximum_likelihood`."""
    values, total = maximum_likelihood.maximise(NAME, log_likelihood, histories, (False, True, False, True), _STARTS)
    return ParetoNbd(NAME, dict(zip(NAMES, values.tolist(), strict=True)), total)


def log_likelihood(values: Floats, histories: Histories) -> tuple[Floats, Floats]:
    """Log-likelihood of each history, shape (rows,), and its gradient by r, alpha, s, beta, shape (4, rows).

    ln of [Gamma(r + x) alpha^r / Gamma(r)] times (alpha + T)^-(r + x) (beta / (beta + T))^s plus the integral from last
    to T of (alpha + tau)^-(r + x) s beta^s (beta + tau)^-(s + 1) over tau.
    """
    r, alpha, s, beta = values
    purchases, by_r = maximum_likelihood.log_rising(r, histories.repeats)
    times, log_lost, logs = _moments_of_loss(values, histories)
    shape, log_alpha, log_beta = r + histories.repeats, np.log(alpha + histories.age), np.log(beta + histories.age)
    log_either = np.logaddexp(0.0, _log_sum(log_lost))
    alive = np.exp(-log_either)
    weights = np.exp(log_lost - log_either[:, None])  # of each moment of loss, given the history
    lost = weights.sum(axis=1)
    by_beta = alive / (beta + histories.age) + _mean(weights, 1 / (beta + times))
    rows = purchases + r * np.log(alpha) - shape * log_alpha + s * (np.log(beta) - log_beta) + log_either
    gradient = [
        by_r + np.log(alpha) - alive * log_alpha - _mean(weights, logs[0]),
        r / alpha - shape * (alive / (alpha + histories.age) + _mean(weights, 1 / (alpha + times))),
        np.log(beta) + lost / s - alive * log_beta - _mean(weights, logs[1]),
        s / beta - s * by_beta - _mean(weights, 1 / (beta + times)),
    ]
    return rows, np.array(gradient)


def _moments_of_loss(values: Floats, histories: Histories) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
    """Moments tau, ln of the odds of a loss then to being alive, and ln(alpha + tau), ln(beta + tau); (rows, nodes)."""
    r, alpha, s, beta = values
    shape = r + histories.repeats
    times, log_odds = _nodes(histories.last, histories.age, alpha, shape, beta, s + 1)
    log_odds += (np.log(s) + shape * np.log(alpha + histories.age) + s * np.log(beta + histories.age))[:, None]
    return times, log_odds, (np.log(alpha + times), np.log(beta + times))


def _nodes(
    start: Floats, stop: Floats, alpha: float, shape: Floats, beta: float, power: float
) -> tuple[Floats, Floats]:
    """Nodes t for the integral of (alpha + t)^-shape (beta + t)^-power from start to stop; logs of weight x integrand.

    Both of shape (rows, nodes). y = ln((m + t) / (m + start)), m the smaller of alpha and beta; cut where the integrand
    is e^-40 of what it is at the start: Newton's steps from the right stay on the right of that point.
    """
    smaller = min(alpha, beta)
    width = np.log1p((stop - start) / (smaller + start))

    def log_integrand(y: Floats, start: Floats, shape: Floats) -> tuple[Floats, Floats, Floats]:
        grown = (smaller + start) * np.exp(y)
        first, second = grown + (alpha - smaller), grown + (beta - smaller)
        return grown, -shape * np.log(first) - power * np.log(second) + np.log(grown), -shape / first - power / second

    floor = log_integrand(np.zeros_like(width), start, shape)[1] - _DEPTH
    for _ in range(_NEWTON_STEPS):
        grown, height, slope = log_integrand(width, start, shape)
        slope = np.minimum(slope * grown + 1, -1e-9)
        width = np.where(height < floor, np.maximum(width + (floor - height) / slope, 0.0), width)
    with np.errstate(divide="ignore"):
        log_width = np.log(width / 2)
    y = width[:, None] * ((_NODES + 1) / 2)
    grown, heights, _ = log_integrand(y, start[:, None], shape[:, None])
    return grown - smaller, heights + np.log(_WEIGHTS) + log_width[:, None]


def _log_sum(logs: Floats) -> Floats:
    """Logarithm of the sum of the exponentials of each row; minus infinity where all are."""
    top = logs.max(axis=1)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(safe + np.log(np.exp(logs - safe[:, None]).sum(axis=1)), dtype=np.float64)


def _mean(weights: Floats, values: Floats) -> Floats:
    return np.asarray(np.einsum("rn,rn->r", weights, values), dtype=np.float64)
