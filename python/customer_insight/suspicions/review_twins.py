"""Reviews with nearly the same words by different people, none of whom bought what they review.

Texts are compared by the runs of four words that they have in common (Jaccard similarity of shingles: Broder, SEQUENCES
1997); which to compare, MinHash finds in one pass, with bands. Short texts are alike by chance, and say nothing.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import SEED, arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.suspicions.suspicion_rules import NOBODY, SuspicionRule, suspects

_WORD = re.compile(r"\w+")
# Words of a text at least; more where nobody knows who bought.
LEAST_WORDS, LEAST_WORDS_OF_ANYBODY = 12, 25
_RUN = 4
# Least values that stand for a text, so many of them together in a band.
_HASHES, _BAND = 32, 2


def find(reviews: pa.Table, rule: SuspicionRule | None) -> pa.Table:
    """Rows of reviews. reviews: review_code, customer_code, age_days, has_bought (null: not known), review_text."""
    if rule is None or reviews.num_rows == 0:
        return NOBODY
    bought = arrays.doubles(reviews, "has_bought")
    words = [
        _words(text) if has != 1 else [] for text, has in zip(reviews["review_text"].to_pylist(), bought, strict=True)
    ]
    least = np.where(np.isnan(bought), LEAST_WORDS_OF_ANYBODY, LEAST_WORDS)
    place = np.flatnonzero([len(each) >= number for each, number in zip(words, least, strict=True)])
    if place.size < rule.at_least:
        return NOBODY
    runs, starts = _runs([words[at] for at in place])
    group = _groups(runs, starts, rule.share)
    customer, is_known = arrays.codes_and_validity(reviews, "customer_code")
    code = arrays.codes(reviews, "review_code")
    # nobody knows: each is somebody else
    author = np.where(is_known, customer, -1 - code)[place]
    pairs = np.unique(np.column_stack([group, author]), axis=0)
    people = np.bincount(pairs[:, 0], minlength=int(group.max()) + 1)
    chosen = np.flatnonzero(people[group] >= rule.at_least)
    age = arrays.doubles(reviews, "age_days")[place]
    latest = np.full(people.size, np.inf)
    np.fmin.at(latest, group, age)
    counts = people[group[chosen]].astype(np.float64)
    reason = [
        f"{int(count)} people wrote nearly the same words, and none is known to have bought it" for count in counts
    ]
    when = np.where(np.isfinite(latest[group[chosen]]), latest[group[chosen]], np.nan)
    return suspects(rule, code[place[chosen]], counts, np.full(chosen.size, np.nan), reason, when)


def _words(text: str | None) -> list[str]:
    return _WORD.findall(text.lower()) if text else []


def _runs(texts: list[list[str]]) -> tuple[Ints, Ints]:
    """The distinct runs of words of each text as numbers, one text's after the other's, and where each text begins."""
    numbers: dict[str, int] = {}
    found: list[Ints] = []
    for words in texts:
        codes = np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.uint64)
        with np.errstate(over="ignore"):
            mixed = np.zeros(codes.size - _RUN + 1, dtype=np.uint64)
            for step in range(_RUN):
                mixed = mixed * np.uint64(0x100000001B3) + codes[step : step + mixed.size] + np.uint64(1)
        found.append(np.unique(mixed.view(np.int64)))
    starts = np.cumsum([0, *(each.size for each in found)])
    return np.concatenate(found), starts


def _groups(runs: Ints, starts: Ints, least: float) -> Ints:
    """The number of each text's group: those that are alike, directly or over others."""
    count = starts.size - 1
    draw = np.random.default_rng(SEED)
    factors = draw.integers(1, 1 << 62, _HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    shifts = draw.integers(0, 1 << 62, _HASHES, dtype=np.uint64)
    values = runs.view(np.uint64)
    one, other = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for band in range(_HASHES // _BAND):
        keys = np.zeros((count, _BAND), dtype=np.uint64)
        for place in range(_BAND):
            at = band * _BAND + place
            with np.errstate(over="ignore"):
                mixed = (values ^ (values >> np.uint64(29))) * factors[at] + shifts[at]
                mixed = (mixed ^ (mixed >> np.uint64(32))) * factors[at]
            keys[:, place] = np.minimum.reduceat(mixed, starts[:-1])
        order = np.lexsort((np.arange(count), keys[:, 1], keys[:, 0]))
        is_same = (keys[order][1:] == keys[order][:-1]).all(axis=1)
        head = np.maximum.accumulate(np.where(np.append(False, is_same), 0, np.arange(count)))
        # each with the one before it and with the first of the band
        one += [order[1:][is_same], order[1:][is_same]]
        other += [order[:-1][is_same], order[head[1:][is_same]]]
    pairs = np.unique(np.sort(np.column_stack([np.concatenate(one), np.concatenate(other)]), axis=1), axis=0)
    alike = pairs[_similarity(runs, starts, pairs) >= least] if pairs.size else pairs
    graph = sparse.coo_array((np.ones(len(alike)), (alike[:, 0], alike[:, 1])), shape=(count, count))
    group: Ints = sparse.csgraph.connected_components(graph, directed=False)[1].astype(np.int64)
    return group


def _similarity(runs: Ints, starts: Ints, pairs: Ints) -> Floats:
    """Runs that both texts have, of those that either has."""
    found = np.zeros(len(pairs))
    for number, (first, second) in enumerate(pairs.tolist()):
        mine, its = runs[starts[first] : starts[first + 1]], runs[starts[second] : starts[second + 1]]
        common = np.intersect1d(mine, its, assume_unique=True).size
        found[number] = common / (mine.size + its.size - common)
    return found
