"""Customers whom no ranking of uplift has learned from, and which half of them it would send a campaign to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.campaigns.assigned_customers import AssignedCustomers
from customer_insight.campaigns.off_policy import PolicyLog
from customer_insight.campaigns.uplift_choice import LEARNED_SHARE, UpliftChoice
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints

_DOUBLE = pa.float64()
HALVES: dict[str, pa.DataType] = {
    "campaign_id": pa.string(),
    "variant": pa.string(),
    "customer_code": pa.int64(),
    "is_treated": pa.bool_(),
    "is_first_half": pa.bool_(),
    "propensity": _DOUBLE,
    "outcome": _DOUBLE,
    "if_treated": _DOUBLE,
    "if_not": _DOUBLE,
}


def halves_table(judged: list[tuple[AssignedCustomers, UpliftChoice]]) -> pa.Table:
    """HALVES, of each campaign's customers that were kept back, by rising code: who is in the half that reacts most."""
    parts = [pa.table({name: pa.array([], kind) for name, kind in HALVES.items()})]
    for campaign, choice in judged:
        kept = np.flatnonzero(campaign.place >= LEARNED_SHARE)
        order = np.lexsort((campaign.customers[kept], -np.round(choice.scores, 12)))
        is_first = np.zeros(kept.size, dtype=np.bool_)
        is_first[order[: kept.size // 2]] = True
        if_treated, if_not = choice.learners.outcomes(campaign.features[kept])
        columns: list[Any] = [
            pa.array([campaign.campaign_id] * kept.size, pa.string()),
            pa.array([campaign.variant] * kept.size, pa.string()),
            *(arrays.arrow(each) for each in (campaign.customers[kept], campaign.is_treated[kept], is_first)),
            *(arrays.arrow(each) for each in (campaign.propensity[kept], campaign.outcome[kept], if_treated, if_not)),
        ]
        parts.append(pa.table(columns, schema=pa.schema(HALVES)))
    return pa.concat_tables(parts)


def read_halves(halves: pa.Table) -> Iterator[tuple[int, int, str, PolicyLog]]:
    """Campaign, variant, metric and the log of sending to the first half alone, by rising campaign and variant.

    halves: campaign_code, variant_code, metric and, of HALVES, all but the ids; rows in any order.
    """
    campaign, variant, customer = (
        arrays.codes(halves, name) for name in ("campaign_code", "variant_code", "customer_code")
    )
    order = np.lexsort((customer, variant, campaign))
    key = (campaign * (int(variant.max(initial=0)) + 1) + variant)[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1)).tolist()
    metric: Any = arrays.column(halves, "metric")
    values = {name: arrays.doubles(halves, name) for name in list(HALVES)[3:]}

    def log(rows: Ints) -> PolicyLog:
        of = {name: column[rows] for name, column in values.items()}
        treated, first = of["is_treated"] > 0, of["is_first_half"] > 0
        return PolicyLog(
            reward=of["outcome"],
            propensity=np.where(treated, of["propensity"], 1 - of["propensity"]),
            target=(treated == first).astype(np.float64),
            predicted=np.where(treated, of["if_treated"], of["if_not"]),
            expected=np.where(first, of["if_treated"], of["if_not"]),
        )

    for start, end in itertools.pairwise([*starts, key.size] if starts else []):
        row = int(order[start])
        yield int(campaign[row]), int(variant[row]), metric[row].as_py(), log(order[start:end])
