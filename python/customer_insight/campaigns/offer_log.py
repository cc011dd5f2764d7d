"""What the policy of offers is told: the offers there are, what was decided before, and who can be decided on now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.campaigns import assigned_customers
from customer_insight.campaigns.offer_posterior import OfferLog
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Rewards are learned from up to this quantile of those with an order: one order of a company would outvote a segment.
_WINSORISED = 0.99


@dataclass(frozen=True)
class Offers:
    """The offers, by place: the number by which they are known, the place of their campaign, and what one costs.

    needs_consent: whether people must have agreed to marketing. cost: of one contact, NaN where unknown.
    """

    codes: Ints
    campaign: Ints
    needs_consent: Bools
    cost: Floats


@dataclass(frozen=True)
class Decisions:
    """What was decided of whom, in order of customer, time and campaign; reward: as it was, not as it is learned from.

    ordered: how many ordered, since a contact that cost something has a reward even so. waiting: decisions that are
    left out, since the days in which their outcome counts are not over.
    """

    log: OfferLog
    customer: Ints
    at: Floats
    propensity: Floats
    reward: Floats
    ordered: int
    waiting: int


@dataclass(frozen=True)
class OfferCustomers:
    """Who can be decided on now, by rising code. allowed: (customers, offers); contacts: of late.

    draw, place: even numbers from 0 to 1, keyed. is_full: written to as often as may be.
    """

    codes: Ints
    segment: Ints
    values: Floats
    allowed: Bools
    is_full: Bools
    draw: Floats
    place: Floats


def read_offers(table: pa.Table) -> Offers:
    """By rising code. Raises ValueError where one is there twice."""
    codes = arrays.codes(table, "offer_code")
    order = np.argsort(codes, kind="stable")
    if (twice := codes.size - arrays.distinct(codes).size) > 0:
        raise ValueError(f"{twice} offers are there already: one row an offer is expected.")
    return Offers(
        codes[order],
        arrays.dense(arrays.codes(table, "campaign_code")[order])[1],
        arrays.doubles(table, "needs_consent")[order] > 0,
        arrays.doubles(table, "cost")[order],
    )


def segments_of(*tables: pa.Table) -> tuple[int, list[Ints]]:
    """How many segments the tables name, and each row's place among them, -1 where it is in none."""
    texts = [
        np.asarray(arrays.texts(table, "segment_id").to_numpy(zero_copy_only=False), dtype=str) for table in tables
    ]
    names = np.unique(np.concatenate([np.zeros(0, dtype=str), *texts]))
    names = names[names != ""]
    found = []
    for each in texts:
        place = np.searchsorted(names, each).astype(np.int64)
        found.append(np.where(each == "", -1, place))
    return len(names), found


def read_decisions(table: pa.Table, segment: Ints, offers: Offers, names: list[str], half_life: float) -> Decisions:
    """Those whose outcome is known; weighed less by half for each half-life, in days, that they are old.

    Where a probability is not known it is the share of the arm in its campaign. Raises ValueError on odd rows.
    """
    is_known = arrays.doubles(table, "is_known") > 0
    reward = arrays.doubles(table, "reward")
    is_known &= np.isfinite(reward)
    code, has_offer = arrays.codes_and_validity(table, "offer_code")
    is_there, place = arrays.find(offers.codes, code)
    if (odd := int((has_offer & ~is_there).sum())) > 0:
        raise ValueError(f"Column 'offer_code': expected an offer of the offers, found another in {odd} rows.")
    offer = np.where(has_offer, place, -1)
    campaign_codes = arrays.codes(table, "campaign_place")
    customer, days_ago = arrays.codes(table, "customer_code"), arrays.doubles(table, "days_ago")
    propensity = arrays.doubles(table, "propensity")
    if ((propensity <= 0) | (propensity > 1)).any():
        raise ValueError("Column 'propensity': expected a probability above 0 and at most 1.")
    arm = campaign_codes * (offers.codes.size + 1) + offer + 1
    of_arm, of_campaign = np.bincount(arm), np.bincount(campaign_codes)
    propensity = np.where(np.isnan(propensity), of_arm[arm] / of_campaign[campaign_codes], propensity)
    order = np.lexsort((campaign_codes, -days_ago, customer))
    rows = order[is_known[order]]
    has_ordered = arrays.doubles(table, "has_ordered")[rows] > 0
    sizes = np.abs(reward[rows][has_ordered])
    most = float(np.quantile(sizes, _WINSORISED)) if sizes.size else 0.0
    log = OfferLog(
        campaign_codes[rows],
        offer[rows],
        segment[rows],
        assigned_customers.features(table, names)[rows],
        np.clip(reward[rows], -most, most),
        0.5 ** (days_ago[rows] / half_life),
    )
    return Decisions(
        log,
        customer[rows],
        -days_ago[rows],
        propensity[rows],
        reward[rows],
        int(has_ordered.sum()),
        int((~is_known).sum()),
    )


def read_customers(
    table: pa.Table, segment: Ints, offers: Offers, forbidden: pa.Table, names: list[str], most_contacts: int
) -> OfferCustomers:
    """Who can be decided on, and what each may be offered.

    An offer that needs consent is allowed to who agreed and was written to less often of late than may be; one that
    staff keeps out of a group of customers (forbidden: group_code, offer_code) to nobody of it.
    """
    codes = arrays.codes(table, "customer_code")
    if (twice := codes.size - arrays.distinct(codes).size) > 0:
        raise ValueError(f"{twice} rows of customers are of customers that are there already.")
    order = np.argsort(codes, kind="stable")
    is_open = arrays.doubles(table, "has_consent")[order] > 0
    is_full = arrays.codes(table, "contacts")[order] >= most_contacts
    allowed = ~offers.needs_consent | (is_open & ~is_full)[:, None]
    group = arrays.codes(table, "group_code")[order]
    for of_group, code in zip(
        arrays.codes(forbidden, "group_code").tolist(), arrays.codes(forbidden, "offer_code").tolist(), strict=True
    ):
        allowed[np.ix_(group == of_group, offers.codes == code)] = False
    return OfferCustomers(
        codes[order],
        segment[order],
        assigned_customers.features(table, names)[order],
        allowed,
        is_full,
        arrays.doubles(table, "draw")[order],
        arrays.doubles(table, "place")[order],
    )


def fingerprint(offers: Offers, decisions: Decisions, customers: OfferCustomers) -> str:
    """Of all that is looked at, in canonical order."""
    log = decisions.log
    parts: dict[str, Any] = {
        "offers": np.column_stack([offers.codes, offers.campaign, offers.needs_consent, offers.cost]),
        "decided": np.column_stack([decisions.customer, log.campaign, log.offer, log.segment]),
        "figures": np.column_stack([decisions.at, decisions.propensity, decisions.reward, log.values]),
        "customers": np.column_stack([customers.codes, customers.segment]),
        "open": np.column_stack([customers.allowed, customers.is_full]),
        "known": np.column_stack([customers.draw, customers.place, customers.values]),
        "counts": np.array([decisions.waiting, decisions.ordered]),
    }
    return arrays.fingerprint(parts)
