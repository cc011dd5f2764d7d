import numpy as np
import pytest
from customer_insight.predictions.purchase import calibration
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.linear_model import LogisticRegression


def windows(levels, slope=1.3, customers=4000, seed=0):
    random = np.random.default_rng(seed)
    log_odds = random.normal(-1, 1, size=customers * len(levels))
    window = np.repeat(np.arange(len(levels)), customers)
    bought = random.random(log_odds.size) < expit(slope * log_odds + np.array(levels)[window])
    return log_odds, bought, window


def next_window(*examples):
    return calibration.fit(*examples).next()


def test_slope_and_levels_are_those_of_a_logistic_regression():
    log_odds, bought, window = windows([0.2, -0.4, 0.1])
    columns = np.column_stack([log_odds, np.eye(3)[window]])
    peer = LogisticRegression(C=1e9, fit_intercept=False, tol=1e-10, max_iter=1000).fit(columns, bought)
    slope, levels = calibration._curve(log_odds, bought, window)
    np.testing.assert_allclose([slope, *levels], peer.coef_[0], atol=1e-4)


def test_the_same_days_a_year_before_predict_half_of_the_level():
    log_odds, bought, window = windows([0.5, 0.0, 0.0, 0.0, 1.5])
    found = next_window(log_odds, bought, window, 4)
    assert found.slope == pytest.approx(1.3, abs=0.05)
    assert found.level == pytest.approx(1.0, abs=0.08)


def test_levels_that_last_are_carried_on_and_those_that_jump_are_not():
    lasting = next_window(*windows([0.8, 0.8, 0.8, -0.6, -0.6, -0.6]), None)
    jumping = next_window(*windows([0.8, -0.6, 0.8, -0.6, 0.8, -0.6]), None)
    assert lasting.level > 0.4
    assert abs(jumping.level) < 0.25


def test_answers_that_say_nothing_get_everybody_the_same_probability():
    random = np.random.default_rng(0)
    log_odds = random.normal(size=5000)
    bought = random.random(5000) < expit(-log_odds)  # the wrong way round
    found = next_window(log_odds, bought, np.zeros(5000, dtype=int), None)
    np.testing.assert_allclose(found.probabilities(log_odds), bought.mean(), atol=0.02)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e3])
def test_the_unit_of_the_answers_does_not_matter(scale):
    log_odds, bought, window = windows([0.0, 0.3])
    own = next_window(log_odds, bought, window, None).probabilities(log_odds)
    if scale == 1e-9:  # all but equal: no slope can be told, and nothing breaks
        assert np.isfinite(next_window(log_odds * scale, bought, window, None).probabilities(log_odds * scale)).all()
    else:
        other = next_window(log_odds * scale, bought, window, None).probabilities(log_odds * scale)
        np.testing.assert_allclose(other, own, atol=1e-3)


def test_perfect_answers_stay_finite():
    log_odds = np.repeat([-5.0, 5.0], 200)
    found = next_window(log_odds, log_odds > 0, np.zeros(400, dtype=int), None)
    assert np.isfinite([found.slope, found.level]).all()
    assert found.probabilities(log_odds)[0] < 0.01 < 0.99 < found.probabilities(log_odds)[-1]


def test_a_window_of_a_few_who_all_bought_hardly_moves_the_level():
    random = np.random.default_rng(0)
    window = np.repeat([0, 1, 2, 3], [1000, 500, 100, 5])
    bought = np.concatenate([random.random(1600) < 0.2, np.ones(5, dtype=bool)])
    found = next_window(random.normal(0, 0.1, 1605), bought, window, None)
    assert found.probabilities(np.zeros(1)) == pytest.approx(0.2, abs=0.03)


def test_the_fewer_bought_in_the_latest_window_the_lower_the_next_level():
    predicted = []
    for buyers in (900, 600, 300, 100, 30, 5, 0):
        counts = [buyers, 600, 500, 600, 700]
        bought = np.concatenate([np.arange(20_000) < count for count in counts])
        log_odds = np.tile(np.random.default_rng(1).normal(0, 0.01, 20_000), 5)
        year_before = 4
        found = next_window(log_odds, bought, np.repeat(np.arange(5), 20_000), year_before)
        predicted.append(float(found.probabilities(np.zeros(1))[0]))
    assert predicted == sorted(predicted, reverse=True)


@given(
    log_odds=st.lists(st.floats(-30, 30), min_size=2, max_size=40),
    slope=st.floats(0.0, 3.0),
    share=st.floats(0.0, 1.0),
)
def test_probabilities_add_up_to_the_buyers_that_are_expected(log_odds, slope, share):
    scores, buyers = np.array(log_odds), share * len(log_odds)
    moved = calibration.Calibration(slope, 0.7).with_buyers(scores, buyers)
    assert moved.slope == slope
    assert moved.probabilities(scores).sum() == pytest.approx(np.clip(buyers, 0.5, len(log_odds) - 0.5), rel=1e-6)


@pytest.mark.parametrize("apart", [0.0, 1e-12, 3e-9, 1e-7])
@pytest.mark.parametrize("buyers", [0.0, 1e3, 1e6])
def test_a_million_answers_that_are_all_but_equal_have_a_level(apart, buyers):
    scores = np.zeros(1_000_000)
    scores[0] = apart
    moved = calibration.Calibration(1.0, 0.0).with_buyers(scores, buyers)
    expected = np.clip(buyers, 0.5, scores.size - 0.5)
    assert moved.probabilities(scores).sum() == pytest.approx(expected, rel=1e-6)


def test_a_window_is_told_from_those_before_it_alone():
    log_odds, bought, window = windows([2.0, 0.3, 0.3, 0.3])
    levels = calibration.fit(log_odds, bought, window, None)
    assert levels.of_window(0).level == pytest.approx(0.3, abs=0.1)
    assert levels.next().level > 0.6
