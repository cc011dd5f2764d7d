"""Reviews of one block, sentence by sentence: what each is about and how it feels is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns, groups
from customer_insight.demo import words_reviews as words
from customer_insight.demo.catalogue import DEPARTMENTS, DemoCatalogue
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.demo.dates import DAY, END, NEW_WORDS, by_day
from customer_insight.demo.orders import CANCELLED, RETURNED, Lines, Orders, product_ids
from customer_insight.demo.people import People, ids_at
from customer_insight.demo.wordings import WordingPool, capital, lengths, synonyms
from customer_insight.demo.words_reviews import NEGATIVE, NEUTRAL, POSITIVE
from customer_insight.numerics.arrays import Bools, Ints

SENTIMENTS = ["negative", "neutral", "positive", "mixed"]
MIXED = 3
IDS_A_BLOCK = 1_000_000
SIZELESS = ("Food and Drink", "Beauty", "Books and Paper", "Toys and Games")
SCENTED = ("Food and Drink", "Beauty", "Home", "Pets")
MOST_SENTENCES = 4
CONTRADICTED, TWINS, TWO_LANGUAGES, MARKUP = 0.04, 0.12, 0.02, 0.03
# how a sentence feels, by the tone of its review; the first one always has the tone
FEELINGS = [[0.86, 0.04, 0.10], [0.30, 0.40, 0.30], [0.08, 0.04, 0.88]]


@dataclass(frozen=True)
class MadeSentences:
    """(n, MOST_SENTENCES) of what and how each sentence of a review speaks; aspect -1: there is none."""

    aspect: Ints
    feeling: Ints

    def sentiment(self) -> Ints:
        """Of each review, an index into SENTIMENTS: what more of its sentences feel."""
        said = self.aspect >= 0
        good, bad = ((said & (self.feeling == tone)).sum(axis=1) for tone in (POSITIVE, NEGATIVE))
        return np.where(
            good > bad, POSITIVE, np.where(bad > good, NEGATIVE, np.where(good > 0, MIXED, NEUTRAL))
        ).astype(np.int64)


def _can_speak_of(catalogue: DemoCatalogue, product: Ints) -> Bools:
    """(n, aspects): nobody speaks of the size of tea, or of the scent of a kite."""
    of_department = np.ones((len(DEPARTMENTS), len(words.ASPECTS)), dtype=bool)
    of_department[[DEPARTMENTS.index(name) for name in SIZELESS], words.SIZE] = False
    of_department[[name not in SCENTED for name in DEPARTMENTS], words.SCENT] = False
    allowed: Bools = of_department[catalogue.department[product]]
    return allowed


def _habits(rng: np.random.Generator, catalogue: DemoCatalogue, product: Ints) -> tuple[Ints, Ints]:
    """(aspect, feeling) that a product's planted habit gives each review; aspect -1: none."""
    aspect, feeling = np.full(len(product), -1), np.full(len(product), NEUTRAL)
    u = rng.random(len(product))
    for habit in words.HABITS:
        struck = (product == catalogue.index_of([habit.product])[0]) & (u < habit.share)
        aspect, feeling = np.where(struck, habit.aspect, aspect), np.where(struck, habit.feeling, feeling)
    return aspect, feeling


