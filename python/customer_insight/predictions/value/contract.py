"""What every model of repeat purchases can say."""

from __future__ import annotations

from typing import Protocol

from customer_insight.numerics.arrays import Floats
from customer_insight.predictions.value.purchase_histories import Histories


class ValueModel(Protocol):
    """A fitted model. Times are in the unit of the histories it was fitted on; results are of shape (customers,)."""

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
