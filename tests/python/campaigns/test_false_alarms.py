"""False alarms and coverage, briefly: `python -m benchmarks campaign_effects` has ten thousand splits."""

import numpy as np
import pytest
from customer_insight.campaigns import early_looks, effect_estimates
from customer_insight.campaigns.campaign_sums import GroupSums
from customer_insight.campaigns.multiple_tests import holm
from customer_insight.campaigns.randomised_effects import ALPHA, deciding_p_values
from scipy import stats

SPLITS = 400


def sums(mask, y, x):
    """One group of each split, mask of shape (splits, customers)."""
    n, total, before = mask.sum(axis=1), mask @ y, mask @ x
    return GroupSums(n, n, n, total, before, total, before, mask @ (y * y), mask @ (x * x), mask @ (x * y))


def shop(generator, size=6000, conversion=0.03, days=8):
    """Money of each customer on each day, and in the period before: a rate that is theirs, lognormal baskets."""
    rate = generator.gamma(0.3, 0.11 * conversion / 0.03, size)
    orders = generator.poisson(rate[:, None] / days, (size, days))
    money = orders * generator.lognormal(3, 0.8, (size, days))
    return np.cumsum(money, axis=1), generator.poisson(3 * rate) * generator.lognormal(3, 0.8, size)


def most(rate):
    """No more than that in all but a ten thousandth of the draws."""
    return stats.binom.ppf(0.9999, SPLITS, rate) / SPLITS


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_campaigns_that_bring_nothing_are_seldom_proven_though_looked_at_daily(share):
    generator = np.random.default_rng([int(10 * share)])
    money, before = shop(generator)
    days = money.shape[1]
    is_control = (generator.random((SPLITS, len(before))) < share).astype(float)
    wrong, at_end = np.zeros(SPLITS, dtype=bool), None
    for day in range(days):
        spent, elapsed = money[:, day], np.full(2 * SPLITS, (day + 1) / days)
        parts = []
        for y, x in (((spent > 0).astype(float), (before > 0).astype(float)), (spent, before)):
            parts.append((sums(1 - is_control, y, x), sums(is_control, y, x)))
        variant, control = (
            GroupSums(
                **{name: np.concatenate([getattr(part[side], name) for part in parts]) for name in vars(parts[0][0])}
            )
            for side in (0, 1)
        )
        enough = effect_estimates.contributors(variant, control)
        found = effect_estimates.estimate(variant, control, elapsed, enough, np.zeros(2 * SPLITS, dtype=bool))
        families = np.tile(np.arange(SPLITS), 2)
        wrong[families[holm(deciding_p_values(found, elapsed), families) <= ALPHA]] = True
        at_end = found
    for p_values in at_end.p_value.reshape(2, SPLITS):
        assert stats.binom.ppf(1e-4, SPLITS, 0.045) / SPLITS <= (p_values <= ALPHA).mean() <= most(0.055)
    assert wrong.mean() <= most(0.055)
    assert wrong.mean() > 0


def test_the_line_of_daily_looks_and_the_end_together_are_five_and_a_half_per_cent():
    """Of an even Brownian motion, looked at 100 times: half a per cent early, 5 % at the end, most of them the same."""
    generator = np.random.default_rng(0)
    walk = np.cumsum(generator.standard_normal((20_000, 100)) / 10, axis=1)
    early = (np.abs(walk[:, :-1]) > early_looks.EARLY_BOUNDARY).any(axis=1)
    either = early | (np.abs(walk[:, -1]) > 1.96)
    assert early.mean() < 0.0055
    assert 0.048 < either.mean() < 0.0555


@pytest.mark.parametrize(("size", "share"), [(2000, 0.1), (5000, 0.1), (2000, 0.5)])
def test_intervals_of_few_buyers_hold_the_truth(size, share):
    generator = np.random.default_rng([size, int(10 * share)])
    rate, repetitions = generator.uniform(0.01, 0.06, 1500), 1500
    control_size = round(size * share)
    groups = []
    for count, factor in ((size - control_size, 1.3), (control_size, 1.0)):
        buyers = generator.binomial(count, rate * factor)
        which, money = np.repeat(np.arange(repetitions), buyers), generator.lognormal(-0.32, 0.8, buyers.sum())
        n, none = np.full(repetitions, float(count)), np.full(repetitions, np.nan)
        for values in (np.ones(money.size), money):
            total, squares = (np.bincount(which, part, repetitions) for part in (values, values**2))
            groups.append(GroupSums(n, n, n, total, none, total, none, squares, none, none))
    for variant, control in ((groups[0], groups[2]), (groups[1], groups[3])):
        enough = effect_estimates.contributors(variant, control)
        found = effect_estimates.estimate(variant, control, np.ones(1500), enough, np.zeros(1500, dtype=bool))
        inside = ((found.ci_low <= 0.3 * rate) & (0.3 * rate <= found.ci_high))[found.is_testable]
        spread = 3.3 * np.sqrt(0.95 * 0.05 / inside.size)
        assert inside.size > 300
        assert 0.94 - spread <= inside.mean() <= 0.96 + spread


def test_intervals_hold_the_truth_where_some_were_left_out_less_often():
    """Those who buy three times as often were left out six times less often: who buys weighs more."""
    generator = np.random.default_rng(7)
    repetitions, groups = 1500, []
    for is_variant in (True, False):
        sums = np.zeros((5, repetitions))
        for left_out, share in ((0.05, 0.06), (0.3, 0.02)):
            chance = 1 - left_out if is_variant else left_out
            n = generator.binomial(5000, chance, repetitions)
            buyers, w = generator.binomial(n, share), (0.825 if is_variant else 0.175) / chance
            sums += np.stack([n, n * w, n * w * w, w * buyers, w * w * buyers])
        n, w, ww, wy, wwy = sums
        none = np.full(repetitions, np.nan)
        groups.append(GroupSums(n, w, ww, wy, none, wwy, none, wwy, none, none))
    enough = effect_estimates.contributors(*groups)
    assert enough.max() < effect_estimates.FEW
    found = effect_estimates.estimate(*groups, np.ones(1500), enough, np.zeros(1500, dtype=bool))
    inside = (found.ci_low <= 0) & (found.ci_high >= 0)
    assert 0.93 < inside.mean() < 0.97
