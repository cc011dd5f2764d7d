"""The value of a policy over paths: the truth of a small world that can be counted out, the mean of its own log."""

import numpy as np
import pytest
from customer_insight.campaigns import path_values
from customer_insight.campaigns.offer_paths import OfferPaths
from hypothesis import given
from hypothesis import strategies as st

# Two decisions, two actions. State 1 (tired) follows on action 1; an order's chance by (state, action).
CHANCE = np.array([[0.2, 0.5], [0.1, 0.05]])
LOGGED = 0.4  # probability of action 1 in the log


def truth(policy):
    """policy: probability of action 1 by state. The expected sum of rewards, of all paths counted out."""
    value = 0.0
    for first in (0, 1):
        p_first = policy[0] if first else 1 - policy[0]
        state = first
        later = policy[state] * CHANCE[state, 1] + (1 - policy[state]) * CHANCE[state, 0]
        value += p_first * (CHANCE[0, first] + 0.9 * later)
    return value


def logged(paths, seed):
    generator = np.random.default_rng(seed)
    action = (generator.random((paths, 2)) < LOGGED).astype(int)
    state = np.column_stack([np.zeros(paths, dtype=int), action[:, 0]])
    reward = (generator.random((paths, 2)) < CHANCE[state, action]).astype(float)
    return state.ravel(), action.ravel(), reward.ravel()


def valued(policy, predictions, paths=20_000, seed=0):
    state, action, reward = logged(paths, seed)
    target = np.where(action == 1, policy[state], 1 - policy[state])
    propensity = np.where(action == 1, LOGGED, 1 - LOGGED)
    expected = policy[state] * predictions[state, 1] + (1 - policy[state]) * predictions[state, 0]
    return path_values.path_value(
        np.repeat(np.arange(paths), 2),
        np.tile([0, 1], paths),
        reward,
        propensity,
        target,
        predictions[state, action],
        expected,
        0.9,
    )


@pytest.mark.parametrize("policy", [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [0.4, 0.4]])
def test_the_value_is_that_of_all_paths_counted_out(policy):
    policy = np.array(policy)
    for predictions in (np.zeros((2, 2)), CHANCE, CHANCE + 0.3):
        found = valued(policy, predictions)
        assert abs(found.value - truth(policy)) < 4 * (found.ci_high - found.ci_low) / 3.92


def test_intervals_hold_the_truth_in_nineteen_of_twenty_logs():
    policy = np.array([1.0, 0.0])
    found = [valued(policy, CHANCE, paths=1_000, seed=seed) for seed in range(300)]
    held = np.mean([each.ci_low <= truth(policy) <= each.ci_high for each in found])
    assert 0.91 <= held <= 0.985


def test_good_predictions_make_it_surer():
    policy = np.array([1.0, 0.0])
    none, good = valued(policy, np.zeros((2, 2))), valued(policy, CHANCE)
    assert good.ci_high - good.ci_low < 0.95 * (none.ci_high - none.ci_low)


def test_of_the_policy_that_was_logged_it_is_the_mean_of_what_was_earned():
    policy = np.array([LOGGED, LOGGED])
    found = valued(policy, np.zeros((2, 2)))
    _, _, reward = logged(20_000, 0)
    assert found.value == pytest.approx((reward.reshape(-1, 2) @ [1, 0.9]).mean())
    assert found.effective_sample == pytest.approx(20_000)


def test_a_policy_that_does_what_was_hardly_done_rests_on_few():
    assert valued(np.array([1.0, 1.0]), CHANCE).effective_sample == pytest.approx(20_000 * LOGGED**2, rel=0.1)


def test_of_no_path_and_of_one_nothing_is_sure():
    empty = np.zeros(0)
    found = path_values.path_value(empty.astype(int), empty.astype(int), *[empty] * 5, 0.9)
    assert np.isnan(found.value)
    one = np.ones(1)
    found = path_values.path_value(np.zeros(1, dtype=int), np.zeros(1, dtype=int), *[one] * 5, 0.9)
    assert found.value == 1
    assert np.isnan(found.ci_low)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=30, unique=True))
def test_paths_are_in_order_of_time_whatever_the_order_of_rows(rows):
    customer = np.array([each[0] for each in rows], dtype=np.int64)
    at = np.array([each[1] for each in rows], dtype=float)
    paths = OfferPaths.of(customer, at)
    for place, (who, when) in enumerate(rows):
        mine = sorted(other for owner, other in rows if owner == who)
        assert paths.step[place] == mine.index(when)
        then = paths.following[place]
        if mine[-1] == when:
            assert then == -1
        else:
            assert rows[then] == (who, mine[mine.index(when) + 1])
