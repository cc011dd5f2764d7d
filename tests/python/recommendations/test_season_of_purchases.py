import numpy as np
import pytest
from customer_insight.recommendations.serving import season_of_purchases
from hypothesis import given
from hypothesis import strategies as st


@given(level=st.floats(1, 1e4), days=st.integers(7, 90), trust=st.floats(0, 2), history=st.integers(200, 900))
def test_a_shop_that_never_changes_needs_nothing(level, days, trust, history):
    assert season_of_purchases.change(np.full(history, level), days, trust) == pytest.approx(0, abs=1e-6)


def test_what_was_sold_before_christmas_is_not_expected_after_it():
    day = np.arange(800)
    series = np.where((day % 364 >= 300) & (day % 364 < 330), 30.0, 10.0)
    after = series[: 364 + 330]
    # learned from the rise, which trust would repeat
    assert season_of_purchases.change(after, 30, trust=1.0) < -1.4
    assert -1.1 < season_of_purchases.change(after, 30, trust=0.0) < -0.3


def test_a_short_history_stays_as_it_was_less_the_change_that_is_repeated():
    daily = np.concatenate([np.full(20, 4.0), np.full(20, 8.0)])
    assert season_of_purchases.change(daily, 20, trust=0.5) == pytest.approx(-0.5 * np.log(2))


def test_nothing_sold_is_finite():
    assert season_of_purchases.change(np.zeros(0), 30, 1.0) == 0
    assert np.isfinite(season_of_purchases.change(np.zeros(500), 30, 1.0))
