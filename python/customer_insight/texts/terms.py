"""Words and pairs of neighbouring words of many texts at once, as numbers.

All is done in columns, so that a million texts take a minute. A character of a script without spaces is a word of its
own: its pairs are then what Nie and others (2000) recommend, see `words`. Marks of shouting and asking, and pictures
(emoji), are words, too. What a text has beyond its first MOST_CHARACTERS is not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute
from scipy import sparse

from customer_insight.numerics.arrays import ArrowArray, Ints
from customer_insight.numerics.threads import in_threads

pc: Any = pyarrow.compute
Codes = npt.NDArray[np.int32]

MOST_CHARACTERS = 20_000
# Texts whose words are in memory at a time.
BLOCK = 50_000
_INVISIBLE = r"[\x{00AD}\x{200B}-\x{200D}\x{2060}\x{FEFF}\x{FE0F}]"
_MARKUP = r"<[^<>]{1,200}>|https?://[^ \n\t]+|&#?[a-z0-9]{1,8};"
_ALONE = (
    r"([!?\p{So}\p{Han}\p{Hiragana}\p{Katakana}]|[\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}][\p{M}]*)"  # words of their own
)
_BETWEEN = r"[^\p{L}\p{N}\p{M}\p{So}!?]+"


@dataclass(frozen=True)
class Tokens:
    """Words of texts, each as its place in `vocabulary` (distinct words, in any order, also of words not there).

    The words of text i are codes[starts[i]:starts[i + 1]]; starts: shape (texts + 1,).
    """

    vocabulary: ArrowArray
    codes: Codes
    starts: Ints

    @property
    def words(self) -> ArrowArray:
        """All words, in their order."""
        anything: Any = self.vocabulary
        found: ArrowArray = anything.take(pa.array(self.codes))
        return found

    @property
    def count(self) -> int:
        """How many texts there are."""
        return self.starts.size - 1

    def texts(self) -> Ints:
        """The number of each word's text."""
        return np.repeat(np.arange(self.count), np.diff(self.starts))

    def of(self, place: Ints, most: Ints | None = None) -> Tokens:
        """The words of the texts at these places, of each the first `most` alone where that is given."""
        length = self.starts[place + 1] - self.starts[place]
        if most is not None:
            length = np.minimum(length, most)
        starts = np.concatenate([[0], np.cumsum(length)])
        at = np.repeat(self.starts[place] - starts[:-1], length) + np.arange(starts[-1])
        return Tokens(self.vocabulary, self.codes[at], starts)


def tokens(texts: ArrowArray) -> Tokens:
    """All words in lower case, in their order; markup and addresses of pages are none. texts: strings without nulls."""
    anything: Any = texts
    blocks = in_threads(lambda start: _tokens(anything[start : start + BLOCK]), range(0, max(len(anything), 1), BLOCK))
    if len(blocks) == 1:
        return blocks[0]
    every: Any = pa.concat_arrays([block.vocabulary for block in blocks])
    encoded = every.dictionary_encode()
    new = np.split(np.asarray(encoded.indices), np.cumsum([len(block.vocabulary) for block in blocks])[:-1])
    codes = np.concatenate([place[block.codes] for block, place in zip(blocks, new, strict=True)])
    lengths = np.concatenate([np.diff(block.starts) for block in blocks])
    return Tokens(encoded.dictionary, codes, np.concatenate([[0], np.cumsum(lengths)]))


def _tokens(texts: ArrowArray) -> Tokens:
    anything: Any = texts
    plain = pc.utf8_slice_codeunits(anything.cast(pa.large_string()), 0, MOST_CHARACTERS)
    if not pc.all(pc.string_is_ascii(plain)).as_py():
        plain = pc.replace_substring_regex(pc.utf8_normalize(plain, form="NFKC"), _INVISIBLE, "")
    plain = pc.replace_substring_regex(pc.utf8_lower(plain), _MARKUP, " ")
    plain = pc.replace_substring_regex(plain, _ALONE, r" \1 ")
    plain = pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, _BETWEEN, " "))
    pieces = pc.split_pattern(plain, " ")
    flat = pc.list_flatten(pieces)
    keep = np.asarray(pc.not_equal(flat, ""), dtype=np.bool_)
    ends = np.cumsum(np.concatenate([[0], keep]))
    starts = ends[np.cumsum(np.concatenate([[0], np.asarray(pc.list_value_length(pieces), dtype=np.int64)]))]
    encoded: Any = flat.filter(pa.array(keep)).dictionary_encode()
    return Tokens(encoded.dictionary, np.asarray(encoded.indices, dtype=np.int32), np.asarray(starts, dtype=np.int64))


