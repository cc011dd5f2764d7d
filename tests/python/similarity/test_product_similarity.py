import numpy as np
import pyarrow as pa
import pytest
from customer_insight.numerics import ranking
from customer_insight.similarity import content_similarity, product_similarity
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity

pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), max_size=40)
texts = st.lists(st.sampled_from(["red mug", "blue mug", "garden spade", "", "tea mug red", "café ☕ 茶"]), max_size=12)


def contexts(rows):
    return pa.table(
        {
            "context_code": pa.array([row[0] for row in rows], pa.int64()),
            "product_code": pa.array([row[1] for row in rows], pa.int32()),
        }
    )


def products(names, **others):
    columns = {name: others.get(name, [None] * len(names)) for name in ("description", "category", "brand")}
    return pa.table(
        {
            "product_code": pa.array(range(1, len(names) + 1), pa.int32()),
            "product_name": pa.array(names, pa.string()),
            **{name: pa.array(values, pa.string()) for name, values in columns.items()},
        }
    )


def availability(codes):
    rows = sorted(codes)
    is_available = pa.array([True] * len(rows) + [False], pa.bool_())
    return pa.table({"product_code": pa.array([*rows, 3], pa.int32()), "is_available": is_available})


def rows_of(learned):
    return learned.tables["similar_products"].to_pylist()


def shuffled(table, random):
    order = list(range(table.num_rows))
    random.shuffle(order)
    return table.take(pa.array(order, pa.int64()))


def test_two_products_in_two_of_three_baskets():
    learned = product_similarity.learn_co_occurrence(
        contexts([(1, 10), (1, 20), (2, 10), (2, 20), (3, 10), (3, 10)]), shrinkage=2
    )
    score = round(2 / np.sqrt(3 * 2) * 2 / (2 + 2), 9)
    assert rows_of(learned) == [
        {"product_code": 10, "similar_product_code": 20, "similarity_rank": 1, "score": score, "co_occurrences": 2},
        {"product_code": 20, "similar_product_code": 10, "similarity_rank": 1, "score": score, "co_occurrences": 2},
    ]


def test_one_shared_context_is_no_pattern_and_said_so():
    learned = product_similarity.learn_co_occurrence(contexts([(1, 10), (1, 20)]))
    assert rows_of(learned) == []
    assert learned.status == "No two products are together in 2 contexts."


def test_where_there_is_nothing_to_be_together_in_it_says_so():
    nothing = contexts([(1, 10)]).slice(0, 0)
    assert product_similarity.learn_co_occurrence(nothing, None, "visits").status == (
        "There are no visits with a product."
    )


def test_where_everything_is_sold_out_that_is_the_reason():
    availability = pa.table({"product_code": [10, 20], "is_available": [False, False]})
    together = contexts([(1, 10), (1, 20), (2, 10), (2, 20)])
    assert product_similarity.learn_co_occurrence(together, availability).status == "No product can be recommended."
    texts = ("product_name", "description", "category", "brand")
    alike = pa.table({"product_code": [10, 20]} | {name: ["red cup"] * 2 for name in texts})
    assert product_similarity.learn_content(alike, availability).status == "No product can be recommended."


def test_contexts_too_wide_to_mean_anything_are_left_out():
    rows = [(1, item) for item in range(5)] + [(2, 0), (2, 1)]
    learned = product_similarity.learn_co_occurrence(contexts(rows), minimum_count=1, max_context_products=4)
    assert {(row["product_code"], row["similar_product_code"]) for row in rows_of(learned)} == {(0, 1), (1, 0)}
    assert learned.metrics["contexts_left_out"] == 1


@given(
    pairs, st.sets(st.sampled_from([0, 1, 2, 4, 5, 6])), st.integers(1, 4), st.integers(1, 2), st.sampled_from([0, 5])
)
@settings(max_examples=80)
def test_co_occurrence_is_brute_force_in_a_total_order(rows, sold, limit, least, shrinkage):
    learned = product_similarity.learn_co_occurrence(
        contexts(rows), availability(sold), similar_products_per_product=limit, minimum_count=least, shrinkage=shrinkage
    )
    of = {product: {c for c, p in rows if p == product} for _, product in rows}
    expected = []
    for one in sorted(of):
        near = []
        for other in sold & of.keys():
            both = len(of[one] & of[other])
            if other != one and both >= least:
                score = both / np.sqrt(len(of[one]) * len(of[other])) * both / (both + shrinkage)
                near.append((-round(score, 9), other, both))
        expected += [(one, other, rank, both) for rank, (_, other, both) in enumerate(sorted(near)[:limit], 1)]
    keys = ("product_code", "similar_product_code", "similarity_rank", "co_occurrences")
    assert [tuple(row[key] for key in keys) for row in rows_of(learned)] == expected


