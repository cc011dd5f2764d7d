import numpy as np
import pytest
from customer_insight.scoring.champion import TIE, champion, mean_by_unit, ranked
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

shares = st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0])


def test_of_equal_strategies_the_first_wins():
    values = np.random.default_rng(3).random(50)
    assert champion(np.column_stack([values] * 4)) == 0
    assert champion(np.full((50, 3), 0.2)) == 0


def test_of_those_as_good_as_the_best_the_preferred_one_wins():
    random = np.random.default_rng(5)
    base = random.random(400)
    noise = random.normal(0, 0.1, (400, 3))
    noise -= noise.mean(axis=0)
    # a standard error of 0.005 each, about 0.007 of a difference: a third of it is 0.0024
    values = np.column_stack([base - 0.05, base + noise[:, 0], base + noise[:, 1] + 0.001, base + noise[:, 2] - 0.02])
    assert champion(values) == 1
    assert champion(values, preferred=2) == 2
    assert champion(values, preferred=3) == 1
    assert champion(values, preferred=0) == 1


def test_the_best_wins_though_it_may_be_luck():
    random = np.random.default_rng(6)
    difference = random.normal(0, 1, 100)
    difference += 0.05 - difference.mean()
    # half a standard error ahead: no test would call it better
    assert 0.05 / (difference.std(ddof=1) / 10) == pytest.approx(0.5, abs=0.1)
    assert champion(np.column_stack([np.zeros(100), difference])) == 1
    assert champion(np.column_stack([np.zeros(100), difference - 0.03])) == 0


def test_a_clearly_better_strategy_wins_wherever_it_stands():
    values = np.random.default_rng(4).random((200, 4)) * 0.5
    values[:, 2] += 0.3
    assert champion(values) == 2
    values[:, 3] = values[:, 2] + 0.1  # for every customer alike
    assert champion(values) == 3
    assert champion(values, preferred=2) == 3


def test_better_by_rounding_is_not_better():
    base = np.linspace(0.1, 0.9, 50)
    assert champion(np.column_stack([base, base + 1e-16, np.nextafter(base, 1)])) == 0


def test_a_constant_lead_that_rounding_blurs_is_a_lead():
    base = np.linspace(0.1, 0.9, 50)
    assert champion(np.column_stack([base, base + 0.05])) == 1


@pytest.mark.parametrize("values", [[[0.1, 0.9, 0.5]], [[0.0, 0.0]], [[1.0]]])
def test_one_customer_shows_nothing(values):
    assert champion(np.array(values)) == 0


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(shares, min_size=width, max_size=width), min_size=2)))
@settings(max_examples=60)
def test_the_winner_is_within_a_third_of_a_standard_error_and_none_before_it_is(rows):
    values = np.array(rows)
    winner = champion(values)
    best = ranked(values)[0]

    def behind(column):
        lead = values[:, best] - values[:, column]
        return lead.mean() - TIE * lead.std(ddof=1) / np.sqrt(len(lead))

    assert behind(winner) < 1e-9
    assert all(behind(column) > -1e-9 for column in range(winner))


def test_who_was_judged_in_several_windows_counts_once():
    means = mean_by_unit(np.array([7, 3, 7, 9, 7]), np.array([[1.0, 0], [2, 1], [2, 0], [5, 5], [6, 3]]))
    assert means.tolist() == [[2, 1], [3, 1], [5, 5]]
    assert mean_by_unit(np.zeros(0, dtype=int), np.zeros((0, 2))).shape == (0, 2)


def test_means_are_ranked_and_equal_ones_by_complexity():
    assert ranked(np.array([[0.1, 0.3, 0.3, 0.2]])) == [1, 2, 3, 0]
