"""Customers who send back far more orders than is usual of what they chose, or do so late, after use.

How many orders come back of an honest customer is beta-binomial: around what is usual in the categories, more or
less by habit. A few send nearly everything back. Both kinds are fitted together, by likelihood over a grid; the
chance of a row is the probability that its customer is honest after all (a two-groups model: Efron, Large-Scale
Inference 2010, chapter 5). What comes back late is compared with the shop's own latest fifth, by a binomial tail
with the false discovery rate of Benjamini and Hochberg (JRSS B 1995).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy import special, stats

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats
from customer_insight.suspicions.suspicion_rules import NOBODY, SuspicionRule, suspects

# Spreads of honest customers, as so many orders; shares of others among all.
_SPREADS = (4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 512.0)
_OTHERS = (0.0, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03)
# Beta distribution of the share that the others send back: four in five.
_THEIRS = (8.0, 2.0)
# Share of choices that comes back later than is usual, by definition.
LATE = 0.2
# Share that must come back, at the low end of the interval, for lateness to matter.
_WARDROBE_SHARE = 0.25


def find(returns: pa.Table, abuse: SuspicionRule | None, wardrobing: SuspicionRule | None) -> pa.Table:
    """Rows of both rules.

    returns: customer_code, orders, returned (most of each came back), expected (that would of others), dated_returns
    and late_returns (with a known day), age_days (since the last came back, null: never).
    """
    if returns.num_rows == 0:
        return NOBODY
    n, r, expected = (arrays.doubles(returns, name) for name in ("orders", "returned", "expected"))
    low = special.betaincinv(r + 0.5, n - r + 0.5, 0.025)
    found = [NOBODY]
    if abuse is not None:
        chance = honest(n, r, np.clip(expected / n, 0.001, 0.9))
        chosen = (r >= abuse.at_least) & (low >= abuse.share) & (chance <= abuse.chance)
        found.append(_rows(returns, abuse, chosen, chance, r, _words(n, r, expected)))
    if wardrobing is not None:
        dated, late = (arrays.doubles(returns, name) for name in ("dated_returns", "late_returns"))
        p = stats.binom.sf(late - 1, dated, LATE)
        tested = dated >= wardrobing.at_least
        chance = np.ones(n.size)
        chance[tested] = stats.false_discovery_control(p[tested]) if tested.any() else chance[tested]
        chosen = (
            tested
            & (late >= wardrobing.at_least)
            & (late >= wardrobing.share * dated)
            & (chance <= wardrobing.chance)
            & (low >= _WARDROBE_SHARE)
        )
        words = [
            f"{int(a)} of {int(b)} orders that came back came later than four in five of all do"
            for a, b in zip(late, dated, strict=True)
        ]
        found.append(_rows(returns, wardrobing, chosen, chance, late, words))
    return pa.concat_tables(found)


def honest(choices: Floats, returned: Floats, usual: Floats) -> Floats:
    """The probability that each customer is honest; usual: the share that comes back of others who chose the same."""
    counts = np.column_stack([choices, returned, np.round(usual, 2)])
    rows, place, times = np.unique(counts, axis=0, return_inverse=True, return_counts=True)
    n, r, share = rows.T
    share = np.clip(share, 0.005, 0.9)
    theirs = stats.betabinom.logpmf(r, n, *_THEIRS)
    best, best_fit = np.ones(len(rows)), -np.inf
    for spread in _SPREADS:
        ours = stats.betabinom.logpmf(r, n, share * spread, (1 - share) * spread)
        for others in _OTHERS:
            parts = np.column_stack([np.log1p(-others) + ours, (np.log(others) if others else -np.inf) + theirs])
            both = special.logsumexp(parts, axis=1)
            fit = float(times @ both)
            if fit > best_fit + 1e-9:
                best, best_fit = np.exp(parts[:, 0] - both), fit
    return np.asarray(best[place.reshape(-1)], dtype=np.float64)


def _words(n: Floats, r: Floats, expected: Floats) -> list[str]:
    return [
        f"of {int(a)} orders most of {int(b)} came back; of others who chose from the same categories {_some(c)} would"
        for a, b, c in zip(n, r, expected, strict=True)
    ]


def _some(number: float) -> str:
    return f"{number:.0f}" if number >= 1 else "hardly one"


def _rows(
    returns: pa.Table, rule: SuspicionRule, chosen: Floats, chance: Floats, score: Floats, words: list[str]
) -> pa.Table:
    place = np.flatnonzero(chosen)
    return suspects(
        rule,
        arrays.codes(returns, "customer_code")[place],
        score[place],
        chance[place],
        [words[at] for at in place],
        arrays.doubles(returns, "age_days")[place],
    )
