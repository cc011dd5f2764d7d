"""What is predicted: an order within the horizon, and churn, which is no order within a longer one."""

from __future__ import annotations

from dataclasses import dataclass

from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.predictions.purchase.customer_days import CustomerDays
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting


@dataclass(frozen=True)
class Target:
    """name as in the tables. is_absence: of no order, which is only predicted of those who have ordered."""

    name: str
    horizon_days: int
    is_absence: bool

    def past(self, days: CustomerDays) -> PurchasePast:
        """The past in windows of the target's length."""
        return PurchasePast(days, self.horizon_days, only_buyers=self.is_absence)

    def probabilities(self, purchase_probability: Floats) -> Floats:
        """The target's probability."""
        return 1.0 - purchase_probability if self.is_absence else purchase_probability

    def came_true(self, bought: Bools) -> Bools:
        """Whether the target came true."""
        return ~bought if self.is_absence else bought


def targets(prediction_horizon_days: Setting, churn_days: Setting) -> list[Target]:
    """Purchase within the horizon, and churn. Raises ValueError where a setting is no whole number from 1."""
    horizon = parameters.read("prediction_horizon_days", "integer from 1", prediction_horizon_days)
    churn = parameters.read("churn_days", "integer from 1", churn_days)
    return [Target("purchase", horizon, is_absence=False), Target("churn", churn, is_absence=True)]
