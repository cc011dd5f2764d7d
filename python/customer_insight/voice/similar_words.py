"""Words that keep the same company in what customers write and in what products are called."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.texts import masking, vectors, words

MOST_TEXTS = 100_000  # distinct ones, drawn by a hash of the text: more teach frequent words nothing new
MOST_WORDS = 10_000  # the most frequent
LEAST_TEXTS = 5  # that a word is in: of rarer ones nothing can be learned
LEAST_WORDS = 50  # fewer make no vectors
MOST_OF_A_TEXT = 2_000  # characters: the rest of a very long text says no more
# A word in more than this share of the texts says nothing about any: it has no row of its own.
EMPTY_SHARE = 0.4
SIMILAR_WORDS = 10
WINDOW = 5
# What stands for a personal detail is no word, and neither are addresses or markup.
_NO_WORDS = re.compile(
    rf"{'|'.join(re.escape(word) for word in masking.WORDS.values())}"
    r"|[^\s@]{1,100}+@\S+|https?://\S+|www\.\S+|</?[A-Za-z][^<>]*>|&[a-z]+;"
)


@dataclass(frozen=True)
class WordVectors:
    """Words in alphabetical order, their vectors (words, dimensions), in how many texts and by how many people."""

    words: list[str]
    vectors: Floats
    text_count: Ints
    people: Ints  # 0 where only the shop says it
    is_of_the_shop: Bools  # it names a product
    texts: int

    def weights(self) -> Floats:
        """What each word counts in a text: the logarithm of texts per text with it."""
        return np.log(max(self.texts, 1) / np.maximum(self.text_count, 1)) + 1e-9


@dataclass(frozen=True)
class Written:
    """Distinct texts and who wrote them (-1: nobody known, or the shop); pairs of text and writer, distinct."""

    texts: list[str]
    of_shop: Bools
    pair_text: Ints
    pair_writer: Ints


def read_texts(rows: pa.Table) -> Written:
    """From text, writer_code (null: not known) and is_of_the_shop. At most MOST_TEXTS of people, all of the shop's."""
    anything: Any = arrays.texts(rows, "text").to_pylist()
    text = [value[:MOST_OF_A_TEXT] for value in anything]
    writer, is_known = arrays.codes_and_validity(rows, "writer_code")
    of_shop = arrays.doubles(rows, "is_of_the_shop") > 0
    writer = np.where(is_known & ~of_shop, writer, -1)
    distinct = sorted(set(text))
    number_of = {value: number for number, value in enumerate(distinct)}
    place = np.array([number_of[value] for value in text], dtype=np.int64)
    shop = np.zeros(len(distinct), dtype=np.bool_)
    shop[place[of_shop]] = True
    kept = shop | _drawn(distinct, ~shop)
    number = np.cumsum(kept) - 1
    said = kept[place]
    pairs = np.unique(np.column_stack([number[place[said]], writer[said]]), axis=0)
    chosen = [value for value, is_kept in zip(distinct, kept.tolist(), strict=True) if is_kept]
    # what has the form of a personal detail is no word; names of products are read as they are
    plain = iter(
        masking.mask([value for value, is_shop in zip(chosen, shop[kept].tolist(), strict=True) if not is_shop])
    )
    chosen = [value if is_shop else next(plain) for value, is_shop in zip(chosen, shop[kept].tolist(), strict=True)]
    return Written(chosen, shop[kept], pairs[:, 0], pairs[:, 1])


def _drawn(texts: list[str], can: Bools) -> Bools:
    """Which texts are learned from: those with the lowest hashes."""
    if int(can.sum()) <= MOST_TEXTS:
        return can.copy()
    keys = np.array([hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts])
    order = np.argsort(np.where(can, keys, b"\xff" * 9), kind="stable")
    drawn = np.zeros(len(texts), dtype=np.bool_)
    drawn[order[:MOST_TEXTS]] = True
    return drawn & can


def words_of(text: str) -> list[str]:
    """The words of a text that can be learned: of letters, neither addresses nor markup nor numbers."""
    return [word for word in words.words(_NO_WORDS.sub(" . ", text)) if not any(map(str.isdigit, word))]


