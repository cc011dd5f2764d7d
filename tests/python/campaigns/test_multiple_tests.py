import numpy as np
import pytest
from customer_insight.campaigns.multiple_tests import holm, sample_ratio_p_value
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

values = st.lists(st.one_of(st.floats(0, 1), st.just(np.nan)), max_size=12).map(np.array)


def by_hand(p_values):
    """Holm 1979: the smallest is multiplied by how many there are, the next by one less; it never falls."""
    asked = [p for p in p_values if not np.isnan(p)]
    found, highest = {}, 0.0
    for rank, p in enumerate(sorted(asked)):
        highest = max(highest, min(1.0, p * (len(asked) - rank)))
        found.setdefault(p, highest)
    return [np.nan if np.isnan(p) else max(v for q, v in found.items() if q <= p) for p in p_values]


@given(values)
def test_holm_is_that_by_hand(p_values):
    adjusted = holm(p_values.astype(float), np.zeros(p_values.size, dtype=np.int64))
    assert adjusted == pytest.approx(by_hand(p_values), nan_ok=True)


def test_holm_published_example():
    """Four tests: 0.01, 0.02, 0.03, 0.04 → 0.04, 0.06, 0.06, 0.06 (as R's p.adjust gives them)."""
    assert holm(np.array([0.04, 0.01, 0.03, 0.02]), np.zeros(4, dtype=np.int64)) == pytest.approx(
        [0.06, 0.04, 0.06, 0.06]
    )


@given(values, values)
def test_families_do_not_know_of_each_other(one, two):
    families = np.repeat([7, 3], [one.size, two.size])
    together = holm(np.concatenate([one, two]).astype(float), families)
    apart = [holm(part.astype(float), np.zeros(part.size, dtype=np.int64)) for part in (one, two)]
    assert together == pytest.approx(np.concatenate(apart), nan_ok=True)


@given(st.lists(st.integers(50, 3000), min_size=2, max_size=5))
def test_sizes_of_groups_are_tested_as_scipy_does(customers):
    counts = np.array(customers, dtype=float)
    planned = np.arange(1, counts.size + 1) / np.arange(1, counts.size + 1).sum()
    expected = stats.chisquare(counts, counts.sum() * planned).pvalue
    assert sample_ratio_p_value(counts, planned) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_sizes_of_groups_that_say_nothing():
    assert np.isnan(sample_ratio_p_value(np.array([900.0, 100.0]), np.array([0.9, np.nan])))
    assert np.isnan(sample_ratio_p_value(np.array([900.0, 100.0]), np.array([0.9, 0.2])))
    assert np.isnan(sample_ratio_p_value(np.array([30.0, 4.0]), np.array([0.9, 0.1])))  # 3.4 expected
    assert np.isnan(sample_ratio_p_value(np.array([1000.0]), np.array([1.0])))


def test_a_planned_group_in_which_nobody_is_counts():
    assert sample_ratio_p_value(np.array([500.0, 400.0]), np.array([0.5, 0.4])) < 1e-9


ROUNDED = [[0.33] * 3, [0.333] * 3, [0.3333] * 3, [0.33, 0.33, 0.34], [0.67, 0.34], [1 / 3] * 3]


@pytest.mark.parametrize("shares", ROUNDED)
def test_shares_that_are_rounded_are_those_that_were_planned(shares):
    counts = np.array([20_000.0] * 3 if len(shares) == 3 else [40_000.0, 20_000.0])
    assert sample_ratio_p_value(counts, np.array(shares)) > 0.001
    counts[0] *= 1.2
    assert sample_ratio_p_value(counts, np.array(shares)) < 1e-9


@pytest.mark.parametrize("shares", [[0.5, 0.4], [0.33, 0.33], [0.6, 0.38]])
def test_shares_that_leave_more_over_than_rounding_does_have_a_group_that_nobody_is_in(shares):
    counts = 50_000 * np.array(shares)
    assert sample_ratio_p_value(counts, np.array(shares)) < 1e-9
