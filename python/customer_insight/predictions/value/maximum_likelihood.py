"""Maximum likelihood for models of four positive parameters: bounded, in logarithms, in a unit of time that fits.

Time is measured in mean ages, so that all parameters are near 1 in an ordinary shop. There they are kept within
[1e-3, 1e3] (shapes) and [1e-4, 1e4] (times): where nobody repeats, or nobody is ever lost, the likelihood rises without
end towards infinite or zero parameters, and at these bounds it is flat to all that matters (a thousandth of a purchase
in a mean age). So every input gives a finite model.

What was found once is remembered: evaluations and predictions of one run ask for the same histories again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value.purchase_histories import Histories

# Rows of log-likelihoods, and their gradients by the parameters, shape (4, rows).
Likelihood = Callable[[Floats, Histories], tuple[Floats, Floats]]

_SHAPE_BOUNDS = (1e-3, 1e3)
_TIME_BOUNDS = (1e-4, 1e4)
# Histories on which the starts are tried.
_START_SAMPLE = 300
# Histories at a time.
_BLOCK_ROWS = 1 << 15
_SEED = 20050501
# When L-BFGS-B stops: near enough to compare a start with the others, and in the end.
_ROUGHLY = {"ftol": 1e-4, "gtol": 1e-3, "maxiter": 15}
_EXACTLY = {"ftol": 1e-12, "gtol": 1e-7, "maxiter": 500}


# By the name of the model and a fingerprint of the histories: a few numbers each, so all are kept.
_remembered: dict[tuple[str, str], tuple[Floats, float]] = {}


def maximise(
    name: str,
    likelihood: Likelihood,
    histories: Histories,
    is_time: Sequence[bool],
    starts: Sequence[Sequence[float]],
) -> tuple[Floats, float]:
    """The parameters, shape (4,), in the unit of the histories, and the log-likelihood there.

    name: of the model, which stands for its likelihood, times and starts. is_time: which parameters are times. starts:
    where to begin, in units of the mean age. They are tried roughly, on a sample of the different histories; the best
    is finished on all. Without customers: the first start, and 0.
    """
    known = {"repeats": histories.repeats, "last": histories.last, "age": histories.age}
    key = (name, arrays.fingerprint(known))
    if key not in _remembered:
        _remembered[key] = _maximum(likelihood, histories, is_time, starts)
        _remembered[key][0].setflags(write=False)
    return _remembered[key]


def _maximum(
    likelihood: Likelihood, histories: Histories, is_time: Sequence[bool], starts: Sequence[Sequence[float]]
) -> tuple[Floats, float]:
    unit = float(histories.age.mean()) if histories.size and histories.age.any() else 1.0
    scales = np.where(is_time, unit, 1.0)
    if histories.size == 0:
        return np.array(starts[0], dtype=np.float64) * scales, 0.0
    distinct, counts, _ = histories.distinct
    distinct = distinct.in_units_of(unit)
    bounds = np.log([_TIME_BOUNDS if each else _SHAPE_BOUNDS for each in is_time])
    rows = np.arange(distinct.size)
    if distinct.size > _START_SAMPLE:
        rows = np.sort(np.random.default_rng(_SEED).choice(distinct.size, _START_SAMPLE, replace=False))
    sample, weights = distinct.take(rows), counts[rows]
    tried = [_climb(likelihood, sample, weights, np.log(each), bounds, _ROUGHLY) for each in starts]
    best, _ = min(tried, key=lambda each: each[1])
    best, loss = _climb(likelihood, distinct, counts, best, bounds, _EXACTLY)
    # densities of purchase times change with the unit of time
    log_likelihood = -loss * histories.size - float(histories.repeats.sum()) * float(np.log(unit))
    return np.exp(best) * scales, log_likelihood


def _climb(
    likelihood: Likelihood,
    histories: Histories,
    counts: Floats,
    start: Floats,
    bounds: Floats,
    precision: dict[str, float],
) -> tuple[Floats, float]:
    """Log parameters and the mean negative log-likelihood at the top."""
    total = counts.sum()

    def loss(logs: Floats) -> tuple[float, Floats]:
        values, value, gradient = np.exp(logs), 0.0, np.zeros(logs.size)
        for at in range(0, histories.size, _BLOCK_ROWS):
            block = slice(at, at + _BLOCK_ROWS)
            rows, gradients = likelihood(values, histories.take(block))
            value += float(rows @ counts[block])
            gradient += gradients @ counts[block]
        return -value / total, -gradient * values / total

    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=precision)
    return np.asarray(found.x, dtype=np.float64), float(found.fun)


def log_rising(shape: float, steps: Floats) -> tuple[Floats, Floats]:
    """Logarithm of Gamma(shape + steps) / Gamma(shape), and its derivative by shape; shape (rows,).

    Worked out once for each run of equal steps, since histories come by rising repeats.
    """
    starts = np.flatnonzero(np.concatenate([[True], np.diff(steps) != 0]))[: steps.size]
    lengths = np.diff(np.concatenate([starts, [steps.size]]))
    levels = steps[starts]
    logs = gammaln(shape + levels) - gammaln(shape)
    return np.repeat(logs, lengths), np.repeat(digamma(shape + levels) - digamma(shape), lengths)
