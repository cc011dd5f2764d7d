"""Which policy decides: Thompson sampling, unless Q-learning over the customers' paths proves better on the log.

Half of the customers are learned from, the others judge: the value of both policies over their paths, doubly robust
(see `path_values`). Q-learning decides only where the lower end of its interval is above Thompson's value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.campaigns import offer_paths, offer_posterior, offer_shares
from customer_insight.campaigns.offer_log import Decisions, Offers
from customer_insight.campaigns.offer_paths import DISCOUNT, OfferNetwork, OfferPaths
from customer_insight.campaigns.offer_posterior import OfferLog, OfferScale
from customer_insight.campaigns.path_values import PathValue, path_value
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.numerics.even_draws import drawn_evenly

THOMPSON, Q_LEARNING = "thompson", "q-learning"
# Decisions whose outcome is known, and customers with two of them or more, without whom paths teach nothing.
MIN_DECISIONS = 20_000
MIN_PATHS = 5_000


@dataclass(frozen=True)
class PolicyChoice:
    """Who decides; values: of each policy that was judged, by name; sentence: how that was decided.

    network: what Q-learning has learned from everybody, where it decides.
    """

    policy: str
    values: dict[str, PathValue]
    sentence: str
    network: OfferNetwork | None


def choose(decisions: Decisions, scale: OfferScale, offers: Offers, floor: float) -> PolicyChoice:
    """Judges both policies where touches are many; where they are not Thompson sampling decides."""
    paths = OfferPaths.of(decisions.customer, decisions.at)
    repeated = int((paths.step == 1).sum())
    if decisions.reward.size < MIN_DECISIONS or repeated < MIN_PATHS:
        return PolicyChoice(
            THOMPSON,
            {},
            f"Q-learning was not tried: {decisions.reward.size:,} decisions are known and {repeated:,} customers have"
            f" two or more, and it needs {MIN_DECISIONS:,} and {MIN_PATHS:,}.",
            None,
        )
    learns = drawn_evenly(decisions.customer, 6) < 0.5
    judged = ~learns
    learned = _part(decisions.log, learns)
    posterior = offer_posterior.fit(learned, scale, offers.campaign)
    network = offer_paths.fit(
        learned, OfferPaths.of(decisions.customer[learns], decisions.at[learns]), scale, offers.campaign
    )
    log, rows = _part(decisions.log, judged), OfferPaths.of(decisions.customer[judged], decisions.at[judged])
    worth = network.of_all(log.values, log.segment, log.campaign, offers.campaign)
    allowed = offers.campaign == log.campaign[:, None]
    shares = {
        THOMPSON: offer_shares.thompson(posterior, scale.design(log.values, log.segment), allowed),
        Q_LEARNING: offer_shares.greedy(worth[:, 1:] - worth[:, :1], allowed),
        "uniform": offer_shares.uniform(allowed),
    }
    values = {
        name: _value(decisions, judged, rows, offer_shares.with_floor(each, allowed, floor), worth, log.offer)
        for name, each in shares.items()
    }
    thompson, rival = values[THOMPSON], values[Q_LEARNING]
    wins = rival.ci_low > thompson.value
    said = (
        f"Q-learning earns {rival.value:.4g} a customer's path ({rival.ci_low:.4g} to {rival.ci_high:.4g}), Thompson"
        f" sampling {thompson.value:.4g}: {'it decides' if wins else 'that is not proven better, so Thompson decides'}."
    )
    if not wins:
        return PolicyChoice(THOMPSON, values, said, None)
    return PolicyChoice(Q_LEARNING, values, said, offer_paths.fit(decisions.log, paths, scale, offers.campaign))


def _part(log: OfferLog, rows: Bools) -> OfferLog:
    return OfferLog(
        log.campaign[rows], log.offer[rows], log.segment[rows], log.values[rows], log.reward[rows], log.weight[rows]
    )


def _value(
    decisions: Decisions, judged: Bools, paths: OfferPaths, shares: Floats, worth: Floats, offer: Ints
) -> PathValue:
    """worth: what the network predicts of each action, (rows, 1 + offers), -inf where it is of another campaign."""
    rows = np.arange(len(shares))
    path = np.unique(paths.customer, return_inverse=True)[1].astype(np.int64)
    return path_value(
        path,
        paths.step,
        decisions.reward[judged],
        decisions.propensity[judged],
        shares[rows, offer + 1],
        worth[rows, offer + 1],
        np.where(shares > 0, shares * np.where(np.isfinite(worth), worth, 0.0), 0.0).sum(axis=1),
        DISCOUNT,
    )
