"""What a search term is like, and which product to show for it: by what its searchers bought, else by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from rapidfuzz import process
from rapidfuzz.distance import OSA

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.texts import masking, vectors
from customer_insight.voice.similar_words import WordVectors, words_of

SIMILAR_TERMS = 5
LEAST_LIKE = 0.6  # below it terms and products are not alike in meaning, or in what is clicked
LEAST_CLICKS = 2  # one visitor who clicks a product after a term is no pattern
SHRINKAGE = 5.0  # buyers by which a small group's choice counts less, as for products bought together
MOST_SPELLED = 5_000  # terms that are compared letter by letter: the first by code
_SPELLED_BLOCK = 1000
MOST_TYPED = 200  # characters: what is longer is a letter, and no search
_LETTERS = 4  # shorter words are alike by chance
_LONG = 8
_MEANT = 5  # words that a mistyped one may be


@dataclass(frozen=True)
class SearchTerms:
    """Search terms by code, and what followed them: products clicked or bought, by how many."""

    code: Ints
    term: list[str]
    pair_term: Ints  # place among `code`
    pair_product: Ints  # place among the products
    clicks: Floats
    buyers: Floats


@dataclass(frozen=True)
class ShownProducts:
    """Products by code, what they are called, who bought them at all, and which may be shown."""

    code: Ints
    name: list[str]
    buyers: Floats
    is_candidate: Bools


def are_personal(terms: Sequence[str]) -> Bools:
    """Which terms hold a personal detail. They come in small letters: a house has its form in capitals."""
    return np.array([_is_personal(term) for term in terms], dtype=np.bool_)


def _is_personal(term: str) -> bool:
    typed = term[:MOST_TYPED]
    # in capitals each brand is called like somebody: 'Dr Martens'
    in_capitals = {detail.kind for detail in masking.personal_details(typed.title())}
    return len(term) > MOST_TYPED or "address" in in_capitals or bool(masking.personal_details(typed))


def similar_terms(terms: SearchTerms, learned: WordVectors) -> pa.Table:
    """term_code, similar_term_code, similarity_rank, score: alike in what is clicked, in meaning or in spelling."""
    size = len(terms.code)
    behaviour = _by_behaviour(terms)
    meaning = phrase_vectors(terms.term, learned)
    every = np.ones(size, dtype=np.bool_)
    found = [vectors.nearest(each, each, SIMILAR_TERMS, every, np.arange(size)) for each in (behaviour, meaning)] + [
        _spelled_alike(terms.term)
    ]
    row, other, score = (np.concatenate(part) for part in zip(*found, strict=True))
    keep = score >= LEAST_LIKE
    row, other, score = row[keep], other[keep], score[keep]
    best = np.lexsort((-score, other, row))
    row, other, score = row[best], other[best], score[best]
    first = np.append(True, (np.diff(row) != 0) | (np.diff(other) != 0))[: row.size]
    row, other, score = row[first], other[first], score[first]
    order, rank = ranking.in_order(row, other, score, SIMILAR_TERMS)
    return pa.table(
        {
            "term_code": arrays.arrow(terms.code[row[order]]),
            "similar_term_code": arrays.arrow(terms.code[other[order]]),
            "similarity_rank": arrays.arrow(rank.astype(np.int32)),
            "score": arrays.nullable(score[order]),
        }
    )


def _by_behaviour(terms: SearchTerms) -> Floats:
    """Vectors of terms by the products that were clicked after them."""
    kept = terms.clicks >= LEAST_CLICKS
    products = int(terms.pair_product.max(initial=-1)) + 1
    counts = ranking.matrix(
        terms.pair_term[kept], terms.pair_product[kept], terms.clicks[kept], (len(terms.code), max(products, 1))
    )
    return vectors.embed(vectors.shifted_ppmi(counts))


def phrase_vectors(phrases: Sequence[str], learned: WordVectors) -> Floats:
    """The direction of each phrase: its words' vectors, rare ones weighing more; zeros where no word is known."""
    place = {word: number for number, word in enumerate(learned.words)}
    members = [[place[word] for word in words_of(phrase) if word in place] for phrase in phrases]
    return vectors.mean_of(learned.vectors, members, learned.weights())


