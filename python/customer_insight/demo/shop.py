"""The whole made shop, block by block: tables with their defects, and what was planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.demo import (
    abuse,
    agents,
    bots,
    bought_reviews,
    catalogue,
    columns,
    defects,
    dirt,
    events,
    experiments,
    groups,
    households,
    made_messages,
    made_reviews,
    orders,
    people,
    planted_rules,
    searches,
    senders,
    touches,
)
from customer_insight.demo.catalogue import DEPARTMENTS, DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import BLOCK_CUSTOMERS, END

TABLES = [
    "customers",
    "products",
    "product_vectors",
    "order_lines",
    "events",
    "identity_links",
    "reviews",
    "support_messages",
    "touches",
    "campaigns",
    "assignments",
    "channel_costs",
]
# Few rows, and each is needed: without dirt and defects.
CLEAN = ("campaigns", "channel_costs")


@dataclass(frozen=True)
class Block:
    """The rows that one block of customers adds to each table, and to what was planted."""

    number: int
    tables: dict[str, defects.Damaged]
    planted: dict[str, TextTable]


def block_count(customers: int) -> int:
    """Number of blocks of a shop."""
    return -(-customers // BLOCK_CUSTOMERS)


def make_shop(seed: int, customers: int, *, is_clean: bool = False) -> Iterator[Block]:
    """The blocks of a shop. `customers` at least 1, `seed` at least 0; the same arguments give the same bytes.

    is_clean: without dirt and defects.
    """
    products = catalogue.make_catalogue(seed, customers)
    for number in range(block_count(customers)):
        size = min(BLOCK_CUSTOMERS, customers - number * BLOCK_CUSTOMERS)
        yield _make_block(seed, number, size, products, is_clean)


def _make_block(seed: int, number: int, size: int, products: DemoCatalogue, is_clean: bool = False) -> Block:
    who = people.make_people(seed, number, size)
    made = orders.make_orders(seed, number, who)
    lines = orders.make_lines(seed, number, who, made, products)
    customers = people.customers_table(seed, number, who)
    mailings, outcomes = touches.make_mailings(seed, number, who, products)
    bot_events, planted_bots = bots.make_bots(seed, number, size, products)
    stream = events.merge(
        [
            events.order_sessions(seed, number, who, made, lines, products),
            events.browsing_sessions(seed, number, who, products),
            bot_events,
        ]
    )
    links = people.links_table(seed, number, who)
    country = customers["country"].combine_chunks()
    tongues = people.write_german(seed, number, country)
    reviewed, feelings, sentences = made_reviews.make_reviews(seed, number, who, made, lines, products, tongues)
    asked, intents, entities = made_messages.make_messages(seed, number, who, made, lines, products, customers, tongues)
    houses = households.make_households(seed, number, who, made)
    sold, returns = abuse.with_returns(seed, number, who, made, lines)
    placed, sold = experiments.with_campaign_orders(seed, number, who, mailings, products, made, sold)
    order_lines = orders.order_lines_table(number, who, placed, sold, products, country)
    touched, scanned = abuse.with_scanners(
        seed, number, who, touches.touches_table(number, who, products, mailings, outcomes)
    )
    farms = abuse.click_farms(seed, number, size, products)
    bought, bought_feelings, bought_sentences, bought_planted = bought_reviews.make_bought_reviews(
        seed, number, who, made, lines, products
    )
    tables = {
        "customers": customers,
        "order_lines": households.with_households(seed, number, order_lines, houses, who, placed, sold),
        "events": _with_devices(events.events_table(seed, number, who, stream, products), stream, houses),
        "identity_links": links,
        "reviews": reviewed,
        "support_messages": asked,
        "touches": touched,
        "assignments": experiments.assignments_table(who, mailings),
    }
    if number == 0:
        tables["products"] = catalogue.products_table(seed, products)
        tables["product_vectors"] = catalogue.vectors_table(seed, products)
        tables["campaigns"] = experiments.campaigns_table()
        tables["channel_costs"] = senders.costs_table(seed)
    visiting = agents.agents_table(seed, number, size, products, tables["events"])
    farmed = _farm_events(seed, number, who, farms, products)
    # behind the rest, so that no other row moves
    behind = {"events": pa.concat_tables([visiting, farmed]), "reviews": bought}
    return Block(
        number=number,
        tables={
            name: _followed(
                _clean(name, tables[name])
                if is_clean or name in CLEAN
                else _spoil(seed, number, name, tables[name], products),
                behind.get(name),
            )
            for name in TABLES
            if name in tables
        },
        planted={
            "customers": _planted_customers(who, products),
            "bots": pa.concat_tables([planted_bots, agents.planted_agents(visiting)]),
            # of the first block alone: a visit each is much to write
            **({"channels": agents.planted_channels(seed, number, stream)} if number == 0 else {}),
            "shared_visitors": _shared_visitors(who),
            "reviews": pa.concat_tables([feelings, bought_feelings]),
            "review_sentences": pa.concat_tables([sentences, bought_sentences]),
            "support_messages": intents,
            "message_entities": entities,
            "abuse": _planted_abuse(who, houses, returns, scanned, farms, bought_planted),
        },
    )


def _farm_events(
    seed: int, number: int, who: people.People, farms: events.Events, products: DemoCatalogue
) -> TextTable:
    """`events` of click farms, with ids of their own."""
    table = events.events_table(seed, number, who, farms, products)
    ids = columns.ids("f", np.arange(table.num_rows) + 1 + number * events.EVENTS_A_BLOCK)
    table = table.set_column(table.column_names.index("event_id"), "event_id", ids)
    return table.append_column("device_id", columns.nothing(table.num_rows))


def _with_devices(table: TextTable, stream: events.Events, houses: households.Households) -> TextTable:
    is_purchase = (stream.kind == events.PURCHASE) & (stream.customer >= 0)
    return table.append_column(
        "device_id", households.devices(houses, stream.customer, is_purchase, stream.device == events.TILL)
    )


def _followed(damaged: defects.Damaged, rows: TextTable | None) -> defects.Damaged:
    """The table, and behind it other rows without a defect."""
    return damaged if rows is None else replace(damaged, table=pa.concat_tables([damaged.table, rows]))


def _planted_abuse(
    who: people.People,
    houses: households.Households,
    returns: list[tuple[str, Any]],
    scanned: Any,
    farms: events.Events,
    bought: TextTable,
) -> TextTable:
    parts = [
        *abuse.customers_of(who, [*returns, (abuse.SCANNER, scanned)]),
        ("visitor", abuse.FARM, abuse.farm_visitors(farms)),
    ]
    others = abuse.planted(parts, {abuse.RETURNER, abuse.WARDROBER, abuse.FARM, abuse.SCANNER})
    return pa.concat_tables([households.planted(houses, who), others, bought])


def _clean(name: str, table: TextTable) -> defects.Damaged:
    """The table as it is."""
    none = np.zeros(0, dtype=np.int64)
    return defects.Damaged(catalogue.with_postage(table) if name == "products" else table, none, [], none)


def _spoil(seed: int, number: int, name: str, table: TextTable, products: DemoCatalogue) -> defects.Damaged:
    """The table with harmless dirt and with defects. Planted products keep their one good row."""
    rng = columns.random_stream(seed, number, 60 + TABLES.index(name))
    edits, dirty = dirt.soil(rng, name, table)
    free = ~dirty
    if name == "products":
        free &= ~products.planted
    few = 1 if name in ("products", "product_vectors") else 2
    damaged = defects.damage(rng, name, table, edits, free, few if number == 0 else 0)
    return replace(damaged, table=catalogue.with_postage(damaged.table)) if name == "products" else damaged


def _planted_customers(who: people.People, products: DemoCatalogue) -> TextTable:
    """customer_id, behaviour_group, taste, churned_at (null: still there), cycle_product_id."""
    cycle_ids = [products.ids[index] for index in planted_rules.cycle_products(products)]
    return pa.table(
        {
            "customer_id": people.customer_ids(who.number),
            "behaviour_group": columns.pick(groups.NAMES, who.group),
            "taste": columns.pick(DEPARTMENTS, who.taste),
            "churned_at": columns.times(who.stopped, who.stopped < END),
            "cycle_product_id": columns.pick([*cycle_ids, None], np.where(who.cycle < 0, len(cycle_ids), who.cycle)),
        }
    )


def _shared_visitors(who: people.People) -> TextTable:
    """visitor_id and the two customers who use it."""
    second = np.flatnonzero(who.partner >= 0)
    return pa.table(
        {
            "visitor_id": columns.scrambled("v", who.visitor[second, 0]),
            "customer_id": people.customer_ids(who.number[who.partner[second]]),
            "other_customer_id": people.customer_ids(who.number[second]),
        }
    )


def planted_facts(seed: int, customers: int) -> dict[str, Any]:
    """What was planted in the shop as a whole: rules, cycles, campaigns and the groups' shares."""
    products = catalogue.make_catalogue(seed, customers)
    return {
        "rules": planted_rules.describe_rules(products),
        "cycles": planted_rules.describe_cycles(products),
        "campaigns": touches.planted_campaigns(),
        "experiments": experiments.describe_experiments(seed),
        "searches": {"not_sold": searches.NOT_SOLD, "own_names": searches.OWN_NAMES},
        "groups": [{"behaviour_group": group.name, "share": group.share} for group in groups.GROUPS],
    }
