"""Made shops that decide every day whom to offer what, with a truth that nobody sees: see README.md.

What an offer does to a customer is planted by segment and by one of three features: it multiplies the chance of an
order by one plus its change. In a third of all pairs of segment and offer it does nothing, as in the demo shop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from customer_insight.campaigns import offer_posterior, offer_shares
from customer_insight.campaigns.offer_posterior import OfferLog

SEGMENTS, OFFERS, FEATURES = 6, 4, 3
DAYS, A_DAY = 100, 4_000
MARGIN, SPREAD, COST = 20.0, 0.6, 0.05
WINDOW = 14  # days in which an order counts, where it may come later
EXAMINED = (1.0, 0.6, 0.35)  # chance that an offer is looked at, by its position
FLOOR = 0.005
REFIT = 4  # days between two builds, after the first ten


@dataclass(frozen=True)
class Truth:
    """change: (phases, segments, offers). slope: (offers,), of the first feature. base: (segments,), of an order."""

    change: np.ndarray
    slope: np.ndarray
    base: np.ndarray
    turns_on: int
    window: int
    has_positions: bool

    def margins(self, day: int, segment: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Expected margin less cost of leaving alone and of each offer, (rows, 1 + offers)."""
        chances = self.chances(day, segment, values, np.ones(len(segment)))
        seen = np.mean(EXAMINED) if self.has_positions else 1.0
        alone = chances[:, :1]
        return (alone + seen * (chances - alone)) * MARGIN - COST * (np.arange(OFFERS + 1) > 0)

    def chances(self, day: int, segment: np.ndarray, values: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """Of an order, (rows, 1 + offers); seen: how much of the change works."""
        change = self.change[int(day >= self.turns_on)][segment] + self.slope * values[:, :1]
        base = self.base[segment][:, None]
        offered = np.clip(base * (1 + seen[:, None] * np.maximum(change, -1)), 0, 1)
        return np.column_stack([base, offered])


def truth(
    seed: int,
    *,
    alike: bool = False,
    sleeping_dogs: int = 0,
    drifts: bool = False,
    window: int = 0,
    has_positions: bool = False,
) -> Truth:
    """alike: no segment or feature differs. sleeping_dogs: segments that any offer harms. drifts: half of them turn."""
    generator = np.random.default_rng([seed, 1])
    change = generator.uniform(-0.4, 0.8, (SEGMENTS, OFFERS))
    change[generator.random(change.shape) < 1 / 3] = 0.0
    slope = generator.uniform(-0.2, 0.2, OFFERS)
    if alike:
        change, slope = np.tile(generator.uniform(-0.4, 0.8, OFFERS), (SEGMENTS, 1)), np.zeros(OFFERS)
    change[:sleeping_dogs] = -0.5
    later = change.copy()
    if drifts:
        for segment in range(0, SEGMENTS, 2):
            later[segment] = generator.permutation(change[segment])
    base = generator.uniform(0.02, 0.06, SEGMENTS)
    return Truth(np.stack([change, later]), slope, base, 50 if drifts else DAYS, window, has_positions)


def earned(made: Truth, seed: int, half_life: float = 1e9) -> dict[str, float]:
    """Expected margin over all days of the learning policy, uniform, the best fixed offer and who knows the truth.

    All meet the same customers. What is earned is counted by the truth, not by luck; what is learned from is luck.
    The best fixed offer is the one that brings most over all days, leaving everybody alone included.
    """
    generator = np.random.default_rng([seed, 2])
    total = {"learning": 0.0, "uniform": 0.0, "knowing": 0.0}
    fixed = np.zeros(OFFERS + 1)
    days: list[tuple[np.ndarray, ...]] = []
    posterior = None
    campaign_of = np.zeros(OFFERS, dtype=np.int64)
    for day in range(DAYS):
        segment = generator.choice(SEGMENTS, A_DAY, p=np.arange(1, SEGMENTS + 1) / 21)
        values = generator.normal(0, 1, (A_DAY, FEATURES))
        allowed = np.ones((A_DAY, OFFERS), dtype=np.bool_)
        known = [each for made_on, each in enumerate(days) if made_on + made.window < day]
        if known and (day < 10 or day % REFIT == 0):
            posterior = _learned(known, day, half_life, campaign_of)
        if posterior is None:
            shares = offer_shares.uniform(allowed)
        else:
            shares = offer_shares.thompson(posterior, posterior.scale.design(values, segment), allowed)
        shares = offer_shares.with_floor(shares, allowed, FLOOR)
        margins = made.margins(day, segment, values)
        total["learning"] += float((shares * margins).sum())
        total["uniform"] += float(margins.mean(axis=1).sum())
        total["knowing"] += float(margins.max(axis=1).sum())
        fixed += margins.sum(axis=0)
        codes = np.arange(A_DAY)
        taken = offer_shares.drawn(shares, generator.random(A_DAY), generator.random(A_DAY), codes, None)
        seen = generator.choice(EXAMINED, A_DAY) if made.has_positions else np.ones(A_DAY)
        chance = made.chances(day, segment, values, seen)[codes, taken]
        brought = (generator.random(A_DAY) < chance) * np.exp(
            generator.normal(np.log(MARGIN) - SPREAD**2 / 2, SPREAD, A_DAY)
        )
        days.append((taken - 1, segment, values, brought - COST * (taken > 0), np.full(A_DAY, day)))
    return total | {"fixed": float(fixed.max())}


def _learned(
    known: list[tuple[np.ndarray, ...]], day: int, half_life: float, campaign_of: np.ndarray
) -> offer_posterior.OfferPosterior:
    offer, segment, values, reward, made_on = (np.concatenate(each) for each in zip(*known, strict=True))
    weight = 0.5 ** ((day - made_on) / half_life)
    log = OfferLog(np.zeros(offer.size, dtype=np.int64), offer, segment, values, reward, weight)
    return offer_posterior.fit(log, offer_posterior.scale_of(values, SEGMENTS), campaign_of)


@dataclass(frozen=True)
class MadePaths:
    """What was decided for customers who come again, at random; one element a decision."""

    customer: np.ndarray
    at: np.ndarray
    offer: np.ndarray
    segment: np.ndarray
    values: np.ndarray
    reward: np.ndarray


PATH = 6  # decisions of one customer


def next_state(contacts: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """How tired of contacts a customer is after the next decision, from 0 to 3."""
    return np.clip(np.where(taken > 0, contacts + 1, contacts - 1), 0, 3)


def path_rewards(segment: np.ndarray, contacts: np.ndarray, change: np.ndarray, *, tires: bool) -> np.ndarray:
    """Expected margin of leaving alone and of each offer, (rows, 1 + offers): who is tired orders less anyway."""
    rested = np.where(tires, 1 - 0.3 * contacts, 1.0)[:, None]
    lift = 1 + np.column_stack([np.zeros(len(segment)), change[segment]])
    return 0.2 * rested * lift * MARGIN


def made_paths(customers: int, seed: int, *, tires: bool) -> MadePaths:
    """A log of uniform draws over all actions. The second feature is how tired the customer is."""
    generator = np.random.default_rng([seed, 3])
    segment = generator.integers(0, SEGMENTS, customers)
    change = path_change(seed)
    contacts = np.zeros(customers, dtype=np.int64)
    days = []
    for step in range(PATH):
        taken = generator.integers(0, OFFERS + 1, customers)
        expected = path_rewards(segment, contacts, change, tires=tires)[np.arange(customers), taken]
        reward = MARGIN * (generator.random(customers) < expected / MARGIN)
        values = np.column_stack([generator.normal(0, 1, customers), contacts])
        days.append((np.arange(customers), np.full(customers, float(step)), taken - 1, segment, values, reward))
        contacts = next_state(contacts, taken)
    return MadePaths(*(np.concatenate(each) for each in zip(*days, strict=True)))


def path_change(seed: int) -> np.ndarray:
    """What offers change, (segments, offers)."""
    return np.random.default_rng([seed, 4]).uniform(0.0, 0.3, (SEGMENTS, OFFERS))
