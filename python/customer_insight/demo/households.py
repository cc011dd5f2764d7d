"""Where orders of one block go, who pays, on which device, with which code: rings, and the honest who look like them.

Drawn from streams of its own, so that nothing else of the shop hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.demo.dates import DAY, END, START, month
from customer_insight.demo.orders import STORE, Lines, Orders
from customer_insight.demo.people import People, customer_ids
from customer_insight.demo.words_people import FIRST_NAMES, LAST_NAMES
from customer_insight.numerics.arrays import Bools, Ints

WELCOME, SUMMER = "WELCOME10", "SUMMER15"  # for a first order; for everybody, in a July
WELCOMED = 0.35  # honest first orders online with the code
RING, FAMILY, OFFICE, PARCEL_SHOP = "coupon_ring", "family", "office", "parcel_shop"
STREETS = [
    *("Mill Lane", "Station Road", "High Street", "Church Street", "Park Avenue", "Queens Road", "Victoria Street"),
    *("Manor Drive", "Orchard Close", "Kings Court", "Market Square", "Bridge Street", "Green Lane", "Castle Road"),
    *("Albert Terrace", "Wood Street", "Grange Avenue", "New Road", "Spring Gardens", "West Street"),
]
_SHORT = {"Lane": "Ln", "Road": "RD.", "Street": "St.", "Avenue": "Ave", "Drive": "dr", "Close": "cl.", "Court": "Ct"}
_SHORT |= {"Square": "SQ", "Terrace": "Ter.", "Gardens": "Gdns"}
_FIRST = [name for half in FIRST_NAMES for name in half]


@dataclass(frozen=True)
class Households:
    """Of each customer of the block: numbers of the address, the payer and the device; who belongs to what.

    writing: how the address is written, 0 to 2. member: position in `groups`, -1 none. groups: (what, name).
    """

    address: Ints
    payer: Ints
    device: Ints
    writing: Ints
    member: Ints
    groups: list[tuple[str, str]]

    def is_of(self, what: str) -> Bools:
        """Which customers belong to groups of a kind."""
        kinds = np.array([kind for kind, _ in self.groups] + [""])
        return np.asarray(kinds[self.member] == what, dtype=np.bool_)


def make_households(seed: int, block: int, people: People, made: Orders) -> Households:
    """A ring for 400 customers, a family for 60, an office for 700, a parcel shop for 1,000; nobody in two of them."""
    rng = columns.random_stream(seed, block, 80)
    n = people.size
    found = Households(
        people.number.copy(),
        people.number.copy(),
        people.number.copy(),
        np.where(rng.random(n) < 0.1, rng.integers(1, 3, n), 0),
        np.full(n, -1),
        [],
    )
    first = _first_orders(n, made)
    waiting = [*np.flatnonzero((first < END) & (first > START + 60 * DAY))]
    waiting.sort(key=lambda customer: (first[customer], customer))
    for number in range(max(2, n // 400) if len(waiting) > 40 else 0):
        place = int(rng.integers(0, len(waiting) - 10))
        chosen = np.array([waiting.pop(place) for _ in range(rng.integers(5, 9))])  # one after the other
        _join(found, chosen, RING, f"ring-{block}-{number}")
        # each uses the ring's address, card or device, two of the three at least
        alone = rng.integers(0, 4, len(chosen))
        for kind, values in enumerate((found.address, found.payer, found.device)):
            values[chosen] = np.where(alone == kind, values[chosen], values[chosen[0]])
        found.writing[chosen] = np.arange(len(chosen)) % 3
    free = rng.permutation(np.flatnonzero(found.member < 0))
    for number in range(n // 60):
        chosen, free = np.split(free, [int(rng.integers(2, 6))])
        _join(found, chosen, FAMILY, f"family-{block}-{number}")
        found.address[chosen] = found.address[chosen[0]]
        for values in (found.payer, found.device):
            shares = rng.random(len(chosen)) < rng.choice([0.0, 0.5, 1.0])
            values[chosen[shares]] = values[chosen[0]]
    sizes = ((OFFICE, max(1, n // 700), 8, 20), (PARCEL_SHOP, max(1, n // 1000), 25, 40))
    for what, count, least, most in sizes:
        for number in range(count if len(free) > 200 else 0):
            chosen, free = np.split(free, [int(rng.integers(least, most))])
            _join(found, chosen, what, f"{what}-{block}-{number}")
            found.address[chosen] = found.address[chosen[0]]
    return found


def _join(found: Households, chosen: Ints, what: str, name: str) -> None:
    found.member[chosen] = len(found.groups)
    found.groups.append((what, name))


def _first_orders(size: int, made: Orders) -> Ints:
    """When each customer's first order was placed, END where there is none, or it was no online order of theirs."""
    first = np.full(size, END)
    np.minimum.at(first, made.customer, made.at)
    is_first = (made.at == first[made.customer]) & (made.channel != STORE) & ~made.is_guest & ~made.is_cancelled
    online = np.full(size, END)
    online[made.customer[is_first]] = made.at[is_first]
    return online


