"""Customers who were drawn for a variant of a campaign or left alone, and what other rules would have given them.

What a variant brings is told by `off_policy`, with a model of rewards that knows the variant, the customer's segment
when the campaign began, and how often they had ordered before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.campaigns import reward_model
from customer_insight.campaigns.off_policy import PolicyLog
from customer_insight.campaigns.reward_model import RewardModel
from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Orders before that are told apart.
_ACTIVITIES = 4


@dataclass(frozen=True)
class DrawnOffers:
    """A campaign's customers by rising code; variant 0: left alone. Shapes (rows,). propensity NaN: not known."""

    campaign: int
    metric: str
    customer: Ints
    variant: Ints
    segment: Ints
    activity: Ints
    propensity: Floats
    reward: Floats

    @cached_property
    def fold(self) -> Ints:
        """The part of each customer, shape (rows,)."""
        return reward_model.folds_of(self.customer)

    @cached_property
    def variants(self) -> Ints:
        """Those that were drawn, rising."""
        return arrays.distinct(self.variant)

    @property
    def segments(self) -> int:
        """Numbers of segments, from 0."""
        return int(self.segment.max(initial=0)) + 1

    @cached_property
    def model(self) -> RewardModel:
        """Learned of all of them."""
        count = self.variants.size
        place = np.searchsorted(self.variants, self.variant)
        levels = (place, self.segment, self.activity)
        sizes = (count * self.segments, count, self.segments, _ACTIVITIES)
        return reward_model.fit(self.fold, place * self.segments + self.segment, levels, self.reward, sizes)

    def expected(self, place: Ints) -> Floats:
        """What variants (places among `variants`) would bring of each customer, shape (rows,)."""
        levels = (place, self.segment, self.activity)
        return self.model.expected(self.fold, place * self.segments + self.segment, levels)

    @cached_property
    def of_each(self) -> Floats:
        """What each variant would bring of each customer, shape (variants, rows)."""
        rows = self.customer.size
        return np.stack([self.expected(np.full(rows, place)) for place in range(self.variants.size)])

    def _log(self, target: Floats, expected: Floats) -> PolicyLog:
        place = np.searchsorted(self.variants, self.variant)
        predicted = self.of_each[place, np.arange(place.size)]
        return PolicyLog(self.reward, self.propensity, target, predicted, expected)

    def policies(self) -> Iterator[tuple[str, PolicyLog]]:
        """As it was drawn; each variant alike; and for each segment the variant that is best by the other customers."""
        place, rows = np.searchsorted(self.variants, self.variant), np.arange(self.variant.size)
        yield "logged", self._log(self.propensity, self.of_each[place, rows])
        if self.variants.size > 1:
            yield "uniform", self._log(np.full(rows.size, 1 / self.variants.size), self.of_each.mean(axis=0))
            best = np.argmax(self.of_each, axis=0)
            yield "offer_rule", self._log((best == place).astype(np.float64), self.of_each[best, rows])


def read_drawn_offers(offers: pa.Table) -> list[DrawnOffers]:
    """From campaign_code, metric, customer_code, variant_code, segment_code, activity, propensity, reward; any order.

    Raises ValueError where a customer stands twice in a campaign.
    """
    campaign, customer = arrays.codes(offers, "campaign_code"), arrays.codes(offers, "customer_code")
    order = np.lexsort((customer, campaign))
    campaign, customer = campaign[order], customer[order]
    is_twice: Bools = (np.diff(campaign) == 0) & (np.diff(customer) == 0)
    if is_twice.any():
        raise ValueError(f"{int(is_twice.sum())} customers stand twice in a campaign; expected is one row of each.")
    metric: Any = arrays.column(offers, "metric")
    codes = {name: arrays.codes(offers, name)[order] for name in ("variant_code", "segment_code", "activity")}
    propensity, reward = (arrays.doubles(offers, name)[order] for name in ("propensity", "reward"))
    ends = [*(np.flatnonzero(np.diff(campaign)) + 1).tolist(), campaign.size] if campaign.size else []
    found, start = [], 0
    for end in ends:
        at = slice(start, end)
        found.append(
            DrawnOffers(
                campaign=int(campaign[start]),
                metric=metric[int(order[start])].as_py(),
                customer=customer[at],
                variant=codes["variant_code"][at],
                segment=codes["segment_code"][at],
                activity=np.clip(codes["activity"][at], 0, _ACTIVITIES - 1),
                propensity=propensity[at],
                reward=reward[at],
            )
        )
        start = end
    return found
