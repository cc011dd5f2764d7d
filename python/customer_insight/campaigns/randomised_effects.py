"""Effects of campaigns that left a control out at random: tests, Holm's families, sizes of groups, verdicts."""

from __future__ import annotations

from typing import Any

import numpy as np

from customer_insight.campaigns import early_looks, effect_estimates, effect_findings
from customer_insight.campaigns.campaign_sums import EVERYONE, CampaignSums, GroupSums
from customer_insight.campaigns.effect_estimates import FEW, LEAST_CONTRIBUTORS, EffectEstimates
from customer_insight.campaigns.effect_findings import Effect
from customer_insight.campaigns.multiple_tests import holm, sample_ratio_p_value
from customer_insight.numerics.arrays import Bools, Floats, Ints

# The line of adjusted_p_value, whatever the campaign's state.
ALPHA = 0.05
# Below that, groups are not of the planned sizes: a line that is seldom crossed by chance over a shop's campaigns.
SAMPLE_RATIO_ALPHA = 0.001
SUCCESS, OTHER = "success", "other"
CUPED = "CUPED"
WORKS, HARMS, NOT_PROVEN, NOT_RANDOMISED = "works", "harms", "not proven", "not randomised"
# What costs shift, and may be below nought: how many customers make it up is said by the first of these.
STANDS_IN = {"profit": ("margin", "revenue", "conversion")}
# Of those, what costs shift by the same for all customers of a group: where both vary alike, up to that.
SHIFTED = {"margin"}
MOST_UNLIKE = 0.1

Row = dict[str, Any]


def randomised_effects(read: CampaignSums) -> list[Row]:
    """One row, as in the table `effects`, for each comparison."""
    variant, control = read.sums.take(read.variant_rows), read.sums.take(read.control_rows)
    elapsed = read.elapsed_share[read.variant_rows]
    if read.control_rows.size:
        of_control = np.append(read.elapsed_share, 1.0)[read.control_rows]
        elapsed = np.minimum(elapsed, of_control)
    metrics = [read.columns["metric"][row] for row in read.variant_rows]
    stands_in = _stand_ins(read, metrics)
    enough = effect_estimates.contributors(variant, control)[stands_in]
    likes = variant.take(stands_in), control.take(stands_in)
    needs_many = _need_many(metrics, stands_in, (variant, control), likes)
    found = effect_estimates.estimate(variant, control, elapsed, enough, needs_many, likes)
    families, names = _families(read)
    adjusted = holm(deciding_p_values(found, elapsed), families)
    questions = np.bincount(families[found.is_testable], minlength=families.max(initial=-1) + 1)
    ratios, sizes = _sample_ratios(read)
    rows = []
    for place, row in enumerate(read.variant_rows):
        campaign = read.columns["campaign_id"][row]
        figures = _figures(found, place) | {
            "campaign_id": campaign,
            "variant": read.columns["variant"][row],
            "segment_id": read.columns["segment_id"][row],
            "metric": metrics[place],
            "family": names[place],
            "customers": int(variant.customers[place]),
            "control_customers": int(np.nan_to_num(control.customers[place])),
            "adjusted_p_value": _value(adjusted[place]),
            "sample_ratio_p_value": _value(ratios.get(campaign, np.nan)),
            "elapsed_share": float(elapsed[place]),
        }
        least = FEW if needs_many[place] else LEAST_CONTRIBUTORS
        reach = float(enough[place]), least
        rows.append(_judged(figures, int(questions[families[place]]), reach, sizes.get(campaign, "")))
    return rows


def deciding_p_values(found: EffectEstimates, elapsed: Floats) -> Floats:
    """P-values whose line is ALPHA: ordinary ones after the end, sequential ones stretched from their line before."""
    early = early_looks.early_p_values(found.z, elapsed) * (ALPHA / early_looks.EARLY_ALPHA)
    return np.where(elapsed < 1, np.minimum(early, 1.0), found.p_value)


def _stand_ins(read: CampaignSums, metrics: list[str]) -> Ints:
    """The comparison by whose contributors each goes: itself, or the same of the measure that stands in."""
    columns, found = read.columns, np.arange(len(metrics))
    keys = [
        (columns["campaign_id"][row], columns["variant"][row], columns["segment_id"][row]) for row in read.variant_rows
    ]
    place = {(*key, metric): at for at, (key, metric) in enumerate(zip(keys, metrics, strict=True))}
    for at, metric in enumerate(metrics):
        others = (place.get((*keys[at], other)) for other in STANDS_IN.get(metric, ()))
        found[at] = next((other for other in others if other is not None), at)
    return found


