"""Vectors by shifted PPMI and singular values, beside dense NumPy and counting by hand."""

import numpy as np
import pytest
from customer_insight.texts import vectors
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse


@st.composite
def counted(draw):
    n = draw(st.integers(2, 12))
    cells = draw(st.lists(st.integers(0, 9), min_size=n * n, max_size=n * n))
    dense = np.array(cells, dtype=np.float64).reshape(n, n)
    return dense + dense.T


def dense_ppmi(counts, shift, smoothing):
    """Levy, Goldberg and Dagan 2015, formulas (2) and (3), cell by cell."""
    of_context = counts.sum(axis=0) ** smoothing
    result = np.zeros_like(counts)
    for w in range(len(counts)):
        for c in range(len(counts)):
            if counts[w, c] > 0:
                p_wc, p_w, p_c = (
                    counts[w, c] / counts.sum(),
                    counts[w].sum() / counts.sum(),
                    of_context[c] / of_context.sum(),
                )
                result[w, c] = max(np.log(p_wc / (p_w * p_c)) - np.log(shift), 0)
    return result


@given(counted(), st.sampled_from([1, 2, 5]), st.sampled_from([0.5, 0.75, 1.0]))
def test_shifted_ppmi_is_that_of_the_paper(counts, shift, smoothing):
    found = vectors.shifted_ppmi(sparse.csr_array(counts), shift, smoothing)
    np.testing.assert_allclose(found.toarray(), dense_ppmi(counts, shift, smoothing), atol=1e-12)


@given(counted(), st.sampled_from([0.0, 0.5, 1.0]))
def test_cosines_are_those_of_the_whole_decomposition(counts, power):
    matrix = vectors.shifted_ppmi(sparse.csr_array(counts))
    found = vectors.embed(matrix, 100, power)
    left, values, _ = np.linalg.svd(matrix.toarray())
    left, values = left[:, values > values[0] * 1e-9], values[values > values[0] * 1e-9] if matrix.nnz else values[:0]
    wanted = left[:, : len(values)] * values**power
    length = np.linalg.norm(wanted, axis=1, keepdims=True)
    wanted = np.where(length > 1e-9, wanted / np.maximum(length, 1e-9), 0)
    np.testing.assert_allclose(found @ found.T, wanted @ wanted.T, atol=1e-7)


def planted_matrix(size=700, rank=20):
    rng = np.random.default_rng(5)
    return sparse.csr_array(
        np.abs(rng.normal(size=(size, rank)) @ np.diag(1.5 ** -np.arange(rank)) @ rng.normal(size=(rank, size)))
    )


def test_a_large_matrix_has_the_same_vectors_as_a_whole_decomposition_of_it():
    matrix = planted_matrix()
    left, values, _ = np.linalg.svd(matrix.toarray())
    wanted = left[:, :8] * np.sqrt(values[:8])
    largest = np.abs(left[:, :8]).argmax(axis=0)
    wanted = wanted * np.sign(left[largest, range(8)])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors.embed(matrix, 8, 0.5), wanted, atol=1e-7)


def test_the_same_matrix_gives_the_same_bytes():
    assert vectors.embed(planted_matrix(), 12).tobytes() == vectors.embed(planted_matrix(), 12).tobytes()


@given(st.lists(st.lists(st.integers(0, 5), max_size=8), max_size=6), st.integers(1, 4))
def test_words_that_stand_near_are_counted_by_their_distance(texts, window):
    words = np.array([word for text in texts for word in text], dtype=np.int64)
    text = np.repeat(np.arange(len(texts)), [len(each) for each in texts]).astype(np.int64)
    wanted = np.zeros((6, 6))
    for each in texts:
        for i, first in enumerate(each):
            for j, second in enumerate(each):
                if i != j and abs(i - j) <= window:
                    wanted[first, second] += 1 - (abs(i - j) - 1) / window
    np.testing.assert_allclose(vectors.text_counts(words, text, 6, window).toarray(), wanted, atol=1e-12)


def test_a_word_outside_the_vocabulary_keeps_its_place():
    found = vectors.text_counts(np.array([0, -1, 1]), np.zeros(3, dtype=np.int64), 2, 4).toarray()
    assert found[0, 1] == pytest.approx(0.75)  # two places apart


@given(st.lists(st.sets(st.integers(0, 6), max_size=5), max_size=8))
def test_an_item_meets_the_others_of_its_basket_with_one_altogether(baskets):
    pairs = [(number, item) for number, basket in enumerate(baskets) for item in sorted(basket)]
    basket, item = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    counts = vectors.basket_counts(basket, item, 7).toarray()
    wanted = [sum(1 for each in baskets if number in each and len(each) > 1) for number in range(7)]
    np.testing.assert_allclose(counts.sum(axis=1), wanted, atol=1e-9)
    np.testing.assert_allclose(counts, counts.T)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_nearest_are_those_of_all_cosines(seed, limit):
    rng = np.random.default_rng(seed)
    some = vectors.unit(rng.integers(-2, 3, (9, 3)).astype(float))
    can = rng.random(9) < 0.7
    row, place, score = vectors.nearest(some, some, limit, can, np.arange(9))
    wanted = []
    for query in range(9):
        others = [
            (-min(round(float(some[query] @ some[other]), 9), 1.0), other)
            for other in range(9)
            if other != query and can[other]
        ]
        wanted += [(query, other) for falling, other in sorted(others)[:limit] if falling < 0]
    assert list(zip(row.tolist(), place.tolist(), strict=True)) == wanted
    assert (score <= 1).all()


def test_what_says_nothing_has_no_direction():
    assert vectors.embed(sparse.csr_array((4, 4))).sum() == 0
    assert vectors.embed(sparse.csr_array((0, 0))).shape[0] == 0
    assert vectors.nearest(np.zeros((2, 3)), np.zeros((2, 3)), 2, np.ones(2, bool))[0].size == 0
    assert vectors.nearest(np.zeros((0, 3)), np.zeros((0, 3)), 2, np.ones(0, bool))[0].size == 0


def test_words_of_one_meaning_are_alike_though_they_never_meet():
    """Two words that fill the same place in sentences, and one that does not."""
    rng = np.random.default_rng(1)
    frames = [[10 + int(x) for x in rng.integers(0, 6, 4)] for _ in range(300)]
    other = [[20 + int(x) for x in rng.integers(0, 6, 4)] for _ in range(150)]
    texts = [[*f[:2], n % 2, *f[2:]] for n, f in enumerate(frames)] + [[*f[:2], 2, *f[2:]] for f in other]
    words = np.array([word for each in texts for word in each], dtype=np.int64)
    text = np.repeat(np.arange(len(texts)), 5)
    found = vectors.embed(vectors.shifted_ppmi(vectors.text_counts(words, text, 26)), 10)
    assert found[0] @ found[1] > 0.6 > 0.2 > found[0] @ found[2]
