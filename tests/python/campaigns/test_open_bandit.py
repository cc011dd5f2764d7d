"""Open Bandit, small version: what a shop's random policy earned, told from the log of another (Saito et al. 2021)."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from customer_insight.campaigns import reward_model
from customer_insight.campaigns.off_policy import PolicyLog, policy_values
from customer_insight.campaigns.position_bias import position_bias


def columns(folder, name):
    table = pq.read_table(folder / "open_bandit" / f"{name}.parquet")
    names = ("click", "propensity_score", "item_id", "position")
    click, propensity, item, position = (table[each].to_numpy() for each in names)
    return click.astype(float), propensity, item.astype(np.int64), position.astype(np.int64)


def uniform_by_thompson(folder, campaign):
    """Each estimator's answer for the policy that draws any item."""
    click, propensity, item, position = columns(folder, f"bts_{campaign}")
    rows, items = click.size, int(item.max()) + 1
    fold = reward_model.folds_of(np.arange(rows))
    model = reward_model.fit(fold, item, [position], click, (items, 4))
    predicted = model.expected(fold, item, [position])
    expected = np.mean([model.expected(fold, np.full(rows, each), [position]) for each in range(items)], axis=0)
    found = policy_values(PolicyLog(click, propensity, np.full(rows, 1 / items), predicted, expected))
    return {each.estimator: each for each in found}


def test_what_men_clicked_is_inside_and_dr_is_no_wider_than_snips(public_data):
    found = uniform_by_thompson(public_data, "men")
    truth = columns(public_data, "random_men")[0].mean()
    assert truth == 0.0046
    for name in ("ips", "snips", "snips_clipped", "dr", "dr_clipped"):
        assert found[name].ci_low <= truth <= found[name].ci_high
    # as others have it: 0.0032, from an effective sample of 656
    assert found["snips"].value == pytest.approx(0.0032, abs=5e-5)
    assert found["snips"].effective_sample == pytest.approx(656, abs=0.5)
    width = {name: found[name].ci_high - found[name].ci_low for name in ("snips", "dr")}
    assert width["dr"] <= 1.02 * width["snips"]


def test_of_women_nothing_is_said(public_data):
    for each in uniform_by_thompson(public_data, "women").values():
        assert (each.value, each.verdict) == (None, "refused")
        assert each.reason.startswith("The log is worth 2 rows of this policy, and 100 are needed")


def test_a_policy_by_lot_is_told_from_one_that_learns(public_data):
    for name, is_random in (("random_men", True), ("bts_women", False)):
        click, _, item, position = columns(public_data, name)
        assert position_bias(item, position, np.ones(click.size), click).is_random == is_random
