"""V-SkNN: what the past sessions most like this one went on to, its latest clicks counting more.

Similarity of a past session n to the current session s: sum over the products of both of weight(p), p the place of the
last click on it in s, L the clicks of s. Of the `sample` most recent sessions with any product of s the `neighbours`
most similar vote. Score of product j: sum over neighbours n with j of similarity(n) x decay(step) x (1 + idf_weight x
idf(j)), step = 1 where the last click of s is in n, 2 where only the one before is, and so on.

| | weight(p) | decay(step) |
|---|---|---|
| same | 1 | 1 |
| div | p / L | 1 / step |
| linear | 1 - (L - p) / 10, at least 0 | 1 - step / 10, at least 0 |
| quadratic | (p / L)^2 | 1 / step^2 |
| log | 1 / log10(L - p + 1.7) | 1 / log10(step + 1.7) |

Sources: Ludewig and Jannach, "Evaluation of session-based recommendation algorithms", UMUAI 28, 2018, section 3.3.3;
Ludewig, Mauro, Latifi and Jannach, "Empirical analysis of session-based recommendation algorithms", UMUAI 31, 2021
(idf).
Factors that are the same for all neighbours of a session are left out; scores are shares of the session's highest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from customer_insight.numerics.arrays import Floats
from customer_insight.recommendations.sessions import neighbours as near
from customer_insight.recommendations.sessions import session_scores
from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes

PARAMETERS: dict[str, tuple[float | str, ...]] = {
    "neighbours": (500, 100, 200, 1000, 1500),
    "sample": (2500, 1000, 5000, 10000),
    "weighting": ("quadratic", "same", "div", "linear", "log"),
    "decay": ("div", "same", "linear", "quadratic", "log"),
    "idf_weight": (1, 0, 2, 5, 10),
}

WEIGHTS: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "same": lambda place, length: np.ones(place.size),
    "div": lambda place, length: place / length,
    "linear": lambda place, length: np.maximum(0.0, 1 - 0.1 * (length - place)),
    "quadratic": lambda place, length: (place / length) ** 2,
    "log": lambda place, length: 1 / np.log10(length - place + 1.7),
}
DECAYS: Mapping[str, Callable[[Floats], Floats]] = {
    "same": lambda step: np.ones(step.size),
    "div": lambda step: 1 / step,
    "linear": lambda step: np.maximum(0.0, 1 - 0.1 * step),
    "quadratic": lambda step: 1 / step**2,
    "log": lambda step: 1 / np.log10(step + 1.7),
}


@dataclass(frozen=True)
class VsKnn:
    """past: what neighbours are sought in; the rest as in `fit`."""

    past: near.PastSessions
    neighbours: int
    weighting: str
    decay: str
    idf_weight: float

    def scores(self, prefixes: Prefixes) -> sparse.csr_array:
        """What products are worth as the next click, shape (queries, products): above 0, at most 1."""
        parts = [self._of_block(block) for block in near.blocks(self.past, prefixes)]
        return session_scores.stacked(parts, self.past.idf.size)

    def _of_block(self, prefixes: Prefixes) -> sparse.csr_array:
        length = prefixes.length[prefixes.query].astype(np.float64)
        weight = WEIGHTS[self.weighting](length - prefixes.step + 1, length)
        count = prefixes.length.size
        found = near.nearest(near.common(self.past, prefixes, weight), count, self.neighbours)
        vote = found.similarity * DECAYS[self.decay](found.step.astype(np.float64))
        votes = sparse.csr_array((vote, (found.query, found.session)), shape=(count, self.past.rows.shape[0]))
        scores = sparse.csr_array(votes @ self.past.rows)
        scores.data = scores.data * (1 + self.idf_weight * self.past.idf[scores.indices])
        return session_scores.shares(scores)


def fit(
    clicks: Clicks,
    *,
    neighbours: int = 500,
    sample: int = 2500,
    weighting: str = "quadratic",
    decay: str = "div",
    idf_weight: float = 1,
) -> VsKnn:
    """neighbours: k. sample: m. weighting, decay: see the module. idf_weight: how much rare products gain, 0 none."""
    return VsKnn(near.read_sessions(clicks, int(sample)), int(neighbours), weighting, decay, idf_weight)
