"""Similar products: bought or seen in the same contexts, or described in the same words."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Ints
from customer_insight.similarity import co_occurrence, content_similarity
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult


def learn_co_occurrence(
    context_product_pairs: pa.Table,
    availability: pa.Table | None = None,
    contexts_are: str = "contexts",
    *,
    similar_products_per_product: Setting = 20,
    minimum_count: int = 2,
    shrinkage: float = 5.0,
    max_context_products: int = 1000,
) -> StepResult:
    """Products found in the same contexts (baskets, or views of a session): context_code, product_code (both int).

    availability: see `_can_be_recommended`. Others have similar products, too, but are not among them. contexts_are:
    what the status calls them.

    score = c_ij / sqrt(c_i c_j) x c_ij / (c_ij + shrinkage), where c counts distinct contexts: the cosine of two
    columns of zeros and ones, shrunk towards 0 where it rests on few contexts (Bell and Koren 2007, section 3.1).
    Without shrinkage two products seen once, and together, would be a perfect pair. Pairs in fewer than
    minimum_count contexts are left out: one shared context is no pattern. Contexts with more than
    max_context_products products (bots, stock-taking) say nothing about taste and are left out of the pairs.

    Table similar_products: product_code, similar_product_code, similarity_rank, score, co_occurrences;
    similar_products_per_product rows a product at most, ties by product code.
    """
    limit = parameters.read("similar_products_per_product", "integer from 1", similar_products_per_product)
    product_code, is_product = arrays.codes_and_validity(context_product_pairs, "product_code")
    contexts, context = arrays.dense(arrays.codes(context_product_pairs, "context_code")[is_product])
    products, product = arrays.dense(product_code[is_product])
    context, product = np.divmod(arrays.distinct(context * max(1, products.size) + product), max(1, products.size))
    sizes = np.bincount(context, minlength=contexts.size)
    keep = sizes[context] <= max_context_products
    is_candidate = _can_be_recommended(availability, products)
    found = co_occurrence.count_pairs(context[keep], product[keep], is_candidate, limit, minimum_count, shrinkage)
    return StepResult(
        tables={
            "similar_products": _table(
                products[found.product],
                products[found.other],
                found.score,
                {"co_occurrences": arrays.arrow(found.count)},
            )
        },
        status=_status(
            found.count.size,
            is_candidate,
            f"No two products are together in {minimum_count} {contexts_are}."
            if contexts.size
            else f"There are no {contexts_are} with a product.",
        ),
        parameters={
            "max_context_products": max_context_products,
            "minimum_count": minimum_count,
            "shrinkage": shrinkage,
            "similar_products_per_product": limit,
        },
        metrics={
            "contexts": contexts.size,
            "contexts_left_out": int((sizes > max_context_products).sum()),
            "products": products.size,
            "pairs": found.count.size,
        },
        input_fingerprint=arrays.fingerprint(
            {
                "contexts": contexts,
                "context": context,
                "product": product,
                "products": products,
                "is_candidate": is_candidate,
            }
        ),
    )


def learn_content(
    products: pa.Table, availability: pa.Table | None = None, *, similar_products_per_product: Setting = 20
) -> StepResult:
    """Similar products from product_code (int) and product_name, description, category, brand (text, nullable).

    availability: see `_can_be_recommended`. Others have similar products, too, but are not among them.

    score is the cosine of TF-IDF vectors, 0 to 1: see `content_similarity`. Products without words are similar to
    none. Of several rows with one code the first in text order counts.

    Table similar_products: product_code, similar_product_code, similarity_rank, score, reason_terms (up to three
    shared words with the largest part in the score, joined by ', '); similar_products_per_product rows a product at
    most, ties by code.
    """
    limit = parameters.read("similar_products_per_product", "integer from 1", similar_products_per_product)
    codes, texts = content_similarity.canonical(products)
    is_candidate = _can_be_recommended(availability, codes)
    found = content_similarity.similar(texts, is_candidate, limit)
    return StepResult(
        tables={
            "similar_products": _table(
                codes[found.product], codes[found.other], found.score, {"reason_terms": found.reason_terms}
            )
        },
        status=_status(
            found.score.size, is_candidate, "No two products share a word in name, description, category or brand."
        ),
        parameters={"similar_products_per_product": limit},
        metrics={"products": codes.size, "terms": found.term_count, "pairs": found.score.size},
        input_fingerprint=arrays.fingerprint({"product_code": codes, "is_candidate": is_candidate, **texts}),
    )


def _can_be_recommended(availability: pa.Table | None, codes: Ints) -> Bools:
    """Which products may be recommended, shape (codes,): those of availability (product_code, is_available); none: all.

    Lists are cut to their length after this, so that a product whose neighbours are sold out still gets a full one.
    """
    if availability is None:
        return np.ones(codes.size, dtype=np.bool_)
    is_available = arrays.doubles(availability, "is_available") > 0
    return np.isin(codes, arrays.codes(availability, "product_code")[is_available])


def _status(pairs: int, is_candidate: Bools, otherwise: str) -> str:
    if pairs:
        return OK
    return "No product can be recommended." if is_candidate.size and not is_candidate.any() else otherwise


def _table(product: Ints, other: Ints, score: arrays.Floats, last: dict[str, arrays.ArrowArray]) -> pa.Table:
    """The public shape; rows come in order of product and rank."""
    return pa.table(
        {
            "product_code": arrays.arrow(product),
            "similar_product_code": arrays.arrow(other),
            "similarity_rank": arrays.arrow(ranking.ranks(product).astype(np.int32)),
            "score": arrays.nullable(score),
            **last,
        }
    )
