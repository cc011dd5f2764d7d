"""What each review praises or blames: its sentences, the aspects that they name, and how they feel.

How a sentence feels is learned from sentences of rated reviews, each with the stars of its whole review, and is told
from what is usual: a sentence is praise where it is likelier among the satisfied than a sentence is on average. What
others gave who said the same counts, a review's own stars do not (`same_words`). A review's answer for an aspect is the
mean of its sentences that name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from scipy.special import expit, logit

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads
from customer_insight.scoring.probability_scores import CERTAINTY
from customer_insight.texts import text_keys
from customer_insight.texts.sentences import sentences
from customer_insight.texts.terms import Tokens, tokens
from customer_insight.texts.text_keys import DistinctTexts
from customer_insight.voice import aspect_terms, found_aspects, lexicon, rated_learning, same_words, sentiment_model
from customer_insight.voice.rated_learning import RatedLearning
from customer_insight.voice.sentiment_model import RatedTexts
from customer_insight.voice.term_weights import SaidTerms
from customer_insight.voice.voice_texts import POSITIVE_STARS, VoiceTexts

pc: Any = pyarrow.compute

# Own stars of a review: none, up to three, more.
_KINDS = 3

# Distinct texts whose sentences are read at a time; sentences that things are found in and feelings learned from.
_BLOCK = 25_000
SAMPLE_SENTENCES = 200_000


@dataclass(frozen=True)
class NamedAspects:
    """What texts name, by wording and aspect: log_odds of praise, NaN where not told; the clearest sentence.

    wording: see `wordings`.
    """

    names: list[str]
    found_words: dict[str, list[str]]
    wording: Ints
    aspect: Ints
    log_odds: Floats
    sentence: ArrowArray


@dataclass(frozen=True)
class SpokenSentences:
    """Sentences, their words, the number of the distinct text of each, and the kind of the stars beside it."""

    text: Ints
    said: Any
    words: Tokens
    kind: Ints

    def only(self, chosen: Any) -> SpokenSentences:
        """Some of them."""
        place = np.arange(self.text.size)[chosen]
        return SpokenSentences(
            self.text[place], self.said.take(pa.array(place)), self.words.of(place), self.kind[place]
        )

    def distinct(self) -> tuple[DistinctTexts, SaidTerms]:
        """Each sentence once, and its words."""
        empty: Any = pa.array([""] * self.text.size, self.said.type)
        found = text_keys.distinct_texts(empty, self.said)
        first = np.zeros(found.count, dtype=np.int64)
        first[found.place[::-1]] = np.arange(self.text.size)[::-1]
        return found, SaidTerms(self.words.of(first), np.zeros(first.size, dtype=np.int64))


def wordings(texts: VoiceTexts) -> Ints:
    """The distinct text of each review and the kind of its own stars, where they teach, in one number; below 0 without
    a text.
    """
    rating = texts.reviews.taught_rating
    kind = np.where(np.isfinite(rating), np.where(rating >= POSITIVE_STARS, 2, 1), 0)
    return texts.reviews.text * _KINDS + np.where(texts.reviews.text >= 0, kind, 0)


def find(texts: VoiceTexts, categories: Ints, seed: pa.Table, learned: RatedLearning | None) -> NamedAspects:
    """Aspects of the distinct texts that are reviews'. categories: a number for each review, of its product's."""
    has_text = texts.reviews.text >= 0
    category = np.full(texts.distinct.count, -1, dtype=np.int64)
    category[texts.reviews.text[has_text][::-1]] = categories[has_text][::-1]
    reviewed, asked = np.unique(texts.reviews.text[has_text]), np.unique(wordings(texts)[has_text])
    language = _own_language(texts)
    sample = spoken_sentences(texts, reviewed[: _first_texts(texts, reviewed)])
    terms = aspect_terms.read(seed)
    found: dict[str, list[str]] = {}
    for place, name in enumerate(texts.names):
        those = sample.only(np.flatnonzero(language[sample.text] == place))
        taken = {term for of_aspect in terms.get(name, {}).values() for term in of_aspect}
        things = found_aspects.find(those.words, category[those.text], name, taken)
        found |= things
        terms.setdefault(name, {}).update(things)
    names = sorted({aspect for of_language in terms.values() for aspect in of_language})
    looked_for = [aspect_terms.of_language(names, terms.get(name, {})) for name in texts.names]
    model = learn_feelings(texts, sample, learned)
    parts = in_threads(
        lambda start: _named(texts, asked[start : start + _BLOCK], language, looked_for, model),
        range(0, max(asked.size, 1), _BLOCK),
    )
    columns: list[Any] = [np.concatenate([part[end] for part in parts]) for end in range(3)]
    sentence: Any = pa.concat_arrays([part[3] for part in parts])
    return NamedAspects(names, found, columns[0], columns[1], columns[2], sentence)


def _own_language(texts: VoiceTexts) -> Ints:
    """Of each distinct text; the shop's commonest where a text is too short to tell."""
    if not texts.names:
        return texts.language
    common = int(np.bincount(texts.language[texts.language >= 0], minlength=len(texts.names)).argmax())
    return np.where(texts.language >= 0, texts.language, common)


def _first_texts(texts: VoiceTexts, reviewed: Ints) -> int:
    """How many texts the sample takes: their sentences are some SAMPLE_SENTENCES; texts stand in a drawn order."""
    letters = np.cumsum(np.asarray(pc.utf8_length(texts.rows_of(reviewed)[1]), dtype=np.int64))
    return int(np.searchsorted(letters, SAMPLE_SENTENCES * 60)) + 1


