"""What visitors type into the search: names of goods, names that only they use, goods that the shop does not have."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextColumn
from customer_insight.numerics.arrays import Bools, Ints

# Nothing in the shop is any of these: whoever looks for them looks at nothing afterwards.
NOT_SOLD = ["hammock", "sleeping bag", "Hängematte", "Schlafsack", "umbrella", "rice cooker", "wine glasses",
            "baby bottle", "sewing machine", "phone case", "alarm clock", "garden gnome"]  # fmt: skip
# What people call products whose names do not have that word.
OWN_NAMES = {
    "House Espresso Beans, 1 kg": "coffee beans",
    "Complete Cat Food, Salmon, 4 kg": "kibble",
    "Sunflower Hearts, 5 kg": "bird seed",
    "Cast-Iron Bread Oven": "dutch oven",
    "Banneton Proving Basket": "bread form",
}
NOT_SOLD_SHARE, MISTYPED_SHARE, OWN_NAME_SHARE = 0.6, 0.15, 0.5


def _is_looked_at(session: Ints, looks: Bools) -> Bools:
    """Whether the next event of the same session is a look at a product; events stand in order of time."""
    order = np.argsort(session, kind="stable")
    following = np.zeros(len(session), dtype=bool)
    same = session[order][1:] == session[order][:-1]
    following[order[:-1]] = same & looks[order][1:]
    return following


def search_queries(
    seed: int, block: int, session: Ints, is_search: Bools, looks: Bools, product: Ints, catalogue: DemoCatalogue
) -> TextColumn:
    """`search_query` of each event, null where it is no search; some shout."""
    rng = columns.random_stream(seed, block, 34)
    n = len(session)
    u, which, place = rng.random(n), rng.integers(0, len(NOT_SOLD), n), rng.random(n)
    nouns = [noun if i % 7 else noun.upper() for i, noun in enumerate(catalogue.nouns)]
    query = columns.pick(nouns, product.clip(0))
    named = np.full(catalogue.size, -1)
    named[catalogue.index_of(list(OWN_NAMES))] = np.arange(len(OWN_NAMES))
    own = named[product.clip(0)]
    found = _is_looked_at(session, looks)
    query = pc.if_else(
        pa.array((own >= 0) & found & (u < OWN_NAME_SHARE)),
        columns.pick(list(OWN_NAMES.values()), own.clip(0)),
        query,
    )
    swapped = [_swapped(noun) for noun in nouns]
    query = pc.if_else(
        pa.array(~found & (u >= NOT_SOLD_SHARE) & (u < NOT_SOLD_SHARE + MISTYPED_SHARE)),
        columns.pick(swapped, product.clip(0)),
        query,
    )
    chosen = np.minimum(which, (place * len(NOT_SOLD)).astype(np.int64))  # the first ones more often
    query = pc.if_else(pa.array(~found & (u < NOT_SOLD_SHARE)), columns.pick(NOT_SOLD, chosen), query)
    return columns.only(is_search, query)


def _swapped(noun: str) -> str:
    """The word as a hurried hand types it: its second and third letters in each other's place."""
    return noun[0] + noun[2] + noun[1] + noun[3:]
