"""Texts as weights of their words and characters: TF-IDF of words 1 to 2 and of characters 2 to 5 within words.

Term frequencies are damped by a logarithm and each half of a row has length 1 (Salton and Buckley, "Term-weighting
approaches in automatic text retrieval", 1988). Characters carry what is mistyped or inflected. The terms are those of
scikit-learn's TfidfVectorizer with the analyzers `word` and `char_wb`; characters are cut once for each distinct piece
between blanks, not once for each text, since what a text has of them is the sum of its pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints

pc: Any = pyarrow.compute

# What follows in a longer text is not read: whoever writes more has said before what it is about.
LONGEST = 2_000
_SHORTEST_RUN, _LONGEST_RUN = 2, 5
_WORD = re.compile(r"\w+")
_UNKNOWN = -1


@dataclass(frozen=True)
class _Pieces:
    """Texts cut at blanks, in small letters: distinct pieces, and of each piece of the texts its number and its text's.

    words, runs: of each distinct piece the numbers of its words and of its runs of characters, one after another, and
    where those of the next piece begin; _UNKNOWN stands for what has no number.
    """

    texts: int
    code: Ints
    text: Ints
    words: Ints
    word_starts: Ints
    runs: Ints
    run_starts: Ints

    def word_sequence(self) -> tuple[Ints, Ints]:
        """The number of each word of the texts, in their order, and its text."""
        count = np.diff(self.word_starts)[self.code]
        start = self.word_starts[self.code] - np.cumsum(count) + count
        return self.words[np.repeat(start, count) + np.arange(int(count.sum()))], np.repeat(self.text, count)

    def run_counts(self, size: int) -> Any:
        """How often each text has each run, CSR of shape (texts, size)."""
        known = self.runs != _UNKNOWN
        ends = np.concatenate([[0], np.cumsum(known)])[self.run_starts]
        column = self.runs[known]
        of_piece = sparse.csr_matrix((np.ones(column.size), column, ends), shape=(ends.size - 1, size))
        return _counts(self.text, self.code, (self.texts, ends.size - 1)) @ of_piece


@dataclass(frozen=True)
class WordsAndCharacters:
    """What a text's terms weigh: words, pairs (first word x words + second word, ascending) and runs of characters.

    idf: inverse document frequencies by column: those of words, then of pairs, then of runs.
    """

    words: dict[str, int]
    pairs: Ints
    runs: dict[str, int]
    idf: Floats

    def rows(self, texts: list[str]) -> sparse.csr_matrix:
        """One row a text, one column a term; a text without a known term is a row of zeros."""
        return self._rows(_cut(texts, self.words, self.runs, is_new=False))

    def rows_and_known(self, texts: list[str]) -> tuple[sparse.csr_matrix, Floats]:
        """The same, and how much of each text is known: of its words, weighed by how rare they are.

        A word that is not known is as rare as the rarest; of a text without words nothing is known.
        """
        pieces = _cut(texts, self.words, self.runs, is_new=False)
        word, text = pieces.word_sequence()
        rarity = np.append(self.idf[: len(self.words)], self.idf[: len(self.words)].max(initial=1.0))
        whole = np.bincount(text, rarity[word], minlength=pieces.texts)
        known = np.bincount(text, np.where(word == _UNKNOWN, 0.0, rarity[word]), minlength=pieces.texts)
        return self._rows(pieces), np.divide(known, whole, out=np.zeros(pieces.texts), where=whole > 0)

    def _rows(self, pieces: _Pieces) -> sparse.csr_matrix:
        halves = (self._word_counts(pieces), pieces.run_counts(len(self.runs)))
        start = halves[0].shape[1]
        return sparse.hstack(
            [_weighted(halves[0], self.idf[:start]), _weighted(halves[1], self.idf[start:])], format="csr"
        )

    def terms(self) -> list[list[str]]:
        """The words, the pairs as 'first second', and the runs of characters, each by column."""
        words = list(self.words)
        first, second = np.divmod(self.pairs, max(len(words), 1))
        pairs = [f"{words[one]} {words[two]}" for one, two in zip(first.tolist(), second.tolist(), strict=True)]
        return [words, pairs, list(self.runs)]

    def _word_counts(self, pieces: _Pieces) -> Any:
        word, text = pieces.word_sequence()
        keys, at = _neighbours(word, text, len(self.words))
        is_there, place = arrays.find(self.pairs, keys)
        known = word != _UNKNOWN
        column = np.concatenate([word[known], place[is_there] + len(self.words)])
        row = np.concatenate([text[known], text[at[is_there]]])
        return _counts(row, column, (pieces.texts, len(self.words) + self.pairs.size))


def fit(texts: list[str], least_texts: int = 1) -> tuple[WordsAndCharacters, sparse.csr_matrix]:
    """The weights of the terms that `least_texts` of these texts have, and the texts as rows.

    Raises ValueError where no text has a term.
    """
    met_words: dict[str, int] = {}
    met_runs: dict[str, int] = {}
    pieces = _cut(texts, met_words, met_runs, is_new=True)
    word, text = pieces.word_sequence()
    words, new_word = _often(met_words, _counts(text, word, (len(texts), len(met_words))), least_texts)
    word = new_word[word]
    keys, at = _neighbours(word, text, len(words))
    pairs, place = np.unique(keys, return_inverse=True)
    counts = _counts(text[at], place, (len(texts), pairs.size))
    kept = np.flatnonzero(_texts_with(counts) >= least_texts)
    known = word != _UNKNOWN
    single = _counts(text[known], word[known], (len(texts), len(words)))
    of_words = sparse.hstack([single, counts if kept.size == pairs.size else counts[:, kept]], format="csr")
    every = pieces.run_counts(len(met_runs))
    runs, new_run = _often(met_runs, every, least_texts)
    of_runs = _renamed(every, new_run, len(runs))
    if not of_words.shape[1] + of_runs.shape[1]:
        raise ValueError("None of the texts has a word.")
    idf = np.concatenate([_idf(of_words), _idf(of_runs)])
    known_terms = WordsAndCharacters(words, pairs[kept], runs, idf)
    halves = _weighted(of_words, idf[: of_words.shape[1]]), _weighted(of_runs, idf[of_words.shape[1] :])
    return known_terms, sparse.hstack(halves, format="csr")


def of_terms(terms: list[list[str]], idf: Floats) -> WordsAndCharacters:
    """The same weights again, from what `terms` and `idf` gave."""
    words, runs = ({term: place for place, term in enumerate(each)} for each in (terms[0], terms[2]))
    pairs = [first_and_second.split(" ") for first_and_second in terms[1]]
    keys = np.array([words[first] * len(words) + words[second] for first, second in pairs], dtype=np.int64)
    return WordsAndCharacters(words, keys, runs, idf)


def _cut(texts: list[str], words: dict[str, int], runs: dict[str, int], *, is_new: bool) -> _Pieces:
    """is_new: what is not in `words` and `runs` gets the next number there."""
    whole = pc.utf8_lower(pc.utf8_slice_codeunits(pa.array(texts, pa.large_string()), 0, LONGEST))
    # trimmed, for Arrow keeps a blank at the end of a text now and then: findings/pyarrow_split_keeps_the_last_blank.sh
    split = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(whole))
    text = np.repeat(np.arange(len(texts)), np.asarray(pc.list_value_length(split), dtype=np.int64))
    flat = pc.list_flatten(split)
    is_piece = pc.not_equal(flat, "")
    encoded = flat.filter(is_piece).dictionary_encode()
    of_words: list[int] = []
    of_runs: list[int] = []
    word_starts, run_starts = [0], [0]
    for piece in encoded.dictionary.to_pylist():
        said, cut = _WORD.findall(piece), _runs(f" {piece} ")
        if is_new:
            of_words += [words.setdefault(each, len(words)) for each in said]
            of_runs += [runs.setdefault(each, len(runs)) for each in cut]
        else:
            of_words += [words.get(each, _UNKNOWN) for each in said]
            of_runs += [runs.get(each, _UNKNOWN) for each in cut]
        word_starts.append(len(of_words))
        run_starts.append(len(of_runs))
    columns = (np.array(each, dtype=np.int64) for each in (of_words, word_starts, of_runs, run_starts))
    code = np.asarray(encoded.indices, dtype=np.int64)
    return _Pieces(len(texts), code, text[np.asarray(is_piece, dtype=np.bool_)], *columns)


def _runs(piece: str) -> list[str]:
    """All runs of 2 to 5 characters."""
    size = len(piece)
    return [piece[at : at + n] for n in range(_SHORTEST_RUN, min(size, _LONGEST_RUN) + 1) for at in range(size - n + 1)]


def _neighbours(word: Ints, text: Ints, words: int) -> tuple[Ints, Ints]:
    """Keys of neighbours that are both known and of one text, and the place of the first of them."""
    at = np.flatnonzero((word[:-1] != _UNKNOWN) & (word[1:] != _UNKNOWN) & (text[:-1] == text[1:]))
    return word[at] * words + word[at + 1], at


def _often(met: dict[str, int], counts: Any, least_texts: int) -> tuple[dict[str, int], Ints]:
    """Terms in enough texts, numbered in alphabetical order, and of each number the new one (last: of _UNKNOWN)."""
    enough = (_texts_with(counts) >= least_texts).tolist()
    kept = sorted(term for term, number in met.items() if enough[number])
    renamed = np.full(len(met) + 1, _UNKNOWN, dtype=np.int64)
    renamed[[met[term] for term in kept]] = np.arange(len(kept))
    return {term: number for number, term in enumerate(kept)}, renamed


def _renamed(counts: Any, new: Ints, size: int) -> Any:
    """The same counts with new numbers of columns; those without one are left out."""
    column = new[counts.indices]
    known = column != _UNKNOWN
    ends = np.concatenate([[0], np.cumsum(known)])[counts.indptr]
    found = sparse.csr_matrix((counts.data[known], column[known], ends), shape=(counts.shape[0], size))
    found.sort_indices()
    return found


def _counts(row: Ints, column: Ints, shape: tuple[int, int]) -> Any:
    found = sparse.csr_matrix((np.ones(row.size), (row, column)), shape=shape)
    found.sum_duplicates()
    return found


def _texts_with(counts: Any) -> Ints:
    return np.bincount(counts.indices, minlength=counts.shape[1])


def _idf(counts: Any) -> Floats:
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + _texts_with(counts))) + 1.0, dtype=np.float64)


def _weighted(counts: Any, idf: Floats) -> Any:
    """Rows of length 1 of (1 + ln of the count) x idf."""
    counts.sort_indices()
    counts.data = (1.0 + np.log(counts.data)) * idf[counts.indices]
    of_row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(of_row, counts.data**2, minlength=counts.shape[0]))
    counts.data /= length[of_row]
    return counts