def spoken_sentences(texts: VoiceTexts, place: Ints, kind: Ints | None = None) -> SpokenSentences:
    """Titles are sentences, too: they name what matters most."""
    kind = np.zeros_like(place) if kind is None else kind
    titles, bodies = texts.rows_of(place)
    whole = pc.binary_join_element_wise(titles, bodies, pa.scalar("\n", titles.type))
    of_text, _, said = sentences(whole)
    return SpokenSentences(place[of_text], said, tokens(said), kind[of_text])


@dataclass(frozen=True)
class SentenceFeelings:
    """What sentences of rated reviews teach; usual: log-odds of an average one; rows: those learned from.

    is_taught: distinct texts whose stars are counted; weight: see `same_words`.
    """

    model: sentiment_model.SentimentModel
    rows: RatedTexts
    usual: float
    has_lexicon: bool
    judged: Bools
    is_taught: Bools
    weight: float

    def log_odds(self, texts: VoiceTexts, spoken: SpokenSentences) -> Floats:
        """How much likelier than usual who says so is satisfied; NaN in languages that are not judged."""
        text, said = spoken.text, spoken.said
        distinct, words = spoken.distinct()
        score = _lexicon(texts, text, said, self.has_lexicon)
        of_distinct = np.zeros(distinct.count)
        of_distinct[distinct.place] = score
        probability = self.model.probabilities(words, of_distinct)
        is_learned, at = _find_keys(self.rows.keys, distinct.keys)
        probability[is_learned] = self.model.kept_back[at[is_learned]]
        counts = [
            np.where(is_learned, each[at], 0.0)[distinct.place] for each in (self.rows.reviews, self.rows.positive)
        ]
        is_own = self.is_taught[text] & (spoken.kind > 0)
        others = same_words.without_own(counts[0], counts[1], spoken.kind == _KINDS - 1, is_own)
        chance = same_words.combined(probability[distinct.place], *others, self.weight)
        odds = logit(np.clip(chance, CERTAINTY, 1 - CERTAINTY)) - self.usual
        return np.where(self.judged[texts.language[text]], odds, np.nan)


def _find_keys(ascending: Ints, keys: Ints) -> tuple[Bools, Ints]:
    place = np.minimum(np.searchsorted(ascending.view(np.uint64), keys.view(np.uint64)), ascending.size - 1)
    return ascending[place] == keys, place.astype(np.int64)


def _lexicon(texts: VoiceTexts, text: Ints, said: ArrowArray, has_lexicon: bool) -> Floats:
    if not has_lexicon:
        return np.zeros(text.size)
    return lexicon.scores(said, texts.language[text] == texts.place_of(lexicon.LANGUAGE))


def learn_feelings(
    texts: VoiceTexts, sample: SpokenSentences, learned: RatedLearning | None
) -> SentenceFeelings | None:
    """Learned from sentences of the sample's rated texts."""
    if learned is None:
        return None
    reviews, positive = rated_learning.counted(texts, texts.reviews.rated())
    taught = sample.only(np.flatnonzero((reviews[sample.text] > 0) & learned.judged[texts.language[sample.text]]))
    distinct, words = taught.distinct()
    # once, however often a text says it: its stars are left out as one
    once = np.unique(distinct.place * texts.distinct.count + taught.text)
    said, by = np.divmod(once, texts.distinct.count)
    weight, good = (arrays.sums(said, counts[by], distinct.count) for counts in (reviews, positive))
    score = np.zeros(distinct.count)
    score[distinct.place] = _lexicon(texts, taught.text, taught.said, learned.has_lexicon)
    rows = RatedTexts(words, distinct.keys, weight, good, score)
    if not rows.has_both():
        return None
    usual = float(logit(np.clip(good.sum() / weight.sum(), CERTAINTY, 1 - CERTAINTY)))
    model = sentiment_model.fit(rows)
    is_taught = np.zeros(texts.distinct.count, dtype=np.bool_)
    is_taught[taught.text] = True
    model_counts_as = same_words.weight(model.kept_back, weight, good)
    return SentenceFeelings(model, rows, usual, learned.has_lexicon, learned.judged, is_taught, model_counts_as)


def _named(
    texts: VoiceTexts, wording: Ints, language: Ints, looked_for: list[Any], model: SentenceFeelings | None
) -> tuple[Ints, Ints, Floats, ArrowArray]:
    """(wording, aspect, log-odds, clearest sentence) of some wordings, by wording and aspect."""
    every = spoken_sentences(texts, *np.divmod(wording, _KINDS))
    at, aspect = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for number, terms in enumerate(looked_for):
        rows = np.flatnonzero(language[every.text] == number)
        sentence, names = aspect_terms.named(every.words.of(rows), terms)
        at.append(rows[sentence])
        aspect.append(names)
    where, what = np.concatenate(at), np.concatenate(aspect)
    used, back = np.unique(where, return_inverse=True)
    spoken = every.only(used)
    odds = model.log_odds(texts, spoken) if model and used.size else np.full(used.size, np.nan)
    feeling, text = odds[back], (spoken.text * _KINDS + spoken.kind)[back]
    order = np.lexsort((where, -np.abs(np.nan_to_num(feeling)), what, text))
    key = text[order] * (what.max(initial=0) + 1) + what[order]
    is_first = np.append(True, key[1:] != key[:-1])[: key.size]
    group = np.cumsum(is_first) - 1
    count = np.bincount(group)
    mean = np.bincount(group, feeling[order]) / np.maximum(count, 1)
    first = order[is_first]
    clearest: Any = spoken.said.take(pa.array(back[first]))
    return text[first], what[first], mean, clearest


def praise(log_odds: Floats) -> Floats:
    """The probability that an aspect is praised, where as many are praised as blamed."""
    return np.asarray(expit(log_odds), dtype=np.float64)
