"""Policies that learn, on made shops with a planted truth; the benchmark policy_learning has all of them."""

import numpy as np
import pytest
from customer_insight.campaigns import offer_posterior, offer_rivals
from customer_insight.campaigns.offer_log import Decisions, Offers
from customer_insight.campaigns.offer_posterior import OfferLog

from benchmarks import policy_shops


@pytest.mark.parametrize("how", [{}, {"sleeping_dogs": 2}], ids=["segments differ", "sleeping dogs"])
def test_a_policy_that_learns_earns_more_than_chance_and_than_any_fixed_offer(monkeypatch, how):
    monkeypatch.setattr(policy_shops, "DAYS", 40)
    found = policy_shops.earned(policy_shops.truth(1, **how), 1)
    assert found["learning"] > 1.15 * found["uniform"]
    assert found["learning"] > found["fixed"]
    assert found["learning"] < found["knowing"]


def test_where_no_segment_differs_it_earns_as_much_as_the_best_offer_but_for_what_trying_costs(monkeypatch):
    monkeypatch.setattr(policy_shops, "DAYS", 40)
    found = policy_shops.earned(policy_shops.truth(1, alike=True), 1)
    assert found["learning"] > 0.96 * found["fixed"]
    assert found["fixed"] == pytest.approx(found["knowing"])


def decisions_of(tires, seed=0):
    made = policy_shops.made_paths(6_000, seed, tires=tires)
    log = OfferLog(
        np.zeros(made.offer.size, dtype=np.int64),
        made.offer,
        made.segment,
        made.values,
        made.reward,
        np.ones(made.offer.size),
    )
    propensity = np.full(made.offer.size, 1 / (policy_shops.OFFERS + 1))
    return Decisions(log, made.customer, made.at, propensity, made.reward, int((made.reward > 0).sum()), 0)


def chosen(decisions):
    count = policy_shops.OFFERS
    offers = Offers(np.arange(count), np.zeros(count, dtype=np.int64), np.ones(count, dtype=bool), np.zeros(count))
    scale = offer_posterior.scale_of(decisions.log.values, policy_shops.SEGMENTS)
    return offer_rivals.choose(decisions, scale, offers, 0.005)


def test_where_contacts_tire_customers_q_learning_wins_on_the_log_and_decides():
    choice = chosen(decisions_of(tires=True))
    assert choice.policy == "q-learning"
    assert choice.values["q-learning"].ci_low > choice.values["thompson"].value
    assert choice.network is not None
    assert choice.sentence.endswith("it decides.")


def test_where_they_do_not_thompson_stays():
    choice = chosen(decisions_of(tires=False))
    assert choice.policy == "thompson"
    assert choice.network is None
    assert choice.sentence.endswith("that is not proven better, so Thompson decides.")
    assert set(choice.values) == {"thompson", "q-learning", "uniform"}
