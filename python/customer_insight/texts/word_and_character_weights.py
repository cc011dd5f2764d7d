"""Texts as weights of their words and characters: TF-IDF of words 1 to 2 and of characters 2 to 5 within words.

Term frequencies are damped by a logarithm and each half of a row has length 1 (Salton and Buckley, "Term-weighting
approaches in automatic text retrieval", 1988). Characters carry what is mistyped or inflected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from customer_insight.numerics.arrays import Floats

# What follows in a longer text is not read: whoever writes more has said before what it is about.
LONGEST = 2_000
_KINDS: list[dict[str, Any]] = [
    {"ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    {"ngram_range": (2, 5), "analyzer": "char_wb"},
]


@dataclass(frozen=True)
class WordsAndCharacters:
    """What a text's terms weigh; terms and idf by column, those of words first."""

    kinds: list[TfidfVectorizer]

    def rows(self, texts: list[str]) -> sparse.csr_matrix:
        """One row a text, one column a term; a text without a known term is a row of zeros."""
        short = [text[:LONGEST] for text in texts]
        return sparse.hstack([kind.transform(short) for kind in self.kinds], format="csr")

    def terms(self) -> list[list[str]]:
        """The terms of each kind, by column."""
        return [kind.get_feature_names_out().tolist() for kind in self.kinds]

    def idf(self) -> Floats:
        """The inverse document frequency of each column."""
        return np.concatenate([kind.idf_ for kind in self.kinds])


def fit(texts: list[str]) -> tuple[WordsAndCharacters, sparse.csr_matrix]:
    """The weights of the terms of some texts, and these texts as rows. Raises ValueError where no text has a term."""
    short = [text[:LONGEST] for text in texts]
    kinds, rows = [], []
    for options in _KINDS:
        kind = TfidfVectorizer(sublinear_tf=True, **options)
        rows.append(kind.fit_transform(short))
        kinds.append(kind)
    return WordsAndCharacters(kinds), sparse.hstack(rows, format="csr")


def of_terms(terms: list[list[str]], idf: Floats) -> WordsAndCharacters:
    """The same weights again, from what `terms` and `idf` gave."""
    kinds, start = [], 0
    for options, vocabulary in zip(_KINDS, terms, strict=True):
        kind = TfidfVectorizer(sublinear_tf=True, vocabulary=vocabulary, **options)
        kind.idf_ = idf[start : start + len(vocabulary)]
        kinds.append(kind)
        start += len(vocabulary)
    return WordsAndCharacters(kinds)
