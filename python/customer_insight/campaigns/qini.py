"""How well a ranking finds the customers whom a campaign moves: the area between its gain curve and a random one's.

The gain curve G(q) is what treating the best q of all customers brings, per customer of all; G(1) is the average
effect. The Qini is the area between G and the straight line to G(1): 0 for a random ranking, above 0 where those who
are moved most stand first; in units of the outcome. Whoever treats the better half gains about twice that much.

What treating a customer brings nobody sees, so each has a gain: an unbiased estimate of it, here the doubly robust one
(AIPW, `gains`), which weights by the inverse of the probability of being treated and first takes off what the features
foretell. Without that (both forecasts 0) it is plain inverse weighting. Customers of equal scores are one block, in
which the curve is straight.

Others differ. Radcliffe counts gains in treated customers, and scales by those of a perfect ranking. scikit-uplift 0.5
has that as `qini_auc_score` (perfect as if each outcome were known, so it changes with the rate of conversion), and as
`uplift_curve` means of both arms in each prefix, times its customers. causalml 0.18 divides Radcliffe's curve by its
last value, so that it explodes where the average effect is near 0, and counts equal scores one by one in the order of
the rows. Where every block has the campaign's own share of treated customers, all have the same curve but for the
scale; tests hold this one to scikit-uplift's there.

Sources: Radcliffe, Direct Marketing Analytics Journal 2007; Yadlowsky et al., JASA 2025 (rank-weighted average effects,
of which this is the one with linear weights, and its influence function); Robins, Rotnitzky and Zhao, JASA 1994 (AIPW).
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats

# Scores are rounded to so many digits of their spread before they are compared: sums that differ in the last bits tie.
_DIGITS = 9


def gains(outcome: Floats, is_treated: Bools, propensity: Floats, if_treated: Floats, if_not: Floats) -> Floats:
    """What treating each customer brings, unbiased where the propensity is true; all of shape (customers,).

    if_treated, if_not: outcomes that were foretold without knowing this customer's own.
    """
    weight = np.where(is_treated, 1.0 / propensity, -1.0 / (1.0 - propensity))
    return np.asarray(if_treated - if_not + weight * (outcome - np.where(is_treated, if_treated, if_not)))


def qini(scores: Floats, gain: Floats) -> float:
    """The area of a ranking by scores, more is better; NaN without customers."""
    return float(contributions(scores, gain).mean()) if scores.size else np.nan


def gain_curve(scores: Floats, gain: Floats) -> tuple[Floats, Floats]:
    """Corners of the curve: shares of the customers from 0 to 1, and what treating them brings per customer of all."""
    block, count = _blocks(scores)
    sizes = np.bincount(block, minlength=count)
    totals = np.bincount(block, weights=gain, minlength=count)
    shares, brought = (np.concatenate([[0.0], np.cumsum(each)]) / scores.size for each in (sizes, totals))
    return shares, brought


def contributions(scores: Floats, gain: Floats) -> Floats:
    """What each customer adds to the Qini, shape (customers,): the mean is the Qini, and their spread is its spread.

    Q is a mean over pairs of customers. A customer counts by the own gain at the own place, and by what it does to the
    places of all others: whoever stands above them pushes them down (the influence function).
    """
    count = scores.size
    block, blocks = _blocks(scores)
    sizes = np.bincount(block, minlength=blocks).astype(np.float64)
    totals = np.bincount(block, weights=gain, minlength=blocks)
    above = (np.cumsum(sizes) - sizes / 2)[block] / count
    pushed_down = ((totals.sum() - np.cumsum(totals)) + totals / 2)[block] / count
    own = gain * (0.5 - above)
    return np.asarray(own - (pushed_down - pushed_down.mean()), dtype=np.float64)


def _blocks(scores: Floats) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], int]:
    """The block of each customer, 0 the best; equal scores share one."""
    spread = float(np.ptp(scores)) if scores.size else 0.0
    if spread <= 0:
        return np.zeros(scores.size, dtype=np.int64), min(1, scores.size)
    place = np.round((scores.max() - scores) / spread, _DIGITS)
    distinct, block = np.unique(place, return_inverse=True)
    return block.astype(np.int64).reshape(-1), distinct.size
