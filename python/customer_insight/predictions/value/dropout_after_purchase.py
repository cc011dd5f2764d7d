"""What BG/NBD and MBG/NBD share: purchases at a rate lambda, and after a purchase the customer is lost with chance p.

lambda ~ Gamma(r, alpha), p ~ Beta(a, b). They differ in one thing: in BG/NBD a customer can be lost after each repeat
purchase, in MBG/NBD after the first purchase too. `chances` counts these occasions: repeats, or repeats + 1.

Sources: Fader, Hardie and Lee, Marketing Science 2005 (BG/NBD); Batislam, Denizel and Filiztekin, IJRM 2007, and Hoppe
and Wagner, Marketing JRM 2007 (MBG/NBD).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, expit, hyp2f1, log_expit

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value import maximum_likelihood
from customer_insight.predictions.value.purchase_histories import Histories

NAMES = ("r", "alpha", "a", "b")
_STARTS = ((0.5, 0.5, 0.7, 2.0), (2.0, 1.0, 0.2, 4.0), (0.2, 0.1, 2.0, 2.0))
# A formula that is 0 / 0 at a point is taken as the mean of its values this far on both sides.
_NEAR = 1e-5
# Arguments of 2F1 above which it is not trusted.
_LARGE = 30.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(96)


@dataclass(frozen=True)
class DropoutAfterPurchase:
    """parameters: r, alpha, a, b; log_likelihood: of the histories fitted on."""

    name: str
    parameters: dict[str, float]
    log_likelihood: float

    def p_alive(self, histories: Histories) -> Floats:
        """P(not lost by the cut), shape (customers,): in BG/NBD 1 for everybody without repeats."""
        r, alpha, a, b = self._values()
        log_ratio = np.log((alpha + histories.age) / (alpha + histories.last))
        odds = _log_odds_lost(r + histories.repeats, log_ratio, a, b, self._chances(histories))
        return np.asarray(np.exp(-np.logaddexp(0.0, odds)), dtype=np.float64)

    def expected_purchases(self, histories: Histories, days: float) -> Floats:
        """Purchases in (cut, cut + days], shape (customers,); days in the unit of the histories."""
        r, alpha, a, b = self._values()
        shape, rate = r + histories.repeats, alpha + histories.age
        return self.p_alive(histories) * _while_alive(shape, days / rate, a, b + self._chances(histories))

    def purchase_probability(self, histories: Histories, days: float) -> Floats:
        """P(at least one purchase in (cut, cut + days]): who is alive buys at the rate lambda until the next one."""
        r, alpha, _, _ = self._values()
        some = -np.expm1(-(r + histories.repeats) * np.log1p(days / (alpha + histories.age)))
        return np.asarray(self.p_alive(histories) * some, dtype=np.float64)

    def _values(self) -> tuple[float, float, float, float]:
        r, alpha, a, b = (self.parameters[name] for name in NAMES)
        return r, alpha, a, b

    def _chances(self, histories: Histories) -> Floats:
        return chances(self.name, histories)


def chances(name: str, histories: Histories) -> Floats:
    """How often each customer could have been lost, shape (customers,)."""
    return histories.repeats if name == "bg_nbd" else histories.repeats + 1


def fit(name: str, histories: Histories) -> DropoutAfterPurchase:
    """The model called `name` (bg_nbd or mbg_nbd) by maximum likelihood; bounds: see `maximum_likelihood`."""

    def likelihood(values: Floats, of: Histories) -> tuple[Floats, Floats]:
        return log_likelihood(values, of, chances(name, of))

    values, total = maximum_likelihood.maximise(name, likelihood, histories, (False, True, False, False), _STARTS)
    return DropoutAfterPurchase(name, dict(zip(NAMES, values.tolist(), strict=True)), total)


def log_likelihood(values: Floats, histories: Histories, chances: Floats) -> tuple[Floats, Floats]:
    """Log-likelihood of each history, shape (rows,), and its gradient by r, alpha, a, b, shape (4, rows).

    values: r, alpha, a, b. ln of [B(a, b + k) / B(a, b)] [Gamma(r + x) alpha^r / Gamma(r)] times
    (alpha + age)^-(r + x) + a / (b + k - 1) (alpha + last)^-(r + x), with x repeats and k chances, the second part only
    where k > 0: equations 6 of Fader, Hardie and Lee, and 9 of Batislam and others.
    """
    r, alpha, a, b = values
    purchases, by_r = maximum_likelihood.log_rising(r, histories.repeats)
    kept, by_b = maximum_likelihood.log_rising(b, chances)
    asked, by_ab = maximum_likelihood.log_rising(a + b, chances)
    log_age, log_last = np.log(alpha + histories.age), np.log(alpha + histories.last)
    shape = r + histories.repeats
    odds = _log_odds_lost(shape, log_age - log_last, a, b, chances)
    lost = np.exp(-np.logaddexp(0.0, -odds))
    rows = purchases + r * np.log(alpha) + kept - asked - shape * log_age + np.logaddexp(0.0, odds)
    one_less = np.where(chances > 0, b + chances - 1, 1.0)
    gradient = [
        by_r + np.log(alpha) - (1 - lost) * log_age - lost * log_last,
        r / alpha - shape * ((1 - lost) / (alpha + histories.age) + lost / (alpha + histories.last)),
        lost / a - by_ab,
        by_b - by_ab - lost / one_less,
    ]
    return rows, np.array(gradient)


def _log_odds_lost(shape: Floats, log_ratio: Floats, a: float, b: float, chances: Floats) -> Floats:
    """Logarithm of P(lost) / P(alive); minus infinity where there was no chance to be lost."""
    one_less = np.where(chances > 0, b + chances - 1, 1.0)
    return np.where(chances > 0, np.log(a) - np.log(one_less) + shape * log_ratio, -np.inf)


def _while_alive(shape: Floats, horizon: Floats, a: float, kept: Floats) -> Floats:
    """Purchases expected of a customer who is alive: lambda ~ Gamma(shape, 1), p ~ Beta(a, kept), time `horizon`.

    (c / (a - 1)) (1 - (1 - z)^shape 2F1(shape, kept; c; z)), c = a + kept - 1, z = horizon / (1 + horizon), with
    Euler's transformation, so that the arguments of 2F1 stay small for large shapes. All of shape (customers,).
    """
    if abs(a - 1) < _NEAR / 2:
        return (_formula(shape, horizon, a - _NEAR, kept) + _formula(shape, horizon, a + _NEAR, kept)) / 2
    result = _formula(shape, horizon, a, kept)
    at_pole = np.abs(a + kept - 1) < _NEAR / 2
    if at_pole.any():
        some = (shape[at_pole], horizon[at_pole], a)
        result[at_pole] = (_formula(*some, kept[at_pole] - _NEAR) + _formula(*some, kept[at_pole] + _NEAR)) / 2
    return result


def _formula(shape: Floats, horizon: Floats, a: float, kept: Floats) -> Floats:
    c = a + kept - 1
    with np.errstate(all="ignore"):
        survived = np.exp(-(a - 1) * np.log1p(horizon)) * hyp2f1(c - shape, a - 1, c, horizon / (1 + horizon))
        result = c / (a - 1) * (1 - survived)
    # far from ordinary shops scipy's 2F1 overflows or loses digits
    is_far = ~np.isfinite(result) | (np.maximum(np.abs(c - shape), abs(a - 1)) > _LARGE) & (np.abs(c) > 1)
    if is_far.any():
        result[is_far] = _integrated(shape[is_far], horizon[is_far], a, kept[is_far])
    return np.asarray(np.clip(result, 0.0, shape * horizon), dtype=np.float64)


def _integrated(shape: Floats, horizon: Floats, a: float, kept: Floats) -> Floats:
    """The same as the mean of G(p) = (1 - (1 + p horizon)^-shape) / p over p ~ Beta(a, kept).

    Gauss-Legendre on the logit of p, on which the density is log-concave, of what is left of G without the straight
    line between its ends, whose mean is known. Newton's steps from outside find where the density is e^-40 of its top.
    """
    powers = a + 1, kept + 1

    def log_density(logit: Floats) -> tuple[Floats, Floats]:
        p = expit(logit)
        return powers[0] * log_expit(logit) + powers[1] * log_expit(-logit), powers[0] * (1 - p) - powers[1] * p

    floor = log_density(np.log(powers[0] / powers[1]))[0] - 40.0
    ends = [floor / powers[0], -floor / powers[1]]
    for _ in range(8):
        for side, logit in enumerate(ends):
            height, slope = log_density(logit)
            ends[side] = logit + (floor - height) / slope
    logit = ends[0][:, None] + (ends[1] - ends[0])[:, None] * ((_NODES + 1) / 2)
    p, shape, horizon, kept = expit(logit), shape[:, None], horizon[:, None], kept[:, None]
    density = np.exp(a * log_expit(logit) + kept * log_expit(-logit) - betaln(a, kept))
    lowest = -np.expm1(-shape * np.log1p(horizon))
    curve = -np.expm1(-shape * np.log1p(p * horizon)) / p - shape * horizon - (lowest - shape * horizon) * p
    line = shape * horizon + (lowest - shape * horizon) * a / (a + kept)
    width = (ends[1] - ends[0]) / 2
    return np.asarray(line[:, 0] + width * ((density * curve) @ _WEIGHTS), dtype=np.float64)
