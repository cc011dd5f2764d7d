import numpy as np
import pytest
from customer_insight.campaigns import early_looks
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats


def other_series(level):
    """The same probability by Feller's other series (volume II, X.5), which converges for low levels."""
    k = np.arange(200)
    terms = (-1.0) ** k / (2 * k + 1) * np.exp(-((2 * k + 1) ** 2) * np.pi**2 / (8 * level**2))
    return 1 - 4 / np.pi * terms.sum()


@given(st.floats(0.05, 6))
def test_two_series_give_one_probability(level):
    assert early_looks.crossing_probability(np.array([level]))[0] == pytest.approx(other_series(level), abs=1e-12)


def test_the_boundary_is_the_published_one():
    """P(max |B| > 2.2414) = 0.05, 2.8070 for 0.01: O'Brien and Fleming's limit for continuous looks."""
    assert early_looks.boundary(0.05) == pytest.approx(2.2414, abs=1e-4)
    assert early_looks.boundary(0.01) == pytest.approx(2.8070, abs=1e-4)
    # nearly twice the probability of being beyond it at the end
    assert pytest.approx(stats.norm.isf(early_looks.EARLY_ALPHA / 4), abs=1e-5) == early_looks.EARLY_BOUNDARY


def test_a_random_walk_crosses_as_often_as_it_says():
    generator = np.random.default_rng(0)
    steps = generator.standard_normal((4000, 1000)) / np.sqrt(1000)
    highest = np.abs(np.cumsum(steps, axis=1)).max(axis=1)
    for level in (0.8, 1.5, 2.2414):
        expected = early_looks.crossing_probability(np.array([level]))[0]
        # a walk of 1,000 steps misses 0.58 of a step's size at its top (Siegmund 1985)
        measured = (highest + 0.5826 / np.sqrt(1000) > level).mean()
        assert measured == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 4000))


@given(st.floats(0.01, 0.99), st.floats(0, 30))
def test_p_values_cross_the_line_where_intervals_leave_nought(elapsed, z):
    p_value = early_looks.early_p_values(np.array([z]), np.array([elapsed]))[0]
    width = early_looks.early_standard_errors(np.array([elapsed]))[0]
    if abs(z - width) > 1e-6:
        assert (p_value < early_looks.EARLY_ALPHA) == (z > width)


def test_there_is_no_interval_at_the_very_beginning_and_after_the_end():
    assert np.isnan(early_looks.early_standard_errors(np.array([0.0, 1e-6, 1.0]))).all()
    assert np.isnan(early_looks.early_p_values(np.array([np.nan]), np.array([0.5]))).all()
