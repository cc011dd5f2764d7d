"""The difference between a variant and its control, how sure it is, and what could have been seen.

Means are Hajek's, sum wy / sum w. The variance of one is sum w^2 (r - mean of r)^2 / (sum w)^2 · n / (n - 1) with
r = y - theta x; theta is that of both groups pooled (CUPED), and nought where that is no surer. From FEW contributors
on, tests are Welch's: with w = 1 what tea-tasting's Mean gives with a covariate. Below, they are scores (see
score_intervals), in which CUPED makes each customer count as more.

Sources: Deng, Xu, Kohavi and Walker 2013 (CUPED); Deng, Knoblich and Lu 2018 (delta method); Welch 1947; Hajek 1971.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from customer_insight.campaigns import cuped, early_looks
from customer_insight.campaigns.campaign_sums import GroupSums
from customer_insight.campaigns.score_intervals import score, score_interval
from customer_insight.numerics.arrays import Bools, Floats

# Contributors (customers who bought, as if all had spent alike) that the smaller group would have if both were alike.
# Below 5 even scores miss 95 %; below 100 Welch's intervals do in groups of unequal size (90 % at 10, 93 % at 30).
LEAST_CONTRIBUTORS = 5.0
FEW = 100.0
# What is left of heavy tails after CUPED hangs on even fewer customers: with 10, 7 % false alarms on real revenue.
LEAST_FOR_CUPED = 30.0
CONFIDENCE = 0.95
POWER = 0.8
_TAIL = (1 + CONFIDENCE) / 2
_NORMAL = float(special.ndtri(_TAIL))


@dataclass(frozen=True)
class EffectEstimates:
    """What comparisons say; shapes (comparisons,), NaN where nothing can be said.

    mean, control_mean and plain_… are never adjusted, the others are where is_cuped.
    z: the test's statistic as standard errors of a normal distribution. contributors: expected in the smaller group.
    """

    mean: Floats
    control_mean: Floats
    effect: Floats
    plain_ci_low: Floats
    plain_ci_high: Floats
    relative_effect: Floats
    ci_low: Floats
    ci_high: Floats
    relative_ci_low: Floats
    relative_ci_high: Floats
    sequential_ci_low: Floats
    sequential_ci_high: Floats
    z: Floats
    p_value: Floats
    minimum_detectable_effect: Floats
    contributors: Floats
    is_cuped: Bools
    is_testable: Bools


@dataclass(frozen=True)
class _Test:
    """A test and its intervals, by Welch or by score; shapes (comparisons,)."""

    mean: Floats
    control_mean: Floats
    variance: Floats
    control_variance: Floats
    z: Floats
    p_value: Floats
    low: Floats
    high: Floats
    early_low: Floats
    early_high: Floats
    log_width: Floats
    detectable: Floats


def contributors(variant: GroupSums, control: GroupSums) -> Floats:
    """Contributors that the smaller group would have if both groups were alike; shape (comparisons,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = variant.effective_size, control.effective_size
        smaller_share = np.minimum(*sizes) / (sizes[0] + sizes[1])
        return variant.together(control).contributors * smaller_share


def estimate(
    variant: GroupSums,
    control: GroupSums,
    elapsed: Floats,
    enough: Floats,
    needs_many: Bools,
    likes: tuple[GroupSums, GroupSums] | None = None,
) -> EffectEstimates:
    """Each comparison's effect.

    elapsed: share of the window that has passed. enough: contributors to go by (see `contributors`). needs_many:
    measures whose variance does not follow from their mean, since they can be below nought: no scores. likes: measures
    that differ from these by what is the same for all of a group (margin, of profit): scores are of them.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sides = [variant, control, *(likes or (variant, control))]
        test, is_cuped = _tested(sides, elapsed, enough, needs_many)
        mean, control_mean = variant.mean, control.mean
        is_testable = (elapsed > 0) & np.isfinite(test.z)
        is_cuped &= is_testable
        rows = np.flatnonzero(is_cuped)
        bare = [side.take(rows).without_before() for side in sides]
        plain, _ = _tested(bare, elapsed[rows], enough[rows], needs_many[rows])
        plain_low, plain_high = test.low.copy(), test.high.copy()
        plain_low[rows], plain_high[rows] = plain.low, plain.high
        is_positive = is_testable & (test.control_mean > _NORMAL * np.sqrt(test.control_variance))
        ratio = np.where(is_positive, test.mean / test.control_mean, np.nan)
        spread = np.exp(np.where(test.mean > _NORMAL * np.sqrt(test.variance), test.log_width, np.nan))

    def tested(values: Floats) -> Floats:
        return np.where(is_testable, values, np.nan)

    return EffectEstimates(
        mean=mean,
        control_mean=control_mean,
        effect=np.where(is_cuped, test.mean - test.control_mean, mean - control_mean),
        plain_ci_low=tested(plain_low),
        plain_ci_high=tested(plain_high),
        relative_effect=ratio - 1,
        ci_low=tested(test.low),
        ci_high=tested(test.high),
        relative_ci_low=ratio / spread - 1,
        relative_ci_high=ratio * spread - 1,
        sequential_ci_low=tested(test.early_low),
        sequential_ci_high=tested(test.early_high),
        z=tested(test.z),
        p_value=tested(test.p_value),
        minimum_detectable_effect=tested(test.detectable),
        contributors=enough,
        is_cuped=is_cuped,
        is_testable=is_testable,
    )


def _tested(sides: list[GroupSums], elapsed: Floats, enough: Floats, needs_many: Bools) -> tuple[_Test, Bools]:
    """Each comparison's test by how many contribute to it, NaN where none is fit; and where CUPED is in it.

    sides: the variant and its control, then those that scores are of.
    """
    is_many, is_rare = enough >= FEW, (enough >= LEAST_CONTRIBUTORS) & (enough < FEW) & ~needs_many
    by_welch, is_surer = _welch(*_sides(sides[:2], elapsed, is_many))
    by_score, is_more = _score(*_sides(sides[:2], elapsed, is_rare), *_sides(sides[2:], elapsed, is_rare)[:2])
    test = _Test(**{name: np.full(enough.shape, np.nan) for name in vars(by_welch)})
    for name, values in vars(test).items():
        values[is_many], values[is_rare] = getattr(by_welch, name), getattr(by_score, name)
    is_cuped = np.zeros(enough.shape, dtype=np.bool_)
    is_cuped[is_many], is_cuped[is_rare] = is_surer, is_more
    return test, is_cuped


def _sides(sides: list[GroupSums], elapsed: Floats, is_asked: Bools) -> tuple[GroupSums, GroupSums, Floats]:
    rows = np.flatnonzero(is_asked)
    return sides[0].take(rows), sides[1].take(rows), elapsed[rows]


def _welch(variant: GroupSums, control: GroupSums, elapsed: Floats) -> tuple[_Test, Bools]:
    """Welch's t-test of means adjusted for the period before, and where they are."""
    theta, is_cuped = cuped.theta_of_many(variant, control)
    mean, control_mean = cuped.adjusted_means(variant, control, theta)
    variance, control_variance = cuped.variance(variant, theta), cuped.variance(control, theta)
    effect, error = mean - control_mean, np.sqrt(variance + control_variance)
    freedom = _freedom(variant, control, variance, control_variance)
    # a group whose customers are all alike says nothing of how they vary
    error = np.where((variance > 0) & (control_variance > 0), error, np.nan)
    p_value = 2 * special.stdtr(freedom, -np.abs(effect / error))
    # beyond 37 standard errors all p-values are nought
    z = np.sign(effect) * np.minimum(-special.ndtri(p_value / 2), early_looks.MOST_STANDARD_ERRORS)
    half = special.stdtrit(freedom, _TAIL) * error
    early_tail = special.ndtr(-early_looks.early_standard_errors(elapsed))
    early = -special.stdtrit(freedom, early_tail) * error
    logs = variance / mean**2, control_variance / control_mean**2
    test = _Test(
        mean=mean,
        control_mean=control_mean,
        variance=variance,
        control_variance=control_variance,
        z=z,
        p_value=p_value,
        low=effect - half,
        high=effect + half,
        early_low=effect - early,
        early_high=effect + early,
        log_width=special.stdtrit(_freedom(variant, control, *logs), _TAIL) * np.sqrt(logs[0] + logs[1]),
        detectable=(special.stdtrit(freedom, _TAIL) + special.stdtrit(freedom, POWER)) * error,
    )
    return test, is_cuped


def _freedom(variant: GroupSums, control: GroupSums, first: Floats, second: Floats) -> Floats:
    return np.asarray(
        (first + second) ** 2 / (first**2 / (variant.customers - 1) + second**2 / (control.customers - 1))
    )


def _score(
    shifted: GroupSums, shifted_control: GroupSums, elapsed: Floats, variant: GroupSums, control: GroupSums
) -> tuple[_Test, Bools]:
    """Miettinen and Nurminen's score, of measures as shares of what a contributor brings, and where CUPED is in it.

    shifted: the same measures but for what is the same for all of a group; effects are theirs.
    """
    both = variant.together(control)
    each = np.where(both.wwy > 0, both.wwyy / both.wwy, np.nan)
    theta, gain = cuped.gain_of_few(both)
    means = np.stack(cuped.adjusted_means(variant, control, theta))
    is_cuped = (
        (theta != 0)
        & (contributors(variant, control) >= LEAST_FOR_CUPED)
        & ((means >= 0) & (means <= each)).all(axis=0)
    )
    mean, control_mean = np.where(is_cuped, means, np.stack([variant.mean, control.mean]))
    gain = np.where(is_cuped, gain, 1.0)
    share, control_share = (
        np.where((part >= 0) & (part <= each), part / each, np.nan) for part in (mean, control_mean)
    )
    size, control_size = variant.size_by_contributors * gain, control.size_by_contributors * gain
    sides = share, size, control_share, control_size
    by, control_by = shifted.mean - variant.mean, shifted_control.mean - control.mean
    z = score(*sides, (control_by - by) / each)
    low, high = score_interval(*sides, np.full(each.shape, _NORMAL))
    early_low, early_high = score_interval(*sides, early_looks.early_standard_errors(elapsed))
    variance = each**2 * share * (1 - share) / size
    control_variance = each**2 * control_share * (1 - control_share) / control_size
    total = size + control_size
    pooled = (share * size + control_share * control_size) / total
    error = each * np.sqrt(pooled * (1 - pooled) * total / (total - 1) * (1 / size + 1 / control_size))
    mean, control_mean = mean + by, control_mean + control_by
    test = _Test(
        mean=mean,
        control_mean=control_mean,
        variance=variance,
        control_variance=control_variance,
        z=z,
        p_value=2 * special.ndtr(-np.abs(z)),
        low=low * each + by - control_by,
        high=high * each + by - control_by,
        early_low=early_low * each + by - control_by,
        early_high=early_high * each + by - control_by,
        log_width=_NORMAL * np.sqrt(variance / mean**2 + control_variance / control_mean**2),
        detectable=(_NORMAL + float(special.ndtri(POWER))) * error,
    )
    return test, is_cuped
