"""Reviews and support messages of one block, composed from sentences, so that sentiment and intent are known."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns, groups, words_voice
from customer_insight.demo.catalogue import DEPARTMENTS, DemoCatalogue
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.demo.dates import DAY, END
from customer_insight.demo.orders import CANCELLED, RETURNED, STORE, Lines, Orders, product_ids
from customer_insight.demo.people import People, ids_at
from customer_insight.numerics.arrays import Ints

SENTIMENTS = ["negative", "neutral", "positive", "mixed"]
IDS_A_BLOCK = 1_000_000
SIZELESS = ("Food and Drink", "Beauty", "Books and Paper", "Toys and Games")


def _by_day(rng: np.random.Generator, seconds: Ints) -> Ints:
    """The same days, at hours when people write."""
    return seconds // DAY * DAY + ((7 + 16 * rng.beta(1.8, 1.5, len(seconds))) * 3600).astype(np.int64)


def _say(rng: np.random.Generator, sentences: list[list[str]], tone: Ints, noun: TextColumn) -> TextColumn:
    """A sentence of the tone for each element, the product's noun in place of `{}`."""
    starts = np.cumsum([0, *(len(s) for s in sentences)])[:-1]
    sizes = np.array([len(s) for s in sentences])
    every = [text.partition("{}") for options in sentences for text in options]
    index = starts[tone] + (rng.random(len(tone)) * sizes[tone]).astype(np.int64)
    heads = columns.pick([head for head, _, _ in every], index)
    middle = pc.if_else(
        pa.array(np.array([bool(brace) for _, brace, _ in every])[index]), noun, pa.scalar("", pa.string())
    )
    return columns.join(heads, middle, columns.pick([tail for _, _, tail in every], index))


def make_reviews(
    seed: int, block: int, people: People, made: Orders, lines: Lines, catalogue: DemoCatalogue
) -> tuple[TextTable, TextTable]:
    """(`reviews`, planted: review_id, sentiment). One in twelve is mixed; one in fifteen has stars without words."""
    rng = columns.random_stream(seed, block, 40)
    customer, at = made.customer[lines.order], made.at[lines.order]
    wants = rng.random(len(lines.order)) < groups.habit("review_share", people.group[customer])
    reviewed_at = _by_day(rng, at + ((4 + 25 * rng.beta(1.2, 2.5, len(at))) * DAY).astype(np.int64))
    chosen = np.flatnonzero(wants & (lines.product >= 0) & (lines.status != CANCELLED) & (reviewed_at < END))
    chosen = chosen[np.argsort(reviewed_at[chosen], kind="stable")]
    n, product = len(chosen), lines.product[chosen]
    feeling = catalogue.quality[product] * 1.3 + rng.normal(3.9, 1.0, n) - 1.6 * (lines.status[chosen] == RETURNED)
    rating = np.clip(np.rint(feeling), 1, 5).astype(np.int64)
    is_mixed = (rng.random(n) < 0.085) & (rating > 1) & (rating < 5)
    tone = np.where(rating >= 4, 2, np.where(rating == 3, 1, 0))
    noun = columns.pick(catalogue.spoken, product)
    openings = [
        words_voice.NEGATIVE_OPENINGS,
        words_voice.NEUTRAL_OPENINGS,
        words_voice.POSITIVE_OPENINGS,
        words_voice.MIXED,
    ]
    middles = [words_voice.NEGATIVE_MIDDLES, words_voice.NEUTRAL_MIDDLES, words_voice.POSITIVE_MIDDLES]
    ends = [words_voice.NEGATIVE_CLOSINGS, words_voice.NEUTRAL_CLOSINGS, words_voice.POSITIVE_CLOSINGS]
    tone_or_mixed = np.where(is_mixed, 3, tone)
    ending = columns.choose(rng, [0.25, 0.3, 0.4, 0.05], n)
    blank = pa.scalar("", pa.string())
    middle = columns.join(" ", _say(rng, middles, tone, noun))
    closing = columns.join(columns.pick([" ", " ", " ", "\n"], ending), _say(rng, ends, tone, noun))
    text = columns.join(
        _say(rng, openings, tone_or_mixed, noun),
        pc.if_else(pa.array(is_mixed | (ending == 0)), blank, middle),
        pc.if_else(pa.array(is_mixed | (ending == 1)), blank, closing),
    )
    titles = [words_voice.NEGATIVE_TITLES, words_voice.NEUTRAL_TITLES, words_voice.POSITIVE_TITLES]
    ids = columns.ids("R", np.arange(n) + 1 + block * IDS_A_BLOCK, 5)
    is_guest = made.is_guest[lines.order[chosen]]
    table = pa.table(
        {
            "review_id": ids,
            "product_id": product_ids(catalogue, product),
            "reviewed_at": columns.times(reviewed_at[chosen]),
            "customer_id": columns.only(~is_guest, ids_at(people, customer[chosen])),
            "rating": columns.only(rng.random(n) >= 0.01, columns.whole(rating)),
            "title": columns.only(rng.random(n) < 0.7, _say(rng, titles, tone, noun)),
            "review_text": columns.only(rng.random(n) >= 0.065, text),
        }
    )
    return table, pa.table({"review_id": ids, "sentiment": columns.pick(SENTIMENTS, tone_or_mixed)})


