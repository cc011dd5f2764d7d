"""What support messages of the made shop are about, when they come, and which answer the facts of the order call for.

By the same facts anybody who has the tables can tell the right answer: days since the order, the day of the return, the
department, and what the message says (its topic).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from customer_insight.demo import columns
from customer_insight.demo.catalogue import DEPARTMENTS, DemoCatalogue
from customer_insight.demo.dates import DAY, END, by_day
from customer_insight.demo.orders import RETURNED, STORE, Lines, Orders
from customer_insight.demo.words_messages import INTENTS
from customer_insight.numerics.arrays import Bools, Ints

INTENT_SHARES = [0.26, 0.15, 0.13, 0.08, 0.09, 0.10, 0.12, 0.07]
SIZELESS = ("Food and Drink", "Beauty", "Books and Paper", "Toys and Games")
CONSUMED = ("Food and Drink", "Beauty")
RETURN_DAYS = 30  # after the order


class PlantedAnswer(NamedTuple):
    """An answer key `intent.state`: what the message says, how often, and how many days after the order it comes."""

    key: str
    topic: str
    share: float
    first_day: float
    last_day: float
    is_after_return: bool = False


ANSWERS: list[PlantedAnswer] = [
    PlantedAnswer("order_status.packing", "where", 0.16, 0.02, 1),
    PlantedAnswer("order_status.on_its_way", "where", 0.28, 1, 5),
    PlantedAnswer("order_status.delayed", "where", 0.22, 5, 12),
    PlantedAnswer("order_status.lost", "where", 0.16, 12, 28),
    PlantedAnswer("order_status.delivered", "not_here", 0.18, 3, 14),
    PlantedAnswer("return.label", "send_back", 0.42, 2, 29),
    PlantedAnswer("return.too_late", "send_back", 0.30, 31, 75),
    PlantedAnswer("return.not_taken_back", "send_back", 0.0, 2, 29),
    PlantedAnswer("return.exchange", "exchange", 0.28, 2, 29),
    PlantedAnswer("refund.sent", "waiting", 0.55, 3, 14, True),
    PlantedAnswer("refund.being_checked", "waiting", 0.45, 0.1, 3, True),
    PlantedAnswer("refund.not_arrived", "waiting", 0.42, 8, 29),
    PlantedAnswer("refund.refused", "waiting", 0.33, 31, 75),
    PlantedAnswer("refund.twice", "twice", 0.25, 0.02, 6),
    PlantedAnswer("size_advice.larger", "between", 0.30, 2, 40),
    PlantedAnswer("size_advice.measurements", "measure", 0.26, 2, 40),
    PlantedAnswer("size_advice.smaller", "too_large", 0.24, 4, 29),
    PlantedAnswer("size_advice.gift", "gift_size", 0.20, 2, 40),
    PlantedAnswer("payment_failed.card", "card", 0.32, 0.02, 20),
    PlantedAnswer("payment_failed.paypal", "paypal", 0.26, 0.02, 20),
    PlantedAnswer("payment_failed.reserved", "reserved", 0.22, 0.02, 20),
    PlantedAnswer("payment_failed.voucher", "voucher", 0.20, 0.02, 20),
    PlantedAnswer("complaint.replacement", "damaged", 0.26, 3, 29),
    PlantedAnswer("complaint.warranty", "damaged", 0.22, 31, 90),
    PlantedAnswer("complaint.wrong_item", "wrong", 0.18, 3, 20),
    PlantedAnswer("complaint.missing_part", "missing", 0.16, 3, 20),
    PlantedAnswer("complaint.late", "late", 0.18, 6, 20),
    PlantedAnswer("product_question.care", "care", 0.30, 2, 60),
    PlantedAnswer("product_question.origin", "origin", 0.22, 2, 60),
    PlantedAnswer("product_question.stock", "stock", 0.26, 2, 60),
    PlantedAnswer("product_question.present", "present", 0.22, 2, 60),
    PlantedAnswer("change_address.changed", "this_order", 0.27, 0.02, 1),
    PlantedAnswer("change_address.redirected", "this_order", 0.28, 1, 4),
    PlantedAnswer("change_address.delivered", "this_order", 0.20, 4, 15),
    PlantedAnswer("change_address.account", "account", 0.25, 4, 40),
]
KEYS: list[str] = [answer.key for answer in ANSWERS]
INTENT_OF: Ints = np.array([INTENTS.index(key.split(".")[0]) for key in KEYS], dtype=np.int64)
# What is eaten or put on the skin does not come back, is not mended and has no parts.
OF_CONSUMED = {
    "return.label": "return.not_taken_back",
    "return.exchange": "return.not_taken_back",
    "complaint.warranty": "complaint.late",
    "complaint.missing_part": "complaint.wrong_item",
    "product_question.care": "product_question.origin",
}


@dataclass(frozen=True)
class AskedLines:
    """The order lines asked about, by time; one element a message."""

    line: Ints
    answer: Ints  # index into ANSWERS
    sent_at: Ints
    has_later_order: Bools  # the customer has ordered again in between


def _answers(rng: np.random.Generator, intent: Ints, is_returned: Bools) -> Ints:
    """An answer of each intent; of refunds those of a line that came back, or those of one that did not."""
    every = np.array([answer.share for answer in ANSWERS])
    late = np.array([answer.is_after_return for answer in ANSWERS])
    refund = INTENTS.index("refund")
    found = np.zeros(len(intent), dtype=np.int64)
    for number in range(len(INTENTS)):
        for returned in (False, True):
            rows = np.flatnonzero((intent == number) & (is_returned == returned))
            can = (number == INTENT_OF) & ((late == returned) | (number != refund))
            # what does come back is asked about in time
            if returned and number == INTENTS.index("return"):
                can &= np.array(KEYS) == "return.label"
            found[rows] = columns.choose(rng, every * can, len(rows))
    return found


def _swapped(answer: Ints, there: Bools, other: dict[str, str]) -> Ints:
    """`answer` with the others in its place where `there`."""
    table = np.array([KEYS.index(other.get(key, key)) for key in KEYS])
    return np.where(there, table[answer], answer)


def _next_order(made: Orders) -> Ints:
    """When the customer of each order orders next; END if not again."""
    order = np.lexsort((made.at, made.customer))
    again = np.full(made.size, END)
    same = made.customer[order][1:] == made.customer[order][:-1]
    again[order[:-1][same]] = made.at[order[1:][same]]
    return again


def make_asked(seed: int, block: int, made: Orders, lines: Lines, catalogue: DemoCatalogue) -> AskedLines:
    """What is asked in a block."""
    rng = columns.random_stream(seed, block, 41)
    n = len(lines.order)
    returned = lines.status == RETURNED
    asked = rng.random(n) < np.where(returned, 0.27, 0.037)
    line = np.flatnonzero(asked & (made.channel[lines.order] != STORE) & (lines.product >= 0))
    at, n, returned = made.at[lines.order[line]], len(line), returned[line]
    intent = columns.choose(rng, INTENT_SHARES, n)
    back = np.where(rng.random(n) < 0.3, INTENTS.index("return"), INTENTS.index("refund"))
    intent = np.where(returned & (rng.random(n) < 0.7), back, intent)
    department = catalogue.department[lines.product[line]]
    is_sizeless, is_consumed = (
        np.isin(department, [DEPARTMENTS.index(name) for name in names]) for names in (SIZELESS, CONSUMED)
    )
    intent = np.where(
        is_sizeless & (intent == INTENTS.index("size_advice")), INTENTS.index("product_question"), intent
    )  # nobody asks for the size of tea
    answer = _swapped(_answers(rng, intent, returned), is_consumed, OF_CONSUMED)
    first, last = ((np.array([float(row[3 + i]) for row in ANSWERS])[answer] * DAY).astype(np.int64) for i in (0, 1))
    base = np.where(np.array([row.is_after_return for row in ANSWERS])[answer], lines.returned_at[line], at)
    on_its_way = returned & np.isin(answer, [KEYS.index("return.label"), KEYS.index("return.not_taken_back")])
    last = np.where(on_its_way, np.minimum(last, lines.returned_at[line] - at), last)
    sent_at = by_day(rng, base + (first + rng.random(n) * (last - first)).astype(np.int64))
    sent_at = np.clip(sent_at, base + first, base + last - 1)
    keep = np.flatnonzero(sent_at < END)
    keep = keep[np.argsort(sent_at[keep], kind="stable")]
    again = _next_order(made)[lines.order[line]] <= sent_at
    # who has ordered again speaks of an order
    answer = _swapped(answer, again, {"change_address.account": "change_address.delivered"})
    return AskedLines(line[keep], answer[keep], sent_at[keep], again[keep])
