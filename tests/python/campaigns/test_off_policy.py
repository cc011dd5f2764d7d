"""Off-policy values: against loops, coba and enumeration, and the laws that hold for any log."""

import itertools

import numpy as np
import pytest
from coba.environments import OpeRewards
from customer_insight.campaigns import off_policy
from customer_insight.campaigns.off_policy import PolicyLog, policy_values, skewed_interval
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

ROWS = 400


def made_log(seed=1, rows=ROWS, actions=4, model=True):
    rng = np.random.default_rng(seed)
    chances = rng.dirichlet(np.full(actions, 5.0), rows)
    action = (rng.random(rows)[:, None] > np.cumsum(chances, axis=1)).sum(axis=1)
    reward = (rng.random(rows) < 0.2 + 0.1 * action).astype(float)
    target = rng.dirichlet(np.full(actions, 5.0), rows)
    of_each = rng.random((rows, actions))
    row = np.arange(rows)
    expected = (target * of_each).sum(axis=1)
    parts = (of_each[row, action], expected) if model else ()
    return PolicyLog(reward, chances[row, action], target[row, action], *parts), action


def by_name(log, **given):
    return {found.estimator: found for found in policy_values(log, **given)}


def by_hand(log):
    """Each estimator as the papers write it, row by row."""
    n = len(log.reward)
    weights = [t / p for t, p in zip(log.target, log.propensity, strict=True)]
    found = {"dm": sum(log.expected) / n}
    for suffix, most in (("", float("inf")), ("_clipped", n**0.5)):
        w = [min(each, most) for each in weights]
        rewarded = [a * r for a, r in zip(w, log.reward, strict=True)]
        found[f"ips{suffix}"] = sum(rewarded) / n
        found[f"snips{suffix}"] = sum(rewarded) / sum(w)
        missed = [a * (r - q) for a, r, q in zip(w, log.reward, log.predicted, strict=True)]
        found[f"dr{suffix}"] = (sum(log.expected) + sum(missed)) / n
    return found


def test_every_estimator_is_the_formula_of_its_paper():
    log, _ = made_log()
    found = by_name(log)
    assert {name: each.value for name, each in found.items()} == pytest.approx(by_hand(log))
    assert list(found) == list(off_policy.ESTIMATORS)
    weight = log.target / log.propensity
    assert found["ips"].effective_sample == pytest.approx(sum(weight) ** 2 / sum(weight**2))


def test_ips_is_that_of_coba():
    log, action = made_log(seed=3)
    rows = zip(action.tolist(), log.reward.tolist(), log.propensity.tolist(), strict=True)
    interactions = [{"context": None, "action": a, "reward": r, "probability": p} for a, r, p in rows]
    rewards = [each["rewards"] for each in OpeRewards("IPS").filter(interactions)]
    theirs = [give(a) * t for give, a, t in zip(rewards, action.tolist(), log.target.tolist(), strict=True)]
    assert by_name(log)["ips"].value == pytest.approx(np.mean(theirs))


@given(st.integers(0, 1_000), st.integers(2, 5))
def test_ips_and_dr_are_unbiased_whatever_the_model_says(seed, actions):
    """All that one logged choice can be, each with its probability: the mean of the estimates is the value."""
    rng = np.random.default_rng(seed)
    logging, target = rng.dirichlet(np.ones(actions)) + 1e-3, rng.dirichlet(np.ones(actions))
    logging /= logging.sum()
    reward, guess = rng.normal(size=actions), rng.normal(size=actions)
    value, expected = float(target @ reward), float(target @ guess)
    weight = target / logging
    assert logging @ (weight * reward) == pytest.approx(value)
    assert logging @ (expected + weight * (reward - guess)) == pytest.approx(value)
    # and the library's estimate of a log that shows each action as often as it is chosen
    counts = np.arange(1, actions + 1)
    chance = counts / counts.sum()
    action = np.repeat(np.arange(actions), 400 * counts)
    log = PolicyLog(10 + reward[action], chance[action], target[action], guess[action], np.full(action.size, expected))
    found = {name: each.value for name, each in by_name(log).items() if each.value is not None}
    for name in {"ips", "snips", "dr"} & set(found):
        assert found[name] == pytest.approx(10 + value)


