"""What campaigns brought: effects with intervals, tests that allow for many questions and daily looks, and a verdict.

adjusted_p_value decides, and 5 % is its line whatever the campaign's state: after the end it is Holm's of ordinary
p-values; while the campaign runs it is Holm's of sequential ones, whose line is 0.5 %, ten times as large. So the
verdict is works or harms exactly where adjusted_p_value is at most 0.05, unless groups are not of their planned sizes.
p_value and ci are those of this look alone; sequential_ci holds at all looks together, and is null after the end.

mean and control_mean are what both groups did, and plain_effect is their difference. effect is the estimate that the
verdict is about: the same, or with CUPED adjusted for what both groups did before. Without randomisation control_mean
is what the touched would have done untouched, and there is no plain effect: unlike customers differ anyway. Effects are
those of being in a variant (intention to treat). A metric counts as better the higher it is.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.campaigns import early_looks, effect_estimates, randomised_effects
from customer_insight.campaigns.adjusted_effects import adjusted_effects
from customer_insight.campaigns.campaign_sums import KEYS, read_sums
from customer_insight.numerics import arrays
from customer_insight.steps.step_result import OK, StepResult

_TEXT, _COUNT, _DOUBLE = pa.string(), pa.int64(), pa.float64()
EFFECTS: dict[str, pa.DataType] = {
    "variant": _TEXT,
    "segment_id": _TEXT,
    "metric": _TEXT,
    "family": _TEXT,
    "customers": _COUNT,
    "control_customers": _COUNT,
    "mean": _DOUBLE,
    "control_mean": _DOUBLE,
    "effect": _DOUBLE,
    "plain_effect": _DOUBLE,
    "plain_ci_low": _DOUBLE,
    "plain_ci_high": _DOUBLE,
    "relative_effect": _DOUBLE,
    "ci_low": _DOUBLE,
    "ci_high": _DOUBLE,
    "relative_ci_low": _DOUBLE,
    "relative_ci_high": _DOUBLE,
    "sequential_ci_low": _DOUBLE,
    "sequential_ci_high": _DOUBLE,
    "p_value": _DOUBLE,
    "adjusted_p_value": _DOUBLE,
    "sample_ratio_p_value": _DOUBLE,
    "minimum_detectable_effect": _DOUBLE,
    "minimum_detectable_relative": _DOUBLE,
    "elapsed_share": _DOUBLE,
    "method": _TEXT,
    "verdict": _TEXT,
    "finding": _TEXT,
}


def run(sums: pa.Table, adjusted: pa.Table) -> StepResult:
    """From groups' sums (see `campaign_sums`) and effects without randomisation (see `adjusted_effects`).

    Table effects: campaign_id and EFFECTS, one row per campaign, variant, segment and metric, in that order;
    money in the shop's currency a customer, shares from 0 to 1. Of a variant with a control no adjusted row stays.
    """
    read = read_sums(sums)
    with threadpool_limits(1):
        rows = randomised_effects.randomised_effects(read)
    others, fingerprint = adjusted_effects(adjusted)
    compared = {(row["campaign_id"], row["variant"]) for row in rows if row["control_customers"]}
    kept = [row for row in others if (row["campaign_id"], row["variant"]) not in compared]
    by_key: dict[tuple[Any, ...], randomised_effects.Row] = {}
    for row in rows + kept:
        by_key[tuple(row[name] for name in KEYS)] = row
    found = [by_key[key] for key in sorted(by_key)]
    source = sums if sums.num_rows or not adjusted.num_rows else adjusted
    schema = pa.schema({"campaign_id": source.schema.field("campaign_id").type} | EFFECTS)
    verdicts = [row["verdict"] for row in found]
    return StepResult(
        tables={"effects": pa.Table.from_pylist(found, schema=schema)},
        status=OK if found else "No campaign has customers yet of whom anything could be measured.",
        parameters={
            "alpha": randomised_effects.ALPHA,
            "early_alpha": early_looks.EARLY_ALPHA,
            "few_contributors": effect_estimates.FEW,
            "least_contributors": effect_estimates.LEAST_CONTRIBUTORS,
            "sample_ratio_alpha": randomised_effects.SAMPLE_RATIO_ALPHA,
        },
        metrics={
            "campaigns": len({row["campaign_id"] for row in found}),
            "effects": len(found),
            "adjusted_effects_left_out_for_randomised_ones": len(others) - len(kept),
            "verdicts": {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
        },
        input_fingerprint=arrays.fingerprint(
            {"sums": pa.array([read.fingerprint]), "adjusted": pa.array([fingerprint])}
        ),
    )
