"""Which learner's ranking serves a campaign, and whether customers can be told apart at all.

Three fifths of the customers are learned from: in thirds, each scored by learners that have seen the other two. Their
Qinis choose (see `champion`: the best serves; of those as good the least complex). Then all three fifths are learned
from again. The other two fifths nobody learns or chooses by: they report, on the very ranking that serves.

A learner that is proven worse there than the ranking by response gives way to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from customer_insight.campaigns import qini, uplift_learners
from customer_insight.campaigns.assigned_customers import AssignedCustomers
from customer_insight.campaigns.uplift_learners import LEARNERS, RESPONSE, UpliftLearners
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.scoring.champion import champion
from customer_insight.scoring.intervals import ratio_intervals

FOLDS = 3
LEARNED_SHARE = 0.6
LEVEL = 0.05
# Outcomes are learned from up to this quantile of those that are not 0: one order of a company would outvote a segment.
_WINSORISED = 0.99
# Lots into which customers are put before they are drawn again: a bootstrap of all takes seconds and says the same.
_LOTS = 5_000


@dataclass(frozen=True)
class UpliftChoice:
    """A campaign's learners and how they did. learner: the one that would serve. scores, gains: of those judged.

    qinis, low, high: of LEARNERS, on the judged. p_value: that the served ranking is no better than random.
    gains_of_all: of all drawn customers, the judged first.
    """

    learner: str
    learners: UpliftLearners
    scores: Floats
    gains: Floats
    gains_of_all: Floats
    qinis: Floats
    low: Floats
    high: Floats
    p_value: float

    def score(self, features: Floats) -> Floats:
        """The served ranking of any customers, shape (customers,)."""
        return self.learners.scores(features, self.learner)


def choose(campaign: AssignedCustomers) -> UpliftChoice:
    """Learns, chooses and judges; the campaign must have enough of everything (see `customer_uplift`)."""
    is_judged = campaign.place >= LEARNED_SHARE
    fold = np.where(is_judged, -1, np.floor(campaign.place / LEARNED_SHARE * FOLDS))
    learned = _winsorised(campaign.outcome, ~is_judged)
    choosing, gains_learned = [], []

    def fitted(rows: Bools) -> UpliftLearners:
        return uplift_learners.fit(
            campaign.features[rows], learned[rows], campaign.is_treated[rows], campaign.propensity[rows]
        )

    for number in range(FOLDS):
        held = fold == number
        values, gain = _judged(campaign, held, fitted((fold != number) & ~is_judged))[:2]
        choosing.append(values)
        gains_learned.append(gain)
    learners = fitted(~is_judged)
    values, gain, scores = _judged(campaign, is_judged, learners)
    chosen = champion(np.concatenate(choosing))
    response = LEARNERS.index(RESPONSE)
    if p_above_zero(values[:, response] - values[:, chosen]) < LEVEL:
        chosen = response
    low, high = _intervals(values, campaign.place[is_judged])
    return UpliftChoice(
        learner=LEARNERS[chosen],
        learners=learners,
        scores=scores[:, chosen],
        gains=gain,
        gains_of_all=np.concatenate([gain, *gains_learned]),
        qinis=values.mean(axis=0),
        low=low,
        high=high,
        p_value=p_above_zero(values[:, chosen]),
    )


def p_above_zero(values: Floats) -> float:
    """Below 0.05 where the mean's 95 % interval is above 0 (two-sided); 1 where all values are one."""
    error = float(values.std(ddof=1)) / np.sqrt(values.size)
    return min(1.0, 2 * float(norm.sf(values.mean() / error))) if error > 0 else 1.0


def _winsorised(outcome: Floats, is_learned: Bools) -> Floats:
    sizes = np.abs(outcome[is_learned & (outcome != 0)])
    most = float(np.quantile(sizes, _WINSORISED)) if sizes.size else 0.0
    return np.clip(outcome, -most, most)


def _judged(campaign: AssignedCustomers, rows: Bools, learners: UpliftLearners) -> tuple[Floats, Floats, Floats]:
    """Contributions to the Qini (customers, learners), gains and scores of customers whom nobody learned from."""
    features = campaign.features[rows]
    outcomes = learners.outcomes(features)
    gain = qini.gains(campaign.outcome[rows], campaign.is_treated[rows], campaign.propensity[rows], *outcomes)
    scores = learners.all_scores(features, *outcomes)
    return np.column_stack([qini.contributions(each, gain) for each in scores.T]), gain, scores


def _intervals(values: Floats, place: Floats) -> tuple[Floats, Floats]:
    lot = np.empty(place.size, dtype=np.int64)
    lot[np.argsort(place, kind="stable")] = np.arange(place.size) * min(_LOTS, place.size) // max(place.size, 1)
    count = min(_LOTS, place.size)
    sums = np.column_stack([arrays.sums(lot, column, count) for column in values.T])
    return ratio_intervals(sums, np.bincount(lot, minlength=count))
