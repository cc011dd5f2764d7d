"""Who reacts to a campaign: the uplift of each of today's customers, should one like it come again.

Only of campaigns whose arms were drawn by lot and whose window has ended, and only where customers are proven to differ
in how they react: where not, everybody has the average effect, and a list of the "most persuadable" would be chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.stats import false_discovery_control, norm

from customer_insight.campaigns import assigned_customers, uplift_calibration, uplift_choice, uplift_halves
from customer_insight.campaigns.assigned_customers import AssignedCustomers
from customer_insight.campaigns.uplift_calibration import UpliftCalibration
from customer_insight.campaigns.uplift_choice import LEVEL, UpliftChoice
from customer_insight.campaigns.uplift_learners import LEARNERS
from customer_insight.numerics import arrays, memory
from customer_insight.numerics.arrays import ArrowArray, Floats, Ints
from customer_insight.numerics.threads import linear_algebra_in_threads
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table
from customer_insight.steps.step_result import OK, StepResult

# Of each arm: customers, and those whose outcome is not 0. With fewer nothing but chance would be found.
MIN_CUSTOMERS = 1_000
MIN_RESPONDERS = 100
RANDOM = "random"


@dataclass(frozen=True)
class UpliftEvidence:
    """What is known of a campaign's variant; choice: None where there is too little. sentence: why, or ''."""

    campaign: AssignedCustomers
    choice: UpliftChoice | None
    sentence: str


def run(assigned: pa.Table, customers: pa.Table) -> StepResult:
    """Uplift of today's customers by each campaign in which they differ.

    assigned: one row per customer of each campaign and variant (campaign_id, variant: text or null, may be missing;
    customer_code, is_treated, propensity: probability of being treated, outcome: 0 or 1, or money) with what was known
    when the campaign began as columns f_… (null where unknown). A variant's rows hold the control group, too.
    customers: customer_code and the same f_… columns as of now.

    Tables: uplift (campaign_id, variant, customer_code, uplift, ci_low, ci_high: in units of the outcome, 95 %, of the
    mean uplift of customers who look like this one), evaluation (campaign_id, variant, learner, metric, value, ci_low,
    ci_high, customers, is_champion: the ranking that serves), campaigns (campaign_id, variant, is_separable, learner,
    p_value: corrected for the number of campaigns, customers: assigned, learned_from, judged_by,
    average_uplift: of those drawn, its ci_low and ci_high, sentence: why nothing is said, null where something is),
    halves: see `uplift_halves`, of every campaign that was learned from.
    """
    names = assigned_customers.feature_names(assigned)
    if not names:
        raise ValueError("The input has no feature: expected columns f_<name>, such as f_orders.")
    codes = arrays.codes(customers, "customer_code")
    if (twice := codes.size - arrays.distinct(codes).size) > 0:
        raise ValueError(f"{twice} rows of customers to be scored are of customers that are there already.")
    by_code = np.argsort(codes, kind="stable")
    codes, today = codes[by_code], assigned_customers.features(customers, names)[by_code]
    campaigns = assigned_customers.read_assigned_customers(assigned, names)
    found = linear_algebra_in_threads(_evidence, campaigns)
    memory.give_back()
    adjusted = _adjusted([each.choice.p_value if each.choice else None for each in found])
    served = [place for place, p in enumerate(adjusted) if p is not None and p < LEVEL]
    calibrated = {place: _calibrated(found[place]) for place in served}
    return StepResult(
        tables={
            "uplift": _uplift(found, calibrated, codes, today),
            "evaluation": _evaluation(found),
            "campaigns": _campaigns(found, adjusted, calibrated),
            "halves": uplift_halves.halves_table([(each.campaign, each.choice) for each in found if each.choice]),
        },
        status=_status(found, adjusted, served),
        parameters={"level": LEVEL, "sample_customers": assigned_customers.SAMPLE_CUSTOMERS},
        metrics={"campaigns": len(found), "separable": len(served), "customers": codes.size, "features": names},
        input_fingerprint=assigned_customers.fingerprint(campaigns, codes, today),
    )


def _evidence(campaign: AssignedCustomers) -> UpliftEvidence:
    sentence = _too_little(campaign)
    return UpliftEvidence(campaign, None if sentence else uplift_choice.choose(campaign), sentence)


def _too_little(campaign: AssignedCustomers) -> str:
    for counts, least, what in (
        (campaign.assigned, MIN_CUSTOMERS, "customers"),
        (campaign.responded, MIN_RESPONDERS, "customers with an outcome"),
    ):
        if min(counts) < least:
            return (
                f"Too few {what}: {counts[0]:,} of the treated and {counts[1]:,} of the others, and telling customers"
                f" apart needs {least:,} of each."
            )
    with np.errstate(invalid="ignore"):
        known = np.isfinite(campaign.features)
        spread = np.nanmax(np.where(known, campaign.features, -np.inf), axis=0) > np.nanmin(
            np.where(known, campaign.features, np.inf), axis=0
        )
    differs = spread | (known.any(axis=0) & ~known.all(axis=0))
    return "" if differs.any() else "All customers are alike: no feature differs between them."


def _adjusted(p_values: list[float | None]) -> list[float | None]:
    """Benjamini and Hochberg 1995: where those below LEVEL are served, such a share of them is chance, at most."""
    known = [place for place, p in enumerate(p_values) if p is not None]
    adjusted: list[float | None] = [None] * len(p_values)
    for place, p in zip(known, false_discovery_control([p_values[place] for place in known]), strict=True):
        adjusted[place] = float(p)
    return adjusted


