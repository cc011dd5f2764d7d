"""What else this shop's reviews talk about: things that many sentences name, those that are used alike as one.

A thing is a word that often stands between "the" or "this" and a word without meaning of its own, or the sentence's
end: no dictionary of nouns is needed, only a language's articles. Words for the products themselves are no aspects:
they are said of some categories and not of others. What is alike is found as Levy and Goldberg 2014 do: positive
pointwise mutual information with the words around, its singular vectors, and the cosine between them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute
from scipy.cluster.hierarchy import fcluster, linkage

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.texts import words
from customer_insight.texts.terms import Tokens

ARTICLES = {
    "en": "the this these its",
    "de": "der die das den dem dieser diese dieses",
    "fr": "le la les l ce cette ces",
    "es": "el la los las este esta estos estas",
    "it": "il lo la i gli le questo questa",
    "nl": "de het dit deze",
    "pt": "o a os as este esta",
}
# What is used like a thing and is none.
NO_THINGS = {
    "en": "one ones same other others rest fact reason case way only best first second thing things item purchase",
    "de": "was ganze ganzen gleiche gleichen andere anderen beste besten erste rest grund fall",
    "fr": "même autre autres reste fait cas seul meilleur premier",
    "es": "mismo misma otro otra otros resto hecho caso único mejor primera",
    "it": "stesso stessa altro altra resto fatto caso unico migliore",
    "nl": "zelfde andere rest feit geval enige beste eerste",
    "pt": "mesmo mesma outro outra resto fato caso único melhor",
}
# Sentences in a language below which nothing is found in them; sentences that name a thing; share of them at most.
LEAST_SENTENCES = 500
LEAST_NAMING, LEAST_NAMING_SHARE, MOST_NAMING_SHARE = 20, 0.002, 0.1
# Share of a word's uses that are those of a thing; how far its categories may be from those of all sentences.
_USED_AS_THING = 0.2
_UNEVEN = 0.3
# Commonest words that may follow a thing; words around that count, and how far around.
_FOLLOWERS, _AROUND, _WINDOW = 60, 3_000, 2
# One dimension for so many things: with more, each thing would be alone in one.
_THINGS_A_DIMENSION, _LEAST_DIMENSIONS = 3, 10
# Above this distance (1 - cosine) things are not alike; groups that are kept; words that name one.
_UNLIKE = 0.65
MOST_ASPECTS = 10
_NAME_WORDS = 3


def find(tokens: Tokens, categories: Ints, language: str, taken: set[str]) -> dict[str, list[str]]:
    """Words of each aspect by its name, the most talked about first; empty where there is too little.

    tokens: of sentences in one language; categories: a number for each sentence; taken: words of other aspects.
    """
    count = tokens.starts.size - 1
    if count < LEAST_SENTENCES or language not in ARTICLES:
        return {}
    anything: Any = tokens.words
    words_there: Any = anything.unique().sort()
    vocabulary: list[str] = words_there.to_pylist()
    code, sentence = (
        np.asarray(pyarrow.compute.index_in(anything, value_set=words_there), dtype=np.int64),
        tokens.texts(),
    )
    no_things = set(NO_THINGS[language].split())
    things, naming = _things(code, sentence, vocabulary, categories, ARTICLES[language].split(), taken | no_things)
    if things.size < 2:
        return {}
    groups = fcluster(linkage(_vectors(code, sentence, things), "average", metric="cosine"), _UNLIKE, "distance")
    found = []
    for group in np.unique(groups):
        members = sorted(things[groups == group], key=lambda word: (-naming[word], vocabulary[word]))
        found.append((-sum(int(naming[word]) for word in members), [vocabulary[word] for word in members]))
    return {" / ".join(named[:_NAME_WORDS]): named for _, named in sorted(found)[:MOST_ASPECTS]}


def _things(
    code: Ints, sentence: Ints, vocabulary: list[str], categories: Ints, articles: list[str], taken: set[str]
) -> tuple[Ints, Ints]:
    """Words that are things, and how many sentences name each word."""
    size, uses = len(vocabulary), np.bincount(code)
    is_article = np.isin(vocabulary, articles)
    is_follower = np.zeros(size, dtype=np.bool_)
    is_follower[np.argsort(-uses, kind="stable")[:_FOLLOWERS]] = True
    is_follower &= ~is_article
    is_same = sentence[1:] == sentence[:-1]
    after_article = np.append(False, is_article[code[:-1]] & is_same)
    before_follower = np.append(~is_same | is_follower[code[1:]], True)
    thing_share = np.bincount(code, weights=after_article & before_follower, minlength=size) / uses
    named = arrays.distinct(sentence * size + code)
    word, of = named % size, named // size
    naming = np.bincount(word, minlength=size)
    count = categories.size
    is_wanted = (naming >= max(LEAST_NAMING, LEAST_NAMING_SHARE * count)) & (naming <= MOST_NAMING_SHARE * count)
    is_wanted &= thing_share >= _USED_AS_THING
    is_wanted &= np.array([words.is_readable(each) and each not in taken for each in vocabulary], dtype=np.bool_)
    is_wanted &= _unevenness(word, categories[of], naming, categories) <= _UNEVEN
    return np.flatnonzero(is_wanted), naming


def _unevenness(word: Ints, category: Ints, naming: Ints, categories: Ints) -> Floats:
    """Share of a word's sentences that would have to move to another category, for it to be spread as all are.

    Less what chance alone makes of it: few sentences cannot be spread evenly over many categories.
    """
    distinct, dense = arrays.dense(categories)
    _, at = arrays.find(distinct, category)
    counted = np.bincount(word * distinct.size + at, minlength=naming.size * distinct.size)
    shares = counted.reshape(naming.size, distinct.size) / naming[:, None]
    usual = np.bincount(dense, minlength=distinct.size) / categories.size
    by_chance = np.sqrt(2 * usual * (1 - usual) / np.pi).sum() / np.sqrt(naming) / 2
    return np.asarray(np.abs(shares - usual).sum(axis=1) / 2 - by_chance, dtype=np.float64)


def _vectors(code: Ints, sentence: Ints, things: Ints) -> Floats:
    """One vector a thing, from the words before and after it."""
    uses = np.bincount(code)
    thing = _numbered(things, uses.size)
    around = _numbered(np.argsort(-uses, kind="stable")[:_AROUND], uses.size)
    width = min(_AROUND, uses.size)
    counts = np.zeros(things.size * 2 * width)
    for gap in range(1, _WINDOW + 1):
        is_same = sentence[gap:] == sentence[:-gap]
        for left, right, side in ((code[:-gap], code[gap:], 0), (code[gap:], code[:-gap], 1)):
            keep: Bools = is_same & (thing[left] >= 0) & (around[right] >= 0)
            key = thing[left[keep]] * 2 * width + side * width + around[right[keep]]
            counts += np.bincount(key, minlength=counts.size)
    matrix = counts.reshape(things.size, 2 * width)
    smoothed = matrix.sum(axis=0) ** 0.75
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(matrix / (matrix.sum(axis=1, keepdims=True) * smoothed / smoothed.sum()))
    positive = np.where(np.isfinite(information), np.maximum(information, 0.0), 0.0)
    left, size, _ = np.linalg.svd(positive, full_matrices=False)
    kept = max(_LEAST_DIMENSIONS, things.size // _THINGS_A_DIMENSION)
    vectors = left[:, :kept] * np.sqrt(size[:kept])
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.where(length > 0, vectors / np.maximum(length, 1e-12), 1 / np.sqrt(vectors.shape[1])))


def _numbered(chosen: Ints, size: int) -> Ints:
    number = np.full(size, -1, dtype=np.int64)
    number[chosen] = np.arange(chosen.size)
    return number
