"""What another policy would have earned over the customers' paths, from paths that were logged with probabilities.

A path is what was decided for one customer, one decision after the other. The estimator is doubly robust over paths
(Jiang and Li, ICML 2016, equation 10): right if the probabilities are, whatever the predictions are, which only make
it surer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from customer_insight.numerics.arrays import Floats, Ints


@dataclass(frozen=True)
class PathValue:
    """What a policy earns, a path, with its 95 % interval; effective_sample: as many paths as it is as sure as."""

    value: float
    ci_low: float
    ci_high: float
    effective_sample: float


def path_value(
    path: Ints,
    step: Ints,
    reward: Floats,
    propensity: Floats,
    target: Floats,
    predicted: Floats,
    expected: Floats,
    discount: float,
) -> PathValue:
    """The value of a policy; all of shape (rows,), one element a decision.

    path: the customer's number from 0. step: its place in the path, from 0 without gaps. propensity, target: of what
    was done, by the log and by the policy. predicted: what was done was predicted to bring until the end of the path;
    expected: the mean of that over what the policy would do.
    """
    paths = int(path.max()) + 1 if path.size else 0
    ahead, together = np.zeros(paths), np.ones(paths)
    ratio = target / propensity
    for now in range(int(step.max()) if step.size else -1, -1, -1):
        rows = step == now
        mine = path[rows]
        ahead[mine] = expected[rows] + ratio[rows] * (reward[rows] + discount * ahead[mine] - predicted[rows])
        together[mine] *= ratio[rows]
    if paths < 2:
        return PathValue(float(ahead.mean()) if paths else np.nan, np.nan, np.nan, float(paths))
    half = float(norm.ppf(0.975) * ahead.std(ddof=1) / np.sqrt(paths))
    squares = float((together**2).sum())
    effective = float(together.sum() ** 2 / squares) if squares > 0 else 0.0
    return PathValue(float(ahead.mean()), float(ahead.mean()) - half, float(ahead.mean()) + half, effective)
