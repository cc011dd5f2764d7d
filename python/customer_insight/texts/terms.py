"""Words and pairs of neighbouring words of many texts at once, as numbers.

All is done in columns, so that a million texts take a minute. A character of a script without spaces is a word of its
own: its pairs are then what Nie and others (2000) recommend, see `words`. Marks of shouting and asking, and pictures
(emoji), are words, too. What a text has beyond its first MOST_CHARACTERS is not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import ArrowArray, Ints
from customer_insight.numerics.threads import in_threads

pc: Any = pyarrow.compute

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
    """Words of texts: `words` of text i are starts[i] to starts[i + 1]; starts: shape (texts + 1,)."""

    words: ArrowArray
    starts: Ints

    def texts(self) -> Ints:
        """The number of each word's text."""
        return np.repeat(np.arange(self.starts.size - 1), np.diff(self.starts))


def tokens(texts: ArrowArray) -> Tokens:
    """All words in lower case, in their order; markup and addresses of pages are none. texts: strings without nulls."""
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
    return Tokens(flat.filter(pa.array(keep)), np.asarray(starts, dtype=np.int64))


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

    def counts(self, texts: ArrowArray) -> Any:
        """How often each text has each term: a CSR matrix of shape (texts, count) of float32."""
        anything: Any = texts
        starts = range(0, len(anything), BLOCK)
        blocks = in_threads(lambda start: self.counts_of(tokens(anything[start : start + BLOCK])), starts)
        return sparse.vstack(blocks, format="csr") if blocks else sparse.csr_matrix((0, self.count), dtype=np.float32)

    def counts_of(self, found: Tokens) -> Any:
        """The same of texts whose words are at hand."""
        code, text = _codes(found.words, self.words), found.texts()
        keys, at = _pairs(code, text, len(self.words))
        is_there, place = arrays.find(self.pairs, keys)
        known = code >= 0
        column = np.concatenate([code[known], place[is_there] + len(self.words)])
        row = np.concatenate([text[known], text[at[is_there]]])
        size = (found.starts.size - 1, self.count)
        return sparse.csr_matrix((np.ones(row.size, dtype=np.float32), (row, column)), shape=size)


def fit(found: Tokens, least_texts: int = 2, *, has_pairs: bool = True) -> Terms:
    """Terms that `least_texts` of these texts have. The order of the texts does not matter."""
    anything: Any = found.words
    distinct = anything.unique().sort()
    code, text = _codes(found.words, distinct), found.texts()
    often = _texts_with(code, text, len(distinct)) >= least_texts
    words: Any = distinct.filter(pa.array(often))
    if not has_pairs:
        return Terms(words, np.zeros(0, dtype=np.int64))
    code = np.concatenate([np.where(often, np.cumsum(often) - 1, -1), [-1]])[code]
    keys, at = _pairs(code, text, len(words))
    order = np.lexsort((text[at], keys))
    keys, at = keys[order], text[at][order]
    is_new = np.ones(keys.size, dtype=np.bool_)
    is_new[1:] = (keys[1:] != keys[:-1]) | (at[1:] != at[:-1])
    pairs, texts_with = np.unique(keys[is_new], return_counts=True)
    return Terms(words, pairs[texts_with >= least_texts])


def _codes(words: ArrowArray, vocabulary: ArrowArray) -> Ints:
    """The place of each word in the vocabulary, -1 where it is not there."""
    found = pc.fill_null(pc.index_in(words, value_set=vocabulary), -1)
    return np.asarray(found, dtype=np.int64)


def _pairs(code: Ints, text: Ints, word_count: int) -> tuple[Ints, Ints]:
    """Keys of neighbours that are both known and of one text, and the place of the first of them."""
    at = np.flatnonzero((code[:-1] >= 0) & (code[1:] >= 0) & (text[:-1] == text[1:]))
    return code[at] * word_count + code[at + 1], at


def _texts_with(code: Ints, text: Ints, count: int) -> Ints:
    """In how many texts each word is."""
    keys = arrays.distinct(text * count + code)
    return np.bincount(keys % max(count, 1), minlength=count)
