import numpy as np
import pytest
from customer_insight.scoring.champion import holm, least_complex_unbeaten, mean_by_unit
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

shares = st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0])


def test_holm_by_hand():
    # sorted 0.01 x 4, 0.02 x 3, 0.03 x 2, 0.04 x 1, none below the one before
    assert holm(np.array([0.04, 0.01, 0.03, 0.02])).tolist() == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm(np.array([0.6, 0.5])).tolist() == [1, 1]
    assert holm(np.zeros(0)).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_its_formula(p_values):
    count = len(p_values)
    ordered = sorted(p_values)
    expected = [
        min(1, max((count - place) * ordered[place] for place in range(count) if ordered[place] <= p)) for p in p_values
    ]
    assert holm(np.array(p_values)).tolist() == pytest.approx(expected)


def test_of_equal_strategies_the_first_wins():
    values = np.random.default_rng(3).random(50)
    assert least_complex_unbeaten(np.column_stack([values] * 4)) == 0
    assert least_complex_unbeaten(np.full((50, 3), 0.2)) == 0


def test_a_clearly_better_strategy_wins_wherever_it_stands():
    random = np.random.default_rng(4)
    values = random.random((200, 4)) * 0.5
    values[:, 2] += 0.3
    assert least_complex_unbeaten(values) == 2
    values[:, 3] = values[:, 2] + random.normal(0.001, 0.1, 200)
    assert least_complex_unbeaten(values) == 2
    values[:, 3] = values[:, 2] + 0.1  # for every customer alike
    assert least_complex_unbeaten(values) == 3


def test_a_better_strategy_that_may_be_luck_does_not_win():
    values = np.column_stack([np.zeros(8), [0, 0, 0, 0, 0, 0, 0, 1]])
    assert least_complex_unbeaten(values) == 0


def test_better_by_rounding_is_not_better():
    base = np.linspace(0.1, 0.9, 50)
    assert least_complex_unbeaten(np.column_stack([base, base + 1e-16, np.nextafter(base, 1)])) == 0


def test_a_constant_lead_that_rounding_blurs_is_a_lead():
    base = np.linspace(0.1, 0.9, 50)
    assert least_complex_unbeaten(np.column_stack([base, base + 0.05])) == 1


@pytest.mark.parametrize("values", [[[0.1, 0.9, 0.5]], [[0.0, 0.0]], [[1.0]]])
def test_one_customer_shows_nothing(values):
    assert least_complex_unbeaten(np.array(values)) == 0


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(shares, min_size=width, max_size=width), min_size=1)))
@settings(max_examples=60)
def test_nothing_is_better_than_the_winner_for_every_customer_alike(rows):
    values = np.array(rows)
    winner = least_complex_unbeaten(values)
    assert 0 <= winner < values.shape[1]
    others = np.delete(np.arange(values.shape[1]), winner)
    for other in others:
        lead = np.round(values[:, other] - values[:, winner], 9)
        assert not (len(rows) > 1 and lead.min() > 0 and np.ptp(lead) == 0)


def test_who_was_judged_in_several_windows_counts_once():
    means = mean_by_unit(np.array([7, 3, 7, 9, 7]), np.array([[1.0, 0], [2, 1], [2, 0], [5, 5], [6, 3]]))
    assert means.tolist() == [[2, 1], [3, 1], [5, 5]]
    assert mean_by_unit(np.zeros(0, dtype=int), np.zeros((0, 2))).shape == (0, 2)
