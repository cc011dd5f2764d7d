"""Who sends the visits of the made shop, what that costs, and the agents that shop for people.

All of it is drawn from streams of its own, so that nothing else of the shop depends on it. How well a channel converts
is its share of the visits that end in an order beside its share of the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START
from customer_insight.numerics.arrays import Bools, Ints


class Way(NamedTuple):
    """How visits of a channel arrive: what is behind the page's address, and the page before it; `#` is a number."""

    query: str
    referrer: str | None


class DemoChannel(NamedTuple):
    """A channel: its shares of the visits with and without an order, how its visits arrive, what it costs a day."""

    name: str
    with_order: float
    without_order: float
    ways: list[Way]
    cost_name: str | None = None
    pence_a_day: int = 0


CHANNELS = [
    DemoChannel("direct", 0.29, 0.26, [Way("", None)]),
    DemoChannel("organic search", 0.19, 0.23, [
        Way("", "https://www.google.com/"), Way("", "https://www.google.co.uk/"), Way("", "https://www.bing.com/"),
        Way("", "https://duckduckgo.com/"), Way("?srsltid=AfmBO#", "https://www.google.com/"),
        Way("", "android-app://com.google.android.googlequicksearchbox/"), Way("", "https://www.ecosia.org/")]),
    DemoChannel("paid search", 0.14, 0.09, [
        Way("?gclid=Cj0KCQ#", "https://www.google.com/"),
        Way("?utm_source=google&utm_medium=cpc&utm_campaign=brand", "https://www.google.com/"),
        Way("?utm_source=Bing&utm_medium=CPC&utm_campaign=kitchen%20uk&msclkid=#", None)], "Google Ads", 900),
    DemoChannel("paid shopping", 0.05, 0.04, [
        Way("?utm_source=google&utm_medium=cpc&utm_campaign=Shopping+all&gclid=EAIaIQ#", "https://www.google.com/"),
        Way("?utm_source=google_shopping&utm_medium=ppc", None)], "shopping ads", 300),
    DemoChannel("organic social", 0.05, 0.11, [
        Way("", "https://l.instagram.com/"), Way("?fbclid=IwAR#", "https://m.facebook.com/"),
        Way("", "https://www.pinterest.co.uk/"), Way("", "https://t.co/Ab#"), Way("?igsh=#", None)]),
    DemoChannel("paid social", 0.03, 0.10, [
        Way("?utm_source=facebook&utm_medium=paid_social&utm_campaign=spring&fbclid=IwAR#", "https://l.facebook.com/"),
        Way("?utm_source=ig&utm_medium=cpc&utm_campaign=reels", "https://l.instagram.com/"),
        Way("?ttclid=E.C.P.#", None)], "Meta Ads", 700),
    DemoChannel("email", 0.13, 0.04, [
        Way("?utm_source=newsletter&utm_medium=email&utm_campaign=week-#", None), Way("", "https://mail.google.com/"),
        Way("?utm_source=klaviyo&utm_medium=Email+Flow&utm_campaign=back", "https://outlook.live.com/")]),
    DemoChannel("affiliate", 0.04, 0.03, [
        Way("?utm_source=awin&utm_medium=affiliate&awc=#", "https://www.voucherpage.example/"),
        Way("", "https://www.awin1.com/")], "Awin", 150),
    DemoChannel("referral", 0.02, 0.06, [Way("", "https://gardenblog.example/best-pots"), Way("", "http://192.0.2.7:8080/")]),
    DemoChannel("assistants", 0.06, 0.04, [
        Way("?utm_source=chatgpt.com", None), Way("", "https://chatgpt.com/"), Way("", "https://www.perplexity.ai/"),
        Way("", "https://copilot.microsoft.com/"), Way("", "https://gemini.google.com/")]),
]  # fmt: skip
AGENTS_NAME = "agents"
# Share of the orders on the web that an agent places for its customer.
AGENT_ORDERS = 0.01
AGENT_BROWSERS = [
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0)",
]
# Who pays on another page comes back from it.
PAYMENT_PAGES = ["https://www.paypal.com/", "https://checkout.stripe.com/", "https://pay.klarna.com/"]
# Money for something that no rule knows.
UNKNOWN_COST = ("Garden Hour podcast", 2_500)