@given(hnp.arrays(np.float64, 300, elements=st.floats(-5, 20)), st.integers(0, 50))
def test_snips_stays_in_the_range_of_rewards(rewards, seed):
    log, _ = made_log(seed, rows=300)
    found = by_name(PolicyLog(rewards, log.propensity, log.target))
    for name in ("snips", "snips_clipped"):
        if found[name].value is not None:
            assert rewards.min() - 1e-9 <= found[name].value <= rewards.max() + 1e-9


def test_dr_is_dm_where_the_model_is_right_and_ips_where_it_says_nothing():
    log, _ = made_log()
    exact = by_name(PolicyLog(log.reward, log.propensity, log.target, log.reward, log.expected))
    assert exact["dr"].value == pytest.approx(exact["dm"].value)
    nothing = np.zeros(ROWS)
    empty = by_name(PolicyLog(log.reward, log.propensity, log.target, nothing, nothing))
    for figure in ("value", "ci_low", "ci_high", "gain", "gain_low", "gain_high"):
        assert getattr(empty["dr"], figure) == pytest.approx(getattr(empty["ips"], figure))


@given(st.permutations(range(40)))
def test_the_order_of_rows_does_not_matter(order):
    log, _ = made_log(rows=ROWS)
    at = np.concatenate([np.array(order), np.arange(40, ROWS)])
    parts = (log.reward, log.propensity, log.target, log.predicted, log.expected, np.arange(ROWS) // 2)
    one, other = by_name(PolicyLog(*parts)), by_name(PolicyLog(*(each[at] for each in parts)))
    for name, found in one.items():
        assert other[name].value == pytest.approx(found.value)
        assert other[name].ci_low == pytest.approx(found.ci_low)


def test_the_logged_policy_earned_its_plain_mean():
    log, _ = made_log()
    for found in policy_values(PolicyLog(log.reward, log.propensity, log.propensity)):
        assert found.value == pytest.approx(log.reward.mean())
        assert (found.gain, found.verdict) == (pytest.approx(0, abs=1e-12), off_policy.NOT_PROVEN)
        assert found.effective_sample == pytest.approx(ROWS)


def test_the_delta_method_is_the_bootstrap():
    log, _ = made_log(rows=2_000)
    rng = np.random.default_rng(5)
    weight = log.target / log.propensity
    again = rng.integers(0, 2_000, (2_000, 2_000))
    drawn = {
        "snips": (weight[again] * log.reward[again]).sum(axis=1) / weight[again].sum(axis=1),
        "dr": (log.expected + weight * (log.reward - log.predicted))[again].mean(axis=1),
    }
    for name, values in drawn.items():
        found = by_name(log)[name]
        low, high = np.quantile(values, [0.025, 0.975])
        assert found.ci_high - found.ci_low == pytest.approx(high - low, rel=0.06)
        assert found.ci_low == pytest.approx(low, abs=0.15 * (high - low))


def test_intervals_of_rare_rewards_hold_as_often_as_they_say():
    """Clicks of one in fifty and weights up to 10: an interval of the standard error alone misses too often."""
    rng = np.random.default_rng(8)
    held, plain, rounds, rows = 0, 0, 800, 6_000
    for _ in range(rounds):
        is_rare = rng.random(rows) < 0.08
        weight = np.where(is_rare, 0.8 / 0.08, 0.2 / 0.92)
        reward = (rng.random(rows) < np.where(is_rare, 0.02, 0.05)).astype(float)
        value = float((weight * reward).mean())
        influence = weight * reward - value
        low, high = skewed_interval(value, influence)
        truth = 0.8 * 0.02 + 0.2 * 0.05
        held += low <= truth <= high
        plain += abs(value - truth) <= off_policy.NORMAL * influence.std(ddof=1) / rows**0.5
    assert 0.94 < held / rounds < 0.99
    assert plain / rounds < 0.94


def test_rows_of_one_person_count_as_one():
    log, _ = made_log()
    once = by_name(PolicyLog(log.reward, log.propensity, log.target))
    twice = [np.repeat(each, 3) for each in (log.reward, log.propensity, log.target)]
    found = by_name(PolicyLog(*twice, unit=np.repeat(np.arange(ROWS) * 7, 3)))
    apart = by_name(PolicyLog(*twice))
    assert found["snips"].ci_low == pytest.approx(once["snips"].ci_low)
    assert found["snips"].ci_high == pytest.approx(once["snips"].ci_high)
    assert apart["snips"].ci_high < once["snips"].ci_high


def test_overlap_is_the_share_that_the_log_shows_often_enough():
    """Four actions, one of them never shown and one a thousandth as often as the policy would show it."""
    chance, target = np.array([0.7, 0.2999, 0.0001, 0.0]), np.array([0.4, 0.3, 0.1, 0.2])
    action = np.repeat(np.arange(3), (chance[:3] * 10_000).astype(int))
    weight = target[action] / chance[action]
    # 0.4 and 0.3 whole, of the third 100 times its share, of the fourth nothing
    assert off_policy.overlap(weight, off_policy.clip_at(10_000)) == pytest.approx(0.4 + 0.3 + 0.01)


def spoiled(**changes):
    log, _ = made_log()
    parts = {"reward": log.reward, "propensity": log.propensity, "target": log.target} | changes
    return PolicyLog(**parts)


def one_of(values, wrong, count=3):
    changed = values.copy()
    changed[:count] = wrong
    return changed


LOG, _ = made_log()
HALF = np.tile([1.0, 0.0], ROWS // 2)
SEVEN = (np.arange(ROWS) < 7).astype(float)


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        (PolicyLog(*(np.zeros(0),) * 3), "No row has a propensity"),
        (spoiled(propensity=one_of(LOG.propensity, np.nan)), "3 of 400 rows have no propensity"),
        (spoiled(propensity=one_of(LOG.propensity, 0.0)), "3 of 400 rows have a propensity of 0 or less"),
        (spoiled(propensity=one_of(LOG.propensity, 1.2)), "3 of 400 rows have a propensity above 1"),
        (spoiled(reward=one_of(LOG.reward, np.nan)), "3 of 400 rows have no reward"),
        (spoiled(target=one_of(LOG.target, 1.2)), "a probability of the policy that is not from 0 to 1"),
        (spoiled(propensity=LOG.propensity / 2), "Propensities do not add up"),
        (spoiled(target=np.zeros(ROWS)), "The log is worth 0 rows"),
        (spoiled(target=one_of(np.zeros(ROWS), 1.0, 30)), "and 100 are needed"),
        # half of what the policy would show is never shown
        (spoiled(propensity=np.ones(ROWS), target=np.full(ROWS, 0.5)), "The log shows 50% of what the policy would"),
        (spoiled(reward=SEVEN, propensity=np.ones(ROWS), target=np.ones(ROWS)), "What was earned is worth 7 rewards"),
    ],
)
def test_what_the_log_cannot_tell_is_refused_and_why_is_said(log, reason):
    for found in policy_values(log):
        assert (found.value, found.ci_low, found.gain, found.verdict) == (None, None, None, off_policy.REFUSED)
        assert reason in found.reason


