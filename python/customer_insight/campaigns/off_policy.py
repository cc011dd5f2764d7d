"""What a policy would have earned, told from what another policy has shown (off-policy value).

Each logged row is one choice: what came of it (reward), the probability with which the logging policy chose what it
chose (propensity), and the probability with which the policy in question would have chosen the same (target). A row
counts by its weight, target / propensity. Estimators:

- dm: the mean of what a model of rewards expects under the policy. It is as right as the model; no interval says so.
- ips: the mean of weight x reward. Unbiased where propensities are right and nothing is missing from the log.
- snips: the same divided by the mean weight. Never outside of the range of rewards.
- dr: dm, and ips of what the model got wrong. Unbiased where the propensities or the model are right.
- …_clipped: weights above the square root of the rows are cut to it (Ionides 2008): steadier, a little biased.

Intervals are those of a mean with skewness taken out (Hall 1992), of the sums of each unit (a customer's rows hang
together); of a ratio by the delta method. `gain` is the value less what the logged policy earned on the same rows.

Sources: Horvitz and Thompson 1952; Swaminathan and Joachims 2015 (snips); Dudik, Langford and Li 2011 (dr);
Kish 1965 (effective sample); Ionides 2008 (truncation); Hall 1992, section 3.9 (removal of skewness).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints

ESTIMATORS = ("dm", "ips", "ips_clipped", "snips", "snips_clipped", "dr", "dr_clipped")
OF_MODEL = ("dm", "dr", "dr_clipped")
# Rows as good as drawn by the policy itself, and rows with a reward that weigh alike.
LEAST_EFFECTIVE = 100
LEAST_REWARDS = 10
# Share of the policy's probability on what the log shows, by more than chance; by how many standard errors, and by how
# much, weights may exceed their mean of 1.
LEAST_OVERLAP = 0.9
FAR = 4.0
LEAST_EXCESS = 0.02
# Two-sided 95 %.
NORMAL = 1.959963984540054
BETTER, WORSE, NOT_PROVEN, REFUSED = "better", "worse", "not proven", "refused"


@dataclass(frozen=True)
class PolicyLog:
    """Logged choices, each array of shape (rows,).

    reward: a number. propensity: above 0, at most 1. target: from 0 to 1. predicted: what a model that has not seen the
    row expects of the logged action; expected: of the policy, the mean over its actions; both or neither. unit: whose
    rows hang together, such as a customer's number, from 0; None: no two do.
    """

    reward: Floats
    propensity: Floats
    target: Floats
    predicted: Floats | None = None
    expected: Floats | None = None
    unit: Ints | None = None


@dataclass(frozen=True)
class PolicyValue:
    """One estimator's answer; figures are None where it is refused, and the interval where there is none.

    effective_sample: rows drawn by the policy itself that would tell as much (Kish). overlap: share of the policy's
    probability on actions that the log shows, from 0 to 1; what it shows hardly ever counts in part. gain: value less
    the mean logged reward. verdict: of the gain, BETTER, WORSE, NOT_PROVEN, or REFUSED. reason: why, in words.
    """

    estimator: str
    value: float | None
    ci_low: float | None
    ci_high: float | None
    effective_sample: float
    verdict: str
    overlap: float = 0.0
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    reason: str = ""


def policy_values(log: PolicyLog, estimators: tuple[str, ...] | None = None) -> list[PolicyValue]:
    """The policy's value by each estimator, by default all that the log has what is needed for, in their order.

    Raises ValueError where arrays differ in length, or an estimator needs a model and there is none.
    """
    has_model = log.predicted is not None and log.expected is not None
    chosen = estimators or tuple(name for name in ESTIMATORS if has_model or name not in OF_MODEL)
    if (unknown := set(chosen) - set(ESTIMATORS)) or (not has_model and set(chosen) & set(OF_MODEL)):
        what = f"unknown: {sorted(unknown)}" if unknown else "dm and dr need predicted and expected rewards"
        raise ValueError(f"Estimators are {', '.join(ESTIMATORS)}; {what}.")
    given = (log.reward, log.propensity, log.target, log.predicted, log.expected, log.unit)
    if len(sizes := {values.shape for values in given if values is not None}) > 1:
        raise ValueError(f"All arrays of a log have the same shape (rows,); found {sorted(sizes)}.")
    if reason := _fault(log):
        return [PolicyValue(name, None, None, None, 0.0, REFUSED, reason=reason) for name in chosen]
    weight = log.target / log.propensity
    effective, most = effective_sample(weight), clip_at(weight.size)
    covered = overlap(weight, most)
    unit = None if log.unit is None else arrays.dense(log.unit)[1]
    log = dataclasses.replace(log, unit=unit)
    if reason := _refusal(log, weight, effective, covered):
        return [PolicyValue(name, None, None, None, effective, REFUSED, covered, reason=reason) for name in chosen]
    cut = np.minimum(weight, most)
    found: dict[str, PolicyValue] = {}
    for name in chosen:
        kind = name.removesuffix("_clipped")
        if kind != name and kind in found and weight.max() <= most:  # nothing is cut
            found[name] = dataclasses.replace(found[kind], estimator=name)
        else:
            found[name] = _value(name, log, weight if kind == name else cut, covered)
    return list(found.values())


def effective_sample(weight: Floats) -> float:
    """Rows that weigh alike and tell as much: the square of the sum over the sum of squares; 0 of nothing."""
    squares = float(weight @ weight)
    return float(weight.sum()) ** 2 / squares if squares > 0 else 0.0


def clip_at(rows: int) -> float:
    """The weight above which clipped estimators cut."""
    return float(np.sqrt(max(rows, 1)))


def overlap(weight: Floats, most: float) -> float:
    """Share of the policy's probability on actions that the log shows at least 1 / most as often as the policy would.

    The mean of weights cut at `most` is the sum over actions of min(target, most x propensity), so what is shown less
    often counts in part, what is never shown not at all.
    """
    return min(1.0, float(np.minimum(weight, most).mean())) if weight.size else 0.0


def _fault(log: PolicyLog) -> str:
    """What is wrong with the log as such, or ''."""
    rows = log.reward.size
    if not rows:
        return "No row has a propensity: nothing was logged that could tell what another policy would have brought."
    faults = (
        (~np.isfinite(log.propensity), "have no propensity"),
        (log.propensity <= 0, "have a propensity of 0 or less"),
        (log.propensity > 1, "have a propensity above 1"),
        (~np.isfinite(log.reward), "have no reward"),
        (~((log.target >= 0) & (log.target <= 1)), "have a probability of the policy that is not from 0 to 1"),
    )
    for is_wrong, what in faults:
        if count := int(np.count_nonzero(is_wrong)):
            return f"{count:,} of {rows:,} rows {what}; every row that counts needs it right."
    return ""


def _refusal(log: PolicyLog, weight: Floats, effective: float, covered: float) -> str:
    """Why this log cannot tell the policy's value, or ''."""
    if effective < LEAST_EFFECTIVE:
        needed = f"and {LEAST_EFFECTIVE} are needed: it seldom showed what the policy would show."
        return f"The log is worth {effective:,.0f} rows of this policy, {needed}"
    cut = np.minimum(weight, clip_at(weight.size))
    if covered + NORMAL * _standard_error(cut - cut.mean(), log.unit) < LEAST_OVERLAP:
        return f"The log shows {covered:.0%} of what the policy would show, and {LEAST_OVERLAP:.0%} are needed."
    mean, error = float(weight.mean()), _standard_error(weight - weight.mean(), log.unit)
    if mean - 1 > max(FAR * error, LEAST_EXCESS):
        return (
            f"Propensities do not add up: weights average {mean:.3f} (give or take {error:.3f}), at most 1 is expected."
        )
    if (rewards := effective_sample(np.abs(weight * log.reward))) < LEAST_REWARDS:
        return f"What was earned is worth {rewards:,.0f} rewards that weigh alike, and {LEAST_REWARDS} are needed."
    return ""


