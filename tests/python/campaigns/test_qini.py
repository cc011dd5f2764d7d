"""The Qini: against brute force, scikit-uplift's curves, and the laws that hold for any ranking."""

import itertools
import warnings

import numpy as np
import pytest
from customer_insight.campaigns import qini
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

RANKINGS = st.integers(1, 40).flatmap(
    lambda size: st.tuples(
        hnp.arrays(np.float64, size, elements=st.integers(-5, 5).map(float)),
        hnp.arrays(np.float64, size, elements=st.integers(-100, 100).map(float)),
    )
)


def area_by_hand(scores, gain):
    """The curve drawn customer by customer, the mean of a block for each of its customers."""
    shared = [gain[scores == score].mean() for score in scores]
    curve = [0.0]
    for place in sorted(range(len(scores)), key=lambda each: -scores[each]):
        curve.append(curve[-1] + shared[place] / len(scores))
    area = sum((a + b) / 2 for a, b in itertools.pairwise(curve)) / len(scores)
    return area - curve[-1] / 2


@given(RANKINGS)
def test_it_is_the_area_between_the_curve_and_the_line(ranking):
    scores, gain = ranking
    assert qini.qini(scores, gain) == pytest.approx(area_by_hand(scores, gain), abs=1e-9)
    shares, brought = qini.gain_curve(scores, gain)
    assert np.trapezoid(brought - shares * brought[-1], shares) == pytest.approx(qini.qini(scores, gain), abs=1e-9)


@given(RANKINGS)
def test_a_random_ranking_has_none_and_a_perfect_one_the_most(ranking):
    scores, gain = ranking
    assert qini.qini(np.zeros(gain.size), gain) == pytest.approx(0, abs=1e-9)
    turns = [np.roll(np.arange(gain.size, dtype=float), shift) for shift in range(gain.size)]
    assert np.mean([qini.qini(turn, gain) for turn in turns]) == pytest.approx(0, abs=1e-9)
    assert qini.qini(scores, gain) <= qini.qini(gain, gain) + 1e-9
    assert qini.qini(-scores, gain) == pytest.approx(-qini.qini(scores, gain), abs=1e-9)


@given(RANKINGS)
def test_only_the_order_of_scores_counts(ranking):
    scores, gain = ranking
    for moved in (2 * scores + 3, np.exp(scores), scores**3):
        assert qini.qini(moved, gain) == pytest.approx(qini.qini(scores, gain), abs=1e-9)
    assert qini.qini(scores, gain + 7) == pytest.approx(qini.qini(scores, gain), abs=1e-9)
    order = np.argsort(gain)
    assert qini.qini(scores[order], gain[order]) == pytest.approx(qini.qini(scores, gain), abs=1e-9)


@given(RANKINGS, st.integers(2, 4))
def test_customers_seen_several_times_change_nothing(ranking, times):
    scores, gain = ranking
    again = qini.qini(np.repeat(scores, times), np.repeat(gain, times))
    assert again == pytest.approx(qini.qini(scores, gain), abs=1e-9)


def test_contributions_spread_as_the_figure_does():
    generator = np.random.default_rng(5)
    found, foretold = [], []
    for _ in range(2000):
        scores = generator.integers(0, 6, 300).astype(float)
        gain = generator.normal(scores * 0.3, 1 + scores)
        parts = qini.contributions(scores, gain)
        found.append(parts.mean())
        foretold.append(parts.std(ddof=1) / np.sqrt(parts.size))
    assert np.std(found) == pytest.approx(np.mean(foretold), rel=0.05)


def test_gains_are_true_on_average_whatever_was_foretold():
    generator = np.random.default_rng(3)
    propensity = generator.uniform(0.2, 0.9, 400_000)
    treated = generator.random(propensity.size) < propensity
    outcome = 5 * propensity + treated * 0.7 + generator.normal(0, 1, propensity.size)
    for wrong in (0.0, 4.0):
        gain = qini.gains(outcome, treated, propensity, np.full(treated.size, wrong), np.full(treated.size, wrong))
        assert gain.mean() == pytest.approx(0.7, abs=4 * gain.std() / np.sqrt(gain.size))


def test_curves_are_those_of_scikit_uplift():
    """Where each block has the campaign's own share of treated customers, its two curves and this one are one."""
    metrics = pytest.importorskip("sklift.metrics")
    generator = np.random.default_rng(8)
    scores = np.repeat(generator.permutation(30).astype(float), 20)
    treated = np.tile(np.arange(20) < 12, 30)
    outcome = (generator.random(600) < 0.3 + 0.01 * scores * treated).astype(float)
    nothing = np.zeros(600)
    gain = qini.gains(outcome, treated, np.full(600, 0.6), nothing, nothing)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # scikit-learn takes stable_cumsum away in 1.10
        customers, uplift = metrics.uplift_curve(outcome, scores, treated.astype(int))
        _, radcliffe = metrics.qini_curve(outcome, scores, treated.astype(int))
        normed = metrics.qini_auc_score(outcome, scores, treated.astype(int))
        perfect_at, perfect = metrics.perfect_qini_curve(outcome, treated.astype(int))
    shares, brought = qini.gain_curve(scores, gain)
    assert shares * 600 == pytest.approx(customers)
    assert brought == pytest.approx(uplift / 600)
    assert brought * 0.6 == pytest.approx(radcliffe / 600)
    best = np.trapezoid(perfect / 600 - perfect_at / 600 * perfect[-1] / 600, perfect_at / 600)
    assert qini.qini(scores, gain) * 0.6 / best == pytest.approx(normed)
