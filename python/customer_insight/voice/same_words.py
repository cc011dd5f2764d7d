"""What others gave who wrote the very same, beside what a model says that has seen none of them.

The model's probability counts as so many reviews: the number of WEIGHTS under which each review's stars are likeliest
by the model and by the others' stars. So a review's own stars are always left out, a text written once is judged by the
model alone, and of one that hundreds wrote their stars say nearly all.

Source: Robbins 1956 (empirical Bayes); Griffiths 1973 (a beta and a binomial: its weight is estimated from all groups).
"""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats

# A power of two, so that it cancels exactly where there are no others.
WEIGHTS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
# The weight where fewer reviews than these share their words with another one: they can choose none.
FEW, WEIGHT_OF_FEW = 50, 4.0
_SMALLEST = 1e-12


def combined(model: Floats, reviews: Floats, positive: Floats, weight: float) -> Floats:
    """Probability of stars by the model's one and by those of other reviews; NaN where the model's is."""
    return np.asarray((weight * model + positive) / (weight + reviews), dtype=np.float64)


def without_own(
    reviews: Floats, positive: Floats, rating_is_positive: Bools, is_counted: Bools
) -> tuple[Floats, Floats]:
    """Counts of the others: less a review's own stars where they are among those counted."""
    return reviews - is_counted, positive - (is_counted & rating_is_positive)


def kept_back(model: Floats, reviews: Floats, positive: Floats, weight: float) -> tuple[Floats, Floats, Floats]:
    """(probability, reviews, positive) of texts by the stars of all but one: first of positive ones, then of others."""
    good, bad = np.flatnonzero(positive > 0), np.flatnonzero(reviews > positive)
    of_good = combined(model[good], reviews[good] - 1, positive[good] - 1, weight)
    of_bad = combined(model[bad], reviews[bad] - 1, positive[bad], weight)
    counts = np.concatenate([positive[good], (reviews - positive)[bad]])
    return np.concatenate([of_good, of_bad]), counts, np.concatenate([positive[good], np.zeros(bad.size)])


def weight(model: Floats, reviews: Floats, positive: Floats) -> float:
    """How many reviews the model counts as. model: by text, of a model that has not seen its stars."""
    shared = np.flatnonzero(reviews > 1)
    if reviews[shared].sum() < FEW:
        return WEIGHT_OF_FEW
    found = []
    for each in WEIGHTS:
        chance, counts, good = kept_back(model[shared], reviews[shared], positive[shared], each)
        chance = np.clip(chance, _SMALLEST, 1 - _SMALLEST)
        found.append(float((good * np.log(chance) + (counts - good) * np.log1p(-chance)).sum()))
    return WEIGHTS[int(np.argmax(found))]
