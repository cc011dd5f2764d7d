"""Served uplifts: true on average, and their intervals hold what they promise."""

import numpy as np
import pytest
from customer_insight.campaigns import uplift_calibration


def shop(generator, customers, tail=False):
    """Scores, true uplifts (a curve of the score, as no line is) and what is seen of them."""
    scores = generator.normal(0, 1, customers)
    truth = 0.02 + 0.05 / (1 + np.exp(-2 * scores))
    noise = generator.lognormal(0, 1.2, customers) * generator.choice([-1, 1], customers) if tail else None
    gains = truth + (noise if tail else generator.normal(0, 0.5 + 0.3 * np.abs(scores)))
    return scores, truth, gains


@pytest.mark.parametrize("tail", [False, True])
def test_intervals_hold_the_truth_of_19_in_20(tail):
    generator = np.random.default_rng(11)
    held = []
    for _ in range(400):
        scores, truth, gains = shop(generator, 4_000, tail)
        found = uplift_calibration.calibrate(scores[:2_000], gains[:2_000], gains)
        _, low, high = found.uplifts(scores[2_000:])
        held.append(((low <= truth[2_000:]) & (truth[2_000:] <= high)).mean())
    assert 0.93 <= np.mean(held) <= 0.97


def test_the_mean_is_the_measured_effect():
    scores, _, gains = shop(np.random.default_rng(2), 5_000)
    found = uplift_calibration.calibrate(scores[:2_000], gains[:2_000], gains)
    uplift, low, high = found.uplifts(scores[:2_000])
    assert uplift.mean() == pytest.approx(gains.mean())
    assert ((low < uplift) & (uplift < high)).all()


def test_of_two_kinds_of_customers_each_has_its_own_mean():
    generator = np.random.default_rng(4)
    scores = np.repeat([0.0, 1.0], [300, 700])
    gains = np.where(scores > 0, 3.0, 1.0) + generator.normal(0, 1, 1_000)
    uplift, low, high = uplift_calibration.calibrate(scores, gains, gains).uplifts(np.array([0.0, 1.0, 9.0, -9.0]))
    means = [gains[:300].mean(), gains[300:].mean()]
    assert uplift == pytest.approx([*means, means[1], means[0]])
    errors = np.array([gains[:300].std() / np.sqrt(300), gains[300:].std() / np.sqrt(700)])
    assert (high - low)[:2] / 2 == pytest.approx(1.96 * errors, rel=0.01)


def test_more_of_a_score_is_never_less_uplift_and_the_mean_stays():
    generator = np.random.default_rng(9)
    for _ in range(50):
        scores, gains = generator.normal(0, 1, 300), generator.normal(0, 1, 300)
        uplift = uplift_calibration.calibrate(scores, gains, gains).uplifts(np.sort(scores))[0]
        assert (np.diff(uplift) >= -1e-12).all()
        assert uplift.mean() == pytest.approx(gains.mean())
