import warnings

import numpy as np
import pyarrow as pa
import pytest
import tea_tasting
from campaigns.campaign_customers import group, groups
from customer_insight.campaigns import effect_estimates
from hypothesis import given, settings
from hypothesis import strategies as st

PAIRS = {
    "effect": "effect_size",
    "ci_low": "effect_size_ci_lower",
    "ci_high": "effect_size_ci_upper",
    "relative_effect": "rel_effect_size",
    "relative_ci_low": "rel_effect_size_ci_lower",
    "relative_ci_high": "rel_effect_size_ci_upper",
    "p_value": "pvalue",
}
# never adjusted: as the peer has them without a covariate
PLAIN_PAIRS = {
    "mean": "treatment",
    "control_mean": "control",
    "plain_ci_low": "effect_size_ci_lower",
    "plain_ci_high": "effect_size_ci_upper",
}


def estimated(variant, control, elapsed=1.0, needs_many=False):
    enough = effect_estimates.contributors(variant, control)
    size = enough.size
    return effect_estimates.estimate(variant, control, np.full(size, elapsed), enough, np.full(size, needs_many))


def peer(y, x, y_control, x_control, covariate):
    """tea-tasting's analysis of the same customers."""
    data = {
        "variant": np.repeat([1, 0], [len(y), len(y_control)]),
        "y": np.concatenate([y, y_control]),
        "x": np.concatenate([x, x_control]),
    }
    experiment = tea_tasting.Experiment({"y": tea_tasting.Mean("y", covariate)}, variant="variant")
    return experiment.analyze(pa.table(data))["y"]


def shop(seed, size, share_of_buyers=0.5, effect=0.0):
    """Money of customers now and before, which hang together."""
    generator = np.random.default_rng(seed)
    taste = generator.gamma(2.0, 1.0, size)
    before = generator.lognormal(0, 0.5, size) * taste
    now = generator.lognormal(0, 0.5, size) * taste * (generator.random(size) < share_of_buyers)
    return now + effect, before


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("sizes", [(400, 400), (3000, 300), (250, 4000)])
def test_effects_are_those_of_tea_tasting(seed, sizes):
    (y, x), (y_control, x_control) = (shop([seed, part], size, 0.9) for part, size in enumerate(sizes))
    found = estimated(group(y, x), group(y_control, x_control))
    assert found.is_cuped[0]
    expected = peer(y, x, y_control, x_control, "x")
    for ours, theirs in PAIRS.items():
        assert getattr(found, ours)[0] == pytest.approx(getattr(expected, theirs), rel=1e-9, abs=1e-12), ours
    plain = peer(y, x, y_control, x_control, None)
    for ours, theirs in PLAIN_PAIRS.items():
        assert getattr(found, ours)[0] == pytest.approx(getattr(plain, theirs), rel=1e-9, abs=1e-12), ours


@pytest.mark.parametrize("seed", range(4))
def test_effects_without_a_period_before_are_those_of_tea_tasting(seed):
    (y, x), (y_control, x_control) = shop([seed, 0], 2000, 0.3, 0.1), shop([seed, 1], 900, 0.3)
    expected = peer(y, x, y_control, x_control, None)
    for before in (None, 0 * x):
        found = estimated(group(y, before), group(y_control, before if before is None else 0 * x_control))
        assert not found.is_cuped[0]
        for ours, theirs in (PAIRS | PLAIN_PAIRS).items():
            assert getattr(found, ours)[0] == pytest.approx(getattr(expected, theirs), rel=1e-9, abs=1e-12), ours


def test_shares_of_many_are_those_of_tea_tasting():
    generator = np.random.default_rng(5)
    y, y_control = (generator.random(4000) < 0.06).astype(float), (generator.random(2000) < 0.05).astype(float)
    found, expected = estimated(group(y), group(y_control)), peer(y, y, y_control, y_control, None)
    for ours, theirs in PAIRS.items():
        assert getattr(found, ours)[0] == pytest.approx(getattr(expected, theirs), rel=1e-9, abs=1e-12), ours


