import numpy as np
import pytest
from customer_insight.demand.window_totals import LEAST_HISTORY, window_totals
from hypothesis import given
from hypothesis import strategies as st


@given(level=st.floats(0.5, 1e6), days=st.integers(1, 400), history=st.integers(LEAST_HISTORY, 900))
def test_what_never_changes_goes_on(level, days, history):
    totals = window_totals(np.full(history, level), days)
    known = totals[np.isfinite(totals)]
    assert known.size
    assert known == pytest.approx(np.full(known.size, level * days))


def test_a_short_history_says_nothing():
    assert np.isnan(window_totals(np.ones(LEAST_HISTORY - 1), 30)).all()


@pytest.mark.parametrize(
    ("history", "days", "known"),
    [(200, 30, [True, False]), (400, 30, [True, True]), (400, 182, [True, True]), (400, 183, [False, True])],
)
def test_what_goes_lately_speaks_of_half_a_year_at_most_where_a_year_is_known(history, days, known):
    assert np.isfinite(window_totals(np.ones(history), days)).tolist() == known


@given(days=st.integers(1, 400), pause=st.integers(0, 900), lately=st.integers(200, 330), level=st.floats(1, 1e4))
def test_a_trial_order_long_ago_is_no_earlier_year(days, pause, lately, level):
    """Beside the shop without it."""
    opened = np.full(lately, level)
    with_trial = np.concatenate([[1.0], np.zeros(pause), opened])
    np.testing.assert_allclose(window_totals(with_trial, days), window_totals(opened, days), rtol=0.01)


def test_a_shop_that_closes_each_winter_is_expected_to():
    open_days = np.where(np.arange(900) % 364 < 40, 0.0, 10.0)
    lately, last_year = window_totals(open_days[: 2 * 364], 28)
    assert (lately, last_year) == (pytest.approx(280), 0)


def test_last_year_knows_the_season():
    day = np.arange(800)
    series = np.where((day % 364 > 300) & (day % 364 < 330), 5.0, 1.0)
    lately, last_year = window_totals(series[: 364 + 301], 28)
    assert last_year == pytest.approx(series[364 + 301 : 364 + 329].sum(), rel=0.15)
    assert lately < last_year / 2
