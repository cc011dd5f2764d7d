"""The blender: what an earlier window teaches about how far to trust each strategy, and when.

The strategies look at what was known before the window and propose; the blender learns which proposals were bought in
the window, by gradient boosting on the columns of `blender_features`. Then the same strategies look at everything known
now, and the blender orders their proposals. All else equal, of the products that a strategy proposes none is placed
lower because the strategy thinks more of it: without this rule the blender learns the noise of small shops. What a
strategy does not propose is no opinion of it, so that may tell for or against. The blender is trusted as far as it
proves to be better than its best part, see `blend_trust`; where few purchases teach, it takes fewer steps.

Source: learning to rank a candidate set in two stages (Covington et al., RecSys 2016); Friedman, Annals of Statistics
2001 (gradient boosting), as in scikit-learn's HistGradientBoostingClassifier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from customer_insight.numerics import ranking
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.recommendations.proposing import blend_trust
from customer_insight.recommendations.proposing.blend_trust import Trust
from customer_insight.recommendations.proposing.blender_features import RANK, Pool
from customer_insight.recommendations.proposing.candidates import Candidates, Proposal

# Bought proposals without which nothing is learned.
MIN_POSITIVES = 100
# Bought proposals from which on the blender takes all steps and sees all rows.
ENOUGH_POSITIVES = 5000
# Steps of boosting, with enough and with less.
_STEPS, _FEW_STEPS = 100, 30
# Proposals that are learned from, about; with less than enough and for a proof, so many for each that was bought.
_MAX_ROWS, _ROWS_FOR_ONE = 120_000, 20
# Proposals scored at a time: the classifier makes doubles of them.
_BLOCK = 50_000


@dataclass(frozen=True)
class Blender:
    """varies: columns that say anything, shape (columns,). step: of what was not bought, one in so many was shown.

    trust: how far it is followed; None: all the way.
    """

    classifier: HistGradientBoostingClassifier
    varies: Bools
    step: int
    trust: Trust | None = None

    def score(self, pool: Pool) -> Floats:
        """By which the pairs of a customer are ordered: the chance of being bought in such a window without a trust;
        with one, of whatever share, a figure made of places alone, which is no chance.
        """
        chance = self.chance(pool)
        return self.trust.mixed(chance, pool) if self.trust else chance

    def chance(self, pool: Pool) -> Floats:
        """Of being bought in such a window, shape (pairs,)."""
        if pool.customer.size == 0:
            return np.zeros(0)
        parts = (pool.features[at : at + _BLOCK, self.varies] for at in range(0, pool.customer.size, _BLOCK))
        with threadpool_limits(1):
            chance = np.concatenate([self.classifier.predict_proba(part)[:, 1] for part in parts])
        chance = chance / (chance + self.step * (1 - chance))
        return np.asarray(np.round(chance, ranking.SCORE_DECIMALS), dtype=np.float64)


def fit(windows: list[tuple[Pool, Bools]], scope: str = "all") -> Blender | None:
    """From proposals and which of them were bought; None where fewer than MIN_POSITIVES were.

    scope: of the lists that it has to be good at, see `list_judge`.
    """
    positives = sum(int(is_bought.sum()) for _, is_bought in windows)
    if positives < MIN_POSITIVES or positives == sum(is_bought.size for _, is_bought in windows):
        return None
    has_parts = any(name.endswith(RANK) for name in windows[0][0].names)
    is_enough = positives >= ENOUGH_POSITIVES or not has_parts
    whole = _learned(windows, _STEPS, _MAX_ROWS) if is_enough else _of_few(windows)
    if not has_parts:
        return whole
    return replace(whole, trust=blend_trust.learn(windows, lambda part: _of_few(part).chance, scope))


def _of_few(windows: list[tuple[Pool, Bools]]) -> Blender:
    bought = sum(int(is_bought.sum()) for _, is_bought in windows)
    return _learned(windows, _FEW_STEPS, min(_MAX_ROWS, _ROWS_FOR_ONE * bought))


def _learned(windows: list[tuple[Pool, Bools]], steps: int, rows: int) -> Blender:
    bought = np.concatenate([is_bought for _, is_bought in windows])
    step = max(1, -(-bought.size // rows))
    chosen = bought | (np.arange(bought.size) % step == 0)  # sample weights would cost five times as long
    bought = bought[chosen]
    of_window = np.split(chosen, np.cumsum([pool.customer.size for pool, _ in windows])[:-1])
    features = np.concatenate([pool.features[part] for (pool, _), part in zip(windows, of_window, strict=True)])
    lowest, highest = np.fmin.reduce(features), np.fmax.reduce(features)  # NaN where nothing is known
    varies = lowest < highest
    classifier = HistGradientBoostingClassifier(
        learning_rate=0.15,
        max_iter=steps,
        max_leaf_nodes=7,
        min_samples_leaf=50,
        l2_regularization=10.0,
        monotonic_cst=windows[0][0].is_opinion[varies].astype(np.int8),
        early_stopping=False,
        random_state=0,
    )
    with threadpool_limits(1):  # threads that wait for each other on a busy machine take a hundred times as long
        return Blender(classifier.fit(features[:, varies], bought), varies, step)


def ordered(blender: Blender, pool: Pool) -> Proposal:
    """The pool by what the blender expects, new products and own ones apart."""
    score = blender.score(pool)
    new, own = (
        Candidates(pool.customer[part], pool.product[part], score[part]).best(max(1, score.size))
        for part in (~pool.is_owned, pool.is_owned)
    )
    return new, own