def test_a_period_before_that_says_nothing_is_left_aside():
    y, x = shop(1, 2000)
    shuffled = np.random.default_rng(0).permutation(x)
    # orthogonal to y to the last bit that matters, so that it cannot help
    flat = shuffled - np.polyval(np.polyfit(y, shuffled, 1), y)
    found = estimated(group(y[:1000], flat[:1000]), group(y[1000:], flat[1000:]))
    plain = estimated(group(y[:1000]), group(y[1000:]))
    width, plain_width = found.ci_high - found.ci_low, plain.ci_high - plain.ci_low
    assert width[0] <= plain_width[0]


def test_cuped_is_taken_only_where_it_is_surer():
    for seed in range(15):
        generator = np.random.default_rng(seed)
        y, x = generator.lognormal(size=(2, 400))
        with_before = estimated(group(y[:200], x[:200]), group(y[200:], x[200:]))
        without = estimated(group(y[:200]), group(y[200:]))
        widths = [each.ci_high[0] - each.ci_low[0] for each in (with_before, without)]
        assert widths[0] <= widths[1] * (1 + 1e-4)
        assert with_before.is_cuped[0] or widths[0] == widths[1]


def brute_force(y, x, w, y_control, x_control, w_control):
    """Effect and standard error from customers, as the module's docstring says; theta by weighted least squares."""
    all_y, all_x, all_w = (np.concatenate(pair) for pair in ((y, y_control), (x, x_control), (w, w_control)))
    centred_x, centred_y = (values - np.average(values, weights=all_w) for values in (all_x, all_y))
    theta = (all_w**2 * centred_x * centred_y).sum() / (all_w**2 * centred_x**2).sum()
    means, variances = [], []
    for values, before, weights in ((y, x, w), (y_control, x_control, w_control)):
        residual = values - theta * (before - np.average(all_x, weights=all_w))
        mean = np.average(residual, weights=weights)
        n = len(values)
        means.append(mean)
        variances.append((weights**2 * (residual - mean) ** 2).sum() / weights.sum() ** 2 * n / (n - 1))
    return means, np.sqrt(sum(variances))


@pytest.mark.parametrize("seed", range(6))
def test_weighted_effects_are_those_of_brute_force(seed):
    generator = np.random.default_rng(seed)
    (y, x), (y_control, x_control) = shop([seed, 0], 1700), shop([seed, 1], 1500)
    w, w_control = generator.uniform(0.5, 3, 1700), generator.uniform(0.5, 9, 1500)
    found = estimated(group(y, x, w), group(y_control, x_control, w_control))
    (mean, control_mean), error = brute_force(y, x, w, y_control, x_control, w_control)
    assert found.is_cuped[0]
    assert found.effect[0] == pytest.approx(mean - control_mean, rel=1e-9)
    plain = np.average(y, weights=w), np.average(y_control, weights=w_control)
    assert (found.mean[0], found.control_mean[0]) == pytest.approx(plain, rel=1e-12)
    bare = estimated(group(y, w=w), group(y_control, w=w_control))
    assert (found.plain_ci_low, found.plain_ci_high) == (bare.ci_low, bare.ci_high)
    # t of more than 400 degrees of freedom: between 1.96 and 1.97 standard errors
    assert 1.9599 < (found.ci_high[0] - found.ci_low[0]) / 2 / error < 1.97
    assert abs(found.z[0]) == pytest.approx(abs(mean - control_mean) / error, rel=0.01)


def test_weights_take_back_unequal_chances_of_being_in_the_control():
    """Half of the shop spends twice as much and is left out four times as often: plain means differ, Hajek's do not."""
    generator = np.random.default_rng(3)
    size = 200_000
    is_rich = generator.random(size) < 0.5
    chance = np.where(is_rich, 0.4, 0.1)
    is_control = generator.random(size) < chance
    y = generator.exponential(np.where(is_rich, 2.0, 1.0))
    weight = 1 / np.where(is_control, chance, 1 - chance)
    found = estimated(group(y[~is_control], w=weight[~is_control]), group(y[is_control], w=weight[is_control]))
    assert found.p_value[0] > 0.01
    assert abs(found.control_mean[0] - 1.5) < 0.03
    assert abs(y[~is_control].mean() - y[is_control].mean()) > 0.2


