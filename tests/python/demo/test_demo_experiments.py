"""The made shop's campaigns have a holdout, and the effects that are written beside it."""

import numpy as np
import pytest
from customer_insight.demo import catalogue, experiments, people, touches

SEED = 7
BLOCKS = 6


@pytest.fixture(scope="module")
def orders():
    """(orders, customers) of each campaign, group and arm (0 holdout, 1 sent): six blocks of customers."""
    shape = (len(touches.CAMPAIGNS), 6, 2)
    counted = np.zeros((2, *shape))
    products = catalogue.make_catalogue(SEED, 1000)
    for block in range(BLOCKS):
        who = people.make_people(SEED, block, 20_000)
        mailings, _ = touches.make_mailings(SEED, block, who, products)
        placed = experiments.campaign_orders(SEED, block, who, mailings)
        for row, (campaign, customer, variant) in enumerate([placed[:3], experiments._drawn(mailings)]):
            np.add.at(counted[row], (campaign, who.group[customer], (variant >= 0).astype(int)), 1)
    return counted


def test_effects_are_drawn_as_promised():
    for seed in range(20):
        effects = experiments.planted_effects(seed)
        assert effects.chance.min() >= 0.01
        assert effects.chance.max() <= 0.06
        assert effects.change.min() >= -0.3
        assert effects.change.max() <= 0.4
        assert ((effects.change == 0).sum(axis=1) == 2).all()
        assert (effects.change < 0).any()
    assert (experiments.planted_effects(1).change != experiments.planted_effects(2).change).any()


def test_orders_are_placed_as_often_as_planted(orders):
    placed, drawn = orders
    effects = experiments.planted_effects(SEED)
    chance = np.stack([effects.chance, effects.chance * (1 + effects.change)], axis=2)
    # the last campaign ends after the shop's data, and who stops for good does not come for it
    placed, drawn, chance = (each[:-1][drawn[:-1] > 500] for each in (placed, drawn, chance))
    z = (placed - drawn * chance) / np.sqrt(drawn * chance * (1 - chance))
    assert len(z) > 45
    assert np.abs(z).max() < 4.5
    assert 0.6 < (z**2).mean() < 1.5


def test_what_is_written_beside_the_shop_is_what_was_planted(facts):
    effects = experiments.planted_effects(facts["seed"])
    for row in facts["experiments"]:
        campaign = touches.CAMPAIGNS.index(row["campaign_id"])
        group = [each["behaviour_group"] for each in facts["groups"]].index(row["behaviour_group"])
        assert row["orders_without"] == pytest.approx(effects.chance[campaign, group], abs=1e-6)
        assert row["orders_added"] == pytest.approx(
            effects.chance[campaign, group] * effects.change[campaign, group], abs=1e-6
        )


def test_every_touch_of_a_campaign_is_of_somebody_who_was_drawn_for_that_variant(good):
    drawn = {(row["campaign_id"], row["customer_id"]): row["variant"] for row in good["assignments"]}
    seen = {(row["campaign_id"], row["customer_id"]): row["variant"] for row in good["touches"]}
    assert {key: drawn.get(key) for key in seen if key in drawn} == {key: seen[key] for key in seen if key in drawn}
    # defects took some of those who were drawn
    assert sum(key not in drawn for key in seen) < 40


def test_arms_are_of_the_planned_sizes(good):
    rows = [row for row in good["assignments"] if row["propensity"]]
    for campaign in touches.CAMPAIGNS:
        of_it = [row for row in rows if row["campaign_id"] == campaign]
        for variant in ("A", "B", ""):
            mine = [row for row in of_it if row["variant"] == variant]
            (planned,) = {float(row["propensity"]) for row in mine}
            assert len(mine) / len(of_it) == pytest.approx(planned, abs=4 * np.sqrt(planned / len(of_it)))