def make_messages(
    seed: int, block: int, people: People, made: Orders, lines: Lines, catalogue: DemoCatalogue
) -> tuple[TextTable, TextTable]:
    """(`support_messages`, planted: message_id, intent). The shop has labelled three messages in five."""
    rng = columns.random_stream(seed, block, 41)
    online = made.channel[lines.order] != STORE
    likely = np.where(lines.status == RETURNED, 0.12, 0.016)
    at = made.at[lines.order]
    sent_at = _by_day(rng, at + (rng.gamma(2.0, 3.0, len(lines.order)) * DAY).astype(np.int64))
    sent_at = np.maximum(sent_at, at + 900)
    asked = (rng.random(len(online)) < likely) & online & (lines.product >= 0) & (sent_at < END)
    chosen = np.flatnonzero(asked)
    chosen = chosen[np.argsort(sent_at[chosen], kind="stable")]
    n = len(chosen)
    intent = columns.choose(rng, words_voice.INTENT_SHARES, n)
    intent = np.where((lines.status[chosen] == RETURNED) & (rng.random(n) < 0.7), rng.integers(1, 3, n), intent)
    sizeless = np.isin(catalogue.department[lines.product[chosen]], [DEPARTMENTS.index(name) for name in SIZELESS])
    intent = np.where(sizeless & (intent == 3), 6, intent)  # nobody asks for the size of tea
    noun = columns.pick(catalogue.spoken, lines.product[chosen])
    said = _say(rng, [words_voice.MESSAGES[name] for name in words_voice.INTENTS], intent, noun)
    greeting = columns.pick(words_voice.GREETINGS, rng.integers(0, len(words_voice.GREETINGS), n))
    opened = pc.equal(greeting, pa.scalar(""))
    said = pc.if_else(opened, pc.binary_join_element_wise(
        pc.utf8_upper(pc.utf8_slice_codeunits(said, 0, 1)), pc.utf8_slice_codeunits(said, 1), ""), said)  # fmt: skip
    text = columns.join(
        greeting, said, columns.pick(words_voice.CLOSINGS, rng.integers(0, len(words_voice.CLOSINGS), n))
    )
    ids = columns.ids("M", np.arange(n) + 1 + block * IDS_A_BLOCK, 5)
    names = columns.pick(words_voice.INTENTS, intent)
    order = lines.order[chosen]
    table = pa.table(
        {
            "message_id": ids,
            "sent_at": columns.times(sent_at[chosen]),
            "message_text": text,
            "customer_id": columns.only(~made.is_guest[order], ids_at(people, made.customer[order])),
            "channel": columns.pick(words_voice.SUPPORT_CHANNELS, columns.choose(rng, [0.5, 0.35, 0.05, 0.1], n)),
            "intent": columns.only(rng.random(n) < 0.6, names),
            "reply_text": columns.only(
                rng.random(n) < 0.8, columns.pick([words_voice.REPLIES[name] for name in words_voice.INTENTS], intent)
            ),
        }
    )
    return table, pa.table({"message_id": ids, "intent": names})
