"""Campaign touches of one block, logged by an epsilon-greedy policy whose propensities are true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns
from customer_insight.demo.catalogue import DEPARTMENTS, DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START
from customer_insight.demo.people import People, ids_at
from customer_insight.numerics.arrays import Bools, Ints

CAMPAIGNS = ["july-picnic", "back-to-school", "autumn-nights", "black-friday", "christmas-gifts", "boxing-day-sale"]
FIRST_DAYS = [8, 48, 85, 144, 155, 178]  # after EVENTS_START
SHARES = [0.40, 0.40, 0.45, 0.75, 0.65, 0.35]  # of the customers who are still there
UPLIFTS = [0.0, 0.02, 0.03, 0.0, 0.04, -0.02]  # what variant B adds to the chance of a click
EPSILON = 0.3
CLICK = 0.05  # chance of a click
TASTE_CLICK = 0.14  # what a product of the favourite department adds to it
BY_POSITION = [1.13, 1.01, 0.89]  # by which the chance of a click is multiplied at positions 1 to 3
STRATEGIES = ["favourite_department", "random"]  # what was believed to be the favourite, or any candidate
TOUCHES_A_BLOCK = 1_000_000


def candidates(catalogue: DemoCatalogue) -> Ints:
    """(campaigns, departments) product indices: each campaign can show one product of each department."""
    rows = [np.flatnonzero((catalogue.department == d) & ~catalogue.planted) for d in range(len(DEPARTMENTS))]
    return np.array([[row[(7 * c + 3) % len(row)] for row in rows] for c in range(len(CAMPAIGNS))], dtype=np.int64)


def planted_campaigns() -> list[dict[str, Any]]:
    """Each campaign with the true effect of variant B on the chance of a click."""
    return [
        {
            "campaign_id": name,
            "variant_b_click_uplift": uplift,
            "epsilon": EPSILON,
            "clicks_by_position": [round(factor / BY_POSITION[0], 6) for factor in BY_POSITION],
        }
        for name, uplift in zip(CAMPAIGNS, UPLIFTS, strict=True)
    ]


@dataclass(frozen=True)
class Mailings:
    """Whom each campaign reached, one element a touch, by time; and whom it was kept from."""

    at: Ints  # seconds since 1970 UTC
    customer: Ints  # block-local index
    campaign: Ints
    variant: Ints
    product: Ints
    position: Ints
    is_believed: Bools  # the product is of the department that the policy believed to be the favourite
    likes_it: Bools  # and it is
    is_drawn: Bools  # the product was drawn from all candidates
    held_out: list[Ints]  # of each campaign


def make_mailings(seed: int, block: int, people: People, catalogue: DemoCatalogue) -> tuple[Mailings, Any]:
    """The touches of a block, and the random stream in which what came of them is drawn next.

    The policy shows the candidate of the department it believes to be the favourite (right four times in five) with
    1 - EPSILON, else any of the candidates.
    """
    rng = columns.random_stream(seed, block, 50)
    shown_at, who, campaign, held_out = [], [], [], []
    for index, (first, share) in enumerate(zip(FIRST_DAYS, SHARES, strict=True)):
        start = EVENTS_START + first * DAY
        is_there, is_drawn = (people.joined < start) & (people.stopped > start), rng.random(people.size) < share
        there = np.flatnonzero(is_there & is_drawn)
        held_out.append(np.flatnonzero(is_there & ~is_drawn))
        who.append(there)
        campaign.append(np.full(len(there), index))
        shown_at.append(start + 7 * 3600 + (rng.random(len(there)) * 2 * DAY).astype(np.int64))
    at, customer, which = np.concatenate(shown_at), np.concatenate(who), np.concatenate(campaign)
    order = np.lexsort((customer, at))
    at, customer, which = at[order], customer[order], which[order]
    n, arms = len(at), len(DEPARTMENTS)
    taste = people.taste[customer]
    believed = np.where(rng.random(n) < 0.8, taste, rng.integers(0, arms, n))
    is_drawn = rng.random(n) < EPSILON
    arm = np.where(is_drawn, rng.integers(0, arms, n), believed)
    variant, position = rng.integers(0, 2, n), rng.integers(1, 4, n)
    product = candidates(catalogue)[which, arm]
    is_believed, likes_it = arm == believed, arm == taste
    return Mailings(at, customer, which, variant, product, position, is_believed, likes_it, is_drawn, held_out), rng


def touches_table(block: int, people: People, catalogue: DemoCatalogue, mailings: Mailings, rng: Any) -> TextTable:
    """`touches`, one row a product shown to a customer; `propensity` is the probability of that product."""
    at, customer, which, variant = mailings.at, mailings.customer, mailings.campaign, mailings.variant
    product, position, arms, n = mailings.product, mailings.position, len(DEPARTMENTS), len(mailings.at)
    chance = CLICK + TASTE_CLICK * mailings.likes_it + np.array(UPLIFTS)[which] * variant
    clicked = rng.random(n) < chance * np.array(BY_POSITION)[position - 1]
    clicked_at = at + rng.integers(20, 2 * DAY, n)
    clicked &= clicked_at < END
    converted = clicked & (rng.random(n) < 0.22)
    converted_at = np.minimum(clicked_at + rng.integers(60, 7200, n), END - 1)
    rated = clicked & (rng.random(n) < 0.3)
    satisfaction = np.clip(np.rint(rng.normal(3.6 + 0.6 * mailings.likes_it, 0.9, n)), 1, 5).astype(np.int64)
    return pa.table(
        {
            "touch_id": columns.ids("T", np.arange(n) + 1 + block * TOUCHES_A_BLOCK, 5),
            "shown_at": columns.times(at),
            "customer_id": ids_at(people, customer),
            "campaign_id": columns.pick(CAMPAIGNS, which),
            "variant": columns.pick(["A", "B"], variant),
            "product_id": columns.pick(catalogue.ids, product),
            "position": columns.whole(position),
            "propensity": columns.pick(
                [f"{1 - EPSILON + EPSILON / arms:.4f}", f"{EPSILON / arms:.4f}"],
                (~mailings.is_believed).astype(np.int64),
            ),
            "clicked_at": columns.times(clicked_at, clicked),
            "converted_at": columns.times(converted_at, converted),
            "revenue": columns.only(converted, columns.money(catalogue.pence[product])),
            "strategy": columns.pick(STRATEGIES, mailings.is_drawn.astype(np.int64)),
            "satisfaction": columns.only(rated, columns.whole(satisfaction)),
        }
    )