@given(pairs, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_rows_does_not_matter(rows, random):
    table = contexts(rows)
    first = product_similarity.learn_co_occurrence(table, minimum_count=1).as_rows("x")
    assert product_similarity.learn_co_occurrence(shuffled(table, random), minimum_count=1).as_rows("x").equals(first)


def test_names_alike_are_similar_and_the_reason_is_what_they_share():
    table = products(
        ["Ceramic mug blue", "Ceramic mug red", "Garden spade"], category=["Home/Kitchen"] * 2 + ["Garden"]
    )
    learned = product_similarity.learn_content(table)
    first, second = rows_of(learned)
    assert (first["product_code"], first["similar_product_code"]) == (1, 2)
    assert 0 < first["score"] < 1
    assert set(first["reason_terms"].split(", ")) <= {"ceramic", "mug", "home", "kitchen"}
    assert len(first["reason_terms"].split(", ")) == 3
    assert second["score"] == first["score"]


def test_identical_texts_score_one_and_come_in_order_of_code():
    learned = product_similarity.learn_content(products(["mug"] * 5), similar_products_per_product=2)
    assert [(row["product_code"], row["similar_product_code"]) for row in rows_of(learned)] == [
        (1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2), (4, 1), (4, 2), (5, 1), (5, 2),
    ]  # fmt: skip
    assert {row["score"] for row in rows_of(learned)} == {1.0}


@pytest.mark.parametrize("names", [[], ["mug"], [None, None, ""], ["!!", "--"], ["the", "and"]])
def test_nothing_to_compare_is_empty_typed_and_explained(names):
    learned = product_similarity.learn_content(products(names))
    full = product_similarity.learn_content(products(["mug", "mug"]))
    assert rows_of(learned) == []
    assert learned.status.endswith(".")
    assert learned.as_rows("x").schema == full.as_rows("x").schema


def test_who_cannot_be_had_gives_place_to_the_next_best_and_has_similar_products_itself():
    rows = [(basket, item) for basket in range(4) for item in range(4 - basket)] + [(9, 3), (9, 0)]
    together = product_similarity.learn_co_occurrence(
        contexts(rows), availability({0, 2}), similar_products_per_product=1, shrinkage=0
    )
    assert [(row["product_code"], row["similar_product_code"]) for row in rows_of(together)] == [
        (0, 2), (1, 2), (2, 0), (3, 0),
    ]  # fmt: skip
    alike = product_similarity.learn_content(
        products(["mug"] * 3 + ["red mug"]), availability({2, 4}), similar_products_per_product=1
    )
    assert [(row["product_code"], row["similar_product_code"]) for row in rows_of(alike)] == [
        (1, 2), (2, 4), (3, 2), (4, 2),
    ]  # fmt: skip


@given(texts, st.sets(st.integers(1, 12)), st.integers(1, 3), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_content_is_the_cosine_of_all_pairs_in_any_row_order(names, sold, limit, random):
    table, sold = products(names), sold - {3}
    learned = product_similarity.learn_content(table, availability(sold), similar_products_per_product=limit)
    distinct = sorted(set(names), key=names.index)
    columns = {name: pa.array([""] * len(distinct), pa.large_string()) for name in content_similarity.FIELD_WEIGHTS}
    columns["product_name"] = pa.array(distinct, pa.large_string())
    weights, _ = content_similarity.term_weights(columns) if distinct else (sparse.csr_array((0, 1)), [])
    cosine = np.round(cosine_similarity(weights), 9) if distinct else np.zeros((0, 0))
    expected = []
    for one, name in enumerate(names):
        scores = [(-cosine[distinct.index(name), distinct.index(other)], at) for at, other in enumerate(names)]
        near = sorted((score, at) for score, at in scores if at != one and at + 1 in sold and score < 0)[:limit]
        expected += [(one + 1, at + 1, pytest.approx(-score)) for score, at in near]
    found = [(row["product_code"], row["similar_product_code"], row["score"]) for row in rows_of(learned)]
    assert found == expected
    assert all(row["reason_terms"] for row in rows_of(learned))
    assert (
        product_similarity.learn_content(
            shuffled(table, random), availability(sold), similar_products_per_product=limit
        )
        .as_rows("x")
        .equals(learned.as_rows("x"))
    )


@given(st.integers(1, 30), st.integers(1, 25), st.integers(1, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=80)
def test_best_columns_are_those_of_the_dense_product_even_with_ties(rows, columns, limit, seed):
    random = np.random.default_rng(seed)
    left = random.integers(-1, 3, (rows, 4)).astype(float)
    right = random.integers(-1, 3, (4, columns)).astype(float)
    found = ranking.best_columns(sparse.csr_array(left), sparse.csr_array(right), limit)
    dense = left @ right
    expected = [
        (row, column, dense[row, column])
        for row in range(rows)
        for column in sorted(range(columns), key=lambda column, row=row: (-dense[row, column], column))[:limit]
        if dense[row, column] > 0
    ]
    assert list(zip(*(part.tolist() for part in found), strict=True)) == expected


@given(st.integers(1, 30), st.integers(1, 25), st.integers(1, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=80)
def test_sums_that_differ_only_in_the_last_bits_stand_in_order_of_column(rows, columns, limit, seed):
    random = np.random.default_rng(seed)
    left = random.choice([0.0, 0.1, 0.2, 0.3, 0.7], (rows, 6))
    right = random.choice([0.0, 0.1, 0.3, 1e-9, -0.1], (6, columns))
    row, column, score = ranking.best_columns(sparse.csr_array(left), sparse.csr_array(right), limit)
    product = (sparse.csr_array(left) @ sparse.csr_array(right)).tocoo()
    everything = [(place, -value, at) for place, at, value in zip(*product.coords, product.data.round(9), strict=True)]
    expected = [
        each
        for place in range(rows)
        for each in sorted(entry for entry in everything if entry[0] == place and entry[1] < 0)[:limit]
    ]
    assert list(zip(row, -score, column, strict=True)) == expected