def _need_many(
    metrics: list[str], stands_in: Ints, sides: tuple[GroupSums, GroupSums], likes: tuple[GroupSums, GroupSums]
) -> Bools:
    """Measures that cannot be scored: costs shift them, and not by the same for all customers of a group."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = [side.squares() / like.squares() for side, like in zip(sides, likes, strict=True)]
    pairs = zip(metrics, stands_in, strict=True)
    is_shifted = np.array([name in STANDS_IN and metrics[at] in SHIFTED for name, at in pairs], dtype=np.bool_)
    is_alike = np.abs(np.stack(ratios) - 1).max(axis=0, initial=0.0) < MOST_UNLIKE
    has_stand_in = np.array([metric in STANDS_IN for metric in metrics], dtype=np.bool_)
    return np.asarray(has_stand_in & ~(is_shifted & is_alike), dtype=np.bool_)


def _families(read: CampaignSums) -> tuple[Ints, list[str]]:
    """The number and the name of each comparison's family."""
    numbers: dict[tuple[Any, str], int] = {}
    found, names = [], []
    for row in read.variant_rows:
        is_success = read.columns["is_success_metric"][row] and read.columns["segment_id"][row] == EVERYONE
        names.append(SUCCESS if is_success else OTHER)
        key = read.columns["campaign_id"][row], names[-1]
        found.append(numbers.setdefault(key, len(numbers)))
    return np.array(found, dtype=np.int64), names


def _sample_ratios(read: CampaignSums) -> tuple[dict[Any, float], dict[Any, str]]:
    """By campaign: the p-value of its groups' sizes, and the sizes in words."""
    groups: dict[Any, dict[str | None, tuple[float, float]]] = {}
    for row, segment in enumerate(read.columns["segment_id"]):
        if segment == EVERYONE:
            # a measure may be unknown of some customers: the group has as many as its best known measure
            variants = groups.setdefault(read.columns["campaign_id"][row], {})
            group = float(read.sums.customers[row]), float(read.planned_share[row])
            variant = read.columns["variant"][row]
            variants[variant] = max(variants.get(variant, group), group)
    ratios, sizes = {}, {}
    for campaign, variants in groups.items():
        customers, planned = (np.array(part) for part in zip(*variants.values(), strict=True))
        ratios[campaign] = sample_ratio_p_value(customers, planned) if None in variants else np.nan
        counts = [
            f"{variant or 'the control'} has {count:,.0f} {'customer' if count == 1 else 'customers'},"
            f" planned were {share * customers.sum():,.0f}"
            for variant, (count, share) in variants.items()
        ]
        sizes[campaign] = ", ".join(counts)
    return ratios, sizes


def _value(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


_FIGURES = (
    *("mean", "control_mean", "effect", "plain_ci_low", "plain_ci_high"),
    *("relative_effect", "ci_low", "ci_high", "relative_ci_low", "relative_ci_high"),
    *("sequential_ci_low", "sequential_ci_high", "p_value", "minimum_detectable_effect"),
)


def _figures(found: EffectEstimates, place: int) -> Row:
    control_mean = found.control_mean[place]
    has_relative = np.isfinite(found.relative_effect[place])
    detectable = found.minimum_detectable_effect[place]
    return {name: _value(getattr(found, name)[place]) for name in _FIGURES} | {
        "plain_effect": _value(found.mean[place] - control_mean),
        "minimum_detectable_relative": _value(detectable / control_mean) if has_relative else None,
        "method": CUPED if found.is_cuped[place] else "difference in means",
    }


def _judged(row: Row, questions: int, contributors: tuple[float, float], sizes: str) -> Row:
    """The row with its verdict and its sentence; contributors: how many there are, and how many it needs."""
    elapsed, p_value = row["elapsed_share"], row["adjusted_p_value"]
    ends = ("sequential_ci_low", "sequential_ci_high") if elapsed < 1 else ("ci_low", "ci_high")
    detectable = row["minimum_detectable_effect"], row["minimum_detectable_relative"]
    effect = Effect(row["metric"], row["mean"], row["control_mean"], row[ends[0]], row[ends[1]], *detectable)
    effect = effect._replace(is_adjusted=row["method"] == CUPED)
    verdict = NOT_PROVEN
    if row["sample_ratio_p_value"] is not None and row["sample_ratio_p_value"] < SAMPLE_RATIO_ALPHA:
        verdict, finding = NOT_RANDOMISED, effect_findings.not_of_planned_sizes(sizes)
    elif p_value is None:
        finding = effect_findings.without_test(row["metric"], row["control_customers"], elapsed, *contributors)
    elif p_value <= ALPHA:
        verdict = WORKS if row["effect"] > 0 else HARMS
        finding = effect_findings.proven(effect, verdict, elapsed)
    else:
        finding = effect_findings.not_proven(effect, elapsed, questions)
    return row | {"verdict": verdict, "finding": finding}
