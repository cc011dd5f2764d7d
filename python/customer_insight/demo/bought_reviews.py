"""Reviews that somebody paid for: bursts for one product, and the same words from many; they come behind the others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.demo import columns
from customer_insight.demo import words_reviews as words
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.demo.dates import DAY, END, START, by_day
from customer_insight.demo.orders import Lines, Orders, product_ids
from customer_insight.demo.people import People, ids_at
from customer_insight.numerics.arrays import Bools, Ints

BURST, TWINS = "review_burst", "review_twin"
_OPENINGS = [
    "Wow",
    "Honestly",
    "My sister told me",
    "I have to say",
    "So glad",
    "What can I say",
    "Finally",
    "Believe me",
]
_MIDDLES = ["this one is amazing", "the very best I ever had", "everybody should have it", "ten out of ten for me",
            "absolutely top", "I would give six stars", "nothing comes near it", "it changed my week"]  # fmt: skip
_ENDS = ["go and get it", "all my friends want one now", "buying three more", "thank you so much",
         "hurry while it lasts", "no regrets at all", "my new favourite", "simply wow"]  # fmt: skip
_COPIED = (
    "I was looking for something like this for a long time and after {} days of testing I can only say that it does"
    " exactly what the seller promises, it looks {} in our home and everybody who visits us asks where they can get it."
)


def make_bought_reviews(
    seed: int, block: int, people: People, made: Orders, lines: Lines, catalogue: DemoCatalogue
) -> tuple[TextTable, TextTable, TextTable, TextTable]:
    """(`reviews`, what they and their sentences feel as the others are described, what was planted), a burst and a
    copied text for 700.
    """
    rng = columns.random_stream(seed, block, 85)
    count = max(2, people.size // 700)
    quiet = np.flatnonzero(~catalogue.planted)
    quiet = np.setdiff1d(quiet, catalogue.index_of([habit.product for habit in words.HABITS]))
    products, customers, times, texts, stars, what = [], [], [], [], [], []
    for number in range(count):
        size, product = int(rng.integers(12, 22)), int(rng.choice(quiet))
        begin = START + int(rng.random() * (END - START - 40 * DAY)) + 30 * DAY
        products.append(np.full(size, product))
        customers.append(_strangers(rng, people, made, lines, np.full(size, product)))
        times.append(begin + (rng.random(size) * 4 * DAY).astype(np.int64))
        parts = [rng.choice(words_of, size) for words_of in (_OPENINGS, _MIDDLES, _ENDS)]
        texts += [f"{a}, {b}, {c}!" for a, b, c in zip(*parts, strict=True)]
        stars.append(np.full(size, 5))
        what += [(BURST, f"burst-{block}-{number}")] * size
    for number in range(count):
        size = int(rng.integers(4, 8))
        each = rng.choice(quiet, size, replace=False)
        products.append(each)
        customers.append(_strangers(rng, people, made, lines, each))
        times.append(START + 60 * DAY + (rng.random(size) * (END - START - 90 * DAY)).astype(np.int64))
        looks = rng.choice(["great", "good", "fine", "lovely"], size)
        texts += [_COPIED.format(3 + place % 9 + 9 * number, look) for place, look in enumerate(looks)]
        stars.append(np.full(size, 5))
        what += [(TWINS, f"twins-{block}-{number}")] * size
    sold, at = np.concatenate(products), by_day(rng, np.concatenate(times))
    ids = columns.ids("RB", np.arange(len(sold)) + 1 + block * 10_000, 5)
    n = len(sold)
    table = pa.table(
        {
            "review_id": ids,
            "product_id": product_ids(catalogue, sold),
            "reviewed_at": columns.times(at),
            "customer_id": ids_at(people, np.concatenate(customers)),
            "rating": columns.whole(np.concatenate(stars)),
            "title": columns.nothing(n),
            "review_text": pa.array(texts),
        }
    )
    return table, _feelings(ids, n), _sentences(ids, texts), _planted(ids, what)


def _strangers(rng: np.random.Generator, people: People, made: Orders, lines: Lines, product: Ints) -> Ints:
    """A customer for each product, none twice, who never bought it."""
    bought = set(zip(made.customer[lines.order].tolist(), lines.product.tolist(), strict=True))
    lots, found = rng.permutation(people.size), []
    for each in product.tolist():
        found.append(next((who for who in lots.tolist() if (who, each) not in bought and who not in found), 0))
    return np.array(found, dtype=np.int64)


def _feelings(ids: TextColumn, n: int) -> TextTable:
    nothing = np.zeros(n, dtype=np.int64)
    return pa.table(
        {
            "review_id": ids,
            "sentiment": columns.pick(["positive"], nothing),
            "language": columns.pick(["en"], nothing),
            "is_contradicted": columns.pick(["false"], nothing),
            "twin_of": columns.nothing(n),
        }
    )


def _sentences(ids: TextColumn, texts: list[str]) -> TextTable:
    nothing = np.zeros(len(texts), dtype=np.int64)
    return pa.table(
        {
            "review_id": ids,
            "start_position": columns.whole(nothing),
            "end_position": columns.whole(np.array([len(text) for text in texts], dtype=np.int64)),
            "aspect": columns.pick([words.ASPECTS[words.GENERAL]], nothing),
            "sentiment": columns.pick(["positive"], nothing),
        }
    )


def _planted(ids: TextColumn, what: list[tuple[str, str]]) -> TextTable:
    kinds: Bools = np.zeros(len(what), dtype=np.bool_)
    return pa.table(
        {
            "kind": columns.pick(["review"], kinds.astype(np.int64)),
            "id": ids,
            "planted": pa.array([kind for kind, _ in what]),
            "group_name": pa.array([name for _, name in what]),
            "is_abusive": columns.pick(["true"], kinds.astype(np.int64)),
        }
    )
