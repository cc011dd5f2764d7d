"""Agents that look at the made shop for people who asked them, and what was planted of who sends visits."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns, events, senders
from customer_insight.demo.bots import FIRST_VISITOR
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START

KIND = "shopping_agent"
# far above every bot's visitor
FIRST_AGENT = FIRST_VISITOR + 300_000_000
AGENTS_A_BLOCK = 1_000


def agents_table(seed: int, block: int, customers: int, catalogue: DemoCatalogue, like: TextTable) -> TextTable:
    """`events` of a block's agents, in the columns of `like`: an agent for 100 customers, one visit each."""
    rng = columns.random_stream(seed, block, 37)
    agents = max(6, customers // 100)
    sizes = 1 + rng.geometric(0.35, agents)
    visit = np.repeat(np.arange(agents), sizes)
    begin = EVENTS_START + (rng.random(agents) * (END - EVENTS_START - 2 * DAY)).astype(np.int64)
    at = begin[visit] + columns.within(sizes) * rng.integers(2, 9, agents)[visit]
    product = rng.integers(0, catalogue.size, len(visit))
    browser = rng.integers(0, len(senders.AGENT_BROWSERS), agents)
    cells = {
        "occurred_at": columns.times(at),
        "event_type": columns.pick(["view"], np.zeros(len(visit), dtype=np.int64)),
        "visitor_id": columns.scrambled("v", (FIRST_AGENT + block * AGENTS_A_BLOCK + np.arange(agents))[visit]),
        "event_id": columns.ids("a", np.arange(len(visit)) + 1 + block * events.EVENTS_A_BLOCK),
        "product_id": columns.pick(catalogue.ids, product),
        "platform": columns.pick(["web"], np.zeros(len(visit), dtype=np.int64)),
        "user_agent": columns.pick(senders.AGENT_BROWSERS, browser[visit]),
        "page_url": columns.join("/p/", columns.whole(product + 1)),
    }
    return pa.table({name: cells.get(name, columns.nothing(len(visit))) for name in like.column_names})


def planted_agents(agents: TextTable) -> TextTable:
    """visitor_id and kind of each, as of the bots."""
    visitors = sorted(set(agents["visitor_id"].to_pylist()))
    return pa.table({"visitor_id": pa.array(visitors), "kind": pa.array([KIND] * len(visitors))})


def planted_channels(seed: int, block: int, stream: events.Events) -> TextTable:
    """visitor_id, started_at, channel, has_order of each visit of a person in a browser, or of an agent that orders."""
    is_purchase = stream.kind == events.PURCHASE
    sent = senders.arrivals(seed, block, stream.session, stream.is_first, is_purchase, stream.is_sent)
    has_order = np.isin(stream.session, stream.session[is_purchase])
    first = np.flatnonzero(stream.is_first & stream.is_sent)
    return pa.table(
        {
            "visitor_id": columns.scrambled("v", stream.visitor[first]),
            "started_at": columns.times(stream.at[first]),
            "channel": sent.channel.take(columns.rows(first)),
            "has_order": columns.pick(["false", "true"], has_order[first].astype(np.int64)),
        }
    )