def _sentences(
    rng: np.random.Generator, tone: Ints, habit: tuple[Ints, Ints], allowed: Bools, language: Ints
) -> MadeSentences:
    """One to four sentences a review, no aspect twice. A habit's sentence comes behind one of the review's tone."""
    n = len(tone)
    wanted = 1 + columns.choose(rng, [0.16, 0.40, 0.30, 0.14], n)
    chance = np.array(words.WEIGHTS) * allowed
    chance[np.arange(n)[habit[0] >= 0], habit[0][habit[0] >= 0]] = 0.0
    lots = np.where(chance > 0, rng.exponential(size=chance.shape) / np.maximum(chance, 1e-9), np.inf)
    aspect = np.argsort(lots, axis=1)[:, :MOST_SENTENCES]
    spoken = np.isfinite(np.take_along_axis(lots, aspect, axis=1))
    opens = rng.random(n) < 0.55  # with a sentence about the whole
    aspect[:, 1:] = np.where(opens[:, None], aspect[:, :-1], aspect[:, 1:])
    aspect[:, 0] = np.where(opens, words.GENERAL, aspect[:, 0])
    u = rng.random(aspect.shape)
    bounds = np.cumsum(np.array(FEELINGS), axis=1)[tone]
    feeling = (u[:, :, None] > bounds[:, None, :2]).sum(axis=2)
    feeling[:, 0] = tone
    struck = np.flatnonzero(habit[0] >= 0)
    place = 1 + (u[struck, 0] * (np.maximum(wanted[struck], 2) - 1)).astype(np.int64)
    aspect[struck, place], feeling[struck, place] = habit[0][struck], habit[1][struck]
    wanted[struck] = np.maximum(wanted[struck], 2)
    there = (np.arange(MOST_SENTENCES) < wanted[:, None]) & spoken
    there[struck, place] = True
    return MadeSentences(np.where(there, aspect, -1).astype(np.int64), feeling.astype(np.int64))


def _write(
    rng: np.random.Generator, said: MadeSentences, language: Ints, is_late: Bools, spoken: TextColumn, name: TextColumn
) -> tuple[TextColumn, Ints, Ints]:
    """(text, start of each sentence, its end), the sentences as (n, MOST_SENTENCES)."""
    n, aspects = len(language), len(words.ASPECTS)
    pool = WordingPool(
        [tones[tone] for code in words.LANGUAGES for tones in words.SENTENCES[code] for tone in range(3)]
    )
    has_markup = rng.random(n) < MARKUP
    between = np.where(has_markup, 2, rng.random(n) < 0.06).astype(np.int64)
    gap = columns.pick([" ", "\n", "<br>"], between)
    turns = rng.random(n) < TWO_LANGUAGES
    text = pa.array([""] * n, pa.string())
    starts, ends = np.zeros((n, MOST_SENTENCES), np.int64), np.zeros((n, MOST_SENTENCES), np.int64)
    for place in range(MOST_SENTENCES):
        there = said.aspect[:, place] >= 0
        tongue = np.where(turns & (place == 1), 1 - language, language)
        places = synonyms(rng, [words.SYNONYMS[code] for code in words.LANGUAGES], tongue)
        places["product"] = pc.if_else(pa.array(tongue == 0), spoken, name)
        key = (tongue * aspects + said.aspect[:, place].clip(0)) * 3 + said.feeling[:, place]
        sentence = capital(pool.say(pool.draw(rng, key, is_late, mixes=True), places).text)
        if place == 0:
            sentence = pc.if_else(pa.array(has_markup), columns.join("<b>", sentence, "</b>"), sentence)
        sentence = pc.if_else(pa.array(there), sentence, pa.scalar("", pa.string()))
        text = columns.join(text, pc.if_else(pa.array(there & (lengths(text) > 0)), gap, pa.scalar("", pa.string())))
        starts[:, place] = lengths(text)
        text = columns.join(text, sentence)
        ends[:, place] = lengths(text)
    return text, starts, ends


def _twins(rng: np.random.Generator, product: Ints, tone: Ints, language: Ints, is_written: Bools) -> Ints:
    """The review whose words each one has: mostly its own, else those of an earlier one of the product."""
    key = (product * 3 + tone) * 2 + language
    order = np.argsort(key, kind="stable")
    before, behind = order[:-1], order[1:]
    same = (key[behind] == key[before]) & is_written[behind] & is_written[before]
    copies = same & (rng.random(len(order))[1:] < TWINS)
    copies[1:] &= ~copies[:-1]  # of an original
    source = np.arange(len(order))
    source[behind[copies]] = before[copies]
    return source


