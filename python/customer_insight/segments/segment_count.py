"""How many segments: few, well apart, and the same again when half of the customers are left out.

Sources: Rousseeuw 1987 (silhouette); Kaufman and Rousseeuw 1990, chapter 2.2 (a mean silhouette above 0.5 is a
reasonable structure); Hubert and Arabie 1985 (adjusted Rand index); Ben-Hur, Elisseeff and Guyon 2002 (stability of
clusterings of subsamples).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_rand_score, silhouette_samples

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Floats
from customer_insight.segments.segment_assignment import SILHOUETTE_SAMPLE, nearest, sampled

LARGEST_COUNT = 10
# What a team can act on, where the data do not ask for a number.
READABLE_COUNTS = range(4, 9)
REASONABLE_STRUCTURE = 0.5
# A segment smaller than this share of customers is no segment.
SMALLEST_SHARE = 0.01
# Fits on a random half of the customers.
HALVES = 6
# Mean adjusted Rand index from which these fits say the same as the fit on all customers.
STABLE = 0.8
# Customers on whom stability is measured.
STABILITY_SAMPLE = 10_000
# A count whose silhouette is this share of the best below it is as good; the count of earlier may lie lower by another.
AS_GOOD = 0.05

# From rows and counts: centres, shape (count, features), of each count that the rows allow.
Fits = Callable[[Floats, Iterable[int]], dict[int, Floats]]


@dataclass(frozen=True)
class Count:
    """The number of segments chosen; metrics: what it was chosen by."""

    count: int
    metrics: dict[str, Any]


def choose(sample: Floats, most: int, fits: Fits, quick_fits: Fits, earlier_count: int | None = None) -> Count:
    """The number of segments from 2 to `most`.

    Looked at: the best silhouette's count alone if that shows a reasonable structure (above 0.5), otherwise 4 to 8: on
    customers without clear groups 2 nearly always wins, and tells a shop nothing. Counts that make a segment of less
    than 1 % of customers are passed over while others are left, and so are those that are not stable. Of the rest the
    fewest segments whose silhouette is within 5 % of the best; the count of earlier stays while it is within 10 %.
    """
    centres = fits(sample, range(2, most + 1))
    silhouettes, small = _silhouettes(sample, centres)
    metrics: dict[str, Any] = {"silhouette_by_count": silhouettes}
    allowed = {count: value for count, value in silhouettes.items() if count not in small} or silhouettes
    if not allowed:
        return Count(1, metrics)
    best = max(allowed, key=lambda count: (allowed[count], -count))
    readable = {count: value for count, value in allowed.items() if count in READABLE_COUNTS}
    is_clear = allowed[best] > REASONABLE_STRUCTURE
    candidates = {best: allowed[best]} if is_clear or not readable else readable
    stability = stabilities(sample, {count: centres[count] for count in candidates}, quick_fits)
    metrics["stability_by_count"] = stability
    stable = {count: value for count, value in candidates.items() if stability[count] >= STABLE} or candidates
    good = max(stable.values()) - AS_GOOD * abs(max(stable.values()))
    chosen = min(count for count, value in stable.items() if value >= good)
    if earlier_count in stable and stable[earlier_count] >= good - AS_GOOD * abs(max(stable.values())):
        chosen = earlier_count
    return Count(chosen, metrics)


def _silhouettes(sample: Floats, centres: dict[int, Floats]) -> tuple[dict[int, float], set[int]]:
    """Mean silhouettes by count, on a sample, and the counts that make a segment too small."""
    rows = sampled(sample, SILHOUETTE_SAMPLE)
    silhouettes: dict[int, float] = {}
    small: set[int] = set()
    for count, fitted in centres.items():
        labels = nearest(rows, fitted)
        sizes = np.bincount(labels, minlength=count)
        if not 1 < np.count_nonzero(sizes) < len(rows):
            continue
        silhouettes[count] = float(np.round(silhouette_samples(rows, labels).mean(), 6))
        if sizes.min() < SMALLEST_SHARE * len(rows):
            small.add(count)
    return silhouettes, small


def stabilities(sample: Floats, centres: dict[int, Floats], fits: Fits) -> dict[int, float]:
    """By count: the mean adjusted Rand index of the fit on the whole sample and those on random halves of it."""
    rows = sampled(sample, STABILITY_SAMPLE)
    whole = {count: nearest(rows, fitted) for count, fitted in centres.items()}
    agreement: dict[int, list[float]] = {count: [] for count in centres}
    random = np.random.default_rng(SEED)
    for _ in range(HALVES):
        half = np.sort(random.choice(len(rows), max(2, len(rows) // 2), replace=False, shuffle=False))
        for count, fitted in fits(rows[half], centres).items():
            agreement[count].append(float(adjusted_rand_score(whole[count], nearest(rows, fitted))))
    return {count: round(float(np.mean(values)), 6) if values else 0.0 for count, values in agreement.items()}
