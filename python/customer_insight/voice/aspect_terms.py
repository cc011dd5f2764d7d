"""Which aspects a sentence names: by words and pairs of words of each aspect, in the sentence's own language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints
from customer_insight.texts.terms import Tokens, tokens

pc: Any = pyarrow.compute
_BETWEEN = " "


@dataclass(frozen=True)
class AspectTerms:
    """Names of aspects, ascending; terms of one or two words of each in one language."""

    names: list[str]
    words: dict[str, set[int]]
    pairs: dict[tuple[str, str], set[int]]


def read(table: pa.Table) -> dict[str, dict[str, list[str]]]:
    """Terms by language and aspect; table: columns aspect, language, term. ValueError: a term of three words."""
    found: dict[str, dict[str, list[str]]] = {}
    columns = [arrays.texts(table, name).to_pylist() for name in ("language", "aspect", "term")]
    rows = sorted(set(zip(*columns, strict=True)))
    said = tokens(pa.array([term for _, _, term in rows], pa.large_string()))
    every: Any = said.words
    for (language, aspect, term), start, end in zip(rows, said.starts[:-1], said.starts[1:], strict=True):
        pieces = every[start:end].to_pylist()
        if not 1 <= len(pieces) <= 2:
            raise ValueError(
                f"aspect_terms: the term {term!r} of {aspect!r} has {len(pieces)} words; expected one or two."
            )
        found.setdefault(language, {}).setdefault(aspect, []).append(_BETWEEN.join(pieces))
    return found


def of_language(names: list[str], terms: dict[str, list[str]]) -> AspectTerms:
    """The terms of one language's aspects, ready to be looked for."""
    every = AspectTerms(names, {}, {})
    for aspect, of_aspect in terms.items():
        for term in of_aspect:
            first, _, second = term.partition(_BETWEEN)
            if second:
                every.pairs.setdefault((first, second), set()).add(names.index(aspect))
            else:
                every.words.setdefault(first, set()).add(names.index(aspect))
    return every


def named(said: Tokens, terms: AspectTerms) -> tuple[Ints, Ints]:
    """(sentence, aspect) of everything that is named, each once, ascending; aspects as places in `terms.names`."""
    asked = sorted({*terms.words, *(word for pair in terms.pairs for word in pair)})
    vocabulary: Any = said.vocabulary
    found = pc.fill_null(pc.index_in(vocabulary, value_set=pa.array(asked, vocabulary.type)), -1)
    code, sentence = np.asarray(found, dtype=np.int64)[said.codes], said.texts()
    keys = [np.zeros(0, dtype=np.int64)]
    width = max(len(terms.names), 1)
    for aspect in range(width):
        says = np.array([aspect in terms.words.get(word, ()) for word in asked] + [False], dtype=np.bool_)
        keys.append(sentence[says[code]] * width + aspect)
    for (first, second), aspects in terms.pairs.items():
        is_there = (code[:-1] == asked.index(first)) & (code[1:] == asked.index(second))
        at = sentence[:-1][is_there & (sentence[1:] == sentence[:-1])]
        keys += [at * width + aspect for aspect in aspects]
    every = arrays.distinct(np.concatenate(keys))
    return every // width, every % width
