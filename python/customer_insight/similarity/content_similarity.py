"""Products alike because their names, descriptions, categories and brands share words.

Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988: TF-IDF weights
(1 + ln of the frequency in the text, ln of the products per product with the word) and the cosine between them. Words
that say nothing are found by their share of the catalogue: no list of stop words, where "top" and "mill" would be.
Products with identical texts are one document, so that a thousand copies cost what one costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import ArrowArray, Bools, Floats, Ints
from customer_insight.texts import words

# How often the words of each field count: a name says more than a description of any length.
FIELD_WEIGHTS = {"product_name": 3, "description": 1, "category": 2, "brand": 2}
REASON_TERMS = 3

# Share of the documents above which a term says nothing about which of them are alike: it is left out.
_EMPTY_SHARE = 0.2
# Documents below which shares of them mean nothing.
_HANDFUL = 10
# Documents, or share of them, whichever is more, above which a term says little and costs most: it is left out.
_COMMON_TERM = 1000
_COMMON_SHARE = 0.02
_PAIR_BLOCK = 200_000


@dataclass(frozen=True)
class SimilarContent:
    """Pairs in order of product and rank: positions of both, score, shared terms; shapes (pairs,)."""

    product: Ints
    other: Ints
    score: Floats
    reason_terms: ArrowArray
    term_count: int


def canonical(products: pa.Table) -> tuple[Ints, dict[str, ArrowArray]]:
    """Distinct codes in ascending order and their texts ('' for null); of equal codes the first in text order."""
    codes = arrays.codes(products, "product_code")
    texts = {name: arrays.texts(products, name) for name in FIELD_WEIGHTS}
    table = pa.table({"product_code": arrays.arrow(codes), **texts})
    table = table.sort_by([(name, "ascending") for name in table.column_names])
    codes = arrays.codes(table, "product_code")
    first = arrays.arrow(np.flatnonzero(ranking.ranks(codes) == 1))
    table = table.take(first)
    return arrays.codes(table, "product_code"), {name: arrays.texts(table, name) for name in FIELD_WEIGHTS}


def similar(texts: dict[str, ArrowArray], is_candidate: Bools, limit: int) -> SimilarContent:
    """The `limit` most similar candidates other than itself of each product; arrays of shape (products,)."""
    document, firsts = _documents(texts)
    weights, terms = term_weights({name: column.take(arrays.arrow(firsts)) for name, column in texts.items()})
    has_candidate = np.bincount(document[is_candidate], minlength=firsts.size) > 0
    left, right, score = _similar_documents(weights, has_candidate, limit)
    reasons = _shared_terms(weights, terms, left, right)
    pair, product, other = _pairs_of_products(document, is_candidate, left, right, score, limit)
    return SimilarContent(product, other, score[pair], reasons.take(arrays.arrow(pair)), len(terms))


def _documents(texts: dict[str, ArrowArray]) -> tuple[Ints, Ints]:
    """The document number of each product, by first appearance, and the first product of each document."""
    count = len(next(iter(texts.values())))
    document = np.zeros(count, dtype=np.int64)
    for column in texts.values():
        anything: Any = column
        word = np.asarray(anything.dictionary_encode().indices, dtype=np.int64)
        _, document = np.unique(document * (count + 1) + word, return_inverse=True)
    _, firsts, document = np.unique(document, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[document], firsts[order]


def tokens(fields: tuple[str, ...]) -> list[str]:
    """Terms of a product: words, neighbouring words, whole category levels and brands, each as often as it weighs."""
    found: list[str] = []
    for (name, weight), text in zip(FIELD_WEIGHTS.items(), fields, strict=True):
        for level in text.split("/") if name == "category" else [text]:
            parts = words.parts(level)
            single = [word for _, pieces in parts for word in pieces]
            whole = [" ".join(part for part, _ in parts)] if name in {"category", "brand"} and len(single) > 2 else []
            pairs = [
                f"{first} {second}"
                for (first, one), (second, other) in pairwise(parts)
                if one + other == [first, second]
            ]
            found += (single + pairs + whole) * weight
    return found


def term_weights(texts: dict[str, ArrowArray]) -> tuple[sparse.csr_array, list[str]]:
    """TF-IDF rows of length 1 (or 0 for documents without terms), shape (documents, terms), and the terms."""
    columns: list[Any] = [texts[name].to_pylist() for name in FIELD_WEIGHTS]
    rows = list(zip(*columns, strict=True))
    count = len(rows)
    common = max(_COMMON_TERM, int(_COMMON_SHARE * count))
    empty = max(_HANDFUL, int(_EMPTY_SHARE * count))
    vectorizer = CountVectorizer(analyzer=tokens, max_df=min(common, empty, count), dtype=np.float64)
    try:
        weights = sparse.csr_array(vectorizer.fit_transform(rows))
    except ValueError:  # scikit-learn's word for no terms at all
        return sparse.csr_array((count, 1)), [""]
    weights.sort_indices()
    in_documents = np.bincount(weights.indices, minlength=weights.shape[1])
    weights.data = (1 + np.log(weights.data)) * np.log((count + 1) / in_documents)[weights.indices]
    length = np.sqrt(weights.multiply(weights).sum(axis=1))
    weights.data /= np.repeat(length, np.diff(weights.indptr))
    return weights, list(vectorizer.get_feature_names_out())


def _similar_documents(weights: sparse.csr_array, has_candidate: Bools, limit: int) -> ranking.Best:
    """Each document with words: itself, with score 1, and its most similar others, all of them with candidates.

    Rows, columns, scores.
    """
    count = weights.shape[0]
    right = sparse.csr_array((sparse.diags_array(has_candidate.astype(np.float64)) @ weights).T)
    right.eliminate_zeros()
    others = ranking.best_columns(*ranking.without_diagonal(weights, right), limit)
    itself = np.flatnonzero((np.diff(weights.indptr) > 0) & has_candidate)
    rows, columns = np.concatenate([others[0], itself]), np.concatenate([others[1], itself])
    scores = np.minimum(np.concatenate([others[2], np.ones(itself.size)]), 1.0)
    order, _ = ranking.in_order(rows, columns, scores, count)
    return rows[order], columns[order], scores[order]


def _shared_terms(weights: sparse.csr_array, terms: list[str], left: Ints, right: Ints) -> ArrowArray:
    """Up to three terms with the largest part in each pair's score, as text; whole words where there are any."""
    names = arrays.texts(pa.table({"term": pa.array(terms, pa.large_string())}), "term")
    is_word = np.array([words.is_readable(term) for term in terms])
    parts: list[Any] = [pa.array([], pa.large_string())]
    for start in range(0, left.size, _PAIR_BLOCK):
        block = slice(start, start + _PAIR_BLOCK)
        shared = weights[left[block]].multiply(weights[right[block]]).tocoo()
        row, column = shared.row.astype(np.int64), shared.col.astype(np.int64)
        said = is_word[column] | ~np.isin(row, row[is_word[column]])
        row, column = row[said], column[said]
        part = np.round(shared.data[said], ranking.SCORE_DECIMALS)
        order, _ = ranking.in_order(row, column, part, REASON_TERMS)
        counts = np.bincount(row[order], minlength=len(left[block]))
        parts.append(_joined(names.take(arrays.arrow(column[order])), counts))
    return arrays.one_chunk(pa.chunked_array(parts))


