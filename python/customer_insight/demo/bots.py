"""Visitors that are no people: crawlers that say so, and scrapers that look like a browser but are too fast."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns, words_people
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START
from customer_insight.demo.events import COMPUTER, SEARCH, SESSIONS_A_BLOCK, VIEW, Events

KINDS = ["crawler_user_agent", "superhuman_speed"]
FIRST_VISITOR = 3_500_000_000  # far above every customer's visitors, below 2**32
BOTS_A_BLOCK = 1_000


def make_bots(seed: int, block: int, customers: int, catalogue: DemoCatalogue) -> tuple[Events, TextTable]:
    """(events, planted bots: visitor_id, kind) of a block: a crawler for 330 customers, a scraper for 700."""
    rng = columns.random_stream(seed, block, 32)
    crawlers, scrapers = max(2, customers // 330), max(1, customers // 700)
    kind = np.repeat([0, 1], [crawlers, scrapers])
    visits = np.where(kind == 0, 1 + rng.poisson(3.0, len(kind)), 1)
    bot = np.repeat(np.arange(len(kind)), visits)
    sizes = np.where(kind[bot] == 0, 8 + rng.geometric(0.06, len(bot)), rng.integers(260, 420, len(bot)))
    begin = EVENTS_START + (rng.random(len(bot)) * (END - EVENTS_START - DAY)).astype(np.int64)
    visit = np.repeat(np.arange(len(bot)), sizes)
    place = columns.within(sizes)
    n = len(visit)
    gap = np.where(kind[bot[visit]] == 0, rng.geometric(0.2, n), rng.random(n) < 0.45)
    elapsed = np.cumsum(np.where(place == 0, 0, gap))
    at = begin[visit] + elapsed - np.repeat(elapsed[place == 0], sizes)
    number = FIRST_VISITOR + block * BOTS_A_BLOCK + np.arange(len(kind))
    crawler_agent = words_people.AGENT_STARTS[4] + rng.integers(0, words_people.AGENT_COUNTS[4], len(kind))
    agent = np.where(kind == 0, crawler_agent, rng.integers(0, words_people.AGENT_COUNTS[0], len(kind)))
    step = (place + rng.integers(0, catalogue.size, len(bot))[visit]) % catalogue.size  # one product after the other
    events = Events(
        at=at.astype(np.int64),
        kind=np.where((place == 0) & (kind[bot[visit]] == 0), SEARCH, VIEW),
        product=step,
        order=np.full(n, -1),
        pence=np.full(n, -1),
        customer=np.full(n, -1),
        is_known=np.zeros(n, dtype=bool),
        visitor=number[bot[visit]],
        device=np.full(n, COMPUTER),
        session=visit + SESSIONS_A_BLOCK * 3 // 4 + block * SESSIONS_A_BLOCK,
        is_first=place == 0,
        agent=agent[bot[visit]],
    )
    planted = pa.table({"visitor_id": columns.scrambled("v", number), "kind": columns.pick(KINDS, kind)})
    return events, planted
