"""The blender: what an earlier window teaches about how far to trust each strategy, and when.

The strategies look at what was known before the window and propose; the blender learns which proposals were bought in
the window, by gradient boosting on the columns of `blender_features`. Then the same strategies look at everything known
now, and the blender orders their proposals.

Source: learning to rank a candidate set in two stages (Covington et al., RecSys 2016); Friedman, Annals of Statistics
2001 (gradient boosting), as in scikit-learn's HistGradientBoostingClassifier.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from customer_insight.arrays import Bools, Floats
from customer_insight.recommendations.blender_features import Pool
from customer_insight.similarity import ranking

# Bought proposals without which nothing is learned, and rows that are learned from at most.
MIN_POSITIVES, _MAX_ROWS = 100, 600_000


@dataclass(frozen=True)
class Blender:
    """What was learned; varies: the columns that say anything, shape (columns,)."""

    classifier: HistGradientBoostingClassifier
    varies: Bools

    def score(self, pool: Pool) -> Floats:
        """The chance of being bought in such a window, shape (pairs,)."""
        if pool.customer.size == 0:
            return np.zeros(0)
        chance = self.classifier.predict_proba(pool.features[:, self.varies])[:, 1]
        return np.asarray(np.round(chance, ranking.SCORE_DECIMALS), dtype=np.float64)


def learn(pool: Pool, is_bought: Bools) -> Blender | None:
    """is_bought: of each pair of the pool, in the window after it; None where fewer than MIN_POSITIVES are."""
    chosen = pool.customer % max(1, -(-pool.customer.size // _MAX_ROWS)) == 0
    bought = is_bought[chosen]
    if int(bought.sum()) < MIN_POSITIVES or bought.all():
        return None
    classifier = HistGradientBoostingClassifier(
        learning_rate=0.08,
        max_iter=200,
        max_leaf_nodes=7,
        min_samples_leaf=50,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=0,
    )
    features = pool.features[chosen]
    lowest, highest = np.fmin.reduce(features), np.fmax.reduce(features)  # NaN where nothing is known
    varies = lowest < highest
    return Blender(classifier.fit(features[:, varies], bought), varies)
