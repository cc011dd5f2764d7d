"""What customers wrote, read once: reviews and messages as rows of distinct texts, with the languages of these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.texts import languages, text_keys
from customer_insight.texts.terms import Tokens
from customer_insight.texts.text_keys import DistinctTexts
from customer_insight.voice import lexicon, term_weights
from customer_insight.voice.term_weights import SaidTerms

pc: Any = pyarrow.compute

# Stars from which a review is positive.
POSITIVE_STARS = 4
# What a text needs to be one at all; a picture (emoji) alone is one, too.
_SAYS_SOMETHING = r"[\p{L}\p{So}]"


@dataclass(frozen=True)
class WrittenTexts:
    """Rows by rising code: `text` is the number of each row's distinct text, -1 where it has none.

    day: when it was written, in days, NaN where not known. rating: stars, NaN where there are none. suspected: the day
    from which on it is known that nobody may learn from it, NaN for nearly all.
    """

    codes: Ints
    text: Ints
    day: Floats
    rating: Floats
    suspected: Floats

    @property
    def taught_rating(self) -> Floats:
        """The stars of rows that may be learned from, NaN of others."""
        return np.where(np.isnan(self.suspected), self.rating, np.nan)

    def only(self, chosen: Bools) -> WrittenTexts:
        """Some of the rows."""
        return replace(
            self,
            codes=self.codes[chosen],
            text=self.text[chosen],
            day=self.day[chosen],
            rating=self.rating[chosen],
            suspected=self.suspected[chosen],
        )

    def rated(self, day: float = np.inf) -> WrittenTexts:
        """Rows with a text and stars, but for those of which it was known by a day that nobody may learn from them."""
        with np.errstate(invalid="ignore"):
            return self.only((self.text >= 0) & np.isfinite(self.rating) & ~(self.suspected <= day))


@dataclass(frozen=True)
class VoiceTexts:
    """distinct: titles and texts; said: their words; letters: how many of both; language: place in `names` of each, -1
    where it cannot be told.
    """

    reviews: WrittenTexts
    messages: WrittenTexts
    distinct: DistinctTexts
    said: SaidTerms
    letters: Ints
    names: list[str]
    language: Ints
    _lexicon: Floats

    def lexicon(self, place: Ints) -> Floats:
        """What the list of words says of these texts, from -1 to 1: 0 where they are not in its language."""
        wanted = np.zeros(self.distinct.count, dtype=np.bool_)
        wanted[place] = True
        is_read = wanted & np.isnan(self._lexicon) & (self.language == self.place_of(lexicon.LANGUAGE))
        titles, texts = self.distinct.fields
        joined = pc.binary_join_element_wise(titles, texts, pa.scalar(". ", titles.type))
        if is_read.any():
            self._lexicon[is_read] = lexicon.scores(joined, is_read)[is_read]
        is_read = self.language[place] == self.place_of(lexicon.LANGUAGE)
        return np.where(is_read, np.nan_to_num(self._lexicon[place]), 0.0)

    def as_known(self, day: float, until: float) -> VoiceTexts:
        """The same with languages as they could be told on a day; what was written after `until` has none."""
        place = np.flatnonzero(self._written_by(until))
        teaches = self._written_by(day)[place]
        names, language = _languages(self.distinct, self.said.whole.of(place), self.letters[place], place, teaches)
        told = np.full(self.distinct.count, -1, dtype=np.int64)
        told[place] = language
        return replace(self, names=names, language=told)

    def _written_by(self, day: float) -> Bools:
        found = np.zeros(self.distinct.count, dtype=np.bool_)
        for rows in (self.reviews, self.messages):
            found[rows.text[(rows.text >= 0) & (rows.day <= day)]] = True
        return found

    def rows_of(self, place: Ints) -> tuple[ArrowArray, ArrowArray]:
        """Titles and texts at these places."""
        return _rows_of(self.distinct, place)

    def place_of(self, name: str) -> int:
        """The place of a language in `names`; -2 where no text is in it."""
        return self.names.index(name) if name in self.names else -2

    def language_names(self, place: Ints) -> ArrowArray:
        """Names of the languages of texts, null where there is no text or no language."""
        found = np.where(place >= 0, self.language[place], -1) if self.language.size else np.full(place.size, -1)
        return languages.cast_names(self.names, np.maximum(found, 0), found >= 0)


def read(reviews: pa.Table, messages: pa.Table) -> VoiceTexts:
    """See `review_voice.run` for the columns. Raises ValueError on repeated codes."""
    parts = [_sorted(reviews, "review_code"), _sorted(messages, "message_code")]
    empty: Any = pa.array([""] * len(parts[1]), pa.large_string())
    titles = [arrays.texts(parts[0], "title"), empty]
    texts = [arrays.texts(parts[0], "review_text"), arrays.texts(parts[1], "message_text")]
    title, text = (pc.utf8_trim_whitespace(pa.concat_arrays(fields)) for fields in (titles, texts))
    says = np.asarray(
        pc.match_substring_regex(pc.binary_join_element_wise(title, text, pa.scalar(" ", title.type)), _SAYS_SOMETHING)
    )
    said: Any = pa.array(says)
    distinct = text_keys.distinct_texts(title.filter(said), text.filter(said))
    place = np.full(says.size, -1, dtype=np.int64)
    place[says] = distinct.place
    spoken = term_weights.said(*distinct.fields)
    lengths = [np.asarray(pc.utf8_length(field), dtype=np.int64) for field in distinct.fields]
    names, language = _languages(distinct, spoken.whole, lengths[0] + lengths[1], np.arange(distinct.count))
    size = parts[0].num_rows
    return VoiceTexts(
        WrittenTexts(
            arrays.codes(parts[0], "review_code"),
            place[:size],
            arrays.doubles(parts[0], "written_day"),
            arrays.doubles(parts[0], "rating"),
            _days_of_suspicion(parts[0]),
        ),
        WrittenTexts(
            arrays.codes(parts[1], "message_code"),
            place[size:],
            arrays.doubles(parts[1], "written_day"),
            np.full(parts[1].num_rows, np.nan),
            np.full(parts[1].num_rows, np.nan),
        ),
        distinct,
        spoken,
        lengths[0] + lengths[1],
        names,
        language,
        np.full(distinct.count, np.nan),
    )


def _days_of_suspicion(reviews: pa.Table) -> Floats:
    has_any = "suspected_day" in reviews.column_names
    return arrays.doubles(reviews, "suspected_day") if has_any else np.full(reviews.num_rows, np.nan)


def _languages(
    distinct: DistinctTexts, said: Tokens, letters: Ints, place: Ints, teaches: Bools | None = None
) -> tuple[list[str], Ints]:
    """The names of all languages, and the place of each text's own, -1 where it cannot be told; of texts at `place`."""

    def read(sample: Ints) -> ArrowArray:
        titles, texts = _rows_of(distinct, place[sample])
        anything: Any = titles
        whole: ArrowArray = pc.binary_join_element_wise(anything, texts, pa.scalar(" ", anything.type))
        return whole

    return languages.tell(letters, said, read, teaches)


def _rows_of(distinct: DistinctTexts, place: Ints) -> tuple[ArrowArray, ArrowArray]:
    fields: Any = distinct.fields
    titles, texts = (field.take(pa.array(place)) for field in fields)
    return titles, texts


def _sorted(table: pa.Table, name: str) -> pa.Table:
    codes = arrays.codes(table, name)
    if (twice := codes.size - arrays.distinct(codes).size) > 0:
        raise ValueError(f"{twice} rows have a {name} that is there already: each must be there once.")
    return table.take(arrays.arrow(np.argsort(codes, kind="stable")))
