import numpy as np
import pytest
from customer_insight.scoring.choice_loss import SPLITS, choice_loss

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


def by_hand(values, chosen):
    """Mean over the halves of what the one picked on a half has more on the other."""
    lost = []
    for seed in range(SPLITS):
        first = np.random.default_rng(seed).permutation(len(values)) < len(values) // 2
        best = max(range(values.shape[1]), key=lambda column: (values[first, column].mean(), -column))
        rest = values[~first].mean(axis=0)
        lost.append((rest[best] - rest[chosen]) / abs(rest[best]))
    return np.mean(lost)


def test_it_is_its_definition():
    values = np.random.default_rng(1).random((61, 4)) + np.array([0.0, 0.05, 0.1, 0.1])
    for chosen in range(4):
        found = choice_loss(values, chosen)
        assert found.value == pytest.approx(by_hand(values, chosen), abs=1e-12)
        assert found.low <= found.value <= found.high


def test_of_losses_the_lower_is_better():
    losses = np.random.default_rng(2).random((400, 2)) * 0.1 + np.array([0.5, 0.4])
    assert choice_loss(-losses, 1).value == 0
    assert choice_loss(-losses, 0).value == pytest.approx(0.55 / 0.45 - 1, abs=0.02)


def test_the_best_loses_nothing_and_luck_is_not_counted():
    values = np.random.default_rng(3).random((2000, 12))
    # all are alike: whoever is picked loses about nothing, though one of them has the highest mean by luck
    assert abs(choice_loss(values, int(values.mean(axis=0).argmin())).value) < 0.03


def test_intervals_hold_what_is_lost():
    random = np.random.default_rng(4)
    held = 0
    for _ in range(40):
        values = random.normal([1.0, 1.1], 0.5, (300, 2))
        found = choice_loss(values, 0)
        held += found.low <= 1 - 1 / 1.1 <= found.high
    assert held >= 36


def test_where_nothing_is_compared_there_is_no_figure():
    for values in (np.zeros((0, 3)), np.ones((1, 3)), np.ones((5, 1)), np.zeros((5, 2))):
        assert np.isnan(choice_loss(values, 0).value)


def test_the_same_twice():
    values = np.random.default_rng(5).random((500, 5))
    assert choice_loss(values, 2) == choice_loss(values, 2)