def _joined(words: ArrowArray, counts: npt.NDArray[np.int64]) -> ArrowArray:
    offsets: Any = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    joined: ArrowArray = arrays.pc.binary_join(
        pa.ListArray.from_arrays(offsets, words), pa.scalar(", ", pa.large_string())
    )
    return joined


def _pairs_of_products(
    document: Ints, is_candidate: Bools, left: Ints, right: Ints, score: Floats, limit: int
) -> tuple[Ints, Ints, Ints]:
    """Pairs of documents spread over their products: position of the document pair, product, candidate; in order."""
    candidates = np.flatnonzero(is_candidate)
    members = candidates[np.argsort(document[candidates], kind="stable")]
    sizes = np.bincount(document[candidates], minlength=int(document.max(initial=-1)) + 1).astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    pair, other = _spread(np.arange(left.size), right, starts, np.minimum(sizes, limit + 1), members)
    order, _ = ranking.in_order(left[pair], other, score[pair], limit + 1)
    pair, other = pair[order], other[order]
    first = np.searchsorted(left[pair], np.arange(sizes.size))
    count = np.searchsorted(left[pair], np.arange(sizes.size), side="right") - first
    product, row = _spread(np.arange(document.size), document, first, count, np.arange(pair.size))
    pair, other = pair[row], other[row]
    keep = product != other
    order, _ = ranking.in_order(product[keep], other[keep], score[pair[keep]], limit)
    return pair[keep][order], product[keep][order], other[keep][order]


def _spread(owners: Ints, groups: Ints, starts: Ints, counts: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Each owner repeated for every value of its group: values[starts[g] : starts[g] + counts[g]]."""
    count = counts[groups]
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(owners, count), values[np.repeat(starts[groups], count) + within]
