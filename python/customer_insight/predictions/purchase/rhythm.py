"""What the customer's own purchase rhythm says: the probability of an order within the horizon by the value models."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.predictions.purchase.customer_days import CustomerDays
from customer_insight.predictions.value import bg_nbd, mbg_nbd, pareto_nbd
from customer_insight.predictions.value.contract import ValueMethod, ValueModel
from customer_insight.predictions.value.purchase_histories import Histories
from customer_insight.scoring.probability_scores import CERTAINTY, log_loss

KINDS: dict[str, ValueMethod] = {"bg_nbd": bg_nbd, "mbg_nbd": mbg_nbd, "pareto_nbd": pareto_nbd}


def log_odds(probability: Floats) -> Floats:
    """ln(p / (1 - p)), finite."""
    inside = np.clip(probability, CERTAINTY, 1.0 - CERTAINTY)
    return np.asarray(np.log(inside / (1.0 - inside)), dtype=np.float64)


def histories(order_days: Floats, since_last: Floats, since_first: Floats) -> Histories:
    """From days with an order and the days since the last and the first; of one day alone the last is the first."""
    repeats = np.maximum(order_days - 1.0, 0.0)
    last = np.where(repeats > 0, np.clip(since_first - since_last, 0.0, since_first), 0.0)
    return Histories(repeats, last, since_first)


class PurchaseRhythm:
    """Models fitted, when asked for, to all customers who had ordered at the moment from which ages count.

    They know no horizon: the same model answers for any.
    """

    DEFAULT = "mbg_nbd"

    def __init__(self, days: CustomerDays) -> None:
        has_order = days.figures["orders"] > 0
        customer, age = days.customer[has_order], days.age[has_order].astype(np.float64)
        self.buyers, first, counts = np.unique(customer, return_index=True, return_counts=True)
        self.order_days = counts.astype(np.float64)
        self.since_first, self.since_last = age[first], age[first + counts - 1]
        self._models: dict[str, ValueModel] = {}

    def model(self, kind: str) -> ValueModel:
        """The fitted model; needs a customer who has ordered."""
        if kind not in self._models:
            self._models[kind] = KINDS[kind].fit(histories(self.order_days, self.since_last, self.since_first))
        return self._models[kind]

    def parameters(self, kind: str) -> dict[str, float]:
        """Of the fitted model, with its log-likelihood; empty where nobody has ordered."""
        if not self.buyers.size:
            return {}
        model = self.model(kind)
        return {**model.parameters, "log_likelihood": model.log_likelihood}

    def log_odds(
        self, kind: str, horizon_days: int, order_days: Floats, since_last: Floats, since_first: Floats
    ) -> Floats:
        """Log-odds of an order within the horizon, of any who have ordered; NaN where there was nobody to fit to."""
        if not self.buyers.size:
            return np.full(order_days.shape, np.nan)
        return log_odds(self._probability(kind, horizon_days, order_days, since_last, since_first))

    def _probability(self, kind: str, horizon_days: int, *inputs: Floats) -> Floats:
        return np.asarray(self.model(kind).purchase_probability(histories(*inputs), float(horizon_days)))

    def best_for(self, bought: Bools, horizon_days: int) -> str:
        """The kind whose probabilities lie nearest to who bought within the horizon; bought: (all customers,).

        Ties go to the first.
        """
        if not self.buyers.size:
            return self.DEFAULT
        came = bought[self.buyers]

        def loss(kind: str) -> float:
            probability = self._probability(kind, horizon_days, self.order_days, self.since_last, self.since_first)
            return round(float(log_loss(probability, came).mean()), 9)

        return min(KINDS, key=loss)