def make_reviews(
    seed: int, block: int, people: People, made: Orders, lines: Lines, catalogue: DemoCatalogue, language_of: Ints
) -> tuple[TextTable, TextTable, TextTable]:
    """(`reviews`, planted reviews, planted sentences). `language_of` the customers: 0 English, 1 German."""
    rng = columns.random_stream(seed, block, 40)
    customer, at = made.customer[lines.order], made.at[lines.order]
    wants = rng.random(len(lines.order)) < groups.habit("review_share", people.group[customer])
    reviewed_at = by_day(rng, at + ((4 + 25 * rng.beta(1.2, 2.5, len(at))) * DAY).astype(np.int64))
    chosen = np.flatnonzero(wants & (lines.product >= 0) & (lines.status != CANCELLED) & (reviewed_at < END))
    chosen = chosen[np.argsort(reviewed_at[chosen], kind="stable")]
    n, product, at = len(chosen), lines.product[chosen], reviewed_at[chosen]
    feeling = catalogue.quality[product] * 1.3 + rng.normal(3.9, 1.0, n) - 1.6 * (lines.status[chosen] == RETURNED)
    has_rating, has_title, has_text = rng.random(n) >= 0.01, rng.random(n) < 0.7, rng.random(n) >= 0.065
    rng = columns.random_stream(seed, block, 42)  # the words
    habit = _habits(rng, catalogue, product)
    feeling += np.where(habit[0] >= 0, np.where(habit[1] == NEGATIVE, -0.9, 0.3), 0.0)
    rating = np.clip(np.rint(feeling), 1, 5).astype(np.int64)
    tone = np.where(rating >= 4, POSITIVE, np.where(rating == 3, NEUTRAL, NEGATIVE))
    tone = np.where((rng.random(n) < CONTRADICTED) & (habit[0] < 0), 2 - tone, tone)
    language, is_late = language_of[customer[chosen]], at >= NEW_WORDS
    allowed = _can_speak_of(catalogue, product)
    said = _sentences(rng, tone, habit, allowed, language)
    text, starts, ends = _write(
        rng, said, language, is_late, columns.pick(catalogue.spoken, product), columns.pick(catalogue.names, product)
    )
    titles = WordingPool([words.TITLES[code][tone] for code in words.LANGUAGES for tone in range(3)])
    title = columns.pick(titles.every, titles.draw(rng, language * 3 + tone, is_late, mixes=True))
    source = _twins(rng, product, tone, language, has_text)
    said, starts, ends = MadeSentences(said.aspect[source], said.feeling[source]), starts[source], ends[source]
    sentiment = said.sentiment()
    is_against = has_rating & (((rating >= 4) & (sentiment == NEGATIVE)) | ((rating <= 2) & (sentiment == POSITIVE)))
    ids = columns.ids("R", np.arange(n) + 1 + block * IDS_A_BLOCK, 5)
    is_guest = made.is_guest[lines.order[chosen]]
    table = pa.table(
        {
            "review_id": ids,
            "product_id": product_ids(catalogue, product),
            "reviewed_at": columns.times(at),
            "customer_id": columns.only(~is_guest, ids_at(people, customer[chosen])),
            "rating": columns.only(has_rating, columns.whole(rating)),
            "title": columns.only(has_title, title.take(columns.rows(source))),
            "review_text": columns.only(has_text, text.take(columns.rows(source))),
        }
    )
    planted = pa.table(
        {
            "review_id": ids,
            "sentiment": columns.pick(SENTIMENTS, sentiment),
            "language": columns.pick(words.LANGUAGES, language[source]),
            "is_contradicted": columns.pick(["false", "true"], (is_against & has_text).astype(np.int64)),
            "twin_of": columns.only(source != np.arange(n), ids.take(columns.rows(source))),
        }
    )
    row, place = np.nonzero((said.aspect >= 0) & has_text[:, None])
    sentences = pa.table(
        {
            "review_id": ids.take(columns.rows(row)),
            "start_position": columns.whole(starts[row, place]),
            "end_position": columns.whole(ends[row, place]),
            "aspect": columns.pick(words.ASPECTS, said.aspect[row, place]),
            "sentiment": columns.pick(SENTIMENTS, said.feeling[row, place]),
        }
    )
    return table, planted, sentences
