"""Whether a rule can be trusted: an interval for its confidence, and how likely chance alone would make it as strong.

Sources: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927; Fisher's exact test,
one-sided, as a test of rules: Hahsler and Hornik, "New probabilistic interest measures for association rules", 2007;
Loader, "Fast and accurate computation of binomial probabilities", 2000 (the probability of one table to full
precision, where differences of log-factorials would lose the digits that large shops need).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from scipy import special

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads

_Z = 1.959963984540054  # normal quantile of 0.975

# log(n!) less Stirling's formula, for the n at which the series is not yet exact.
_SMALL = np.array(
    [0.0] + [math.lgamma(n + 1) - n * math.log(n) + n - 0.5 * math.log(2 * math.pi * n) for n in range(1, 32)]
)
_KNOWN_RESTS = 1 << 17
# Tables computed at once.
_BLOCK = 1 << 16
# Terms added between two looks at which sums are complete.
_TERMS = 16


def confidence_interval(both: Ints, antecedent: Ints) -> tuple[Floats, Floats]:
    """Wilson's 95 % interval for both / antecedent; counts of shape (n,), antecedent at least 1."""
    a, b = antecedent.astype(np.float64), both.astype(np.float64)
    middle = b + _Z**2 / 2
    reach = _Z * np.sqrt(b * (a - b) / a + _Z**2 / 4)
    return np.maximum((middle - reach) / (a + _Z**2), 0.0), np.minimum((middle + reach) / (a + _Z**2), 1.0)


def fisher_p(both: Ints, antecedent: Ints, consequent: Ints, basket_count: int) -> Floats:
    """P(at least `both` shared baskets) if two sets of these sizes were drawn independently; counts of shape (n,).

    One-sided, greater: the upper tail of the hypergeometric distribution, with a relative error below 1e-10.
    """
    blocks = [slice(start, start + _BLOCK) for start in range(0, both.size, _BLOCK)]
    parts = in_threads(lambda at: _upper_tail(both[at], antecedent[at], consequent[at], basket_count), blocks)
    return np.concatenate([np.zeros(0), *parts])


def _upper_tail(both: Ints, antecedent: Ints, consequent: Ints, basket_count: int) -> Floats:
    b, a, c, n = (
        both.astype(np.float64),
        antecedent.astype(np.float64),
        consequent.astype(np.float64),
        float(basket_count),
    )
    is_above = b * n > a * c
    # above the mean terms fall upwards from b; below it downwards from b - 1, and the rest is 1 less their sum
    start = np.where(is_above, b, b - 1)
    least = np.maximum(a + c - n, 0)
    is_possible = start >= least
    start = np.maximum(start, least)
    tail = np.exp(_log_probability(start, a, c, n)) * _relative_sum(start, a, c, n, is_above)
    tail = np.where(is_possible, tail, 0.0)
    return np.clip(np.where(is_above, tail, 1.0 - tail), 0.0, 1.0)


def _relative_sum(start: Floats, a: Floats, c: Floats, n: float, upwards: Bools) -> Floats:
    """The sum of probabilities from start to the end of the tail, relative to the first."""
    # downwards is upwards with the consequent replaced by its complement: x -> a - x, c -> n - c
    x = np.where(upwards, start, a - start)
    other = np.where(upwards, c, n - c)
    total, term = np.ones_like(x), np.ones_like(x)
    open_rows = np.arange(x.size)
    x, a, other = x.copy(), a.copy(), other.copy()
    sums = total.copy()
    while open_rows.size:
        for _ in range(_TERMS):
            term *= (a - x) * (other - x) / ((x + 1) * (n - a - other + x + 1))
            total += term
            x += 1
        sums[open_rows] = total
        goes_on = term > total * 1e-17
        open_rows, x, a, other = open_rows[goes_on], x[goes_on], a[goes_on], other[goes_on]
        total, term = total[goes_on], term[goes_on]
    return sums


def _log_probability(x: Floats, a: Floats, c: Floats, n: float) -> Floats:
    """Log of the probability that sets of a and c among n share x: three binomials, by saddle points."""
    p, q = c / n, (n - c) / n
    return _log_binomial(x, a, p, q) + _log_binomial(c - x, n - a, p, q) - _log_binomial(c, np.full_like(c, n), p, q)


def _log_binomial(x: Floats, m: Floats, p: Floats, q: Floats) -> Floats:
    deviance = _deviance(x, m * p) + _deviance(m - x, m * q)
    return _rest(m) - _rest(x) - _rest(m - x) - deviance


def _rest(m: Floats) -> Floats:
    """log(m!) - (m log m - m), 0 for m = 0; looked up where m is not large."""
    most = int(m.max(initial=0))
    table = _rests(min(_KNOWN_RESTS, 1 << most.bit_length()))
    known = table[np.minimum(m, table.size - 1).astype(np.int64)]
    return np.where(m < table.size, known, _stirling_rest(m)) if most >= table.size else known


@lru_cache(maxsize=_KNOWN_RESTS.bit_length())
def _rests(size: int) -> Floats:
    return _stirling_rest(np.arange(size, dtype=np.float64))


def _stirling_rest(m: Floats) -> Floats:
    s = np.maximum(m, 1.0)
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * s * s)) / (s * s)) / (s * s)) / s
    error = np.where(m < _SMALL.size, _SMALL[np.minimum(m, _SMALL.size - 1).astype(np.int64)], series)
    return np.asarray(np.where(m > 0, error + 0.5 * np.log(2 * math.pi * s), 0.0), dtype=np.float64)


def _deviance(x: Floats, mean: Floats) -> Floats:
    """Deviance x log(x / mean) + mean - x, without cancellation near the mean; 0 where both are 0."""
    scale = np.where(mean > 0, mean, 1.0)
    d = (x - mean) / scale
    return np.where(mean > 0, mean * (special.xlog1py(1 + d, d) - d), 0.0)
