import numpy as np
import pytest
from customer_insight.campaigns.score_intervals import score, score_interval
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

Z = stats.norm.ppf(0.975)


def interval(buyers, size, other_buyers, other_size, width=Z):
    arrays = (np.array([float(value)]) for value in (buyers / size, size, other_buyers / other_size, other_size, width))
    low, high = score_interval(*arrays)
    return low[0], high[0]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873, table II, method "Mee" is without N / (N - 1), "MN" with it
        ((56, 70, 48, 80), (0.0528, 0.3382)),
        ((9, 10, 3, 10), (0.1700, 0.8406)),
        ((5, 56, 0, 29), (-0.0326, 0.1933)),
        ((0, 10, 0, 20), (-0.1658, 0.2844)),
        ((10, 10, 0, 20), (0.7156, 1.0)),
    ],
)
def test_intervals_are_the_published_ones(counts, expected):
    assert interval(*counts) == pytest.approx(expected, abs=6e-5)


counts = st.tuples(st.integers(0, 60), st.integers(60, 400), st.integers(1, 60), st.integers(61, 400))


def likeliest(buyers, size, other_buyers, other_size, difference):
    """The shares that differ by `difference` and make the counts likeliest, looked for by hand."""

    def loss(other):
        shares = np.clip([other + difference, other], 1e-12, 1 - 1e-12)
        return -(stats.binom.logpmf(buyers, size, shares[0]) + stats.binom.logpmf(other_buyers, other_size, shares[1]))

    bounds = (max(0.0, -difference), min(1.0, 1 - difference))
    other = optimize.minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10}).x
    return other + difference, other


@settings(max_examples=25)
@given(counts, st.floats(-0.3, 0.3))
def test_the_score_is_that_of_the_likeliest_shares(four, difference):
    buyers, size, other_buyers, other_size = four
    first, second = likeliest(*four, difference)
    total = size + other_size
    variance = (first * (1 - first) / size + second * (1 - second) / other_size) * total / (total - 1)
    expected = (buyers / size - other_buyers / other_size - difference) / np.sqrt(variance)
    arrays = (np.array([float(value)]) for value in (buyers / size, size, other_buyers / other_size, other_size))
    assert score(*arrays, np.array([difference]))[0] == pytest.approx(expected, rel=1e-3, abs=1e-3)


@settings(max_examples=20)
@given(counts, st.floats(0.5, 6))
def test_both_ends_are_as_many_standard_errors_off_as_asked(four, width):
    buyers, size, other_buyers, other_size = four
    low, high = interval(*four, width)
    assert low <= buyers / size - other_buyers / other_size <= high
    arrays = [np.array([float(value)]) for value in (buyers / size, size, other_buyers / other_size, other_size)]
    for end, sign in ((low, 1), (high, -1)):
        if abs(end) < 1 - 1e-9:
            assert sign * score(*arrays, np.array([end]))[0] == pytest.approx(width, rel=1e-4, abs=1e-4)


def test_the_test_of_no_difference_is_pearsons():
    table = np.array([[12, 188], [60, 1740]])
    total = table.sum()
    pearson = stats.chi2_contingency(table, correction=False).statistic
    arrays = (np.array([value]) for value in (12 / 200, 200.0, 60 / 1800, 1800.0, 0.0))
    assert score(*arrays)[0] ** 2 == pytest.approx(pearson * (total - 1) / total, rel=1e-12)


def test_without_a_buyer_there_is_no_test():
    nought = np.array([0.0])
    assert np.isnan(score(nought, np.array([50.0]), nought, np.array([70.0]), nought)).all()
