"""The customers of one block: who they are, how they shop, which devices they use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import catalogue as shop
from customer_insight.demo import columns, groups, words_people
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import BLOCK_CUSTOMERS, DAY, END, EVENTS_START, FOUNDED, START
from customer_insight.demo.words_catalogue import CYCLE_PRODUCTS
from customer_insight.numerics.arrays import Bools, Floats, Ints

VISITOR_SLOTS = 4  # per customer: 0 computer, 1 phone, 2 app, 3 a browser that never says whose it is


@dataclass(frozen=True)
class People:
    """One element a customer of the block; times in seconds since 1970 UTC."""

    number: Ints  # 1-based, over all blocks
    group: Ints  # index into groups.GROUPS
    joined: Ints
    stopped: Ints  # after it, no order and no event; END where the customer is still there
    taste: Ints  # favourite department
    second_taste: Ints
    cadence_days: Floats
    cycle: Ints  # index into CYCLE_PRODUCTS, -1 none
    buys: Bools  # false: registered and looks around, but has never ordered
    has_phone: Bools
    has_app: Bools
    visitor: Ints  # (n, VISITOR_SLOTS) visitor numbers
    partner: Ints  # block-local index of the customer whose computer this one shares, -1 none

    @property
    def size(self) -> int:
        """Number of customers in the block."""
        return len(self.number)


def make_people(seed: int, block: int, size: int) -> People:
    """The customers of block `block`; `size` of them."""
    rng = columns.random_stream(seed, block, 10)
    number = np.arange(size, dtype=np.int64) + block * BLOCK_CUSTOMERS + 1
    group = columns.choose(rng, [row.share for row in groups.GROUPS], size)
    lapsed = group == groups.LAPSED
    early = rng.random(size) < np.where(group == groups.SEASONAL, 0.8, 0.5)
    joined = np.where(
        early,
        FOUNDED + rng.random(size) * (START - FOUNDED),
        START + rng.random(size) ** 1.2 * (END - 150 * DAY - START),
    ).astype(np.int64)
    joined = np.where(lapsed, START + rng.random(size) * 380 * DAY, joined).astype(np.int64)
    churns = rng.random(size) < groups.habit("churn_share", group)
    active_from = np.maximum(joined, START)
    churned_at = active_from + (0.35 + 0.45 * rng.random(size)) * (END - active_from)
    churned_at = np.where(
        lapsed, joined + np.where(rng.random(size) < 0.15, 5, 50 + rng.random(size) * 100) * DAY, churned_at
    )
    stopped = np.where(churns, np.minimum(churned_at, END - 120 * DAY), END).astype(np.int64)
    taste = columns.choose(rng, shop.DEPARTMENT_SHARES, size)
    cycle_department = np.array([shop.DEPARTMENTS.index(p.category.split(" / ")[0]) for p, _ in CYCLE_PRODUCTS])
    cycle = np.where(
        rng.random(size) < groups.habit("cycle_share", group), rng.integers(0, len(CYCLE_PRODUCTS), size), -1
    )
    cycle_days = np.array([days for _, days in CYCLE_PRODUCTS], dtype=np.float64)
    cadence = groups.habit("cadence_days", group) * rng.lognormal(0, 0.22, size)
    cadence = np.where(cycle >= 0, cycle_days[cycle], np.maximum(cadence, 21.0))
    visitor = (number[:, None] - 1) * VISITOR_SLOTS + np.arange(VISITOR_SLOTS)
    shares = np.zeros(size, dtype=bool)
    shares[1::2] = rng.random(size // 2) < 0.04  # households of two: an odd customer on the computer of the one before
    partner = np.where(shares, np.arange(size) - 1, -1)
    visitor[shares, 0] = visitor[partner[shares], 0]
    return People(
        number=number,
        group=group,
        joined=joined,
        stopped=np.maximum(stopped, joined + DAY),
        taste=np.where(cycle >= 0, np.where(rng.random(size) < 0.5, cycle_department[cycle], taste), taste),
        second_taste=columns.choose(rng, shop.DEPARTMENT_SHARES, size),
        cadence_days=cadence,
        cycle=cycle,
        buys=(group != groups.BROWSERS) | (rng.random(size) >= 0.15),
        has_phone=rng.random(size) < 0.5,
        has_app=rng.random(size) < np.minimum(groups.habit("app_share", group) * 1.3, 0.9),
        visitor=visitor,
        partner=partner,
    )


def customer_ids(numbers: Ints) -> columns.TextColumn:
    """`C000001` for customer number 1."""
    return columns.ids("C", numbers)


def ids_at(people: People, index: Ints) -> columns.TextColumn:
    """The customer ids of block-local indices."""
    return customer_ids(people.number).take(columns.rows(index))


def customers_table(seed: int, block: int, people: People) -> TextTable:
    """`customers`, one row a customer; six in two thousand asked to be erased and have only their id left."""
    rng = columns.random_stream(seed, block, 11)
    n = people.size
    country = columns.choose(rng, [c.share for c in words_people.COUNTRIES], n)
    gender = columns.choose(rng, [0.5, 0.38, 0.02, 0.1], n)
    names = np.where(gender == 1, 1, np.where(gender == 0, 0, rng.integers(0, 2, n)))
    width = len(words_people.FIRST_NAMES[0])
    first = columns.pick(
        [x for half in words_people.FIRST_NAMES for x in half], names * width + rng.integers(0, width, n)
    )
    last = columns.pick(words_people.LAST_NAMES, rng.integers(0, len(words_people.LAST_NAMES), n))
    email = columns.join(first, ".", last, columns.whole(people.number), "@",
                         columns.pick(["example.com", "example.org"], rng.integers(0, 2, n)))  # fmt: skip
    digits = rng.integers(0, 1000, n)
    phone = columns.join(
        columns.pick([c.phone for c in words_people.COUNTRIES], country),
        columns.pick(
            [f"{i:03d}" for i in range(1000)], np.where(country == 0, digits, digits % 100 + 100 * (country == 4))
        ),
    )
    cities = [city for c in words_people.COUNTRIES for city in c.cities]
    city = columns.pick(cities, country * words_people.CITIES_EACH + rng.integers(0, words_people.CITIES_EACH, n))
    born = (np.datetime64("1941-01-01").astype(np.int64) + (rng.beta(2.2, 1.9, n) * 66 * 365.25)).astype(np.int64)
    birth_date = pa.array(born.astype(np.int32)).cast(pa.date32()).cast(pa.string())
    erased = rng.random(n) < 0.003
    erased_at = np.minimum(np.maximum(people.stopped, EVENTS_START) + 5 * DAY, END - DAY)
    here = ~erased
    return pa.table(
        {
            "customer_id": customer_ids(people.number),
            "created_at": columns.times(people.joined, rng.random(n) >= 0.02),
            "email": columns.only(here & (rng.random(n) < 0.97), email),
            "phone": columns.only(here & (rng.random(n) < 0.55), phone),
            "birth_date": columns.only(here & (rng.random(n) < 0.7), birth_date),
            "gender": columns.only(here, columns.pick(["female", "male", "other", None], gender)),
            "country": columns.pick([c.code for c in words_people.COUNTRIES], country),
            "city": columns.only(here & (rng.random(n) < 0.95), city),
            "income_band": columns.only(
                here, columns.pick(["low", "middle", "high", None], columns.choose(rng, [0.2, 0.4, 0.2, 0.2], n))
            ),
            "marketing_consent": columns.pick(["true", "false", None], columns.choose(rng, [0.6, 0.35, 0.05], n)),
            "erased_at": columns.times(erased_at, erased),
        }
    )


def write_german(seed: int, block: int, country: columns.TextColumn) -> Ints:
    """1 for customers who write German: those in Germany, and one in five of the others; else 0."""
    rng = columns.random_stream(seed, block, 13)
    at_home: Any = np.asarray(pc.equal(country, pa.scalar("DE")))
    german: Ints = (at_home | (rng.random(len(at_home)) < 0.18)).astype(np.int64)
    return german


def links_table(seed: int, block: int, people: People) -> TextTable:
    """`identity_links`, one row a (visitor, customer).

    Three in ten links are made inside the events window, so that earlier sessions stay anonymous; 8 % of visitors are
    never linked; some links have no time.
    """
    rng = columns.random_stream(seed, block, 12)
    owns = np.stack([np.ones(people.size, bool), people.has_phone, people.has_app], axis=1)
    owns &= rng.random(owns.shape) < 0.92
    who, slot = np.nonzero(owns)
    n = len(who)
    late = rng.random(n) < 0.3
    linked = np.where(
        late,
        EVENTS_START + rng.random(n) * (END - EVENTS_START - 20 * DAY),
        np.minimum(np.maximum(people.joined[who], START) + rng.random(n) * 30 * DAY, END - DAY),
    ).astype(np.int64)
    linked = np.maximum(linked, people.joined[who])
    return pa.table(
        {
            "visitor_id": columns.scrambled("v", people.visitor[who, slot]),
            "customer_id": customer_ids(people.number[who]),
            "linked_at": columns.times(linked, rng.random(n) >= 0.01),
        }
    )
