"""What is best over a customer's path of touches: Q-learning from the log, with a small network.

Fitted Q iteration (Ernst, Geurts and Wehenkel, JMLR 2005; with a network: Riedmiller, ECML 2005): what a decision
brings is its own reward and what the best decision at the customer's next one brings. It sees what a policy that
looks at one touch does not: that who is written to today is tired of it tomorrow.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from customer_insight.campaigns.offer_posterior import OfferLog, OfferScale
from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.even_draws import drawn_evenly

ITERATIONS = 4
DISCOUNT = 0.9
# Decisions that the network learns from at most, by whole customers.
_SAMPLE = 60_000
_UNITS = (32,)


@dataclass(frozen=True)
class OfferPaths:
    """Decisions in order: customer and time of each, and where the same customer's next one is, -1: none is known."""

    customer: Ints
    at: Floats
    step: Ints
    following: Ints

    @classmethod
    def of(cls, customer: Ints, at: Floats) -> OfferPaths:
        """The paths of decisions, (rows,), in any order; at: when, in any unit."""
        order = np.lexsort((at, customer))
        step, following = np.zeros(customer.size, dtype=np.int64), np.full(customer.size, -1, dtype=np.int64)
        is_same = customer[order][1:] == customer[order][:-1]
        following[order[:-1][is_same]] = order[1:][is_same]
        start = np.flatnonzero(np.concatenate([[True], ~is_same])) if customer.size else np.zeros(0, dtype=np.int64)
        length = np.diff(np.concatenate([start, [customer.size]]))
        step[order] = np.arange(customer.size) - np.repeat(start, length)
        return cls(customer, at, step, following)


@dataclass(frozen=True)
class OfferNetwork:
    """A network that says what an offer brings until the end of the path. unit: one of its numbers in the reward's."""

    network: Any
    scale: OfferScale
    campaigns: int
    offers: int
    centre: float
    unit: float

    def value(self, values: Floats, segment: Ints, campaign: Ints, offer: Ints) -> Floats:
        """Of one decision a row; offer -1: left alone. Shape (rows,)."""
        inputs = self.inputs(self.scale.design(values, segment), campaign, offer)
        return np.asarray(self.network.predict(inputs) * self.unit + self.centre)

    def of_all(self, values: Floats, segment: Ints, campaign: Ints, campaign_of: Ints) -> Floats:
        """Of leaving alone and of each offer of the row's campaign, (rows, 1 + offers); -inf: of another campaign.

        campaign -1: of each offer what it adds in its own campaign, and 0 of leaving alone.
        """
        design = self.scale.design(values, segment)
        found = np.full((len(values), self.offers + 1), -np.inf)
        for place in range(self.campaigns):
            rows = np.flatnonzero((campaign == place) | (campaign < 0))
            if rows.size == 0:
                continue
            there = np.full(rows.size, place)
            alone = self._predicted(design[rows], there, -1)
            found[rows, 0] = np.where(campaign[rows] < 0, 0.0, alone)
            for offer in np.flatnonzero(campaign_of == place).tolist():
                brought = self._predicted(design[rows], there, offer)
                found[rows, offer + 1] = brought - np.where(campaign[rows] < 0, alone, 0.0)
        return found

    def _predicted(self, design: Floats, campaign: Ints, offer: int) -> Floats:
        inputs = self.inputs(design, campaign, np.full(len(design), offer))
        return np.asarray(self.network.predict(inputs) * self.unit + self.centre)

    def inputs(self, design: Floats, campaign: Ints, offer: Ints) -> Floats:
        """What the network is shown: what is known of the customer, the campaign and what is done."""
        return np.column_stack(
            [
                design[:, 1:],
                campaign[:, None] == np.arange(self.campaigns),
                offer[:, None] == np.arange(-1, self.offers),
            ]
        )


def fit(log: OfferLog, paths: OfferPaths, scale: OfferScale, campaign_of: Ints) -> OfferNetwork:
    """Learns from the log's paths; of very many customers a part, drawn by a hash of their code."""
    from sklearn.neural_network import MLPRegressor  # only where touches are many

    share = _SAMPLE / max(log.reward.size, 1)
    learned: Bools = drawn_evenly(paths.customer, 5) < share
    campaigns, offers = int(campaign_of.max()) + 1, len(campaign_of)
    spread = float(log.reward[learned].std()) or 1.0
    has_next = learned & (paths.following >= 0)
    then = paths.following[has_next]
    design = scale.design(log.values, log.segment)
    target = log.reward.copy()
    found: OfferNetwork | None = None
    for _ in range(ITERATIONS):
        if found is not None:
            ahead = found.of_all(log.values[then], log.segment[then], log.campaign[then], campaign_of).max(axis=1)
            target = log.reward.copy()
            target[has_next] += DISCOUNT * ahead
        centre = float(target[learned].mean())
        network = MLPRegressor(
            hidden_layer_sizes=_UNITS,
            alpha=1e-3,
            batch_size=512,
            learning_rate_init=2e-3,
            max_iter=12,
            tol=0.0,
            random_state=SEED,
        )
        found = OfferNetwork(network, scale, campaigns, offers, centre, spread)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not come to rest: it is stopped early, against chance
            network.fit(
                found.inputs(design[learned], log.campaign[learned], log.offer[learned]),
                (target[learned] - centre) / spread,
            )
    assert found is not None
    return found
