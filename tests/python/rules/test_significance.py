from fractions import Fraction
from math import comb

import numpy as np
import pytest
from customer_insight.rules.mining_limits import fitting_count, support_of
from customer_insight.rules.significance import confidence_interval, fisher_p
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats


def p_of(both, antecedent, consequent, baskets):
    (p,) = fisher_p(np.array([both]), np.array([antecedent]), np.array([consequent]), baskets)
    return p


def exact_p(both, antecedent, consequent, baskets):
    shared = range(both, min(antecedent, consequent) + 1)
    ways = sum(comb(antecedent, x) * comb(baskets - antecedent, consequent - x) for x in shared)
    return float(Fraction(ways, comb(baskets, consequent)))


@st.composite
def tables(draw, largest=400):
    baskets = draw(st.integers(1, largest))
    antecedent, consequent = draw(st.integers(1, baskets)), draw(st.integers(1, baskets))
    least = max(0, antecedent + consequent - baskets)
    return draw(st.integers(max(1, least), max(1, min(antecedent, consequent)))), antecedent, consequent, baskets


def test_a_lady_tasting_tea():
    # Fisher 1935: all four of eight cups right by chance once in seventy
    assert p_of(4, 4, 4, 8) == pytest.approx(1 / 70, rel=1e-14)
    assert p_of(3, 4, 4, 8) == pytest.approx(17 / 70, rel=1e-14)


@given(tables())
@settings(max_examples=300)
def test_p_is_the_exact_sum_over_tables(table):
    assert p_of(*table) == pytest.approx(exact_p(*table), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(
    "table",
    [
        (310_000, 603_742, 1_011_374, 2_700_000),
        (226_000, 603_742, 1_011_374, 2_700_000),
        (600, 5_000, 200_000, 2_700_000),
    ],
)
def test_p_in_a_large_shop_is_that_of_scipy(table):
    both, antecedent, consequent, baskets = table
    expected = stats.hypergeom.sf(both - 1, baskets, antecedent, consequent)
    assert p_of(*table) == pytest.approx(expected, rel=1e-7, abs=1e-300)


def test_many_tables_at_once_are_the_same_as_one_by_one():
    random = np.random.default_rng(5)
    antecedent, consequent = random.integers(20, 900, (2, 70_000))
    both = np.minimum(random.integers(1, 40, 70_000), np.minimum(antecedent, consequent))
    together = fisher_p(both, antecedent, consequent, 10_000)
    for row in range(0, 70_000, 3_500):
        assert together[row] == p_of(both[row], antecedent[row], consequent[row], 10_000)


@given(tables())
@settings(max_examples=100)
def test_the_interval_is_wilsons(table):
    both, antecedent, _, _ = table
    low, high = confidence_interval(np.array([both]), np.array([antecedent]))
    expected = stats.binomtest(both, antecedent).proportion_ci(method="wilson")
    assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-12)
    assert 0 <= low[0] <= both / antecedent <= high[0] <= 1


@given(st.integers(1, 3_000_000), st.data())
@settings(max_examples=200)
def test_a_support_is_written_so_that_it_asks_for_exactly_the_count(baskets, data):
    count = data.draw(st.integers(1, baskets))
    share = Fraction(support_of(count, baskets))
    assert -(-share * baskets // 1) == count


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), min_size=1), st.integers(0, 40))
def test_the_fitting_count_is_the_smallest(entries, limit):
    counts, weights = (np.array(each) for each in zip(*entries, strict=True))
    fits = [threshold for threshold in range(11) if weights[counts >= threshold].sum() <= limit]
    assert fitting_count(counts, weights, limit) == fits[0]
