"""The click stream of one block: sessions that end in an order, sessions that do not, trackers that are stuck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns, groups, orders, planted_rules, searches, senders, words_people
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START, START
from customer_insight.demo.orders import APP, STORE, Lines, Orders
from customer_insight.demo.people import VISITOR_SLOTS, People, ids_at
from customer_insight.numerics.arrays import Bools, Ints

VIEW, SEARCH, CLICK, ADD, REMOVE, PURCHASE, RATE = range(7)
TYPES = ["view", "search", "click", "add_to_cart", "remove_from_cart", "purchase", "rate"]
COMPUTER, PHONE, IN_APP, UNKNOWN, TILL = range(5)  # the device, of which TILL is no visitor slot
PLATFORMS = ["web", "web", "app", "web", "store"]
EVENTS_A_BLOCK = 10_000_000
SESSIONS_A_BLOCK = 2_000_000


@dataclass(frozen=True)
class Events:
    """One element an event; `customer` is the block-local index, -1 where it is nobody's."""

    at: Ints
    kind: Ints
    product: Ints  # -1 none
    order: Ints  # index into Orders, -1 none
    pence: Ints  # -1 none
    customer: Ints
    is_known: Bools  # the tracker sends the customer id
    visitor: Ints
    device: Ints
    session: Ints
    is_first: Bools  # of its session
    agent: Ints  # index into words_people.AGENTS

    @property
    def is_sent(self) -> Bools:
        """Whether a person does it in a browser, so that somebody may have sent the visit: no app, no till, no bot."""
        is_bot = (self.customer < 0) & (self.device != UNKNOWN)
        in_browser: Bools = (self.device != IN_APP) & (self.device != TILL) & ~is_bot
        return in_browser


def _gaps(rng: np.random.Generator, size: int) -> Ints:
    """Seconds to the event before: seconds to minutes, never the half hour that would end a session."""
    return np.clip(rng.lognormal(3.4, 1.1, size), 1, 1500).astype(np.int64)


