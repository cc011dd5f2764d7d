"""Similar words, similar search terms and what to show for a search, as tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Ints
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult
from customer_insight.voice import search_terms, similar_words
from customer_insight.voice.search_terms import SearchTerms, ShownProducts


def run(
    texts: pa.Table, terms: pa.Table, followed: pa.Table, products: pa.Table, *, min_group_size: Setting = 5
) -> StepResult:
    """texts: see `similar_words.read_texts`. terms: term_code, term. followed: term_code, product_code, clicks, buyers.

    products: product_code, product_name, buyers, is_available. Tables: similar_words (word, similar_word,
    similarity_rank, score), similar_terms (term_code, similar_term_code, similarity_rank, score), suggested_products
    (term_code, product_code, score, reason), personal_terms (term_code: terms that hold personal details; they have no
    row in the other tables). Rows come in any order.
    """
    least = parameters.read("min_group_size", "integer from 1", min_group_size)
    written = similar_words.read_texts(texts)
    learned = similar_words.learn(written)
    shown = _products(products)
    is_personal = search_terms.are_personal([str(term) for term in arrays.texts(terms, "term").to_pylist()])
    codes = np.sort(arrays.codes(terms, "term_code")[is_personal])
    asked = _terms(terms.filter(arrays.arrow(~is_personal)), followed, shown.code)
    similar = similar_words.similar(learned, least)
    return StepResult(
        tables={
            "similar_words": similar,
            "similar_terms": search_terms.similar_terms(asked, learned),
            "suggested_products": search_terms.suggested_products(asked, shown, learned, least),
            "personal_terms": pa.table({"term_code": arrays.arrow(codes)}),
        },
        status=OK if similar.num_rows else _why_none(len(written.texts)),
        parameters={"min_group_size": least, "dimensions": learned.vectors.shape[1]},
        metrics={
            "texts": len(written.texts),
            "words": len(learned.words),
            "similar_pairs": similar.num_rows,
            "search_terms": len(asked.term),
        },
        input_fingerprint=arrays.fingerprint(
            {
                "texts": pa.array(written.texts, pa.large_string()),
                "of_shop": written.of_shop,
                "writer": written.pair_writer,
                "text": written.pair_text,
                "term": pa.array(asked.term, pa.large_string()),
                "term_code": asked.code,
                "personal": codes,
                "pair_term": asked.pair_term,
                "pair_product": asked.pair_product,
                "clicks": asked.clicks,
                "buyers": asked.buyers,
                "product": shown.code,
                "name": pa.array(shown.name, pa.large_string()),
                "bought": shown.buyers,
                "is_candidate": shown.is_candidate,
            }
        ),
    )


def _why_none(texts: int) -> str:
    least = f"{similar_words.LEAST_WORDS} words that are in {similar_words.LEAST_TEXTS} texts each"
    return f"Similar words need at least {least}; the shop has {texts:,} texts, product names among them."


def _products(table: pa.Table) -> ShownProducts:
    codes = arrays.codes(table, "product_code")
    order = np.argsort(codes, kind="stable")
    names = arrays.texts(table, "product_name").to_pylist()
    return ShownProducts(
        code=codes[order],
        name=[str(names[place]) for place in order],
        buyers=np.nan_to_num(arrays.doubles(table, "buyers"))[order],
        is_candidate=arrays.doubles(table, "is_available")[order] > 0,
    )


def _terms(terms: pa.Table, followed: pa.Table, products: Ints) -> SearchTerms:
    codes = arrays.codes(terms, "term_code")
    order = np.argsort(codes, kind="stable")
    names = arrays.texts(terms, "term").to_pylist()
    term_there, term = arrays.find(codes[order], arrays.codes(followed, "term_code"))
    product_there, product = arrays.find(products, arrays.codes(followed, "product_code"))
    keep = np.flatnonzero(term_there & product_there)
    keep = keep[np.lexsort((product[keep], term[keep]))]
    return SearchTerms(
        code=codes[order],
        term=[str(names[place]) for place in order],
        pair_term=term[keep],
        pair_product=product[keep],
        clicks=np.nan_to_num(arrays.doubles(followed, "clicks"))[keep],
        buyers=np.nan_to_num(arrays.doubles(followed, "buyers"))[keep],
    )