def with_households(
    seed: int, block: int, table: TextTable, houses: Households, people: People, made: Orders, lines: Lines
) -> TextTable:
    """`order_lines` with coupon_code, shipping_address and payment_name, which stand on an online order's first
    line.
    """
    rng = columns.random_stream(seed, block, 81)
    customer, n = made.customer, made.size
    is_first = made.at == _first_orders(people.size, made)[customer]
    is_first &= made.channel != STORE
    welcome = is_first & (houses.is_of(RING)[customer] | (rng.random(n) < WELCOMED))
    summer = ~welcome & (made.channel != STORE) & (made.at > END - 184 * DAY) & (month(made.at) == 6)
    summer &= rng.random(n) < 0.3
    code = np.where(welcome, 0, np.where(summer, 1, 2))
    # presents go to somebody else
    to = np.where((month(made.at) == 11) & (rng.random(n) < 0.06), rng.integers(0, people.size, n), customer)
    shown = (lines.position == 1) & (made.channel[lines.order] != STORE)
    order = lines.order
    own = {
        "coupon_code": columns.pick([WELCOME, SUMMER, None], code),
        "shipping_address": _addresses(houses.address[to], houses.writing[to]),
        "payment_name": _names(houses.payer[customer], houses.writing[customer]),
    }
    for name, values in own.items():
        table = table.append_column(name, columns.only(shown, values.take(columns.rows(order))))
    return table


def _addresses(number: Ints, writing: Ints) -> TextColumn:
    """`12 Mill Lane, AB1 2CD`, `12 MILL LN AB1 2CD` or `Mill Ln. 12 - AB12CD`: the same place."""
    house, street = columns.whole(number // len(STREETS) % 200 + 1), number % len(STREETS)
    area, inward = (number // 4000) % 90 + 1, number // 4000 // 90
    postcode = [columns.join("LS", columns.whole(area), gap, columns.whole(inward % 10), "QB") for gap in (" ", "")]
    short = [" ".join([name.split()[0], _SHORT[name.split()[1]]]) for name in STREETS]
    ways = [
        columns.join(house, " ", columns.pick(STREETS, street), ", ", postcode[0]),
        columns.join(house, " ", columns.pick([name.upper() for name in short], street), "  ", postcode[0]),
        columns.join(columns.pick(short, street), " ", house, " - ", postcode[1]),
    ]
    return pa.compute.choose(pa.array(writing), *ways)


def _names(number: Ints, writing: Ints) -> TextColumn:
    """`ada B. byrne`, `BYRNE, ada B. ` or `Mrs. ada B. byrne`; some people have the same."""
    mixed = (number * 2_654_435_761 % (1 << 32)) >> 8
    first, last = mixed % len(_FIRST), mixed // len(_FIRST) % len(LAST_NAMES)
    initial = columns.pick([f" {letter}. " for letter in "ABCDEFGHJKLMNOPRSTVW"], mixed // 1920 % 20)
    plain = columns.join(columns.pick(_FIRST, first), initial, columns.pick(LAST_NAMES, last))
    turned = columns.join(
        columns.pick([x.upper() for x in LAST_NAMES], last), ", ", columns.pick(_FIRST, first), initial
    )
    return pa.compute.choose(pa.array(writing), plain, turned, columns.join("Mrs. ", plain))


def devices(houses: Households, customer: Ints, is_purchase: Bools, is_till: Bools) -> TextColumn:
    """The device of each event, where the checkout looks at it; people of one household may have one."""
    return columns.only(is_purchase & ~is_till, columns.scrambled("d", houses.device[customer.clip(0)]))


def planted(houses: Households, people: People) -> TextTable:
    """kind, id, planted (what the group is), group_name, is_abusive, of everybody who belongs to one."""
    who = np.flatnonzero(houses.member >= 0)
    what = columns.pick([kind for kind, _ in houses.groups] or [None], houses.member[who])
    return pa.table(
        {
            "kind": columns.pick(["customer"], np.zeros(len(who), dtype=np.int64)),
            "id": customer_ids(people.number[who]),
            "planted": what,
            "group_name": columns.pick([name for _, name in houses.groups] or [None], houses.member[who]),
            "is_abusive": columns.pick(["false", "true"], houses.is_of(RING)[who].astype(np.int64)),
        }
    )
