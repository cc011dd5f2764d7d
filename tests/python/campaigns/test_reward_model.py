"""The reward model: against scikit-learn's ridge, and what cross-fitting promises."""

import numpy as np
import pytest
from customer_insight.campaigns import reward_model
from sklearn.linear_model import Ridge

ROWS, SIZES = 3_000, (7, 3, 4)


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(2)
    codes = [rng.integers(0, size, ROWS) for size in SIZES]
    reward = rng.normal(size=ROWS) + codes[0] * 0.3 - codes[1]
    return reward_model.folds_of(np.arange(ROWS) // 2), codes, reward


def test_effects_are_those_of_ridge_without_the_fold(rows):
    fold, (cell, *levels), reward = rows
    found = reward_model.fit(fold, cell, levels, reward, SIZES).expected(fold, cell, levels)
    ones = np.hstack([np.eye(size)[codes] for size, codes in zip(SIZES, (cell, *levels), strict=True)])
    for number in range(reward_model.FOLDS):
        kept = fold != number
        mean = reward[kept].mean()
        peer = Ridge(alpha=reward_model.RIDGE, fit_intercept=False).fit(ones[kept], reward[kept] - mean)
        assert found[~kept] == pytest.approx(mean + peer.predict(ones[~kept]))


def test_no_row_is_told_by_a_model_that_has_seen_it_or_its_customer(rows):
    fold, (cell, *levels), reward = rows
    before = reward_model.fit(fold, cell, levels, reward, SIZES).expected(fold, cell, levels)
    changed = np.where(fold == 3, reward + 1_000, reward)
    after = reward_model.fit(fold, cell, levels, changed, SIZES).expected(fold, cell, levels)
    assert (before[fold == 3] == after[fold == 3]).all()
    assert (before[fold != 3] != after[fold != 3]).all()
    assert (fold[::2] == fold[1::2]).all()
    assert np.bincount(fold).min() > ROWS / reward_model.FOLDS * 0.8


def test_what_was_never_seen_is_the_mean_and_its_levels(rows):
    fold, (cell, *levels), reward = rows
    more = (SIZES[0] + 1, *SIZES[1:])
    model = reward_model.fit(fold, cell, levels, reward, more)
    one = np.zeros(1, dtype=np.int64)
    told = model.expected(one, one + SIZES[0], [one, one])
    assert told == pytest.approx(model.means[0] + model.levels[0][0, 0] + model.levels[1][0, 0])
