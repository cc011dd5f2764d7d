"""Campaigns with a holdout: who was drawn, and the orders that were placed because of them, with planted effects."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns, groups
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START
from customer_insight.demo.orders import COMPLETED, STORE, Lines, Orders, draw_products, price_lines
from customer_insight.demo.people import People, ids_at
from customer_insight.demo.touches import CAMPAIGNS, FIRST_DAYS, SHARES, Mailings
from customer_insight.numerics.arrays import Floats, Ints

WINDOW_DAYS = 14
COSTS = [60, 55, 75, 240, 180, 50]  # of a campaign as a whole, in pounds
OFFERS = ["Picnic things", "Pens and paper", "For long evenings", "A day of offers", "Gifts to give", "What is left"]


class PlantedEffects(NamedTuple):
    """What the campaigns do, by campaign and behaviour group."""

    chance: Floats  # of an order at the till within WINDOW_DAYS, for who is left alone; 1 to 6 %
    change: Floats  # by which the campaign multiplies it, less one; -0.3 to 0.4, none in a third of the groups


def planted_effects(seed: int) -> PlantedEffects:
    """The effects of a shop, both of shape (campaigns, groups)."""
    rng = columns.random_stream(seed, 0, 51)
    shape = len(CAMPAIGNS), len(groups.NAMES)
    change = rng.uniform(-0.3, 0.4, shape)
    rank = rng.random(shape).argsort(axis=1).argsort(axis=1)
    return PlantedEffects(rng.uniform(0.01, 0.06, shape), np.where(rank < shape[1] // 3, 0.0, change))


def describe_experiments(seed: int) -> list[dict[str, Any]]:
    """The planted effects, one entry a campaign and group: the chance of an order without it, and what it adds."""
    effects = planted_effects(seed)
    return [
        {
            "campaign_id": CAMPAIGNS[campaign],
            "behaviour_group": groups.NAMES[group],
            "orders_without": round(float(effects.chance[campaign, group]), 6),
            "orders_added": round(float(effects.chance[campaign, group] * effects.change[campaign, group]), 6),
        }
        for campaign in range(len(CAMPAIGNS))
        for group in range(len(groups.NAMES))
    ]


def start_of(campaign: Ints) -> Ints:
    """When a campaign begins: the morning of its first day."""
    return EVENTS_START + np.array(FIRST_DAYS)[campaign] * DAY + 7 * 3600


def _drawn(mailings: Mailings) -> tuple[Ints, Ints, Ints]:
    """(campaign, customer, variant) of everybody who was drawn, by campaign and customer; variant -1: the holdout."""
    held = mailings.held_out
    campaign = np.concatenate([mailings.campaign, np.repeat(np.arange(len(held)), [len(each) for each in held])])
    customer = np.concatenate([mailings.customer, *held])
    variant = np.concatenate([mailings.variant, np.full(sum(len(each) for each in held), -1)])
    order = np.lexsort((customer, campaign))
    return campaign[order], customer[order], variant[order]


def assignments_table(people: People, mailings: Mailings) -> TextTable:
    """`assignments`, one row a campaign and customer who was drawn for it or left alone, by the tool that sends."""
    campaign, customer, variant = _drawn(mailings)
    treated = [f"{share / 2:.4f}" for share in SHARES]
    left_alone = [f"{1 - share:.4f}" for share in SHARES]
    return pa.table(
        {
            "campaign_id": columns.pick(CAMPAIGNS, campaign),
            "customer_id": ids_at(people, customer),
            "variant": columns.pick(["A", "B", None], variant % 3),
            "arm": columns.pick(["treatment", "control"], (variant < 0).astype(np.int64)),
            "propensity": columns.pick([*treated, *left_alone], campaign + len(SHARES) * (variant < 0)),
            "assigned_at": columns.times(start_of(campaign)),
        }
    )


def campaigns_table() -> TextTable:
    """`campaigns`: those that were sent, and one that begins when the shop's data end, for the project to draw."""
    started = start_of(np.arange(len(CAMPAIGNS)))
    count = len(CAMPAIGNS)
    return pa.table(
        {
            "campaign_id": pa.array([*CAMPAIGNS, "new-year"]),
            "campaign_name": pa.array([*(name.replace("-", " ").capitalize() for name in CAMPAIGNS), "New year"]),
            "channel": pa.array(["email"] * (count + 1)),
            "audience": pa.array([None] * count + ["one_time_buyers"]),
            "offer": pa.array([*OFFERS, "A second order without postage"]),
            "variants": pa.array(["A|B"] * count + ["A:2|B:1"]),
            "starts_at": columns.times(np.append(started, END + 9 * 3600)),
            "ends_at": columns.times(np.append(started + WINDOW_DAYS * DAY, END + 20 * DAY)),
            "cost": pa.array([*(f"{cost}.00" for cost in COSTS), "40.00"]),
            "holdout_share": pa.array([*(f"{1 - share:.2f}" for share in SHARES), "0.20"]),
            "success_metric": pa.array([*["orders"] * count, "conversion"]),
            "attribution_days": pa.array([str(WINDOW_DAYS)] * count + ["21"]),
        }
    )