class Arrivals(NamedTuple):
    """What each event says of who sent its visit: what is behind its page, the page before it, an agent's browser."""

    query: TextColumn
    referrer: TextColumn
    agent: TextColumn
    channel: TextColumn


def arrivals(seed: int, block: int, session: Ints, is_first: Bools, is_purchase: Bools, is_sent: Bools) -> Arrivals:
    """Of each event of a block. is_sent: of a person in a browser. The first event of a visit tells."""
    rng = columns.random_stream(seed, block, 35)
    visits, visit = np.unique(session, return_inverse=True)
    has_order = np.zeros(len(visits), dtype=bool)
    has_order[visit[is_purchase]] = True
    drawn = np.where(
        has_order,
        columns.choose(rng, [channel.with_order for channel in CHANNELS], len(visits)),
        columns.choose(rng, [channel.without_order for channel in CHANNELS], len(visits)),
    )
    way = (rng.random(len(visits)) * np.array([len(channel.ways) for channel in CHANNELS])[drawn]).astype(np.int64)
    number = rng.integers(10_000, 99_999, len(visits))
    by_agent = has_order & (rng.random(len(visits)) < AGENT_ORDERS)
    pays_elsewhere = (rng.random(len(visits)) < 0.2)[visit] & is_purchase & is_sent
    starts = np.cumsum([0, *(len(channel.ways) for channel in CHANNELS)])[:-1]
    ways = [each for channel in CHANNELS for each in channel.ways]
    index = (starts[drawn] + way)[visit]
    tells = is_first & is_sent & ~by_agent[visit]
    split = [(*each.query.split("#"), "")[:2] for each in ways]
    numbered = np.array(["#" in each.query for each in ways])[index]
    digits = pa.compute.if_else(pa.array(numbered), columns.whole(number[visit]), pa.scalar(""))
    query = columns.join(
        *(
            columns.pick([parts[0] for parts in split], index),
            digits,
            columns.pick([parts[1] for parts in split], index),
        )
    )
    came_from = columns.pick([each.referrer.replace("#", "1") if each.referrer else None for each in ways], index)
    payment = columns.pick(PAYMENT_PAGES, number[visit] % len(PAYMENT_PAGES))
    names = [*(channel.name for channel in CHANNELS), AGENTS_NAME]
    return Arrivals(
        query=pa.compute.if_else(pa.array(tells), query, pa.scalar("")),
        referrer=pa.compute.if_else(pa.array(pays_elsewhere & ~is_first), payment, columns.only(tells, came_from)),
        agent=columns.only(
            by_agent[visit] & is_sent, columns.pick(AGENT_BROWSERS, number[visit] % len(AGENT_BROWSERS))
        ),
        channel=columns.only(is_sent, columns.pick(names, np.where(by_agent, len(CHANNELS), drawn)[visit])),
    )


def costs_table(seed: int) -> TextTable:
    """`channel_costs`: each day since visits are counted, what was spent on each channel that is paid for."""
    rng = columns.random_stream(seed, 0, 36)
    days = np.arange(EVENTS_START, END, DAY)
    paid = [channel for channel in CHANNELS if channel.cost_name]
    spent = [(days, channel.cost_name, rng.poisson(channel.pence_a_day, len(days))) for channel in paid]
    spent.append((days[::30], UNKNOWN_COST[0], np.full(len(days[::30]), UNKNOWN_COST[1])))
    return pa.table(
        {
            "cost_date": pa.chunked_array(
                [pa.compute.utf8_slice_codeunits(columns.times(when), 0, 10) for when, *_ in spent]
            ),
            "channel": pa.array([name for when, name, _ in spent for _ in when], pa.string()),
            "cost": pa.chunked_array([columns.money(pence.astype(np.int64)) for *_, pence in spent]),
        }
    )
