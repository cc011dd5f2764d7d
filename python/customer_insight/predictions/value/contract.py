"""What a model of repeat purchases is: a module with `fit`, which gives what every such model can say."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value.purchase_histories import Histories
from customer_insight.scoring.contract import Method


class ValueModel(Protocol):
    """A fitted model. Times are in the unit of the histories it was fitted on; results are of shape (customers,).

    It answers three questions of a customer, so it has no scores.
    """

    @property
    def name(self) -> str:
        """bg_nbd, mbg_nbd or pareto_nbd."""

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their names in the papers."""

    @property
    def log_likelihood(self) -> float:
        """Of all customers together, at these parameters."""

    def p_alive(self, histories: Histories) -> Floats:
        """The probability that a customer is still one at the cut."""

    def expected_purchases(self, histories: Histories, days: float) -> Floats:
        """Purchases expected in (cut, cut + days]."""

    def purchase_probability(self, histories: Histories, days: float) -> Floats:
        """The probability of at least one purchase in (cut, cut + days]."""


# A module of this folder, fitted by maximum likelihood: it has no parameters to try.
ValueMethod: TypeAlias = Method[Histories, ValueModel]
