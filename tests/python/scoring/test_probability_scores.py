import numpy as np
import pytest
from customer_insight.scoring import probability_scores as scores
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

PAIRS = st.lists(st.tuples(st.sampled_from([0.01, 0.2, 0.2001, 0.5, 0.9]), st.booleans()), min_size=2, max_size=60)


@given(PAIRS)
def test_scores_are_those_of_scikit_learn(pairs):
    probability, came = np.array([p for p, _ in pairs]), np.array([c for _, c in pairs])
    assert scores.brier(probability, came).mean() == pytest.approx(brier_score_loss(came, probability))
    assert scores.log_loss(probability, came).mean() == pytest.approx(log_loss(came, probability, labels=[0, 1]))
    value, low, high = scores.auc(probability, came)
    if came.all() or not came.any():
        assert np.isnan([value, low, high]).all()
    else:
        assert value == pytest.approx(roc_auc_score(came, probability))
        assert 0 <= low <= value <= high <= 1


def test_the_interval_of_the_auc_is_that_of_resampled_customers():
    random = np.random.default_rng(0)
    came = random.random(1500) < 0.2
    probability = random.normal(size=1500) + came
    resampled = []
    for _ in range(400):
        rows = random.integers(0, 1500, 1500)
        resampled.append(roc_auc_score(came[rows], probability[rows]))
    _, low, high = scores.auc(probability, came)
    np.testing.assert_allclose([low, high], np.quantile(resampled, [0.025, 0.975]), atol=0.006)


def test_bins_hold_equally_many_by_rising_probability_and_the_error_is_their_mean_gap():
    probability = np.linspace(0, 1, 100)
    came = probability > 0.5
    bins = scores.reliability(probability, came)
    assert [(number, count) for number, count, _, _ in bins] == [(number, 10) for number in range(1, 11)]
    gaps = [abs(probability[at : at + 10].mean() - came[at : at + 10].mean()) for at in range(0, 100, 10)]
    assert scores.calibration_error(probability, came) == pytest.approx(np.mean(gaps))


def test_equal_probabilities_share_a_bin_so_that_the_order_of_customers_says_nothing():
    probability = np.full(20, 0.5)
    first_ten, mixed = np.arange(20) < 10, np.arange(20) % 2 == 0
    assert scores.reliability(probability, first_ten) == [(1, 20, 0.5, 0.5)]
    assert scores.calibration_error(probability, first_ten) == scores.calibration_error(probability, mixed) == 0.0


def test_a_large_tie_takes_the_bin_of_its_middle_and_leaves_the_others_as_they_are():
    probability = np.concatenate([np.linspace(0.1, 0.2, 40), np.full(20, 0.3), np.linspace(0.4, 0.5, 40)])
    counts = [count for _, count, _, _ in scores.reliability(probability, probability > 0.45)]
    assert counts == [10, 10, 10, 10, 20, 10, 10, 10, 10]


@given(PAIRS, st.randoms(use_true_random=False))
def test_bins_are_the_same_in_whatever_order_customers_come(pairs, random):
    mixed = random.sample(pairs, len(pairs))
    of_pairs, of_mixed = (
        scores.reliability(np.array([p for p, _ in each]), np.array([c for _, c in each])) for each in (pairs, mixed)
    )
    assert of_pairs == of_mixed
    assert sum(count for _, count, _, _ in of_pairs) == len(pairs)
    assert [number for number, *_ in of_pairs] == list(range(1, len(of_pairs) + 1))
    predicted = [each for _, _, each, _ in of_pairs]
    assert predicted == sorted(set(predicted))


def test_nobody_has_no_bins():
    assert scores.reliability(np.zeros(0), np.zeros(0, dtype=bool)) == []
    assert np.isnan(scores.calibration_error(np.zeros(0), np.zeros(0, dtype=bool)))