def _spelled_alike(terms: Sequence[str]) -> ranking.Best:
    """Pairs of terms that differ by a letter, or by two that changed places: rows, places, scores."""
    long = np.array([number for number, term in enumerate(terms) if len(term) >= _LETTERS][:MOST_SPELLED], dtype=int)
    names = [terms[number] for number in long]
    parts: list[ranking.Best] = []
    for start in range(0, len(names), _SPELLED_BLOCK):
        block = names[start : start + _SPELLED_BLOCK]
        edits = process.cdist(block, names, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)
        row, place = np.nonzero(edits <= 1)
        other = row + start != place
        row, place = row[other], place[other]
        letters = np.array([len(name) for name in names], dtype=np.float64)[place]
        score = np.round(1 - 1 / letters, ranking.SCORE_DECIMALS)
        parts.append((long[row + start], long[place], score))
    if not parts:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    rows, places, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
    return rows, places, scores


def suggested_products(
    terms: SearchTerms, products: ShownProducts, learned: WordVectors, least_people: int
) -> pa.Table:
    """term_code, product_code, score, reason: at most one a term. What its searchers bought, else its words."""
    chosen: dict[int, tuple[int, float, str]] = {}
    for term, place, score, buyers in _bought(terms, products, least_people):
        chosen[term] = (place, score, f"Bought by {buyers} who searched for it")
    for term, place, score in _named(terms.term, products):
        chosen.setdefault(term, (place, score, "Called like it"))
    rest = np.array([term for term in range(len(terms.term)) if term not in chosen], dtype=np.int64)
    meaning = phrase_vectors([terms.term[term] for term in rest], learned)
    of_products = phrase_vectors(products.name, learned)
    for row, place, score in zip(*vectors.nearest(meaning, of_products, 1, products.is_candidate), strict=True):
        if score >= LEAST_LIKE:
            chosen[int(rest[row])] = (int(place), float(score), "Like it in meaning")
    order = sorted(chosen)
    picked = [chosen[term] for term in order]
    return pa.table(
        {
            "term_code": arrays.arrow(terms.code[np.array(order, dtype=np.int64)]),
            "product_code": arrays.arrow(products.code[np.array([each[0] for each in picked], dtype=np.int64)]),
            "score": pa.array([each[1] for each in picked], pa.float64()),
            "reason": pa.array([each[2] for each in picked], pa.string()),
        }
    )


def _bought(terms: SearchTerms, products: ShownProducts, least_people: int) -> list[tuple[int, int, float, int]]:
    """(term, product, score, buyers): what at least `least_people` bought after the term, and more than others do.

    The score is b / sqrt(t x p) x b / (b + SHRINKAGE): b bought it after the term, t anything after it, p it at all.
    """
    after = arrays.sums(terms.pair_term, terms.buyers, len(terms.code))
    keep = np.flatnonzero((terms.buyers >= least_people) & products.is_candidate[terms.pair_product])
    term, product, buyers = terms.pair_term[keep], terms.pair_product[keep], terms.buyers[keep]
    at_all = np.maximum(products.buyers[product], buyers)
    score = np.round(buyers / np.sqrt(after[term] * at_all) * buyers / (buyers + SHRINKAGE), ranking.SCORE_DECIMALS)
    order, _ = ranking.in_order(term, product, score, 1)
    return [(int(term[i]), int(product[i]), float(score[i]), int(buyers[i])) for i in order]


def _named(terms: Sequence[str], products: ShownProducts) -> list[tuple[int, int, float]]:
    """(term, product, score): products whose name has each word of the term, one or two letters of it mistyped."""
    candidates = np.flatnonzero(products.is_candidate)
    words: dict[str, set[int]] = {}
    for place in candidates.tolist():
        for word in words_of(products.name[place]):
            words.setdefault(word, set()).add(place)
    known = sorted(words)
    found = []
    for number, term in enumerate(terms):
        shared: set[int] | None = None
        likeness: list[float] = []
        for word in words_of(term):
            near = _meant(word, words, known)
            meant = set().union(*(words[other] for other in near))
            shared = meant if shared is None else shared & meant
            likeness.append(1 - min(near.values(), default=len(word)) / len(word))
        if shared:
            best = min(shared, key=lambda place: (-products.buyers[place], place))
            found.append((number, best, round(float(np.mean(likeness)), ranking.SCORE_DECIMALS)))
    return found


def _meant(word: str, words: Mapping[str, object], known: Sequence[str]) -> dict[str, int]:
    """The word itself, or those it may be meant for, by mistakes: two in a long word, one in a short one."""
    if word in words or len(word) < _LETTERS:
        return {word: 0} if word in words else {}
    mistakes = 1 + (len(word) >= _LONG)
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=mistakes, limit=_MEANT)
    return {other: int(edits) for other, edits, _ in near}
