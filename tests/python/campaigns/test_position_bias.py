"""Position bias: against a Poisson regression, planted examination, and what cannot be told."""

import numpy as np
import pyarrow as pa
import pytest
import statsmodels.api as sm
from customer_insight.campaigns import recommendation_feedback
from customer_insight.campaigns.position_bias import position_bias

EXAMINATION = np.array([1.0, 0.6, 0.35, 0.2])
ITEMS = 60


def lists(seed=1, is_random=False):
    """Sums by item and position; where not random, what is wanted most stands on top most often."""
    rng = np.random.default_rng(seed)
    wanted = rng.beta(1, 8, ITEMS)
    rank = wanted.argsort().argsort() / ITEMS
    item, position = np.repeat(np.arange(ITEMS), 4), np.tile(np.arange(1, 5), ITEMS)
    often = np.exp(-(((1 - rank[item]) * 3 - (position - 1)) ** 2)) if not is_random else np.full(item.size, 0.3)
    impressions = rng.poisson(400 * often).astype(float)
    clicks = rng.binomial(impressions.astype(int), EXAMINATION[position - 1] * wanted[item]).astype(float)
    return item, position, impressions, clicks, wanted


def test_examination_is_found_where_what_is_wanted_stands_on_top():
    item, position, impressions, clicks, _ = lists()
    found = position_bias(item, position, impressions, clicks)
    low, high = found.interval()
    assert ((low <= EXAMINATION) & (high >= EXAMINATION)).all()
    assert not found.is_random
    rate = np.bincount(position, clicks)[1:] / np.bincount(position, impressions)[1:]
    assert (rate / rate[0])[2] < 0.5 * EXAMINATION[2]  # what a plain rate would say


def test_it_is_a_poisson_regression_with_an_effect_of_each_item():
    item, position, impressions, clicks, _ = lists(seed=3)
    seen = (impressions > 0) & (np.bincount(item, clicks)[item] > 0)
    ones = np.hstack([np.eye(ITEMS)[item], np.eye(4)[position - 1][:, 1:]])[seen]
    ones = ones[:, ones.any(axis=0)]
    peer = sm.GLM(clicks[seen], ones, family=sm.families.Poisson(), exposure=impressions[seen]).fit()
    found = position_bias(item, position, impressions, clicks)
    assert np.log(found.examination[1:]) == pytest.approx(peer.params[-3:], abs=1e-6)
    assert found.covariance[1:, 1:] == pytest.approx(peer.cov_params()[-3:, -3:], rel=1e-4)


def test_intervals_hold_the_truth_as_often_as_they_say():
    held = []
    for seed in range(60):
        item, position, impressions, clicks, _ = lists(seed=50 + seed)
        low, high = position_bias(item, position, impressions, clicks).interval()
        held.append((low <= EXAMINATION + 1e-12) & (high >= EXAMINATION - 1e-12))
    assert np.mean(held, axis=0)[1:].min() > 0.88


def test_positions_by_lot_are_known_as_such():
    item, position, impressions, clicks, _ = lists(is_random=True)
    found = position_bias(item, position, impressions, clicks)
    rate = np.bincount(position, clicks)[1:] / np.bincount(position, impressions)[1:]
    assert found.is_random
    assert found.examination == pytest.approx(rate / rate[0], rel=0.1)


def test_what_always_stood_in_one_place_tells_nothing():
    item, position, impressions, clicks = np.arange(4), np.arange(1, 5), np.full(4, 1e4), np.full(4, 100.0)
    found = position_bias(item, position, impressions, clicks)
    assert np.isnan(found.examination).all()
    assert found.reason == "Nothing that is clicked stood at two positions."
    few = position_bias(np.array([0, 0]), np.array([1, 2]), np.full(2, 1e4), np.array([20.0, 20.0]))
    assert few.reason == "There are 40 clicks on what stood at several positions, and 50 are needed."
    # positions 3 and 4 are tied to each other, but not to 1 and 2, where most is clicked
    apart = position_bias(
        np.array([0, 0, 1, 1]), np.array([1, 2, 3, 4]), np.full(4, 1e4), np.array([200.0, 100.0, 50.0, 40.0])
    )
    assert apart.examination[:2] == pytest.approx([1, 0.5])
    assert np.isnan(apart.examination[2:]).all()


def feedback(item, position, impressions, clicks, strategy):
    table = {"strategy_code": strategy, "item_code": item, "position": position}
    step = recommendation_feedback.run(pa.table({**table, "impressions": impressions, "clicks": clicks}))
    rates = {(row["strategy_code"], row["position"]): row for row in step.tables["rates"].to_pylist()}
    return step, rates


def test_a_strategy_that_is_shown_below_is_not_worse_for_it():
    """Two strategies show the same products, one of them further down: plain rates differ, the others do not."""
    rng = np.random.default_rng(9)
    wanted = rng.beta(2, 10, 40)
    item, position = np.repeat(np.arange(40), 4), np.tile(np.arange(1, 5), 40)
    parts = []
    for strategy, often in ((1, np.array([9, 4, 2, 1])), (2, np.array([1, 2, 4, 9]))):
        shown = (60 * often[position - 1]).astype(float)
        clicks = rng.binomial(shown.astype(int), EXAMINATION[position - 1] * wanted[item]).astype(float)
        parts.append((item + 40 * (strategy - 1), position, shown, clicks, np.full(160, strategy)))
    step, rates = feedback(*(np.concatenate(each) for each in zip(*parts, strict=True)))
    plain = [clicks.sum() / shown.sum() for _, _, shown, clicks, _ in parts]
    assert plain[1] < 0.7 * plain[0]
    one, other = rates[1, 0], rates[2, 0]
    assert one["unbiased_low"] < wanted.mean() < one["unbiased_high"]
    assert other["unbiased_low"] < wanted.mean() < other["unbiased_high"]
    assert step.tables["positions"]["method"].to_pylist() == ["position-based model"] * 4
    assert step.metrics["strategies"] == 2


def test_no_clicks_and_no_lists():
    item, position = np.repeat(np.arange(4), 2), np.tile([1, 2], 4)
    clicks = np.where(item < 3, 30.0, 0.0)
    step, rates = feedback(item, position, np.full(8, 1_000.0), clicks, np.where(item < 3, 1, 2))
    assert rates[2, 0]["unbiased_click_rate"] == 0
    assert rates[2, 0]["unbiased_high"] == pytest.approx(3.6888794541139363 / 2_000, rel=1e-6)
    none = np.zeros(0, dtype=np.int64)
    step, rates = feedback(none, none, none.astype(float), none.astype(float), none)
    assert (step.status, rates) == ("Nothing was shown at a known position.", {})


def test_the_order_of_rows_does_not_matter():
    item, position, impressions, clicks, _ = lists()
    at = np.random.default_rng(1).permutation(item.size)
    one, _ = feedback(item, position, impressions, clicks, item % 2)
    other, _ = feedback(*(each[at] for each in (item, position, impressions, clicks, item % 2)))
    assert one.tables["rates"].equals(other.tables["rates"])
    assert one.input_fingerprint == other.input_fingerprint
