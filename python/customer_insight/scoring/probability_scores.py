"""How good probabilities are: do they rank well (AUC), are they near what came (Brier, log loss), are they true?

Sources: Brier 1950; Good 1952 (log loss); DeLong, DeLong and Clarke-Pearson, Biometrics 1988, in the form of Sun and
Xu, IEEE Signal Processing Letters 2014 (interval of the AUC); Niculescu-Mizil and Caruana, ICML 2005 (reliability).
"""

from __future__ import annotations

import numpy as np
from scipy.stats import norm, rankdata

from customer_insight.numerics.arrays import Bools, Floats

BINS = 10
# Probabilities that differ only further out are the same answer.
_DECIMALS = 9
# Nobody is certain: probabilities are cut here, so that one surprise does not decide a log loss.
CERTAINTY = 1e-6


def auc(probability: Floats, came_true: Bools) -> tuple[float, float, float]:
    """Share of (true, false) pairs in the right order, ties half, and its 95 % interval; NaN without either kind."""
    true, false = probability[came_true], probability[~came_true]
    if not true.size or not false.size:
        return np.nan, np.nan, np.nan
    rank = rankdata(np.concatenate([true, false]))
    above = (rank[: true.size] - rankdata(true)) / false.size
    below = 1.0 - (rank[true.size :] - rankdata(false)) / true.size
    value = float(above.mean())
    variance = sum(part.var(ddof=1) / part.size for part in (above, below) if part.size > 1)
    half = float(norm.ppf(0.975) * np.sqrt(variance))
    return value, max(0.0, value - half), min(1.0, value + half)


def brier(probability: Floats, came_true: Bools) -> Floats:
    """Squared error of each customer, shape (customers,)."""
    return np.asarray((probability - came_true) ** 2, dtype=np.float64)


def log_loss(probability: Floats, came_true: Bools) -> Floats:
    """-ln of the probability given to what came, of each customer."""
    given = np.clip(np.where(came_true, probability, 1.0 - probability), CERTAINTY, 1.0)
    return np.asarray(-np.log(given), dtype=np.float64)


def reliability(probability: Floats, came_true: Bools) -> list[tuple[int, int, float, float]]:
    """Bins by rising probability: bin from 1, count, mean probability, share that came true.

    Bins hold equally many, but equal probabilities share one, that of the middle of them: which customers of the same
    answer stand first says nothing, so no figure may depend on it. There are fewer bins than BINS where many are equal.
    """
    answers, place, counts = np.unique(np.round(probability, _DECIMALS), return_inverse=True, return_counts=True)
    ends = np.cumsum([part.size for part in np.array_split(np.arange(probability.size), BINS)])
    middle = np.cumsum(counts) - (counts + 1) // 2
    _, bins = np.unique(np.searchsorted(ends, middle, side="right"), return_inverse=True)
    of_bin = [
        np.bincount(bins, weights=figures)
        for figures in (counts, answers * counts, np.bincount(place, weights=came_true, minlength=answers.size))
    ]
    return [
        (number, int(count), float(total / count), float(came / count))
        for number, (count, total, came) in enumerate(zip(*of_bin, strict=True), start=1)
    ]


def calibration_error(probability: Floats, came_true: Bools) -> float:
    """Mean distance between predicted and observed over the bins of `reliability`, by their size; NaN if empty."""
    bins = reliability(probability, came_true)
    total = sum(count for _, count, _, _ in bins)
    gaps = sum(count * abs(predicted - observed) for _, count, predicted, observed in bins)
    return gaps / total if total else float("nan")
