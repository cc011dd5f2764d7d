"""Made shops of campaigns with planted effects: see README.md."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

FEATURES = (
    "orders",
    "revenue",
    "days_since_last_order",
    "days_since_first_order",
    "average_order_value",
    "visits_30_days",
    "distinct_products",
    "discount_share",
)


@dataclass(frozen=True)
class MadeCampaign:
    """What was seen of each customer, and what nobody sees: the true uplift. features: (customers, FEATURES)."""

    features: np.ndarray
    is_treated: np.ndarray
    propensity: np.ndarray
    outcome: np.ndarray
    uplift: np.ndarray
    customers: np.ndarray

    def table(self, campaign: str) -> pa.Table:
        columns = {
            "campaign_id": pa.array([campaign] * self.outcome.size, pa.string()),
            "customer_code": self.customers,
            "is_treated": self.is_treated,
            "propensity": self.propensity,
            "outcome": self.outcome,
        }
        return pa.table(columns | feature_columns(self.features))


def feature_columns(features: np.ndarray) -> dict[str, pa.Array]:
    """Columns f_…, null where unknown."""
    return {f"f_{name}": pa.array(each, from_pandas=True) for name, each in zip(FEATURES, features.T, strict=True)}


def made_features(customers: int, generator: np.random.Generator) -> np.ndarray:
    """Customers of a shop: a third has never ordered, so that some figures are unknown."""
    orders = generator.negative_binomial(0.8, 0.25, customers).astype(float)
    value = np.exp(generator.normal(3.5, 0.6, customers))
    first = generator.integers(1, 1000, customers).astype(float)
    last = np.minimum(first, generator.exponential(120, customers).round())
    visits = generator.poisson(np.exp(generator.normal(0, 1, customers)) * (0.5 + 0.1 * orders)).astype(float)
    products = np.ceil(orders * generator.uniform(1, 2, customers))
    discount = np.clip(generator.beta(1, 3, customers), 0, 1)
    has_ordered = orders > 0
    last, first, value, discount = (np.where(has_ordered, each, np.nan) for each in (last, first, value, discount))
    revenue = np.where(has_ordered, orders * np.nan_to_num(value), 0.0)
    return np.column_stack([orders, revenue, last, first, value, visits, products, discount])


def response(features: np.ndarray, rate: float) -> np.ndarray:
    """Chance of a conversion without the campaign, with the mean `rate`."""
    orders, _, last, _, _, visits, _, _ = features.T
    log_odds = 0.5 * np.log1p(orders) + 0.4 * np.log1p(visits) - 0.004 * np.nan_to_num(last, nan=300.0)
    raw = np.exp(log_odds)
    return np.clip(raw * rate / raw.mean(), 0.0005, 0.6)


def segments(features: np.ndarray, effects: tuple[float, ...], turned: int) -> np.ndarray:
    """Relative effects by segment (recent, after discounts, a frequent visitor or of high value); `turned` permutes."""
    _, _, last, _, value, visits, _, discount = features.T
    first = np.nan_to_num(last, nan=300.0) < 60
    second = np.nan_to_num(discount, nan=0.5) > 0.25
    third = [visits > 0, np.nan_to_num(value, nan=30.0) > 35][turned % 2]
    place = (first * 4 + second * 2 + third + turned) % len(effects)
    return np.asarray(effects)[place]


def campaign(
    customers: int,
    seed: int,
    *,
    rate: float = 0.03,
    effects: tuple[float, ...] = (0.0, 0.4, 0.2, 0.0, 0.3, -0.3, 0.1, 0.0),
    treated: float = 0.5,
    has_money: bool = False,
) -> MadeCampaign:
    """Relative effects of eight segments on the chance of a conversion, or on money with a heavy tail."""
    generator = np.random.default_rng(seed)
    features = made_features(customers, generator)
    chance = response(features, rate)
    uplift = np.clip(chance * segments(features, effects, seed), None, 1 - chance)
    is_treated = generator.random(customers) < treated
    outcome = (generator.random(customers) < chance + uplift * is_treated).astype(float)
    if has_money:
        mean = 60.0
        outcome *= np.exp(generator.normal(np.log(mean) - 0.5, 1.0, customers))
        uplift = uplift * mean
    return MadeCampaign(
        features, is_treated, np.full(customers, treated), outcome, uplift, generator.permutation(customers)
    )