money = st.lists(st.sampled_from([0.0, 0.0, 0.0, 1.0, 3.5, 12.25, 40.0]), min_size=30, max_size=200).map(np.array)
FIGURES = ("ci_low", "ci_high", "sequential_ci_low", "sequential_ci_high")


@settings(max_examples=15)
@given(money, money, st.sampled_from([0.3, 1.0]))
def test_groups_that_change_places_turn_the_effect_round(y, y_control, elapsed):
    one, two = estimated(group(y), group(y_control), elapsed), estimated(group(y_control), group(y), elapsed)
    assert one.p_value == pytest.approx(two.p_value, rel=1e-9, nan_ok=True)
    assert one.ci_low == pytest.approx(-two.ci_high, rel=1e-6, abs=1e-9, nan_ok=True)
    assert one.sequential_ci_high == pytest.approx(-two.sequential_ci_low, rel=1e-6, abs=1e-9, nan_ok=True)
    assert one.minimum_detectable_effect == pytest.approx(two.minimum_detectable_effect, rel=1e-9, nan_ok=True)


@settings(max_examples=15)
@given(money, money, st.sampled_from([0.01, 7.0, 1000.0]), st.sampled_from([0.3, 1.0]))
def test_another_currency_scales_effects_and_intervals(y, y_control, rate, elapsed):
    one = estimated(group(y), group(y_control), elapsed)
    two = estimated(group(rate * y), group(rate * y_control), elapsed)
    for name in (*FIGURES, "mean", "control_mean", "minimum_detectable_effect"):
        assert rate * getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-6, abs=1e-9, nan_ok=True), name
    for name in ("p_value", "relative_effect", "relative_ci_low", "contributors"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-6, abs=1e-9, nan_ok=True), name


@settings(max_examples=15)
@given(st.floats(0.5, 50), st.integers(0, 30))
def test_what_everybody_gets_changes_no_effect(constant, seed):
    (y, x), (y_control, x_control) = shop([seed, 0], 900, 0.9), shop([seed, 1], 900, 0.9)
    one = estimated(group(y, x), group(y_control, x_control))
    two = estimated(group(y + constant, x), group(y_control + constant, x_control))
    # many contributors in both: what is rare once it is not any more would be another test
    assert one.contributors[0] > effect_estimates.FEW
    for name in ("ci_low", "ci_high", "p_value"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-6, abs=1e-8), name
    assert two.mean - one.mean == pytest.approx(constant)


@settings(max_examples=15)
@given(money, money, st.floats(0.05, 0.95))
def test_intervals_and_p_values_agree(y, y_control, elapsed):
    found = estimated(group(y), group(y_control))
    if found.is_testable[0] and abs(found.p_value[0] - 0.05) > 1e-6:
        assert (found.p_value[0] < 0.05) == (found.ci_low[0] > 0 or found.ci_high[0] < 0)
    running = estimated(group(y), group(y_control), elapsed)
    if running.is_testable[0]:
        assert running.sequential_ci_low[0] <= running.ci_low[0]
        assert running.sequential_ci_high[0] >= running.ci_high[0]


def test_few_and_many_buyers_meet_at_the_line_between_them():
    """At FEW contributors Welch's test and the score say nearly the same."""
    y, y_control = np.repeat([1.0, 0.0], [130, 1870]), np.repeat([1.0, 0.0], [100, 1900])
    variant, control = group(y), group(y_control)
    arguments = variant, control, np.ones(1)
    welch = effect_estimates.estimate(*arguments, np.array([100.0]), np.array([False]))
    score = effect_estimates.estimate(*arguments, np.array([99.9]), np.array([False]))
    for name in ("ci_low", "ci_high", "p_value", "minimum_detectable_effect", "relative_ci_low"):
        assert getattr(welch, name) == pytest.approx(getattr(score, name), rel=0.05, abs=2e-4), name


