"""What is praised and blamed of products: figures beside peers, and examples without personal details."""

from itertools import product as pairs_of
from math import comb

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.voice import product_voice
from customer_insight.voice.product_voice import Opinions
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest


def opinions(rows):
    """rows: (product, category, aspect, is praise)."""
    columns = [np.array([row[end] for row in rows], dtype=np.int64) for end in range(3)]
    praise = np.array([1.0 if row[3] else -1.0 for row in rows])
    return Opinions(*columns, praise, pa.array(["It is what somebody says."] * len(rows), pa.large_string()))


def mid_p(praised, reviews, others_praised, others):
    """By adding up all tables with these margins."""
    good = praised + others_praised
    chance = {
        k: comb(good, k) * comb(reviews + others - good, reviews - k) / comb(reviews + others, reviews)
        for k in range(max(0, reviews - (reviews + others - good)), min(good, reviews) + 1)
    }
    below = sum(p for k, p in chance.items() if k < praised) + chance[praised] / 2
    return min(1.0, 2 * min(below, 1 - below))


ROWS = st.lists(st.tuples(st.integers(0, 3), st.just(0), st.integers(0, 1), st.booleans()), min_size=1, max_size=40)


@given(ROWS, st.integers(1, 4))
@settings(max_examples=50)
def test_figures_are_those_of_peers(rows, least):
    found = product_voice.table(opinions(rows), ["price", "size"], least).to_pandas()
    expected = {
        (item, aspect)
        for item, aspect in pairs_of(range(4), range(2))
        if sum(row[0] == item and row[2] == aspect for row in rows) >= least
    }
    assert set(zip(found.product_code, found.aspect.map({"price": 0, "size": 1}), strict=True)) == expected
    for row in found.itertuples():
        aspect = {"price": 0, "size": 1}[row.aspect]
        own = [praise for item, _, of, praise in rows if of == aspect and item == row.product_code]
        rest = [praise for item, _, of, praise in rows if of == aspect and item != row.product_code]
        assert (row.reviews, row.praised) == (len(own), sum(own))
        assert (row.category_reviews, np.isnan(row.p_value)) == (len(rest), not rest)
        wilson = binomtest(sum(own), len(own)).proportion_ci(method="wilson")
        assert (row.ci_low, row.ci_high) == pytest.approx((wilson.low, wilson.high), abs=1e-9)
        if rest:
            assert row.p_value == pytest.approx(mid_p(sum(own), len(own), sum(rest), len(rest)), abs=1e-9)
            assert row.difference == pytest.approx(np.mean(own) - np.mean(rest))
            assert row.q_value >= row.p_value - 1e-12


def test_a_product_is_compared_with_its_own_category_alone():
    rows = [(0, 0, 0, True)] * 9 + [(1, 0, 0, False)] * 9 + [(2, 1, 0, True)] * 50
    found = product_voice.table(opinions(rows), ["size"], 5).to_pandas().set_index("product_code")
    assert found.category_reviews.tolist() == [9, 9, 0]
    assert found.q_value[0] < 0.001
    assert np.isnan(found.category_share[2])


def test_the_example_is_the_clearest_fitting_sentence_of_what_stands_out_masked():
    said = ["Far too small.", "It fits me perfectly, call 030 1234567!", "Fits well, thanks", "x" * 300]
    given_ = Opinions(
        np.zeros(4, dtype=np.int64),
        np.zeros(4, dtype=np.int64),
        np.zeros(4, dtype=np.int64),
        np.array([-9.0, 3.0, 2.0, 8.0]),
        pa.array(said, pa.large_string()),
    )
    found = product_voice.table(given_, ["size"], 1)
    assert found["example"].to_pylist() == ["It fits me perfectly, call [phone]!"]
