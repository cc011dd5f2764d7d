"""What each offer is expected to bring beside leaving a customer alone, and how sure that is.

A Bayesian linear regression for each campaign (Bishop 2006, section 3.3): what a customer brings is what would have
come anyway, by features and segment, and for each offer a gain of its own, by features and segment, too. Gains have
Gaussian priors around nothing, those of a segment around the gain of all, so that a small segment is not fooled by
chance. How wide the priors are the log itself says (evidence, section 3.5): where no segment differs, all are as good
as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Widths of the priors that are tried, in standard deviations of a reward: of an offer's gain for all, and of what a
# feature or segment adds to it.
OFFER_WIDTHS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
SEGMENT_WIDTHS = (0.001, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
# Of what comes anyway, alike: as good as free, since it is no offer's merit.
_ANYWAY_WIDTH = 3.0
# Half of each: the other half are their mirror images, so that what is drawn has the very mean of the posterior.
_HALF_THE_DRAWS = 128
_LOG_CUT = 4.0
# As many decisions have the campaign's variance, before those of a segment say how much theirs vary.
_USUAL = 200.0


@dataclass(frozen=True)
class OfferLog:
    """Decisions whose outcome is known, one element each; offer: place among all offers, -1: left alone.

    campaign: place of the campaign in which it was decided. values: (decisions, features), NaN where unknown. reward:
    what it brought, in any unit. weight: from 0 (forgotten) to 1.
    """

    campaign: Ints
    offer: Ints
    segment: Ints
    values: Floats
    reward: Floats
    weight: Floats


@dataclass(frozen=True)
class OfferScale:
    """How features become numbers of like size; centre, spread: (features,)."""

    centre: Floats
    spread: Floats
    segments: int

    def design(self, values: Floats, segment: Ints) -> Floats:
        """Rows of the regression, (rows, 1 + features + segments); a segment that is not known is in none."""
        shown = np.nan_to_num(np.clip((_squeezed(values) - self.centre) / self.spread, -_LOG_CUT, _LOG_CUT))
        return np.column_stack([np.ones(len(values)), shown, segment[:, None] == np.arange(self.segments)])


def scale_of(values: Floats, segments: int) -> OfferScale:
    """The scale of features, shape (rows, features); of one that is never known, or the same for all, 0 is left."""
    squeezed = _squeezed(values)
    with np.errstate(invalid="ignore"):
        known = np.isfinite(squeezed)
        count = np.maximum(known.sum(axis=0), 1)
        centre = np.where(known, squeezed, 0).sum(axis=0) / count
        spread = np.sqrt((np.where(known, squeezed - centre, 0) ** 2).sum(axis=0) / count)
    return OfferScale(centre, np.where(spread > 0, spread, np.inf), segments)


def _squeezed(values: Floats) -> Floats:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)))


@dataclass(frozen=True)
class OfferPosterior:
    """The gains of all offers: mean, (offers, columns), and draws, (draws, offers, columns), of their coefficients.

    width, segment_width: of the priors that the log speaks for, in the reward's unit. noise: of one reward.
    """

    scale: OfferScale
    mean: Floats
    draws: Floats
    width: float
    segment_width: float
    noise: float

    def gains(self, design: Floats) -> tuple[Floats, Floats]:
        """Expected gain of each offer for each row and its standard deviation, both (rows, offers)."""
        count, offers = self.draws.shape[:2]
        spread = np.empty((len(design), offers))
        for offer in range(offers):
            centred = (self.draws[:, offer] - self.mean[offer]) / np.sqrt(count)
            spread[:, offer] = np.sqrt(((design @ (centred.T @ centred)) * design).sum(axis=1).clip(0))
        return design @ self.mean.T, spread


@dataclass(frozen=True)
class _Sums:
    """Of one campaign: Gram matrices, (arms, columns, columns), and products with the reward; arm 0: left alone."""

    offers: Ints
    gram: Floats
    moment: Floats
    squares: float
    rows: float

    def together(self) -> tuple[Floats, Floats]:
        """Gram matrix and moment of all coefficients: what comes anyway, then the gain of each offer."""
        arms, columns = self.moment.shape
        gram = np.zeros((arms * columns, arms * columns))
        gram[:columns, :columns] = self.gram.sum(axis=0)
        moment = np.concatenate([self.moment.sum(axis=0), self.moment[1:].ravel()])
        for place in range(1, arms):
            own = slice(place * columns, (place + 1) * columns)
            gram[own, own] = gram[:columns, own] = gram[own, :columns] = self.gram[place]
        return gram, moment


def fit(log: OfferLog, scale: OfferScale, campaign_of: Ints) -> OfferPosterior:
    """The posterior of all offers, also of those that were never sent; campaign_of: the campaign of each offer.

    An offer of which nothing is known has the prior: a gain of about nothing, as unsure as offers differ.
    """
    design = scale.design(log.values, log.segment)
    log = _evenly_sure(log)
    found = [
        _sums(log, design, log.campaign == place, np.flatnonzero(campaign_of == place))
        for place in range(int(campaign_of.max()) + 1)
    ]
    parts = [(each, *each.together()) for each in found]
    columns, pooled = design.shape[1], _noise(found)
    best, chosen = -np.inf, (OFFER_WIDTHS[0], SEGMENT_WIDTHS[0])
    for wide in OFFER_WIDTHS:
        for narrow in SEGMENT_WIDTHS:
            evidence = sum(
                _evidence(
                    each, gram, moment, _precision(len(each.offers), columns, pooled, wide * pooled, narrow * pooled)
                )
                for each, gram, moment in parts
            )
            if evidence > best + 1e-9:
                best, chosen = evidence, (wide, narrow)
    width, segment_width = chosen[0] * pooled, chosen[1] * pooled
    mean = np.zeros((len(campaign_of), columns))
    draws = np.zeros((2 * _HALF_THE_DRAWS, len(campaign_of), columns))
    generator = np.random.default_rng(SEED)
    for each, gram, moment in parts:
        precision = _precision(len(each.offers), columns, pooled, width, segment_width)
        factor, centre = _solved(each, gram, moment, precision)
        normal = generator.standard_normal((_HALF_THE_DRAWS, centre.size))
        away = np.linalg.solve(factor.T, normal.T).T
        shape = (-1, len(each.offers) + 1, columns)
        mean[each.offers] = centre.reshape(shape[1:])[1:]
        for half, sign in ((slice(0, _HALF_THE_DRAWS), 1.0), (slice(_HALF_THE_DRAWS, None), -1.0)):
            draws[half, each.offers] = (centre + sign * away).reshape(shape)[:, 1:]
    return OfferPosterior(scale, mean, draws, width, segment_width, pooled)


def _evenly_sure(log: OfferLog) -> OfferLog:
    """Weighs each decision by how sure it is (feasible generalised least squares): who buys much varies much.

    The variance is that of the segment's rewards in the campaign, drawn to the campaign's as by `_USUAL` decisions.
    """
    campaign = log.campaign * (int(log.segment.max(initial=-1)) + 2) + log.segment + 1
    weight = log.weight.copy()
    variances = []
    for place in (log.campaign, campaign):
        rows, total = np.bincount(place, log.weight), np.bincount(place, log.weight * log.reward)
        mean = total / np.where(rows > 0, rows, 1)
        squares = np.bincount(place, log.weight * (log.reward - mean[place]) ** 2)
        variances.append((rows[place], squares[place]))
    (rows, squares), (own_rows, own_squares) = variances
    usual = squares / np.where(rows > 0, rows, 1)
    own = (own_squares + _USUAL * usual) / (own_rows + _USUAL)
    weight *= np.divide(usual, own, out=np.ones(len(own)), where=own > 0)
    return OfferLog(log.campaign, log.offer, log.segment, log.values, log.reward, weight)


def _sums(log: OfferLog, design: Floats, rows: Bools, offers: Ints) -> _Sums:
    arms = [-1, *offers.tolist()]
    columns = design.shape[1]
    gram, moment = np.zeros((len(arms), columns, columns)), np.zeros((len(arms), columns))
    for place, offer in enumerate(arms):
        mine = rows & (log.offer == offer)
        weighed = design[mine] * log.weight[mine][:, None]
        gram[place], moment[place] = weighed.T @ design[mine], weighed.T @ log.reward[mine]
    squares = float((log.weight[rows] * log.reward[rows] ** 2).sum())
    return _Sums(offers, gram, moment, squares, float(log.weight[rows].sum()))


def _noise(found: list[_Sums]) -> float:
    """Standard deviation of a reward around its campaign's mean, of all campaigns together."""
    rows = sum(each.rows for each in found)
    squares = sum(each.squares - each.moment[:, 0].sum() ** 2 / each.rows for each in found if each.rows > 0)
    return float(np.sqrt(max(squares, 0.0) / rows)) if rows > 0 and squares > 0 else 1.0


def _precision(offers: int, columns: int, noise: float, width: float, segment_width: float) -> Floats:
    """Of the priors of all coefficients, in the order of `_Sums.together`, shape ((1 + offers) * columns,)."""
    own = np.full(columns, segment_width**-2.0)
    own[0] = width**-2.0
    return np.concatenate([np.full(columns, (_ANYWAY_WIDTH * noise) ** -2.0), *[own] * offers])


def _solved(sums: _Sums, gram: Floats, moment: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Cholesky factor of the posterior's precision, and its mean."""
    noise = _noise([sums]) ** 2
    factor = np.linalg.cholesky(gram / noise + np.diag(precision))
    return np.asarray(factor), np.asarray(np.linalg.solve(factor.T, np.linalg.solve(factor, moment / noise)))


def _evidence(sums: _Sums, gram: Floats, moment: Floats, precision: Floats) -> float:
    """Log of the probability of the log, but for what no prior changes (Bishop 2006, equation 3.86)."""
    factor, mean = _solved(sums, gram, moment, precision)
    explained = float(moment @ mean) / _noise([sums]) ** 2
    return float(0.5 * explained - np.log(np.diag(factor)).sum() + 0.5 * np.log(precision).sum())