def order_sessions(
    seed: int, block: int, people: People, made: Orders, lines: Lines, catalogue: DemoCatalogue
) -> Events:
    """Sessions of orders since EVENTS_START: each bought product is viewed, put in the cart and purchased.

    The purchases carry the second of the order. Half of the known store orders have a till event for each line.
    """
    rng = columns.random_stream(seed, block, 30)
    till = (made.channel == STORE) & ~made.is_guest & (rng.random(made.size) < 0.5)
    tracked = (made.at >= EVENTS_START) & ((made.channel != STORE) | till)
    bought = np.flatnonzero(tracked[lines.order] & (lines.product >= 0))
    online = bought[made.channel[lines.order[bought]] != STORE]
    views = 1 + (rng.random(len(online)) < 0.25)
    searched = np.unique(lines.order[online])
    searched = searched[rng.random(len(searched)) < 0.35]
    first_line = np.searchsorted(lines.order, searched)
    line = np.concatenate([first_line, np.repeat(online, views), online, bought])
    kind = np.repeat([SEARCH, VIEW, ADD, PURCHASE], [len(searched), int(views.sum()), len(online), len(bought)])
    order = lines.order[line]
    rank = np.where(kind == SEARCH, 0, np.where(kind == PURCHASE, 2, 1))
    sort = np.lexsort((kind, lines.position[line], rank, order))
    line, kind, order = line[sort], kind[sort], order[sort]
    starts = np.flatnonzero(np.diff(order, prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    session = np.repeat(np.arange(len(starts)), sizes)
    gap = _gaps(rng, len(line))
    gap[starts] = 0
    gap[(kind == PURCHASE) & (np.append(-1, kind[:-1]) == PURCHASE) & (np.append(-1, session[:-1]) == session)] = 0
    elapsed = np.cumsum(gap)
    last = np.repeat(elapsed[starts + sizes - 1], sizes)
    customer, channel = made.customer[order], made.channel[order]
    phone = people.has_phone[customer] & (columns.choose(rng, [1, 1], len(starts))[session] > 0)
    device = np.where(channel == STORE, TILL, np.where(channel == APP, IN_APP, np.where(phone, PHONE, COMPUTER)))
    logged_in = (rng.random(len(starts)) < 0.5)[session]
    price = lines.quantity[line] * lines.unit_pence[line] - lines.discount_pence[line]
    is_sale = kind == PURCHASE
    at = np.maximum(made.at[order] - (last - elapsed), START)
    return Events(
        at=at,
        kind=kind,
        product=lines.product[line],
        order=np.where(is_sale, order, -1),
        pence=np.where(is_sale, price, -1),
        customer=customer,
        is_known=~made.is_guest[order] & (logged_in | is_sale | (device == IN_APP)),
        visitor=people.visitor[customer, np.where(device == TILL, COMPUTER, device)],
        device=device,
        session=session + block * SESSIONS_A_BLOCK,
        is_first=np.isin(np.arange(len(line)), starts),
        agent=_agents(device, people.visitor[customer, 0]),
    )


def _agents(device: Ints, key: Ints) -> Ints:
    """User agent of each event by its device; the same customer keeps the same one."""
    starts = np.array([words_people.AGENT_STARTS[i] for i in (0, 1, 2, 0, 3)])
    counts = np.array([words_people.AGENT_COUNTS[i] for i in (0, 1, 2, 0, 3)])
    agent: Ints = starts[device] + (key // VISITOR_SLOTS * 7) % counts[device]
    return agent


def browsing_sessions(seed: int, block: int, people: People, catalogue: DemoCatalogue) -> Events:
    """Sessions without a purchase: some fill a cart and leave it; some visitors never say who they are.

    Among them are trackers that are stuck (a view every 25 minutes for two days) and carts open in the last hour, with
    something in them that goes with something else.
    """
    rng = columns.random_stream(seed, block, 31)
    present = np.clip((people.stopped - np.maximum(people.joined, EVENTS_START)) / (END - EVENTS_START), 0, 1)
    mean = groups.habit("browsing_sessions", people.group) * present
    customer = np.repeat(np.arange(people.size), rng.poisson(mean * rng.gamma(4.0, 0.25, people.size)))
    opens = max(5, people.size // 400)
    stuck = max(1, people.size // 1000)
    here = np.flatnonzero((people.stopped == END) & (people.joined < EVENTS_START))
    here = here if len(here) else np.arange(people.size)
    special = rng.choice(here, opens + stuck)
    n = len(customer)
    since = np.maximum(people.joined, EVENTS_START)[customer]
    day = (since + rng.random(n) * (people.stopped[customer] - since).clip(DAY)) // DAY
    group = people.group[customer]
    evening = rng.random(n) < groups.habit("evening_share", group)
    hour = np.where(evening, 17.7 + rng.beta(2, 2, n) * 7.1, 8.0 + rng.beta(2.2, 2.2, n) * 10.3)
    day = day.astype(np.int64) * DAY
    shift = (5 - (day // DAY + 3) % 7) * DAY  # to the Saturday of the week
    weekend = rng.random(n) < groups.habit("weekend_share", group) - 0.2
    day = np.where(weekend & (day + shift < END - DAY), day + shift + DAY * (rng.random(n) < 0.4), day)
    begin = np.clip(day + (hour * 3600).astype(np.int64) + rng.integers(0, 60, n), START, END - 7200)
    sizes = 1 + rng.geometric(0.4, n)
    customer = np.concatenate([customer, special])
    begin = np.concatenate([begin, END - 3500 + rng.integers(0, 900, opens),
                            END - rng.integers(10, 100, stuck) * DAY + rng.integers(0, DAY, stuck)])  # fmt: skip
    sizes = np.concatenate([sizes, np.full(opens, 4), np.full(stuck, 96)])
    session = np.repeat(np.arange(len(sizes)), sizes)
    place = columns.within(sizes)
    is_open, is_stuck = (session >= n) & (session < n + opens), session >= n + opens
    gap = np.where(is_stuck, 1500, np.where(is_open, rng.integers(20, 400, len(session)), _gaps(rng, len(session))))
    gap[place == 0] = 0
    elapsed = np.cumsum(gap)
    at = begin[session] + elapsed - np.repeat(elapsed[place == 0], sizes)
    who = customer[session]
    kind, product = _browse(rng, people, catalogue, who, at, place, session)
    kind = np.where(is_stuck, VIEW, np.where(is_open, np.where(place == 3, ADD, VIEW), kind))
    wanted = planted_rules.lone_antecedents(catalogue)[(session - n) % len(planted_rules.lone_antecedents(catalogue))]
    product = np.where(is_open & (place >= 2), wanted, product)
    device = _devices(rng, people, customer)
    device[n:] = COMPUTER
    known = (rng.random(len(sizes)) < 0.4) & (device != UNKNOWN) | (device == IN_APP)
    keep = at < END
    return Events(
        at=at[keep],
        kind=kind[keep],
        product=product[keep],
        order=np.full(int(keep.sum()), -1),
        pence=np.full(int(keep.sum()), -1),
        customer=np.where(device[session] == UNKNOWN, -1, who)[keep],
        is_known=known[session][keep],
        visitor=people.visitor[who, device[session]][keep],
        device=device[session][keep],
        session=(session + SESSIONS_A_BLOCK // 2 + block * SESSIONS_A_BLOCK)[keep],
        is_first=(place == 0)[keep],
        agent=_agents(device[session], people.visitor[who, 0])[keep],
    )


def _devices(rng: np.random.Generator, people: People, customer: Ints) -> Ints:
    """Device of each session: the app where there is one, a phone, a computer; one in nine is unknown."""
    u = rng.random(len(customer))
    device = np.where(people.has_app[customer] & (u < 0.6), IN_APP, COMPUTER)
    device = np.where((device == COMPUTER) & people.has_phone[customer] & (rng.random(len(u)) < 0.5), PHONE, device)
    return np.where(rng.random(len(u)) < 0.11, UNKNOWN, device).astype(np.int64)


def _browse(
    rng: np.random.Generator, people: People, catalogue: DemoCatalogue, who: Ints, at: Ints, place: Ints, session: Ints
) -> tuple[Ints, Ints]:
    """(kind, product) of each browsing event: carts hold what was just seen, removals what was just added."""
    kind = np.array([VIEW, SEARCH, CLICK, ADD, RATE])[columns.choose(rng, [0.56, 0.11, 0.08, 0.24, 0.01], len(who))]
    product = draw = orders.draw_products(rng, catalogue, people, who, at)
    before = np.append(-1, kind[:-1])
    kind = np.where((kind == ADD) & ((place == 0) | (before != VIEW)), VIEW, kind)
    product = np.where(kind == ADD, np.append(-1, draw[:-1]), product)
    removes = (np.append(-1, kind[:-1]) == ADD) & (place > 0) & (rng.random(len(who)) < 0.25)
    kind = np.where(removes, REMOVE, kind)
    return kind, np.where(removes, np.append(-1, product[:-1]), product)


def merge(parts: list[Events]) -> Events:
    """All events of a block by time; events of the same second stay in the order of their session."""
    fields = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Events.__dataclass_fields__}
    order = np.argsort(fields["at"], kind="stable")
    return Events(**{name: values[order] for name, values in fields.items()})


def events_table(seed: int, block: int, people: People, events: Events, catalogue: DemoCatalogue) -> TextTable:
    """`events`, one row an event; till events have no id of their own, only the app knows its sessions."""
    n = len(events.at)
    has_product = (events.product >= 0) & (events.kind != SEARCH)
    product = events.product.clip(0)
    in_app, at_till = events.device == IN_APP, events.device == TILL
    address = np.where(events.kind == SEARCH, 1, np.where(events.kind == PURCHASE, 2, np.where(
        (events.kind == ADD) | (events.kind == REMOVE), 3, 0)))  # fmt: skip
    address = np.where((address == 0) & ~has_product, 4, address)
    place = columns.join("/p/", columns.whole(product + 1))
    page = pa.array(["", "/search", "/thanks", "/cart", "/"]).take(columns.rows(address))
    page = pa.compute.if_else(pa.array(address == 0), place, page)
    sent = senders.arrivals(seed, block, events.session, events.is_first, events.kind == PURCHASE, events.is_sent)
    return pa.table(
        {
            "occurred_at": columns.times(events.at),
            "event_type": columns.pick(TYPES, events.kind),
            "visitor_id": columns.join(
                columns.pick(["v", "card"], at_till.astype(np.int64)), columns.scrambled("", events.visitor)
            ),
            "event_id": columns.only(~at_till, columns.ids("e", np.arange(n) + 1 + block * EVENTS_A_BLOCK)),
            "customer_id": columns.only(events.is_known, ids_at(people, np.where(events.is_known, events.customer, 0))),
            "product_id": columns.only(has_product, columns.pick(catalogue.ids, product)),
            "order_id": columns.only(events.order >= 0, orders.order_ids(block, events.order.clip(0))),
            "search_query": searches.search_queries(
                seed,
                block,
                events.session,
                events.kind == SEARCH,
                np.isin(events.kind, [VIEW, CLICK]),
                product,
                catalogue,
            ),
            "platform": columns.pick(PLATFORMS, events.device),
            "user_agent": pa.compute.coalesce(sent.agent, columns.pick(words_people.AGENTS, events.agent)),
            "page_url": columns.only(~in_app & ~at_till, columns.join(page, sent.query)),
            "referrer": sent.referrer,
            "value": columns.only(events.pence >= 0, columns.money(events.pence.clip(0))),
            "source_session_id": columns.only(in_app, columns.ids("s", events.session, 5)),
        }
    )
