"""In which language texts are: of a sample by py3langid, of all by the words that the sample has in each language.

py3langid alone needs ten minutes for a million texts, and guesses wildly where a text is a word or two ("Super!" is
Latin to it). So only languages that long texts of the sample are in are possible at all, and whoever has too few words
to tell has none.

Source of the second step: multinomial naive Bayes (McCallum and Nigam 1998), over words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.numerics.threads import in_threads
from customer_insight.texts import terms
from customer_insight.texts.terms import Terms, Tokens

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


def languages(texts: ArrowArray) -> ArrowArray:
    """ISO 639-1 code of each text's language, null where nothing can be told. texts: distinct, drawn by their order."""
    anything: Any = texts
    letters = np.asarray(pc.utf8_length(anything), dtype=np.int64)
    names, place = tell(letters, terms.tokens(texts), lambda sample: anything.take(pa.array(sample)))
    return cast_names(names, np.maximum(place, 0), place >= 0)


def tell(
    letters: Ints, said: Tokens, read: Callable[[Ints], ArrowArray], teaches: Bools | None = None
) -> tuple[list[str], Ints]:
    """All languages, and the place of each text's own among them, -1 where nothing can be told.

    letters, said: how long each text is, and its words; read: the texts at some places. teaches: the texts from which
    it is told, all where not given; the others have no part in each other's answers.
    """
    is_long = letters >= LEAST_LETTERS
    sample = np.flatnonzero(is_long if teaches is None else is_long & teaches)[:SAMPLE_TEXTS]
    nothing = np.full(letters.size, -1, dtype=np.int64)
    if not sample.size:
        return [], nothing
    start: Any = pc.utf8_slice_codeunits(read(sample), 0, _MOST_LETTERS)
    guesses = [_guess(text) for text in start.to_pylist()]
    names = _common(guesses)
    if not names:
        return [], nothing
    labels = np.array([names.index(guess) if guess in names else -1 for guess in guesses], dtype=np.int64)
    known, counts = terms.fit_counts(said.of(sample), least_texts=1, has_pairs=False)
    place, is_sure = _by_words(said, known, _word_chances(counts, labels, len(names)))
    # who was read closely keeps that answer; rare languages are none of the shop's
    is_told = np.array([guess != "" for guess in guesses], dtype=np.bool_)
    place[sample[is_told]], is_sure[sample[is_told]] = np.maximum(labels[is_told], 0), labels[is_told] >= 0
    return names, np.where(is_sure, place, -1)


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


def _by_words(said: Tokens, known: Terms, chances: Floats) -> tuple[Ints, Bools]:
    """The likeliest language of each text, and whether it is likely enough and most of its words are known."""
    place = known.places(said.vocabulary)
    # of each word its chances, and 1 where it is known; the last row: of a word that is not
    told = np.vstack([np.column_stack([chances, np.ones(len(chances))]), np.zeros(chances.shape[1] + 1)])[place]

    def of_block(start: int) -> tuple[Ints, Bools]:
        starts = said.starts[start : start + terms.BLOCK + 1]
        codes = said.codes[starts[0] : starts[-1]]
        ones = np.ones(codes.size, dtype=np.float32)
        sums = sparse.csr_matrix((ones, codes, starts - starts[0]), shape=(starts.size - 1, len(told))) @ told
        odds, found = sums[:, :-1], sums[:, -1]
        odds = odds * np.minimum(1.0, _WORDS_THAT_COUNT / np.maximum(found, 1.0))[:, None]
        odds -= odds.max(axis=1, keepdims=True)
        chance = np.exp(odds)
        is_sure = (found > 0) & (found >= LEAST_KNOWN * np.diff(starts))
        is_sure &= chance.max(axis=1) / chance.sum(axis=1) >= _SURE
        return odds.argmax(axis=1).astype(np.int64), is_sure

    parts = in_threads(of_block, range(0, said.count, terms.BLOCK))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