class CampaignOrders(NamedTuple):
    """Orders placed at the till by those who were drawn, because of the campaign or though left alone."""

    campaign: Ints
    customer: Ints  # block-local index
    variant: Ints  # -1: the holdout
    at: Ints


def campaign_orders(seed: int, block: int, people: People, mailings: Mailings) -> CampaignOrders:
    """The orders of a block: by `chance` in the holdout, by `1 + change` times that where the campaign was sent."""
    rng = columns.random_stream(seed, block, 52)
    campaign, customer, variant = _drawn(mailings)
    effects, group = planted_effects(seed), people.group[customer]
    chance = effects.chance[campaign, group] * (1 + effects.change[campaign, group] * (variant >= 0))
    at = start_of(campaign) + (rng.random(len(campaign)) * WINDOW_DAYS * DAY).astype(np.int64)
    buys = (rng.random(len(campaign)) < chance) & (at < END - 3600) & (at < people.stopped[customer])
    return CampaignOrders(campaign[buys], customer[buys], variant[buys], at[buys])


def with_campaign_orders(
    seed: int, block: int, people: People, mailings: Mailings, products: DemoCatalogue, made: Orders, lines: Lines
) -> tuple[Orders, Lines]:
    """The orders of a block, and behind them those of `campaign_orders`."""
    rng = columns.random_stream(seed, block, 53)
    _, customer, _, at = campaign_orders(seed, block, people, mailings)
    added = Orders(
        customer=customer,
        at=at,
        channel=np.full(len(at), STORE),
        is_cancelled=np.zeros(len(at), dtype=bool),
        is_guest=np.zeros(len(at), dtype=bool),
    )
    order = np.repeat(np.arange(len(at)), 1 + (rng.random(len(at)) < 0.4))
    product = draw_products(rng, products, people, customer[order], at[order])
    pair = np.unique(order * products.size + product)
    bought = price_lines(rng, people, added, products, pair // products.size, pair % products.size)
    together = Orders(*(np.concatenate(each) for each in zip(_arrays(made), _arrays(added), strict=True)))
    moved = [bought.order + made.size, *_arrays(bought)[1:]]
    moved[_arrays_of(Lines).index("status")] = np.full(len(bought.order), COMPLETED)
    moved[_arrays_of(Lines).index("returned_at")] = np.zeros(len(bought.order), dtype=np.int64)
    return together, Lines(*(np.concatenate(each) for each in zip(_arrays(lines), moved, strict=True)))


def _arrays_of(kind: type) -> list[str]:
    return list(kind.__annotations__)


def _arrays(rows: Orders | Lines) -> list[Any]:
    return [getattr(rows, name) for name in _arrays_of(type(rows))]
