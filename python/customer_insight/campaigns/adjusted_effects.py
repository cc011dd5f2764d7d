"""Effects of campaigns that left nobody out at random, estimated from what was known before: see `doubly_robust`."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.campaigns import effect_findings
from customer_insight.campaigns.campaign_sums import EVERYONE
from customer_insight.campaigns.effect_findings import Effect
from customer_insight.campaigns.randomised_effects import NOT_RANDOMISED, OTHER, Row
from customer_insight.numerics import arrays

# Two-sided 95 %; and with it 80 % power (Bloom 1995).
_NORMAL, _DETECTABLE = 1.959963984540054, 2.801585218112969
KEYS = ("campaign_id", "variant", "metric")
FIGURES = ("mean", "control_mean", "effect", "standard_error")
# The standard error of log(mean / control_mean): optional, without it there is no relative interval.
RELATIVE = "relative_standard_error"
# Share of the campaign's window that has passed, from 0 to 1: optional, null where it is not known.
ELAPSED = "elapsed_share"


def adjusted_effects(adjusted: pa.Table) -> tuple[list[Row], str]:
    """Rows as in the table `effects`, and a fingerprint of the input.

    adjusted: one row per campaign, variant and metric, with customers, control_customers, and FIGURES as doubles.
    Raises ValueError where a row stands twice, has no figures, or a share outside 0 to 1.
    """
    for name in KEYS:
        if arrays.column(adjusted, name).null_count:
            raise ValueError(f"Column {name!r} of the adjusted effects has nulls; each row needs one.")
    adjusted = adjusted.sort_by([(name, "ascending") for name in KEYS])
    keys = list(zip(*(adjusted.column(name).to_pylist() for name in KEYS), strict=True))
    if len(set(keys)) < len(keys):
        twice = next(key for key, following in itertools.pairwise(keys) if key == following)
        raise ValueError(f"The adjusted effects have two rows for {dict(zip(KEYS, twice, strict=True))}; expected one.")
    figures = {name: arrays.doubles(adjusted, name) for name in FIGURES}
    for name, values in figures.items():
        if not np.isfinite(values).all():
            raise ValueError(f"Column {name!r} of the adjusted effects must be a number in each row.")
    for name in (RELATIVE, ELAPSED):
        is_given = name in adjusted.column_names
        figures[name] = arrays.doubles(adjusted, name) if is_given else np.full(len(keys), np.nan)
    if ((figures[ELAPSED] < 0) | (figures[ELAPSED] > 1 + 1e-9)).any():
        raise ValueError("Column 'elapsed_share' of the adjusted effects must be from 0 to 1, or null, in each row.")
    counts = {name: arrays.codes(adjusted, name) for name in ("customers", "control_customers")}
    parts: dict[str, Any] = figures | counts
    parts["keys"] = pa.array([repr(key) for key in keys], pa.large_string())
    rows = []
    for place, (campaign, variant, metric) in enumerate(keys):
        numbers = {name: float(values[place]) for name, values in figures.items()}
        named = {"campaign_id": campaign, "variant": variant, "segment_id": EVERYONE, "metric": metric}
        rows.append(named | {name: int(values[place]) for name, values in counts.items()} | _figures(metric, numbers))
    return rows, arrays.fingerprint(parts)


def _figures(metric: str, numbers: dict[str, float]) -> Row:
    mean, control_mean, effect, error, log_error = (numbers[name] for name in (*FIGURES, RELATIVE))
    low, high, detectable = effect - _NORMAL * error, effect + _NORMAL * error, _DETECTABLE * error
    elapsed = min(numbers[ELAPSED], 1.0) if np.isfinite(numbers[ELAPSED]) else None
    # only where the control's mean is known to be above nought does a relation to it say anything
    has_relative = mean > 0 and control_mean > 0 and log_error * _NORMAL < 1
    ratio, spread = (mean / control_mean, float(np.exp(_NORMAL * log_error))) if has_relative else (np.nan, np.nan)
    return {
        "family": OTHER,
        "mean": mean,
        "control_mean": control_mean,
        "effect": effect,
        "relative_effect": ratio - 1 if has_relative else None,
        "ci_low": low,
        "ci_high": high,
        "relative_ci_low": ratio / spread - 1 if has_relative else None,
        "relative_ci_high": ratio * spread - 1 if has_relative else None,
        "minimum_detectable_effect": detectable,
        "minimum_detectable_relative": detectable / control_mean if has_relative else None,
        "elapsed_share": elapsed,
        "method": "doubly robust",
        "verdict": NOT_RANDOMISED,
        "finding": effect_findings.not_randomised(Effect(metric, mean, control_mean, low, high, None, None), elapsed),
    }