def test_a_tenth_that_the_log_never_shows_is_borne_and_a_fifth_is_not():
    """Of what is never shown the log says nothing: ips counts it as no reward, the reader sees the overlap."""
    rng = np.random.default_rng(4)
    reward = (rng.random(20_000) < 0.3).astype(float)
    for missing, verdict in ((0.05, off_policy.WORSE), (0.2, off_policy.REFUSED)):
        share = np.full(20_000, (1 - missing) / 2)
        found = by_name(PolicyLog(reward, np.full(20_000, 0.5), share))["ips"]
        assert (found.verdict, found.overlap) == (verdict, pytest.approx(1 - missing))


def test_arrays_that_do_not_fit_are_an_error():
    with pytest.raises(ValueError, match="same shape"):
        policy_values(PolicyLog(np.ones(3), np.ones(2), np.ones(3)))
    with pytest.raises(ValueError, match="need predicted and expected"):
        policy_values(PolicyLog(np.ones(3), np.ones(3), np.ones(3)), ("dr",))
    with pytest.raises(ValueError, match=r"unknown: \['best'"):
        policy_values(PolicyLog(np.ones(3), np.ones(3), np.ones(3)), ("best",))


def test_a_gain_has_an_interval_of_its_own():
    """Both values are of the same rows: what hangs together does not count twice."""
    log, _ = made_log(rows=4_000)
    better = PolicyLog(log.reward, log.propensity, np.minimum(1, log.propensity * np.where(log.reward > 0, 1.05, 0.98)))
    found = by_name(better)["snips"]
    width, of_gain = found.ci_high - found.ci_low, found.gain_high - found.gain_low
    assert of_gain < 0.2 * width
    assert found.verdict == off_policy.BETTER
    assert "More than what was done brought" in found.reason
    assert all(each.ci_low is None for each in policy_values(made_log()[0], ("dm",)))
    assert len(list(itertools.chain(policy_values(better)))) == 4