@pytest.mark.parametrize(
    ("y", "y_control"),
    [
        (np.zeros(500), np.zeros(500)),  # nobody buys
        (np.repeat([1.0, 0.0], [6, 494]), np.zeros(500)),  # 6 buy, 3 a group would
        (np.ones(500), np.ones(500)),  # everybody does, all alike
        (np.append(np.zeros(5000), [9000.0]), np.repeat([1.0, 0.0], [50, 4950])),  # one customer is all the money
        (np.zeros(0), np.repeat([1.0, 0.0], [50, 450])),
    ],
)
def test_what_cannot_be_tested_has_no_figures(y, y_control):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = estimated(group(y), group(y_control))
    assert not found.is_testable[0]
    for name in ("p_value", "ci_low", "relative_effect", "minimum_detectable_effect"):
        assert np.isnan(getattr(found, name)[0]), name


def test_a_control_hardly_above_nought_gives_no_relation():
    generator = np.random.default_rng(0)
    y, y_control = generator.normal(1.0, 5, 4000), generator.normal(0.05, 5, 4000)
    arguments = group(y), group(y_control), np.ones(1)
    found = effect_estimates.estimate(*arguments, np.array([4000.0]), np.array([True]))
    assert found.is_testable[0]
    assert np.isnan(found.relative_effect[0])
    assert np.isnan(found.relative_ci_low[0])


def test_an_effect_that_can_be_detected_is_detected_four_times_in_five():
    generator = np.random.default_rng(0)
    y, y_control = generator.exponential(1.0, (2, 2000, 400))
    lift = estimated(group(y[0]), group(y_control[0])).minimum_detectable_effect[0]
    found = estimated(groups(y + lift), groups(y_control)).p_value < 0.05
    assert 0.75 < found.mean() < 0.87


def few(seed, size=1500, effect=1.0):
    """A variant and its control in which some 60 of a group buy, most of whom bought before."""
    generator = np.random.default_rng(seed)
    sides = []
    for factor in (effect, 1.0):
        regular = generator.random(size) < 0.05
        before = np.where(regular, generator.lognormal(2, 0.6, size), 0.0)
        sides.append(
            (np.where(generator.random(size) < 0.8, before, 0) * generator.lognormal(0, 0.2, size) * factor, before)
        )
    return sides


@pytest.mark.parametrize("seed", range(5))
def test_of_few_buyers_the_period_before_is_taken_out_too(seed):
    (y, x), (y_control, x_control) = few(seed)
    found, plain = estimated(group(y, x), group(y_control, x_control)), estimated(group(y), group(y_control))
    assert effect_estimates.LEAST_FOR_CUPED < found.contributors[0] < effect_estimates.FEW
    assert (found.is_cuped[0], plain.is_cuped[0]) == (True, False)
    assert found.ci_high[0] - found.ci_low[0] < 0.8 * (plain.ci_high[0] - plain.ci_low[0])
    for name in ("mean", "control_mean", "plain_ci_low", "plain_ci_high"):
        assert getattr(found, name) == getattr(plain, name), name
    assert (plain.plain_ci_low, plain.plain_ci_high) == (plain.ci_low, plain.ci_high)
    assert plain.effect[0] == plain.mean[0] - plain.control_mean[0]
    assert found.effect[0] != pytest.approx(plain.effect[0], rel=1e-6)
    assert found.ci_low[0] < found.effect[0] < found.ci_high[0]
    # the same test by customers: the difference of y - theta x over its standard error from both groups together
    all_y, all_x = np.concatenate([y, y_control]), np.concatenate([x, x_control])
    rest = all_y - np.polyval(np.polyfit(all_x, all_y, 1), all_x)
    expected = (rest[:1500].mean() - rest[1500:].mean()) / (rest.std() * np.sqrt(2 / 1500))
    assert found.z[0] == pytest.approx(expected, rel=1e-3)
    turned = estimated(group(y_control, x_control), group(y, x))
    assert (turned.ci_low[0], turned.p_value[0]) == pytest.approx((-found.ci_high[0], found.p_value[0]), rel=1e-6)


def test_of_few_buyers_a_period_before_that_is_chance_is_left_aside():
    generator = np.random.default_rng(0)
    taken = []
    for seed in range(100):
        (y, _), (y_control, _) = few(seed, effect=1.1)
        x, x_control = generator.exponential(1.0, (2, 1500))
        taken.append(estimated(group(y, x), group(y_control, x_control)).is_cuped[0])
    assert np.mean(taken) < 0.3