def _value(name: str, log: PolicyLog, weight: Floats, covered: float) -> PolicyValue:
    kind, effective, earned = name.removesuffix("_clipped"), effective_sample(weight), float(log.reward.mean())
    if kind == "dm":
        assert log.expected is not None
        value = float(log.expected.mean())
        return PolicyValue(
            *(name, value, None, None, effective, NOT_PROVEN, covered, value - earned),
            reason="What a model expects; no interval says how far off it is.",
        )
    if kind == "snips":
        mean = float(weight.mean())
        value = float(weight @ log.reward) / weight.size / mean
        influence = weight * (log.reward - value) / mean
    elif kind == "ips":
        each = weight * log.reward
        value = float(each.mean())
        influence = each - value
    else:
        assert log.expected is not None
        assert log.predicted is not None
        each = log.expected + weight * (log.reward - log.predicted)
        value = float(each.mean())
        influence = each - value
    low, high = skewed_interval(value, influence, log.unit)
    gain_low, gain_high = skewed_interval(value - earned, influence - (log.reward - earned), log.unit)
    verdict = BETTER if gain_low > 0 else WORSE if gain_high < 0 else NOT_PROVEN
    figures = (value, low, high, effective, verdict, covered, value - earned, gain_low, gain_high)
    return PolicyValue(name, *figures, reason=_words(verdict, value - earned, gain_low, gain_high, earned))


def _words(verdict: str, gain: float, low: float, high: float, earned: float) -> str:
    interval = f"95 % interval {low:+.4g} to {high:+.4g} on {earned:.4g}"
    if verdict == NOT_PROVEN:
        return f"No difference to what was done is proven: {gain:+.4g}, {interval}."
    return f"{'More' if verdict == BETTER else 'Less'} than what was done brought: {gain:+.4g}, {interval}."


def _unit_sums(influence: Floats, unit: Ints | None) -> Floats:
    """Each unit's share of the mean's error, so that their sum is the error; shape (units,)."""
    if unit is None:
        return influence / influence.size
    return arrays.sums(unit, influence, int(unit.max()) + 1) / influence.size


def _standard_error(influence: Floats, unit: Ints | None) -> float:
    return _error_of(_unit_sums(influence, unit))


def _error_of(sums: Floats) -> float:
    return float(np.sqrt(sums @ sums * sums.size / max(sums.size - 1, 1)))


def skewed_interval(value: float, influence: Floats, unit: Ints | None = None) -> tuple[float, float]:
    """95 % interval of a mean or a smooth function of means, from each row's influence on it, shape (rows,).

    unit: whose rows hang together, numbered from 0 without a gap.

    Of rare rewards with large weights few rows decide, and all of them lie on one side: an interval by the standard
    error alone ends too low. Hall's transformation of the studentised mean takes its skewness out.
    """
    sums = _unit_sums(influence, unit)
    error = _error_of(sums)
    if error <= 0:
        return value, value
    away = sums / error
    # that of the mean: a third of it is what the transformation bends by
    skew = float((away * away) @ away) / float(away @ away) ** 1.5

    def quantile(normal: float) -> float:
        if abs(skew) < 1e-9:
            return normal
        return float(3 / skew * (np.cbrt(1 + skew * (normal - skew / 6)) - 1))

    return value - error * quantile(NORMAL), value - error * quantile(-NORMAL)
