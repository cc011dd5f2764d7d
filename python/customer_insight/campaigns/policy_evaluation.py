"""What policies would have earned on logged choices: products that were shown, and variants that people were drawn for.

Only choices with a known probability answer. Policies: `logged`, what was done (its plain mean: a check); `uniform`,
any choice alike; `offer_rule`, the choice that brings most by a model of the other customers; `recommendations`, the
product that lists as they were learned before put at that place; `uplift_ranking`, the variant for the half of the
customers whom it moves most, by a ranking that has not seen them, and nothing for the others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.campaigns import off_policy
from customer_insight.campaigns.drawn_offers import DrawnOffers, read_drawn_offers
from customer_insight.campaigns.off_policy import PolicyLog
from customer_insight.campaigns.shown_products import NOTHING, LoggedProducts, read_shown_products
from customer_insight.campaigns.uplift_halves import HALVES, read_halves
from customer_insight.numerics import arrays, memory
from customer_insight.steps.step_result import OK, StepResult

LOGGED = "logged"
_DOUBLE, _TEXT, _COUNT = pa.float64(), pa.string(), pa.int64()
# campaign_code None: all products that were shown.
VALUES: dict[str, pa.DataType] = {
    "campaign_code": _COUNT,
    "variant_code": _COUNT,
    "policy": _TEXT,
    "metric": _TEXT,
    "estimator": _TEXT,
    "choices": _COUNT,
    "people": _COUNT,
    "value": _DOUBLE,
    "ci_low": _DOUBLE,
    "ci_high": _DOUBLE,
    "logged_value": _DOUBLE,
    "gain": _DOUBLE,
    "gain_low": _DOUBLE,
    "gain_high": _DOUBLE,
    "effective_sample": _DOUBLE,
    "overlap": _DOUBLE,
    "verdict": _TEXT,
    "reason": _TEXT,
}
Row = dict[str, Any]


def run(touches: pa.Table, candidates: pa.Table, offers: pa.Table, halves: pa.Table) -> StepResult:
    """Values of all policies.

    touches, candidates: see `read_shown_products`. offers: see `read_drawn_offers`, of campaigns whose window has
    closed. halves: see `read_halves`. Table values: VALUES, by campaign, policy, metric and estimator; in units of the
    metric a choice. Table occasions: occasion_code, choices: of occasions whose propensities do not add up, which are
    left out.
    """
    shown, drawn = read_shown_products(touches, candidates), read_drawn_offers(offers)
    is_right = shown.adds_up()
    left_out = np.bincount(shown.occasion, minlength=is_right.size)[~is_right] if is_right.size else np.zeros(0)
    judged = shown if is_right.all() else shown.where(is_right[shown.occasion])
    with threadpool_limits(1):
        rows = [*_of_products(judged), *_of_offers(drawn), *_of_halves(halves)]
    memory.give_back()
    wrong = np.flatnonzero(~is_right)
    return StepResult(
        tables={
            "values": pa.Table.from_pylist(rows, schema=pa.schema(VALUES)),
            "occasions": pa.table(
                {
                    "occasion_code": arrays.arrow(wrong.astype(np.int64)),
                    "choices": arrays.arrow(left_out.astype(np.int64)),
                }
            ),
        },
        status=OK if rows else "Nothing that was shown and nobody who was drawn has a known probability.",
        parameters={
            "least_effective_sample": off_policy.LEAST_EFFECTIVE,
            "least_overlap": off_policy.LEAST_OVERLAP,
            "least_rewards": off_policy.LEAST_REWARDS,
        },
        metrics={
            "touches": shown.person.size,
            "customers_drawn": sum(each.customer.size for each in drawn),
            "touches_left_out": int(left_out.sum()),
            "refused": sum(row["verdict"] == off_policy.REFUSED for row in rows),
        },
        input_fingerprint=_fingerprint(shown, drawn, halves),
    )


def _of_products(shown: LoggedProducts) -> Iterator[Row]:
    if not shown.person.size:
        return
    listed = shown if shown.has_lists.all() else shown.where(shown.has_lists)
    for metric, reward in shown.rewards.items():
        if metric != "click" and not reward.any():
            continue
        model = shown.model_of(metric)
        named = {"metric": metric, "people": int(arrays.distinct(shown.person).size)}
        yield from _rows({"policy": LOGGED} | named, shown.logged(metric, model))
        yield from _rows({"policy": "uniform"} | named, shown.uniform(metric, model))
        yield from _rows({"policy": "offer_rule"} | named, shown.choosing(metric, model, shown.best(model)))
        if listed.person.size:
            people = int(arrays.distinct(listed.person).size)
            as_it_was = float((listed.recommended == NOTHING).mean())
            note = (
                f" {as_it_was:.0%} of choices are as they were: the lists have nothing for them." if as_it_was else ""
            )
            log = listed.choosing(metric, model, listed.recommended)
            yield from _rows({"policy": "recommendations", "metric": metric, "people": people}, log, note)


def _of_offers(drawn: list[DrawnOffers]) -> Iterator[Row]:
    for campaign in drawn:
        people = campaign.customer.size
        for policy, log in campaign.policies():
            named = {"campaign_code": campaign.campaign, "policy": policy, "metric": campaign.metric, "people": people}
            yield from _rows(named, log)


def _of_halves(halves: pa.Table) -> Iterator[Row]:
    for campaign, variant, metric, log in read_halves(halves):
        named = {"campaign_code": campaign, "variant_code": variant, "policy": "uplift_ranking", "metric": metric}
        yield from _rows(named | {"people": log.reward.size}, log)


def _rows(named: Row, log: PolicyLog, note: str = "") -> Iterator[Row]:
    """A row for each estimator; those of the logged policy, which all say the same, say what it is."""
    earned = float(log.reward.mean())
    for found in off_policy.policy_values(log):
        row = named | {name: getattr(found, name) for name in VALUES if hasattr(found, name)}
        row |= {"choices": log.reward.size, "logged_value": earned, "reason": found.reason + note}
        if named["policy"] == LOGGED and found.verdict != off_policy.REFUSED:
            row |= {"verdict": LOGGED, "reason": "What was done: a plain mean."}
        yield row


def _fingerprint(shown: LoggedProducts, drawn: list[DrawnOffers], halves: pa.Table) -> str:
    parts: dict[str, Any] = {}
    everything: list[Any] = [shown, shown.candidates, *drawn]
    for place, each in enumerate(everything):
        given = {field.name: vars(each)[field.name] for field in dataclasses.fields(each)}
        parts |= {f"{place}_{name}": values for name, values in given.items() if isinstance(values, np.ndarray)}
    parts |= {f"reward_{name}": values for name, values in shown.rewards.items()}
    keys = [arrays.codes(halves, name) for name in ("campaign_code", "variant_code", "customer_code")]
    order = np.lexsort(keys[::-1])
    parts["halves"] = np.column_stack(keys)[order]
    parts["outcomes"] = np.column_stack([arrays.doubles(halves, name) for name in list(HALVES)[3:]])[order]
    parts["campaigns"] = pa.array([f"{each.campaign} {each.metric}" for each in drawn], pa.large_string())
    return arrays.fingerprint(parts)
