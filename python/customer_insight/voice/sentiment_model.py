"""How likely who writes so gives four or five stars, learned from rated reviews and calibrated on those kept back.

Three models, each learned without a third of the texts. What a model says of its third is what calibrates it, and what
stands beside the rating: nobody's rating is judged by a model that has seen it. Texts that none has seen get the mean.

Sources: Wang and Manning 2012 (words and pairs with a linear model are hard to beat); Kull, Silva Filho and Flach 2017
(the curve: beta calibration; Platt's is its case of equal slopes, and misses by .017 where this one misses by .004 on
women's clothing); Lipton, Elkan and Naryanaswamy 2014 (where the F1 is best: at half of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, log_expit

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads
from customer_insight.texts import text_keys
from customer_insight.texts.terms import BLOCK
from customer_insight.voice import term_weights
from customer_insight.voice.term_weights import SaidTerms, TermWeights

FOLDS = 3
# How little weights of terms are pulled to zero: the best on women's clothing of 2, 4 and 8.
LOOSENESS = 4.0
# Of each kind, that a model can be learned at all.
LEAST_OF_EACH = 20
# The pull on the curve's slopes, so that few reviews do not make it steep.
_RIDGE = 1e-2
_STEPS = 50


@dataclass(frozen=True)
class RatedTexts:
    """Distinct texts by rising key, how many reviews of each, and how many of these have four or five stars."""

    said: SaidTerms
    keys: Ints
    reviews: Floats
    positive: Floats
    lexicon: Floats

    def has_both(self) -> bool:
        """Whether there is enough of either kind."""
        positive = float(self.positive.sum())
        return min(positive, float(self.reviews.sum()) - positive) >= LEAST_OF_EACH


@dataclass(frozen=True)
class SentimentModel:
    """weights: one column a fold; curve: slopes of ln s and of -ln(1 - s), where s is the model's own probability,
    slope of the lexicon's score, and level.

    limit: below this probability a text is negative. kept_back: probability of each learned text by the model that has
    not seen it.
    """

    terms: TermWeights
    weights: Floats
    levels: Floats
    curve: Floats
    limit: float
    kept_back: Floats

    def probabilities(self, said: SaidTerms, lexicon: Floats) -> Floats:
        """Of texts that were not learned from; shape (texts,)."""
        return np.asarray(expit(_columns(self.log_odds(said), lexicon) @ self.curve), dtype=np.float64)

    def log_odds(self, said: SaidTerms) -> Floats:
        """Mean of the three models, before the curve."""

        def of_block(start: int) -> Floats:
            matrix = self.terms.matrix(said.of(np.arange(start, min(start + BLOCK, said.of_title.size))))
            return np.asarray((matrix @ self.weights + self.levels).mean(axis=1), dtype=np.float64)

        return np.concatenate([np.zeros(0), *in_threads(of_block, range(0, said.of_title.size, BLOCK))])


def fit(rated: RatedTexts) -> SentimentModel:
    """Learned from all texts given; `rated.has_both()` is asked before."""
    known, matrix = term_weights.fit(rated.said)
    fold = text_keys.folds(rated.keys, FOLDS)
    weights, levels, log_odds = [], [], np.zeros(rated.keys.size)
    for kept in range(FOLDS):
        slope, level = _linear(matrix, rated, fold != kept)
        weights.append(slope)
        levels.append(level)
        log_odds[fold == kept] = matrix[np.flatnonzero(fold == kept)] @ slope + level
    columns = _columns(log_odds, rated.lexicon)
    curve = _curve(columns, rated)
    kept_back = np.asarray(expit(columns @ curve), dtype=np.float64)
    return SentimentModel(
        known,
        np.stack(weights, axis=1),
        np.array(levels),
        curve,
        limit(kept_back, rated.reviews, rated.positive),
        kept_back,
    )


def _linear(matrix: Any, rated: RatedTexts, is_learned: Bools) -> tuple[Floats, float]:
    """Weights and level of a logistic regression; a text of several reviews counts as often."""
    from sklearn.linear_model import LogisticRegression

    negative = rated.reviews - rated.positive
    rows = [np.flatnonzero(is_learned & (count > 0)) for count in (rated.positive, negative)]
    if not all(row.size for row in rows):
        return np.zeros(matrix.shape[1]), 0.0
    place = np.concatenate(rows)
    kind = np.repeat([1, 0], [row.size for row in rows])
    counts = np.concatenate([rated.positive[rows[0]], negative[rows[1]]])
    fitted = LogisticRegression(C=LOOSENESS, solver="liblinear", max_iter=200).fit(matrix[place], kind, counts)
    return np.asarray(fitted.coef_[0], dtype=np.float64), float(fitted.intercept_[0])


def _columns(log_odds: Floats, lexicon: Floats) -> Floats:
    return np.column_stack([log_expit(log_odds), -log_expit(-log_odds), lexicon, np.ones_like(lexicon)])


def _curve(columns: Floats, rated: RatedTexts) -> Floats:
    """The curve of greatest likelihood, by Newton's method, without the columns whose slopes would be below 0."""
    start = np.array([1.0, 1.0, 0.0, 0.0])
    used = [place for place in range(3) if np.ptp(columns[:, place]) > 0] + [3]
    while True:
        curve = np.where(np.isin(np.arange(4), used), start, 0.0)
        for _ in range(_STEPS):
            chance = expit(columns @ curve)
            gradient = columns.T @ (rated.positive - rated.reviews * chance) - _RIDGE * (curve - start)
            bend = (columns * (rated.reviews * chance * (1 - chance))[:, None]).T @ columns + _RIDGE * np.eye(4)
            step = np.clip(np.linalg.solve(bend[np.ix_(used, used)], gradient[used]), -2.0, 2.0)
            curve[used] += step
            if np.abs(step).max() < 1e-10:
                break
        if (curve[:3] >= 0).all():
            return curve
        used.remove(int(np.argmin(curve[:3])))


def limit(probability: Floats, reviews: Floats, positive: Floats) -> float:
    """Where the F1 of the negatives is best: what is less likely positive than 1 less half of that F1 is negative."""
    order = np.argsort(probability, kind="stable")
    found = np.cumsum((reviews - positive)[order])
    said = np.cumsum(reviews[order])
    best = float((2 * found / (said + found[-1])).max())
    return 1.0 - best / 2


def by_lexicon_alone(rated: RatedTexts, lexicon: Floats) -> tuple[Floats, float]:
    """A list of words as probabilities: a curve through what the rated texts teach of its scores, and its limit."""
    curve = _curve(_columns(np.zeros(rated.keys.size), rated.lexicon), rated)
    learned = np.asarray(expit(_columns(np.zeros(rated.keys.size), rated.lexicon) @ curve), dtype=np.float64)
    asked = np.asarray(expit(_columns(np.zeros(lexicon.size), lexicon) @ curve), dtype=np.float64)
    return asked, limit(learned, rated.reviews, rated.positive)