@dataclass(frozen=True)
class Terms:
    """The terms that some texts have: words, ascending, then pairs (first word x words + second word), ascending."""

    words: ArrowArray
    pairs: Ints

    @property
    def count(self) -> int:
        """Words and pairs together: the columns of `counts`."""
        return len(self.words) + self.pairs.size

    def name(self, term: int) -> str:
        """What the term with this number is, in words."""
        anything: Any = self.words
        if term < len(anything):
            return str(anything[term].as_py())
        first, second = divmod(int(self.pairs[term - len(anything)]), len(anything))
        return f"{anything[first].as_py()} {anything[second].as_py()}"

    def places(self, words: ArrowArray) -> Codes:
        """The number of each word, -1 where it is none of these."""
        return _codes(words, self.words)

    def counts(self, texts: ArrowArray) -> Any:
        """How often each text has each term: a CSR matrix of shape (texts, count) of float32."""
        return self.counts_of(tokens(texts))

    def counts_of(self, found: Tokens) -> Any:
        """The same of texts whose words are at hand."""
        code = _codes(found.vocabulary, self.words)[found.codes]
        singles = _counts(code, found.starts, len(self.words))
        if not self.pairs.size:
            return sparse.hstack([singles, sparse.csr_matrix((found.count, 0), dtype=np.float32)], format="csr")
        keys, starts = _pairs(code, found.starts, len(self.words))
        place = _codes(pa.array(keys), pa.array(self.pairs))
        return sparse.hstack([singles, _counts(place, starts, self.pairs.size)], format="csr")


def fit(found: Tokens, least_texts: int = 2, *, has_pairs: bool = True) -> Terms:
    """Terms that `least_texts` of these texts have. The order of the texts does not matter."""
    return fit_counts(found, least_texts, has_pairs=has_pairs)[0]


def fit_counts(found: Tokens, least_texts: int = 2, *, has_pairs: bool = True) -> tuple[Terms, Any]:
    """The same, and how often each of these texts has each term (see `Terms.counts`)."""
    words, code, singles = _frequent(found.vocabulary, found.codes, found.starts, least_texts)
    pairs: Any = pa.array(np.zeros(0, dtype=np.int64))
    doubles = sparse.csr_matrix((found.count, 0), dtype=np.float32)
    if has_pairs:
        keys, starts = _pairs(code, found.starts, len(words))
        encoded: Any = pa.array(keys).dictionary_encode()
        pairs, _, doubles = _frequent(encoded.dictionary, np.asarray(encoded.indices), starts, least_texts)
    return Terms(words, np.asarray(pairs, dtype=np.int64)), sparse.hstack([singles, doubles], format="csr")


def _frequent(terms: ArrowArray, codes: Codes, starts: Ints, least_texts: int) -> tuple[ArrowArray, Codes, Any]:
    """Terms in enough texts, ascending; of each code the place of its term among them, -1 where it is not; counts."""
    anything: Any = terms
    counts = _counts(codes, starts, len(anything))
    often = np.flatnonzero(np.bincount(counts.indices, minlength=len(anything)) >= least_texts)
    kept = anything.take(pa.array(often))
    order = np.asarray(pc.sort_indices(kept), dtype=np.int64)
    place = np.full(len(anything), -1, dtype=np.int32)
    place[often[order]] = np.arange(often.size)
    found = place[codes]
    return kept.take(pa.array(order)), found, _counts(found, starts, often.size)


def _counts(codes: Codes, starts: Ints, size: int) -> Any:
    """How often each text has each code; those below 0 are none. CSR of shape (texts, size), of float32."""
    known = codes >= 0
    ends = np.concatenate([[0], np.cumsum(known)])[starts]
    column = codes[known].astype(np.int32, copy=False)
    counts = sparse.csr_matrix((np.ones(column.size, dtype=np.float32), column, ends), shape=(starts.size - 1, size))
    counts.sum_duplicates()
    return counts


def _codes(words: ArrowArray, vocabulary: ArrowArray) -> Codes:
    """The place of each word in the vocabulary, -1 where it is not there."""
    found = pc.fill_null(pc.index_in(words, value_set=vocabulary), -1)
    return np.asarray(found, dtype=np.int32)


def _pairs(code: Codes, starts: Ints, word_count: int) -> tuple[Ints, Ints]:
    """Keys of neighbours that are both known and of one text, and where those of each text start."""
    is_pair = (code[:-1] >= 0) & (code[1:] >= 0)
    # the last word of a text has no neighbour
    last = starts[1:] - 1
    is_pair[last[(last >= 0) & (last < is_pair.size)]] = False
    ends = np.concatenate([[0], np.cumsum(is_pair), [int(is_pair.sum())]])[starts]
    at = np.flatnonzero(is_pair)
    return code[at].astype(np.int64) * word_count + code[at + 1], ends
