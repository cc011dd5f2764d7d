"""The purchase probability learned on the shop's past: lists as they would have been served, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays, memory
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.judging.backtest import Backtest
from customer_insight.recommendations.proposing.candidates import Candidates, in_sorted
from customer_insight.recommendations.proposing.strategy_registry import BLENDED
from customer_insight.recommendations.serving import purchase_probability, recommender, season_of_purchases
from customer_insight.recommendations.serving.list_rules import SPARE, ListRules
from customer_insight.recommendations.serving.purchase_probability import (
    EvidenceBuckets,
    PurchaseEvidence,
    PurchaseProbability,
)
from customer_insight.recommendations.serving.recommender import StrategyChoice
from customer_insight.scoring.probability_scores import reliability
from customer_insight.scoring.time_cuts import NO_DATES

# Customers whose lists are learned from at most.
_CUSTOMERS = 3_000


@dataclass(frozen=True)
class Calibrated:
    """learned: None where too little was bought. reliability: judged one window later than it was learned on."""

    learned: PurchaseProbability | None
    horizon_days: int
    reliability: list[tuple[int, int, float, float]]
    sentence: str

    def probabilities(
        self, evidence: PurchaseEvidence, lists: Candidates, customers: Ints, places: Ints | None = None
    ) -> Floats:
        """Probabilities of served lists, NaN where nothing was learned; shape (recommendations,).

        places: those that the strategy gave, where staff changed the order.
        """
        if self.learned is None:
            return np.full(lists.product.size, np.nan)
        return self.learned.probabilities(evidence.find_buckets(lists, customers, places))


def learn_probability(backtest: Backtest, choice: StrategyChoice, rules: ListRules, horizon_days: int) -> Calibrated:
    """Learned on the last horizon_days; its reliability from learning on the window before and judging on the last.

    The history has to reach three horizons back; otherwise, or where next to nothing was bought, nothing is learned.
    """
    if backtest.history_at(0).counts_views:
        return Calibrated(None, horizon_days, [], "No purchase is known, so there are no probabilities of purchase.")
    if not backtest.history_at(0).is_dated:
        reason = f"{NO_DATES.capitalize()}: all count alike, and there are no probabilities of purchase."
        return Calibrated(None, horizon_days, [], reason)
    if backtest.history_at(0).span_days < 3 * horizon_days or choice.window_days == 0:
        reason = f"The history is shorter than three horizons of {horizon_days} days, so there are no probabilities."
        return Calibrated(None, horizon_days, [], reason)
    earlier = purchase_probability.fit(*_window(backtest, choice, rules, horizon_days, horizon_days))
    last = _window(backtest, choice, rules, 0, horizon_days)
    learned = purchase_probability.fit(*last)
    if learned is None:
        reason = f"Too few recommendations of {horizon_days} days ago were bought to learn probabilities from."
        return Calibrated(None, horizon_days, [], reason)
    judged: list[tuple[int, int, float, float]] = []
    if earlier is not None:
        earlier = _in_season(earlier, backtest.history_at(horizon_days), horizon_days)
        judged = reliability(earlier.probabilities(last[0]), last[1])
    return Calibrated(_in_season(learned, backtest.history_at(0), horizon_days), horizon_days, judged, "")


def _in_season(learned: PurchaseProbability, history: History, days: int) -> PurchaseProbability:
    """For the days after the history."""
    daily = season_of_purchases.daily_purchases(history)
    return learned.at(season_of_purchases.change(daily, days, learned.trust_in_base_rate))


def _window(
    backtest: Backtest, choice: StrategyChoice, rules: ListRules, moment: int, days: int
) -> tuple[EvidenceBuckets, Bools, Ints]:
    """Lists served `days` before a moment: their evidence, what was bought of them by then, and whose they are."""
    history, before = backtest.history_at(moment), backtest.history_at(moment + days)
    known = arrays.distinct(before.customer)
    customers = known[:: max(1, -(-known.size // _CUSTOMERS))]
    learned = recommender.fit(backtest, choice, moment + days, SPARE * rules.limit)
    lists = rules.apply(recommender.everything(learned.proposal(customers)), before, customers)
    came = history.within(days)
    bought = came.demand > 0
    catalogue = history.catalogue
    keys = arrays.distinct(catalogue.keys(came.customer[bought], came.product[bought]))
    is_bought = in_sorted(catalogue.keys(customers[lists.customer], lists.product), keys)
    evidence = PurchaseEvidence(before, days).find_buckets(lists, customers)
    if choice.strategy != BLENDED:  # the blender looks at the same moments again
        backtest.forget(moment + days)
        memory.give_back()
    return evidence, is_bought, customers[lists.customer]
