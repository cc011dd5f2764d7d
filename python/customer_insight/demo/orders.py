"""Orders and order lines of one block: when each customer orders and what is in the basket."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns, dates, groups, planted_rules
from customer_insight.demo.catalogue import DEPARTMENT_SHARES, TIERS, DemoCatalogue
from customer_insight.demo.columns import TextTable
from customer_insight.demo.dates import DAY, END, START
from customer_insight.demo.people import People, ids_at
from customer_insight.numerics.arrays import Bools, Floats, Ints

WEB, APP, STORE = 0, 1, 2
CHANNELS = ["web", "app", "store"]
COMPLETED, CANCELLED, RETURNED = 0, 1, 2
STATUSES = ["completed", "cancelled", "returned"]
POSTAGE, VOUCHER = -1, -2  # lines that are no products
ORDERS_A_BLOCK = 1_000_000  # ids of a block start at a multiple: wide enough for 50 orders a customer


@dataclass(frozen=True)
class Orders:
    """Orders of a block by time; one element an order."""

    customer: Ints  # block-local index
    at: Ints
    channel: Ints
    is_cancelled: Bools
    is_guest: Bools  # customer_id left out

    @property
    def size(self) -> int:
        """Number of orders."""
        return len(self.at)


@dataclass(frozen=True)
class Lines:
    """Order lines, in the order of `Orders`; one element a line."""

    order: Ints  # index into Orders
    product: Ints  # product index, or POSTAGE or VOUCHER
    position: Ints  # 1-based in the order
    quantity: Ints
    unit_pence: Ints
    discount_pence: Ints
    status: Ints
    returned_at: Ints  # 0 where not returned


def _regular_days(rng: np.random.Generator, people: People) -> tuple[Ints, Floats]:
    """(customer, days since START) of orders on a cadence: a renewal process with gamma-distributed gaps."""
    spread = np.where(people.cycle >= 0, 0.12, groups.habit("irregularity", people.group))
    shape = (1 / spread**2)[:, None]
    most = 44
    gaps = rng.gamma(shape, people.cadence_days[:, None] / shape, (people.size, most))
    first = np.where(
        people.joined < START, rng.random(people.size) * people.cadence_days, (people.joined - START) / DAY + 0.3
    )
    days = first[:, None] + np.cumsum(gaps, axis=1) - gaps
    alive = days < (people.stopped[:, None] - START) / DAY
    alive[people.group == groups.SEASONAL] = False
    alive[:, 0] |= people.group == groups.LAPSED  # whoever lapsed has bought once
    customer, slot = np.nonzero(alive)
    return customer.astype(np.int64), days[customer, slot]


def _feast_days(rng: np.random.Generator, people: People) -> tuple[Ints, Floats]:
    """(customer, days since START) of orders before feasts: the gift buyers', and others' extra ones in December."""
    feasts = ((318, 38, 0.60), (32, 11, 0.11), (60, 20, 0.11), (150, 16, 0.11), (0, 360, 0.07))  # day, days, share
    customers, days = [], []
    for year_start in (0, 366):
        gift = np.flatnonzero(people.group == groups.SEASONAL)
        number = 2 + rng.poisson(0.6, len(gift))
        who = np.repeat(gift, number)
        feast = columns.choose(rng, [share for *_, share in feasts], len(who))
        start, length = np.array([f[0] for f in feasts])[feast], np.array([f[1] for f in feasts])[feast]
        customers.append(who)
        days.append(year_start + start + rng.random(len(who)) * length)
        extra = np.flatnonzero(rng.random(people.size) < groups.habit("christmas_share", people.group))
        customers.append(extra)
        days.append(year_start + 328 + rng.beta(2.0, 1.6, len(extra)) * 29)
    customer, day = np.concatenate(customers), np.concatenate(days)
    at = START + day * DAY
    alive = (at > people.joined[customer]) & (at < people.stopped[customer])
    return customer[alive], day[alive]


def make_orders(seed: int, block: int, people: People) -> Orders:
    """The orders of a block."""
    rng = columns.random_stream(seed, block, 20)
    regular, feast = _regular_days(rng, people), _feast_days(rng, people)
    customer = np.concatenate([regular[0], feast[0]])
    day = np.floor(np.concatenate([regular[1], feast[1]])).astype(np.int64)
    group = people.group[customer]
    n = len(customer)
    channel = np.full(n, WEB)
    u = rng.random(n)
    store = groups.habit("store_share", group)
    channel[u < store + (1 - store) * groups.habit("app_share", group) * people.has_app[customer] * 1.2] = APP
    channel[u < store] = STORE
    wants_weekend = rng.random(n) < groups.habit("weekend_share", group)
    weekday = dates.weekday(START + day * DAY)
    day += np.where(wants_weekend, np.where(weekday < 5, 5 - weekday + (u * 7919 % 1 < 0.5), 0), 0)
    day -= np.where(~wants_weekend & (weekday >= 5), weekday - 4 + (u * 104729 % 1 * 4).astype(np.int64), 0)
    at = START + np.maximum(day, 0) * DAY + _second_of_day(rng, group, channel)
    keep = (at < END - 3600) & (at >= START) & people.buys[customer]
    customer, at, channel = customer[keep], at[keep], channel[keep]
    at = np.maximum(at, np.maximum(START, people.joined[customer] + 60))
    order = np.lexsort((customer, at))
    customer, at, channel = customer[order], at[order], channel[order]
    once = np.zeros(len(at), dtype=bool)  # one order of a customer in an hour
    once[np.unique(customer * 1_000_000 + at // 3600, return_index=True)[1]] = True
    keep = (at < END) & once
    customer, at, channel = customer[keep], at[keep], channel[keep]
    return Orders(
        customer=customer,
        at=at,
        channel=channel,
        is_cancelled=(rng.random(len(at)) < 0.025) & (channel != STORE),
        is_guest=rng.random(len(at)) < 0.03,
    )


def _second_of_day(rng: np.random.Generator, group: Ints, channel: Ints) -> Ints:
    """Second of the day of each order: evenings or days by habit, opening hours in the store."""
    n = len(group)
    evening = rng.random(n) < groups.habit("evening_share", group)
    hour = np.where(evening, 17.7 + rng.beta(2, 2, n) * 6.9, 8.0 + rng.beta(2.2, 2.2, n) * 10.3)
    hour = np.where(channel == STORE, 9.2 + rng.beta(2, 2, n) * 8.6, hour)
    return (hour * 3600).astype(np.int64) + rng.integers(0, 60, n)


def draw_products(rng: np.random.Generator, catalogue: DemoCatalogue, people: People, customer: Ints, at: Ints) -> Ints:
    """A product for each element, by the customer's tastes, the season and the group's price tier."""
    group, n = people.group[customer], len(customer)
    u, strength = rng.random(n), groups.habit("taste_strength", group)
    department = np.where(
        u < strength,
        people.taste[customer],
        np.where(u < strength + 0.15, people.second_taste[customer], columns.choose(rng, DEPARTMENT_SHARES, n)),
    )
    tier = groups.habit("price_tier", group).astype(np.int64)
    tier = np.clip(tier + rng.choice([-1, 0, 0, 0, 1], n), 0, TIERS - 1)
    return catalogue.draw(rng, dates.month(at), department, tier)


def make_lines(seed: int, block: int, people: People, orders: Orders, catalogue: DemoCatalogue) -> Lines:
    """The lines of the block's orders: drawn by taste, planted by rule and cycle, and what is no product."""
    rng = columns.random_stream(seed, block, 21)
    group = people.group[orders.customer]
    cycle = people.cycle[orders.customer]
    size = 1 + rng.poisson(groups.habit("basket_items", group) - 1) - (cycle >= 0)
    drawn_order = np.repeat(np.arange(orders.size), np.maximum(size, 0))
    drawn = draw_products(rng, catalogue, people, orders.customer[drawn_order], orders.at[drawn_order])
    in_cycle = np.flatnonzero(cycle >= 0)
    planted_order, planted = planted_rules.plant(rng, orders.size, catalogue)
    order = np.concatenate([drawn_order, in_cycle, planted_order])
    product = np.concatenate([drawn, planted_rules.cycle_products(catalogue)[cycle[in_cycle]], planted])
    pair = np.sort(order * catalogue.size + product)
    pair = pair[np.diff(pair, prepend=-1) > 0]  # a product is in an order once
    order, product = pair // catalogue.size, pair % catalogue.size
    online = orders.channel != STORE
    extra = np.flatnonzero(online & (rng.random(orders.size) < 0.3)), np.flatnonzero(rng.random(orders.size) < 0.008)
    order = np.concatenate([order, *extra])
    product = np.concatenate([product, np.full(len(extra[0]), POSTAGE), np.full(len(extra[1]), VOUCHER)])
    sort = np.lexsort((rng.random(len(order)), product < 0, order))
    return price_lines(rng, people, orders, catalogue, order[sort], product[sort])


