"""From a ranking to uplifts that come true, with honest intervals.

On the judged customers, whom nobody learned from, gains are regressed on the served score: a straight line with a bend
at each quarter, so that no shape is presumed (a straight line's intervals held four truths in five, D229). The average
is that of all drawn customers. An interval of 95 % holds the mean uplift of customers with that score, by the gains'
own spread (sandwich). Scores beyond the outermost hundredths of the judged are taken for these.

The uplift never falls with the score: where noise bends the line down, neighbours share their mean, which leaves the
average as it is. Else lists made from uplifts would be worse than the ranking that was proven. Intervals stay where
they were measured, and reach to the uplift where it has moved out.

Sources: Chernozhukov, Demirer, Duflo and Fernández-Val, Econometrica 2025 (best linear predictor of effects); White,
Econometrica 1980 (the sandwich); Barlow et al. 1972 (isotonic regression).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.stats import norm

from customer_insight.numerics.arrays import Floats

# Quantiles of the scores between which they are told apart, and those at which the line may bend.
_ENDS = (0.01, 0.99)
_BENDS = (1 / 4, 1 / 2, 3 / 4)
_Z = float(norm.ppf(0.975))


@dataclass(frozen=True)
class UpliftCalibration:
    """corners, risen: scores and uplifts between which the line runs. coefficients: mean and slopes as measured."""

    ends: tuple[float, float]
    bends: tuple[float, ...]
    corners: Floats
    risen: Floats
    centre: Floats
    coefficients: Floats
    covariance: Floats

    def uplifts(self, scores: Floats) -> tuple[Floats, Floats, Floats]:
        """Uplift and the ends of its 95 % interval of customers with these scores; shapes (customers,)."""
        terms = _terms(scores, self.ends, self.bends) - self.centre
        terms = np.column_stack([np.ones(scores.size), terms])
        uplift = np.interp(scores, self.corners, self.risen)
        half = _Z * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", terms, self.covariance, terms), 0.0))
        as_measured = terms @ self.coefficients
        return uplift, np.minimum(as_measured - half, uplift), np.maximum(as_measured + half, uplift)


def calibrate(scores: Floats, gains: Floats, gains_of_all: Floats) -> UpliftCalibration:
    """From scores and gains of the judged customers; gains_of_all: theirs first, then those of the others."""
    low, high = np.quantile(scores, _ENDS, method="lower")
    ends = float(low), float(high)
    bends = tuple(sorted({float(each) for each in np.quantile(scores, _BENDS, method="lower")} - set(ends)))
    terms = _terms(scores, ends, bends)
    centre = terms.mean(axis=0)
    away = terms - centre
    inverse = np.linalg.pinv(away.T @ away)
    slopes = inverse @ (away.T @ (gains - gains.mean()))
    mean = float(gains_of_all.mean())
    # what each customer moves: the mean by all of them, its place among the scores and the slopes by the judged
    rest = gains - gains.mean() - away @ slopes
    moved = np.zeros((gains_of_all.size, 1 + slopes.size))
    moved[:, 0] = (gains_of_all - mean) / gains_of_all.size
    moved[: gains.size, 0] -= away @ slopes / gains.size
    moved[: gains.size, 1:] = (away * rest[:, None]) @ inverse
    corners = np.array(sorted({*ends, *bends}))
    # what each corner counts for in the mean over the judged
    counts = np.array([np.interp(scores, corners, corner).mean() for corner in np.eye(corners.size)])
    risen = isotonic_regression(mean + (_terms(corners, ends, bends) - centre) @ slopes, weights=counts).x
    return UpliftCalibration(
        ends, bends, corners, np.asarray(risen), centre, np.concatenate([[mean], slopes]), moved.T @ moved
    )


def _terms(scores: Floats, ends: tuple[float, float], bends: tuple[float, ...]) -> Floats:
    within = np.clip(scores, *ends)
    spread = ends[1] - ends[0] or 1.0
    return np.column_stack([(within - ends[0]) / spread, *(np.maximum(within - bend, 0) / spread for bend in bends)])
