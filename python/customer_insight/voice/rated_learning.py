"""What a shop's rated reviews teach, as far as they are enough; of which texts something can be said.

Below ENOUGH rated texts a list of words helps, where its language is the text's own, and other texts are not judged. A
language is judged where rated texts are in it: a model that never read German has no opinion of it. What others gave
who wrote the very same counts, too (`same_words`); a review's own stars never do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.voice import lexicon, same_words, sentiment_model
from customer_insight.voice.sentiment_model import RatedTexts, SentimentModel
from customer_insight.voice.voice_texts import POSITIVE_STARS, VoiceTexts, WrittenTexts

# Distinct texts that are learned from at most, drawn by their keys.
SAMPLE_TEXTS = 200_000
# Rated reviews with a text from which on the shop's own are better alone than with the list of words.
ENOUGH = 2_000
# Rated reviews with a text that something is learned from, with the list's help.
LEAST = 100
# Rated reviews in a language, that others in it are judged.
LEAST_IN_LANGUAGE = 200


@dataclass(frozen=True)
class RatedLearning:
    """A model, and which languages it judges: by their places, and whether texts of no told language are judged.

    place: the distinct texts that it was learned from. has_lexicon: whether the list of words helped. reviews: rated
    ones of each distinct text; positive: those of four or five stars. weight: see `same_words`. limit: below this
    probability a text is negative.
    """

    model: SentimentModel
    judged: Bools
    place: Ints
    has_lexicon: bool
    positive_share: float
    reviews: Floats
    positive: Floats
    weight: float
    limit: float

    def unjudged(self, texts: VoiceTexts) -> str:
        """The sentence on languages of which nothing is said, '' where there is none."""
        silent = [name for name, is_judged in zip(texts.names, self.judged, strict=False) if not is_judged]
        if not silent:
            return ""
        why = (
            f"below {ENOUGH:,} rated reviews a list of words helps, and only in English"
            if self.has_lexicon
            else f"fewer than {LEAST_IN_LANGUAGE} rated reviews are in it"
        )
        return f"Nothing is said of how customers feel in texts in {', '.join(silent)}: {why}."

    def probabilities(self, texts: VoiceTexts, place: Ints, rating: Floats | None = None) -> Floats:
        """Of rows whose distinct texts are at `place`: of four or five stars, NaN where nothing can be said.

        rating: the rows' own stars, which are left out where they are among those learned from. place: -1 without text.
        """
        found = np.full(place.size, np.nan)
        row = np.flatnonzero(place >= 0)
        distinct, back = np.unique(place[row], return_inverse=True)
        own = np.full(row.size, np.nan) if rating is None else rating[row]
        counts = (self.reviews[place[row]], self.positive[place[row]])
        others = same_words.without_own(*counts, own >= POSITIVE_STARS, np.isfinite(own))
        found[row] = same_words.combined(self._by_model(texts, distinct)[back], *others, self.weight)
        return found

    def _by_model(self, texts: VoiceTexts, place: Ints) -> Floats:
        """Of distinct texts, by models that have not seen their stars."""
        found = np.full(place.size, np.nan)
        kept_back = np.full(texts.distinct.count, np.nan)
        kept_back[self.place] = self.model.kept_back
        is_judged = self.judged[texts.language[place]]
        is_new = is_judged & np.isnan(kept_back[place])
        found[is_judged] = kept_back[place][is_judged]
        new = place[is_new]
        score = texts.lexicon(new) if self.has_lexicon else np.zeros(new.size)
        found[is_new] = self.model.probabilities(texts.said.of(new), score)
        return found


def learn(texts: VoiceTexts, rated: WrittenTexts, most: int = SAMPLE_TEXTS) -> RatedLearning | str:
    """From rated rows (`WrittenTexts.rated`); else the sentence that says why nothing is learned."""
    size = len(texts.names)
    by_language = np.bincount(texts.language[rated.text] + 1, minlength=size + 1)[1:]
    english = texts.place_of(lexicon.LANGUAGE)
    is_english = np.arange(size) == english
    has_lexicon = rated.codes.size < ENOUGH
    if has_lexicon:
        in_english = int(by_language[english]) if english >= 0 else 0
        if in_english < LEAST:
            return _too_few(rated.codes.size, in_english)
        judged = np.append(is_english, bool(2 * in_english > by_language.sum()))
    else:
        judged = np.append(by_language >= LEAST_IN_LANGUAGE, True)
    rows = rated.only(judged[texts.language[rated.text]])
    counts = counted(texts, rows)
    sample = _sample(texts, counts, most)
    if not sample[1].has_both():
        return (
            f"Nothing is said of how customers feel: of {rows.codes.size:,} rated reviews fewer than"
            f" {sentiment_model.LEAST_OF_EACH} have {POSITIVE_STARS} or 5 stars, or fewer have less."
        )
    share = float(sample[1].positive.sum() / sample[1].reviews.sum())
    model = sentiment_model.fit(_with_lexicon(texts, *sample) if has_lexicon else sample[1])
    told = (model.kept_back, sample[1].reviews, sample[1].positive)
    weight = same_words.weight(*told)
    limit = sentiment_model.limit(*same_words.kept_back(*told, weight))
    return RatedLearning(model, judged, sample[0], has_lexicon, share, *counts, weight, limit)


def counted(texts: VoiceTexts, rows: WrittenTexts) -> tuple[Floats, Floats]:
    """(reviews, positive ones) of each distinct text."""
    is_positive = (rows.rating >= POSITIVE_STARS).astype(np.float64)
    reviews = np.bincount(rows.text, minlength=texts.distinct.count).astype(np.float64)
    return reviews, arrays.sums(rows.text, is_positive, texts.distinct.count)


def _sample(texts: VoiceTexts, counts: tuple[Floats, Floats], most: int) -> tuple[Ints, RatedTexts]:
    place = np.flatnonzero(counts[0])[:most]  # texts stand by rising key, which is drawn evenly
    reviews, positive = (each[place] for each in counts)
    return place, RatedTexts(texts.said.of(place), texts.distinct.keys[place], reviews, positive, np.zeros(place.size))


def _with_lexicon(texts: VoiceTexts, place: Ints, rated: RatedTexts) -> RatedTexts:
    return RatedTexts(rated.said, rated.keys, rated.reviews, rated.positive, texts.lexicon(place))


def _too_few(rated: int, in_english: int) -> str:
    return (
        f"Nothing is said of how customers feel: {rated:,} reviews have stars and a text, {in_english:,} of them in"
        f" English, and learning needs {ENOUGH:,}, or {LEAST} in English, where a list of words helps."
    )