def learn(written: Written, dimensions: int = vectors.DIMENSIONS) -> WordVectors:
    """Vectors of the most frequent words. Fewer than LEAST_WORDS give none."""
    distinct, word, text = _numbered(written.texts)
    count = max(len(distinct), 1)
    pair = arrays.distinct(text * count + word)
    in_texts = np.bincount(pair % count, minlength=len(distinct)).astype(np.int64)
    frequent = np.flatnonzero(in_texts >= LEAST_TEXTS)
    frequent = np.sort(frequent[np.lexsort((frequent, -in_texts[frequent]))][:MOST_WORDS])
    if frequent.size < LEAST_WORDS:
        frequent = frequent[:0]
    number = np.full(len(distinct) + 1, -1)
    number[frequent] = np.arange(frequent.size)
    pair_text, pair_word = pair // count, number[pair % count]
    keep = pair_word >= 0
    pair_text, pair_word = pair_text[keep], pair_word[keep]
    shop = np.zeros(frequent.size, dtype=np.bool_)
    shop[pair_word[written.of_shop[pair_text]]] = True
    counts = vectors.text_counts(number[word], text, frequent.size, WINDOW)
    return WordVectors(
        words=[distinct[place] for place in frequent],
        vectors=vectors.embed(vectors.shifted_ppmi(counts), dimensions),
        text_count=in_texts[frequent],
        people=_people(written, pair_text, pair_word, frequent.size),
        is_of_the_shop=shop,
        texts=len(written.texts),
    )


def _numbered(texts: list[str]) -> tuple[list[str], Ints, Ints]:
    """All words in alphabetical order, and of each word of the texts its number among them and its text's."""
    met: dict[str, int] = {}
    numbers, lengths = [], []
    for text in texts:
        spoken = words_of(text)
        lengths.append(len(spoken))
        numbers.append(np.array([met.setdefault(word, len(met)) for word in spoken], dtype=np.int64))
    distinct = sorted(met)
    place = np.empty(len(distinct), dtype=np.int64)
    place[[met[word] for word in distinct]] = np.arange(len(distinct))
    word = place[np.concatenate([np.zeros(0, dtype=np.int64), *numbers])]
    return distinct, word, np.repeat(np.arange(len(texts)), np.array(lengths, dtype=np.int64))


def _people(written: Written, pair_text: Ints, pair_word: Ints, size: int) -> Ints:
    """How many known people have written each word."""
    known = written.pair_writer >= 0
    text, writer = written.pair_text[known], written.pair_writer[known]
    order = np.argsort(pair_text, kind="stable")
    starts = np.searchsorted(pair_text[order], np.arange(len(written.texts) + 1))
    length = np.diff(starts)[text]
    at = np.repeat(starts[text] - np.cumsum(length) + length, length) + np.arange(int(length.sum()))
    word = pair_word[order][at]
    found = arrays.distinct(np.repeat(writer, length) * max(size, 1) + word)
    return np.bincount(found % max(size, 1), minlength=size).astype(np.int64)


def similar(learned: WordVectors, least_people: int) -> pa.Table:
    """similar_words: word, similar_word, similarity_rank, score; at most SIMILAR_WORDS each.

    Only words that name a product, or that at least `least_people` have written; none that most texts have.
    """
    empty = learned.text_count > max(EMPTY_SHARE * learned.texts, LEAST_TEXTS)
    readable = np.array([words.is_readable(word) for word in learned.words], dtype=np.bool_)
    shown = (learned.is_of_the_shop | (learned.people >= least_people)) & ~empty & readable
    own = np.flatnonzero(shown)
    row, other, score = vectors.nearest(learned.vectors[own], learned.vectors, SIMILAR_WORDS, shown, own)
    names = pa.array(learned.words, pa.string())
    return pa.table(
        {
            "word": names.take(arrays.arrow(own[row])),
            "similar_word": names.take(arrays.arrow(other)),
            "similarity_rank": arrays.arrow(ranking.ranks(row).astype(np.int32)),
            "score": arrays.nullable(score),
        }
    )
