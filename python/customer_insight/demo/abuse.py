"""Planted abuse besides rings, and the honest who look like it: returns, click farms, mail scanners, bought reviews.

Drawn from streams of its own. Events and reviews come behind the others, so that these stay what they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns, words_people
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, EVENTS_START
from customer_insight.demo.events import CLICK, COMPUTER, SESSIONS_A_BLOCK, VIEW, Events
from customer_insight.demo.orders import COMPLETED, RETURNED, STORE, Lines, Orders
from customer_insight.demo.people import People, customer_ids, ids_at
from customer_insight.numerics.arrays import Ints

RETURNER, WARDROBER, SIZES = "return_abuse", "wardrobing", "several_sizes"
FARM, SCANNER = "click_farm", "mail_scanner"
FARM_VISITOR = 3_900_000_000  # above those of bots, below 2**32
FARMS_A_BLOCK = 1_000
# Above the positions of an order's other lines.
SIZES_FROM = 100


def with_returns(
    seed: int, block: int, people: People, made: Orders, lines: Lines
) -> tuple[Lines, list[tuple[str, Ints]]]:
    """The lines with planted returns, and who returns them: (what, block-local customers).

    One customer in 200 sends nearly everything back, one in 400 does so late, after use; one in 150 orders all in
    several sizes and keeps one.
    """
    rng = columns.random_stream(seed, block, 82)
    customer, n = made.customer[lines.order], people.size
    goods = (lines.product >= 0) & (lines.status != 1) & (made.at[lines.order] < END - 40 * DAY)
    orders_of = np.bincount(made.customer[~made.is_guest & ~made.is_cancelled], minlength=n)
    frequent = rng.permutation(np.flatnonzero(orders_of >= 9))
    counts = [max(2, n // 200), max(2, n // 400), max(2, n // 150)]
    if len(frequent) < 3 * sum(counts):
        return lines, []
    returners, wardrobers, choosers = np.split(frequent[: sum(counts)], np.cumsum(counts)[:-1])
    status, returned_at = lines.status.copy(), lines.returned_at.copy()
    for chosen, share, least, most in ((returners, 0.85, 4, 12), (wardrobers, 0.75, 26, 30)):
        back = goods & np.isin(customer, chosen) & (rng.random(len(goods)) < share)
        status[back] = RETURNED
        days = least + (most - least) * rng.random(int(back.sum()))
        returned_at[back] = made.at[lines.order[back]] + (days * DAY).astype(np.int64)
    online = made.channel[lines.order] != STORE
    twice = np.flatnonzero(goods & online & (status == COMPLETED) & np.isin(customer, choosers))
    twice = np.repeat(twice, rng.integers(1, 3, len(twice)))
    sizes = Lines(*(getattr(lines, name)[twice] for name in Lines.__annotations__))
    days = (6 + 8 * rng.random(len(twice))) * DAY
    sizes = replace(
        sizes,
        position=sizes.position + SIZES_FROM * (1 + columns.within(np.unique(twice, return_counts=True)[1])),
        quantity=np.ones(len(twice), dtype=np.int64),
        discount_pence=np.zeros(len(twice), dtype=np.int64),
        status=np.full(len(twice), RETURNED),
        returned_at=made.at[sizes.order] + days.astype(np.int64),
    )
    found = replace(lines, status=status, returned_at=returned_at)
    both = Lines(*(np.concatenate([getattr(each, name) for each in (found, sizes)]) for name in Lines.__annotations__))
    return both, [(RETURNER, returners), (WARDROBER, wardrobers), (SIZES, choosers)]


def click_farms(seed: int, block: int, customers: int, catalogue: DemoCatalogue) -> Events:
    """Visitors who click on one product after the other at the same pace, a farm for 400 customers; they buy
    nothing.
    """
    rng = columns.random_stream(seed, block, 83)
    farms = max(2, customers // 400)
    farm = np.repeat(np.arange(farms), rng.integers(5, 10, farms))
    sizes = rng.integers(20, 45, len(farm))
    begin = EVENTS_START + (rng.random(len(farm)) * (END - EVENTS_START - DAY)).astype(np.int64)
    visit, place = np.repeat(np.arange(len(farm)), sizes), columns.within(sizes)
    pace = rng.integers(3, 7, farms)[farm][visit]
    at, n = begin[visit] + place * pace, len(visit)
    return Events(
        at=at,
        kind=np.where(place % 3 == 2, CLICK, VIEW),
        product=(place * 7 + rng.integers(0, catalogue.size, len(farm))[visit]) % catalogue.size,
        order=np.full(n, -1),
        pence=np.full(n, -1),
        customer=np.full(n, -1),
        is_known=np.zeros(n, dtype=bool),
        visitor=FARM_VISITOR + block * FARMS_A_BLOCK + farm[visit],
        device=np.full(n, COMPUTER),
        session=visit + SESSIONS_A_BLOCK * 7 // 8 + block * SESSIONS_A_BLOCK,
        is_first=place == 0,
        agent=np.full(n, words_people.AGENT_STARTS[0]),
    )


def farm_visitors(farms: Events) -> columns.TextColumn:
    """Their visitor ids."""
    return columns.scrambled("v", np.unique(farms.visitor))


def with_scanners(seed: int, block: int, people: People, table: TextTable) -> tuple[TextTable, Ints]:
    """`touches` in which the mail of some who get much of it, one customer in 500, is scanned: a program clicks on
    all of it, at once.
    """
    rng = columns.random_stream(seed, block, 84)
    touches = Counter(table["customer_id"].to_pylist())
    number = enumerate(customer_ids(people.number).to_pylist())
    wanted = np.array([at for at, each in number if touches[each] >= 5], dtype=np.int64)
    chosen = np.sort(rng.choice(wanted, min(len(wanted), max(2, people.size // 500)), replace=False))
    scanned: Any = pa.compute.is_in(table["customer_id"].combine_chunks(), ids_at(people, chosen))
    shown: Any = pa.compute.strptime(table["shown_at"].combine_chunks(), "%Y-%m-%d %H:%M:%S", "s")
    at_once = columns.times(np.asarray(shown.cast(pa.int64())) + 1)
    clicked = pa.compute.if_else(scanned, at_once, table["clicked_at"].combine_chunks())
    return table.set_column(table.column_names.index("clicked_at"), "clicked_at", clicked), chosen


def planted(parts: list[tuple[str, str, columns.TextColumn]], abusive: set[str]) -> TextTable:
    """kind, id, planted, group_name (null), is_abusive, of (kind, what, ids)."""
    sizes = np.array([len(ids) for _, _, ids in parts])
    place = np.repeat(np.arange(len(parts)), sizes)
    return pa.table(
        {
            "kind": columns.pick([kind for kind, _, _ in parts], place),
            "id": pa.concat_arrays([ids for _, _, ids in parts]),
            "planted": columns.pick([what for _, what, _ in parts], place),
            "group_name": columns.nothing(len(place)),
            "is_abusive": columns.pick([str(what in abusive).lower() for _, what, _ in parts], place),
        }
    )


def customers_of(people: People, returns: list[tuple[str, Ints]]) -> list[tuple[str, str, columns.TextColumn]]:
    """What `planted` takes of customers."""
    return [("customer", what, customer_ids(people.number[chosen])) for what, chosen in returns]
