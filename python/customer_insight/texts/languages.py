"""In which language texts are: of a sample by py3langid, of all by the words that the sample has in each language.

py3langid alone needs ten minutes for a million texts, and guesses wildly where a text is a word or two ("Super!" is
Latin to it). So only languages that long texts of the sample are in are possible at all, and whoever has too few words
to tell has none.

Source of the second step: multinomial naive Bayes (McCallum and Nigam 1998), over words.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads
from customer_insight.texts import terms
from customer_insight.texts.terms import Terms

pc: Any = pyarrow.compute

SAMPLE_TEXTS = 2_000
# Letters that a text needs for a guess of its own, and what of it is read.
LEAST_LETTERS = 30
_MOST_LETTERS = 200
# Share of the sample's long texts, and how many of them, that a language needs to be one of the shop's.
LEAST_SHARE = 0.02
LEAST_TEXTS = 3
# How sure an answer has to be; and a guess that teaches (py3langid: modest, as it spreads over all languages).
_SURE = 0.9
_LIKELY = 0.5
# Words that count at most: words of one text are alike, so that more of them do not prove more.
_SMOOTHING = 0.5
# Share of a text's words that the sample has to know: else it is in none of the shop's languages.
LEAST_KNOWN = 0.6
_WORDS_THAT_COUNT = 10.0


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def languages(texts: ArrowArray, teaches: Bools | None = None) -> ArrowArray:
    """ISO 639-1 code of each text's language, null where nothing can be told. texts: distinct, drawn by their order.

    teaches: the texts from which it is told, all where not given. The others have no part in each other's answers.
    """
    anything: Any = texts
    lengths = np.asarray(pc.utf8_length(anything), dtype=np.int64)
    is_long = lengths >= LEAST_LETTERS
    sample = np.flatnonzero(is_long if teaches is None else is_long & teaches)[:SAMPLE_TEXTS]
    if not sample.size:
        return pa.array([None] * lengths.size, pa.string())
    read: Any = anything.take(pa.array(sample))
    guesses = [_guess(text) for text in pc.utf8_slice_codeunits(read, 0, _MOST_LETTERS).to_pylist()]
    names = _common(guesses)
    if not names:
        return pa.array([None] * lengths.size, pa.string())
    labels = np.array([names.index(guess) if guess in names else -1 for guess in guesses], dtype=np.int64)
    said = terms.tokens(read)
    known = terms.fit(said, least_texts=1, has_pairs=False)
    chances = _word_chances(known.counts_of(said), labels, len(names))
    place, is_sure = _by_words(texts, known, chances)
    # who was read closely keeps that answer; rare languages are none of the shop's
    is_told = np.array([guess != "" for guess in guesses], dtype=np.bool_)
    place[sample[is_told]], is_sure[sample[is_told]] = np.maximum(labels[is_told], 0), labels[is_told] >= 0
    return cast_names(names, place, is_sure)


def cast_names(names: list[str], place: Ints, is_known: Bools) -> ArrowArray:
    """The name of each place, null where it is not known."""
    every: Any = pa.array(names, pa.string())
    named: ArrowArray = every.take(arrays.arrow(place, ~is_known))
    return named


@lru_cache(maxsize=8 * SAMPLE_TEXTS)
def _guess(text: str) -> str:
    name, probability = _identifier().classify(text)
    return str(name) if probability >= _LIKELY else ""


def _common(guesses: list[str]) -> list[str]:
    told = [guess for guess in guesses if guess]
    least = max(LEAST_TEXTS, LEAST_SHARE * len(told)) if len(told) > LEAST_TEXTS else 1
    return sorted(name for name in set(told) if told.count(name) >= least)


def _word_chances(counts: Any, labels: Ints, size: int) -> Floats:
    """Ln of the chance of each word in each language, less its mean over the languages; shape (words, languages)."""
    columns = [np.asarray(counts[np.flatnonzero(labels == place)].sum(axis=0)).ravel() for place in range(size)]
    smooth = np.stack(columns, axis=1) + _SMOOTHING
    chances = np.log(smooth / smooth.sum(axis=0))
    return np.asarray(chances, dtype=np.float64)


def _by_words(texts: ArrowArray, known: Terms, chances: Floats) -> tuple[Ints, Bools]:
    """The likeliest language of each text, and whether it is likely enough and most of its words are known."""
    anything: Any = texts

    def of_block(start: int) -> tuple[Ints, Bools]:
        said = terms.tokens(anything[start : start + terms.BLOCK])
        counts = known.counts_of(said)
        found = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
        odds = np.asarray(counts @ chances, dtype=np.float64)
        odds *= np.minimum(1.0, _WORDS_THAT_COUNT / np.maximum(found, 1.0))[:, None]
        odds -= odds.max(axis=1, keepdims=True)
        chance = np.exp(odds)
        is_sure = (found > 0) & (found >= LEAST_KNOWN * np.diff(said.starts))
        is_sure &= chance.max(axis=1) / chance.sum(axis=1) >= _SURE
        return odds.argmax(axis=1).astype(np.int64), is_sure

    parts = in_threads(of_block, range(0, len(anything), terms.BLOCK))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
