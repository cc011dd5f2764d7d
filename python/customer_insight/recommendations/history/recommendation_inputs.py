"""From the tables that SQL prepares to a history, and back to codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Floats, Ints
from customer_insight.recommendations.history.history import Catalogue, History
from customer_insight.recommendations.history.read_history import read_history
from customer_insight.scoring.suspects import without_suspects
from customer_insight.similarity import content_similarity


@dataclass(frozen=True)
class RecommendationInputs:
    """customer_codes: ascending, of all customers; segment: of each, -1 for none.

    whole: with the days of suspects, who teach nothing but own what they bought.
    fingerprint: of all input; history_fingerprint: of the history alone, whoever else is to get a list.
    """

    history: History
    whole: History
    customer_codes: Ints
    segment: Ints
    fingerprint: str
    history_fingerprint: str


def read_inputs(
    interactions: pa.Table,
    products: pa.Table,
    customers: pa.Table | None = None,
    product_vectors: pa.Table | None = None,
    known_days: int = 0,
) -> RecommendationInputs:
    """The input of both learning steps.

    interactions: see `read_history.read_history`. products: product_code (int), is_available (boolean; null: no),
    category_code (int, nullable), price, product_name, description, category, brand (nullable; the texts may be
    missing). customers: customer_code and segment_code (int, nullable) of everyone who is to get a list besides those
    with interactions. known_days: suspects are those who were so many days ago. product_vectors: product_code,
    vector (list of floats; the length that most have counts).
    """
    catalogue = _catalogue(products, interactions, product_vectors)
    code, is_named = arrays.codes_and_validity(interactions, "customer_code")
    seen = code[is_named]
    listed = seen[:0] if customers is None else arrays.codes(customers, "customer_code")
    customer_codes = arrays.distinct(np.concatenate([seen, listed]))
    segment = np.full(customer_codes.size, -1, dtype=np.int64)
    if customers is not None:
        code, is_known = arrays.codes_and_validity(customers, "segment_code")
        segment[np.searchsorted(customer_codes, listed[is_known])] = code[is_known]
    taught = without_suspects(interactions, known_days)
    history = read_history(taught, customer_codes, catalogue)
    whole = history if taught is interactions else read_history(interactions, customer_codes, catalogue)
    parts = {name: values for name, values in vars(history).items() if isinstance(values, np.ndarray)}
    of_products = {name: values for name, values in vars(catalogue).items() if isinstance(values, np.ndarray)}
    words = catalogue.content
    content = {"term_counts": np.diff(words.indptr), "terms": words.indices, "weights": words.data}
    unnamed = {f"unnamed_{name}": np.atleast_1d(values) for name, values in vars(history.unnamed).items()}
    of_customers = {**parts, "customer": customer_codes[history.customer], "is_dated": np.array([history.is_dated])}
    of_history = arrays.fingerprint({**of_customers, **unnamed, **of_products, **content})
    everyone = arrays.fingerprint({"customer_codes": customer_codes, "segment": segment})
    owned = arrays.fingerprint({"owned": whole.pair_keys}) if whole is not history else ""
    return RecommendationInputs(history, whole, customer_codes, segment, f"{of_history}{everyone}{owned}", of_history)


def _catalogue(products: pa.Table, interactions: pa.Table, product_vectors: pa.Table | None) -> Catalogue:
    """Products that only interactions know cannot be recommended; of repeated codes the last row counts."""
    listed = arrays.codes(products, "product_code")
    codes = arrays.distinct(np.concatenate([listed, arrays.codes(interactions, "product_code")]))
    place = np.searchsorted(codes, listed)
    is_available, price = np.zeros(codes.size, dtype=np.bool_), np.full(codes.size, np.nan)
    category = np.full(codes.size, -1, dtype=np.int64)
    is_available[place] = arrays.doubles(products, "is_available") == 1
    price[place] = arrays.doubles(products, "price")
    code, is_known = arrays.codes_and_validity(products, "category_code")
    category[place[is_known]] = code[is_known]
    return Catalogue(codes, is_available, category, price, _content(products, codes, product_vectors))


def _content(products: pa.Table, codes: Ints, product_vectors: pa.Table | None) -> sparse.csr_array:
    """Rows of length one (zero where nothing is said): words, and the product's vector where there is one."""
    if set(content_similarity.FIELD_WEIGHTS) <= set(products.column_names) and products.num_rows:
        described, texts = content_similarity.canonical(products)
        words = _spread(content_similarity.term_weights(texts)[0], described, codes)
    else:
        words = sparse.csr_array((codes.size, 1))
    if product_vectors is not None and product_vectors.num_rows:
        words = sparse.csr_array(sparse.hstack([words, _vectors(product_vectors, codes)]))
    norms: Floats = np.sqrt(np.asarray(words.multiply(words).sum(axis=1)).reshape(-1))
    words.data = words.data / np.repeat(norms, np.diff(words.indptr))
    return words


def _vectors(table: pa.Table, codes: Ints) -> sparse.csr_array:
    """Rows of length one, shape (products, length of most vectors); those of another length are overlooked."""
    vectors: Any = arrays.one_chunk(table["vector"].cast(pa.list_(pa.float64())))
    lengths = np.asarray(arrays.pc.fill_null(arrays.pc.list_value_length(vectors), 0))
    length = int(np.argmax(np.bincount(lengths)))
    kept = np.flatnonzero((lengths == length) & np.isin(arrays.codes(table, "product_code"), codes))
    numbers = np.asarray(vectors.take(arrays.arrow(kept)).flatten(), dtype=np.float64)
    rows = np.nan_to_num(numbers).reshape(kept.size, length)
    norms = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    rows = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
    return _spread(sparse.csr_array(rows), arrays.codes(table, "product_code")[kept], codes)


def _spread(rows: sparse.csr_array, of_codes: Ints, codes: Ints) -> sparse.csr_array:
    """Rows of some products as rows of all."""
    entries = rows.tocoo()
    place = np.searchsorted(codes, of_codes)[entries.row]
    return sparse.csr_array((entries.data, (place, entries.col)), shape=(codes.size, rows.shape[1]))