def price_lines(
    rng: np.random.Generator, people: People, orders: Orders, catalogue: DemoCatalogue, order: Ints, product: Ints
) -> Lines:
    """Quantities, prices, discounts and what became of each line."""
    n, is_product = len(order), product >= 0
    group, at = people.group[orders.customer[order]], orders.at[order]
    quantity = 1 + np.where(is_product, rng.poisson(groups.habit("units", group)), 0)
    pence = catalogue.pence[product.clip(0)]
    pence = np.where(at < START + 366 * DAY, pence * 95 // 500 * 5, pence)
    pence = np.where(product == POSTAGE, 395, np.where(product == VOUCHER, 2500, pence))
    month = dates.month(at)
    sale = (month == 0) | ((month == 10) & (at // DAY % 365 > 0) & (rng.random(n) < 0.5))
    cheap = is_product & (rng.random(n) < groups.habit("discount_share", group) + 0.15 * sale)
    discount = np.where(cheap, quantity * pence * rng.choice([10, 15, 20, 25, 30, 40], n) // 100, 0)
    ordinary = is_product & ~catalogue.planted[product.clip(0)]
    returned_at = at + ((4 + 20 * rng.random(n)) * DAY).astype(np.int64)
    returned = (rng.random(n) < groups.habit("return_share", group)) & ordinary & (returned_at < END)
    status = np.where(orders.is_cancelled[order], CANCELLED, np.where(returned, RETURNED, COMPLETED))
    return Lines(
        order=order,
        product=product,
        position=columns.within(np.bincount(order, minlength=orders.size)) + 1,
        quantity=quantity,
        unit_pence=pence,
        discount_pence=discount,
        status=status,
        returned_at=np.where(status == RETURNED, returned_at, 0),
    )


def order_ids(block: int, order: Ints) -> columns.TextColumn:
    """`O000001` for the first order of the first block."""
    every = columns.ids("O", np.arange(1, int(order.max(initial=0)) + 2) + block * ORDERS_A_BLOCK)
    return every.take(columns.rows(order))


def product_ids(catalogue: DemoCatalogue, product: Ints) -> columns.TextColumn:
    """Product ids; POSTAGE and VOUCHER too."""
    return columns.pick(
        [*catalogue.ids, "VOUCHER", "POSTAGE"], np.where(product < 0, catalogue.size + 2 + product, product)
    )


def order_lines_table(
    block: int, people: People, orders: Orders, lines: Lines, catalogue: DemoCatalogue, country: columns.TextColumn
) -> TextTable:
    """`order_lines`; the old till (store orders until March 2024) numbered no lines. `country` is the customers'."""
    order, product = lines.order, lines.product
    customer, at = orders.customer[order], orders.at[order]
    old_till = (orders.channel[order] == STORE) & (at < START + 91 * DAY)
    return pa.table(
        {
            "order_id": order_ids(block, order),
            "product_id": product_ids(catalogue, product),
            "ordered_at": columns.times(at),
            "customer_id": columns.only(~orders.is_guest[order], ids_at(people, customer)),
            "line_number": columns.only(~old_till, columns.whole(lines.position)),
            "quantity": columns.whole(lines.quantity),
            "unit_price": columns.money(lines.unit_pence),
            "discount_amount": columns.only(lines.discount_pence > 0, columns.money(lines.discount_pence)),
            "order_status": columns.pick(STATUSES, lines.status),
            "returned_at": columns.times(lines.returned_at, lines.returned_at > 0),
            "is_product": columns.pick(["false", "true"], (product >= 0).astype(np.int64)),
            "channel": columns.pick(CHANNELS, orders.channel[order]),
            "country": country.take(columns.rows(customer)),
            "product_name": columns.pick([None, "Gift voucher", "Postage"], np.where(product < 0, 3 + product, 0)),
        }
    )