def _calibrated(evidence: UpliftEvidence) -> UpliftCalibration:
    choice = evidence.choice
    assert choice is not None
    return uplift_calibration.calibrate(choice.scores, choice.gains, choice.gains_of_all)


def _unit_columns(found: list[UpliftEvidence], place: Ints) -> dict[str, ArrowArray]:
    """campaign_id and variant of each row; place: the campaign's number."""
    rows: Any = arrays.arrow(place)
    return {
        "campaign_id": pa.array([each.campaign.campaign_id for each in found], pa.string()).take(rows),
        "variant": pa.array([each.campaign.variant for each in found], pa.string()).take(rows),
    }


def _uplift(
    found: list[UpliftEvidence], calibrated: dict[int, UpliftCalibration], codes: Ints, today: Floats
) -> pa.Table:
    def uplifts(place: int) -> tuple[Floats, Floats, Floats]:
        choice = found[place].choice
        assert choice is not None
        return calibrated[place].uplifts(choice.score(today))

    parts = linear_algebra_in_threads(uplifts, list(calibrated))
    columns = [np.concatenate([np.zeros(0), *(part[end] for part in parts)]) for end in range(3)]
    return pa.table(
        {
            **_unit_columns(found, np.repeat(np.array(list(calibrated), dtype=np.int64), codes.size)),
            "customer_code": arrays.arrow(np.tile(codes, len(calibrated))),
            **{
                name: arrays.nullable(values)
                for name, values in zip(("uplift", "ci_low", "ci_high"), columns, strict=True)
            },
        }
    )


def _evaluation(found: list[UpliftEvidence]) -> pa.Table:
    rows, place, winners = [], [], set()
    for number, each in enumerate(found):
        if (choice := each.choice) is None:
            continue
        figures = list(zip(LEARNERS, choice.qinis, choice.low, choice.high, strict=True))
        for name, value, low, high in [*figures, (RANDOM, 0.0, 0.0, 0.0)]:
            row = EvaluationRow(name, "qini", float(value), float(low), float(high), choice.gains.size)
            rows.append(row)
            place.append(number)
            winners |= {id(row)} if name == choice.learner else set()
    table = evaluation_table(
        {"learner": pa.string(), "metric": pa.string()}, rows, is_champion=lambda row: id(row) in winners
    )
    units = _unit_columns(found, np.array(place, dtype=np.int64))
    return pa.table({**units, **{name: table.column(name) for name in table.column_names}})


def _campaigns(
    found: list[UpliftEvidence], adjusted: list[float | None], calibrated: dict[int, UpliftCalibration]
) -> pa.Table:
    choices = [each.choice for each in found]
    averages = np.array([_average(each) for each in choices]).reshape(-1, 3)
    counts = {
        "customers": [sum(each.campaign.assigned) for each in found],
        "learned_from": [0 if each is None else each.gains_of_all.size - each.gains.size for each in choices],
        "judged_by": [0 if each is None else each.gains.size for each in choices],
    }
    return pa.table(
        {
            **_unit_columns(found, np.arange(len(found))),
            "is_separable": pa.array([place in calibrated for place in range(len(found))], pa.bool_()),
            "learner": pa.array([None if each is None else each.learner for each in choices], pa.string()),
            "p_value": pa.array(adjusted, pa.float64()),
            **{name: pa.array(values, pa.int64()) for name, values in counts.items()},
            **{
                name: arrays.nullable(averages[:, end])
                for end, name in enumerate(("average_uplift", "ci_low", "ci_high"))
            },
            "sentence": pa.array(
                [_sentence(each, p, _judged(found)) or None for each, p in zip(found, adjusted, strict=True)],
                pa.string(),
            ),
        }
    )


def _judged(found: list[UpliftEvidence]) -> int:
    return sum(each.choice is not None for each in found)


def _average(choice: UpliftChoice | None) -> tuple[float, float, float]:
    """The average effect on the drawn customers, and its 95 % interval."""
    if choice is None:
        return np.nan, np.nan, np.nan
    mean, half = (
        choice.gains_of_all.mean(),
        norm.ppf(0.975) * choice.gains_of_all.std(ddof=1) / np.sqrt(choice.gains_of_all.size),
    )
    return float(mean), float(mean - half), float(mean + half)


def _sentence(evidence: UpliftEvidence, adjusted: float | None, campaigns: int) -> str:
    """Why nothing is said of single customers, or ''."""
    choice = evidence.choice
    if choice is None or adjusted is None:
        return evidence.sentence
    if adjusted < LEVEL:
        return ""
    average, low, high = _average(choice)
    return (
        f"Nothing is separable: on {choice.gains.size:,} customers who were kept back, the best ranking does not prove"
        f" better than chance (p = {adjusted:.2f}, for {campaigns} campaign{'s' if campaigns > 1 else ''}, where"
        f" {LEVEL} is asked). All have the average uplift, {average:.2g} ({low:.2g} to {high:.2g})."
    )


def _status(found: list[UpliftEvidence], adjusted: list[float | None], served: list[int]) -> str:
    if served:
        return OK
    if not found:
        return "No campaign had its customers assigned by lot, so nobody's uplift is known."
    if len(found) == 1:
        return _sentence(found[0], adjusted[0], 1)
    few = len(found) - _judged(found)
    return (
        f"Nobody's uplift is known: of {len(found)} campaigns {few} have too little to learn from, and in the others"
        " customers do not prove to differ in how they react."
    )
