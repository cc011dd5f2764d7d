"""How sure a mean over clicks is, where the clicks of a session are alike: sessions are drawn, not clicks."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.scoring.intervals import BOOTSTRAP_SAMPLES, ENDS

# Cells of a block of drawn sessions.
_BLOCK_CELLS = 1 << 22


def intervals(sums: Floats, counts: Ints) -> tuple[Floats, Floats]:
    """95 % intervals of sum(sums) / sum(counts) by drawing sessions with replacement (percentile bootstrap).

    sums: shape (sessions, figures); counts: clicks of each session, at least 1, shape (sessions,). Two of (figures,).
    Source: Efron and Tibshirani 1993, chapter 13; a ratio, as sessions are of different lengths.
    """
    generator = np.random.default_rng(0)
    sessions = counts.size
    step = max(1, _BLOCK_CELLS // max(1, sessions))
    drawn = []
    for start in range(0, BOOTSTRAP_SAMPLES, step):
        size = min(step, BOOTSTRAP_SAMPLES - start)
        times = generator.multinomial(sessions, np.full(sessions, 1 / sessions), size=size).astype(np.float64)
        drawn.append((times @ sums) / (times @ counts)[:, None])
    low, high = np.quantile(np.concatenate(drawn), ENDS, axis=0)
    return low, high
