"""What is known of each customer at a cut, as one row of numbers: how lately, how often, how much, visits and texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from customer_insight.numerics import arrays
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.predictions.purchase.customer_days import CustomerDays

YEAR_DAYS = 365
# What customers wrote: read only where it helps, see `text_features`.
TEXT_FEATURES = (
    "messages_last_30_days",
    "messages_last_90_days",
    "reviews_last_90_days",
    "unhappy_texts_last_30_days",
    "unhappy_texts_last_90_days",
    "unhappy_texts_last_365_days",
)
# What a model of the purchase rhythm knows of a customer.
RHYTHM_INPUTS = ("order_days", "days_since_last_order", "days_since_first_order")
RhythmLogOdds = Callable[[Floats, Floats, Floats], Floats]
# Days, counts and money have long tails and are taken as logarithms; these have none.
_AS_THEY_ARE = ("has_ordered", "discount_share", "rhythm_log_odds")


@dataclass(frozen=True)
class Features:
    """customers: positions of those who bought or visited by then. values: (customers, names), NaN: no meaning."""

    customers: Ints
    names: list[str]
    values: Floats

    def rows(self, chosen: Ints | Bools) -> Features:
        """Some customers alone."""
        return Features(self.customers[chosen], self.names, self.values[chosen])


@dataclass(frozen=True)
class Scaling:
    """What was learned of features where a model was: places of those that differ, and their mean and deviation."""

    used: Ints
    mean: Floats
    deviation: Floats

    def rows(self, chosen: Bools) -> Scaling:
        """Of some of its features alone; chosen: (used,)."""
        return Scaling(self.used[chosen], self.mean[chosen], self.deviation[chosen])

    def apply(self, features: Features) -> Floats:
        """(customers, used features): mean 0, deviation 1, NaN at the mean, at most five deviations away.

        Of single precision, since some trees compare at that.
        """
        values = (_shortened(features)[:, self.used] - self.mean) / self.deviation
        return np.clip(np.nan_to_num(values, nan=0.0), -5.0, 5.0).astype(np.float32).astype(np.float64)


def scaling(features: Features) -> Scaling:
    """From the features of the customers that a model learns from."""
    values = _shortened(features)
    known = np.isfinite(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / count
    deviation = np.sqrt((np.where(known, values - mean, 0.0) ** 2).sum(axis=0) / count)
    used = np.flatnonzero(deviation > 1e-9 * np.maximum(1.0, np.abs(mean)))
    return Scaling(used, mean[used], deviation[used])


def _shortened(features: Features) -> Floats:
    values = features.values.copy()
    for at, name in enumerate(features.names):
        if name not in _AS_THEY_ARE:
            values[:, at] = np.log1p(np.maximum(values[:, at], 0.0))
    return values


def known_at(days: CustomerDays, horizon_days: int, rhythm: RhythmLogOdds) -> Features:
    """Features at the moment from which the ages of `days` count, of everybody who had bought or visited by then.

    rhythm: log-odds of an order from days with an order, days since the last and days since the first.
    """
    columns = _order_columns(days, horizon_days) | _visit_columns(days) | _text_columns(days)
    columns["rhythm_log_odds"] = np.full(days.customer_codes.size, np.nan)
    has_ordered = columns["has_ordered"] > 0
    if has_ordered.any():
        own = [columns[name][has_ordered] for name in RHYTHM_INPUTS]
        columns["rhythm_log_odds"][has_ordered] = rhythm(*own)
    active = arrays.distinct(days.customer[(days.figures["orders"] > 0) | (days.figures["sessions"] > 0)])
    names = list(columns)
    return Features(active, names, np.column_stack([columns[name][active] for name in names]))


def _order_columns(days: CustomerDays, horizon_days: int) -> dict[str, Floats]:
    has_order = days.figures["orders"] > 0
    order_days = _count(days, has_order)
    latest, first = _ages(days, has_order)
    gap = _ratio(first - latest, order_days - 1)
    last_year = (days.age >= YEAR_DAYS - horizon_days) & (days.age < YEAR_DAYS)
    revenue, orders = days.totals("gross_revenue"), days.totals("orders")
    return {
        "has_ordered": (order_days > 0).astype(np.float64),
        "days_since_last_order": latest,
        "days_since_first_order": first,
        "order_days": order_days,
        "orders_last_30_days": days.totals("orders", days.age < 30),
        "orders_last_90_days": days.totals("orders", days.age < 90),
        "orders_last_365_days": days.totals("orders", days.age < YEAR_DAYS),
        "orders_same_days_last_year": days.totals("orders", last_year),
        "average_days_between_orders": gap,
        "pause_in_own_rhythm": _ratio(latest, gap),
        "gross_revenue": revenue,
        "gross_revenue_last_90_days": days.totals("gross_revenue", days.age < 90),
        "average_order_value": _ratio(revenue, orders),
        "products_per_order": _ratio(days.totals("products"), orders),
        "discount_share": _ratio(days.totals("discount_amount"), days.totals("list_revenue")),
    }


def _visit_columns(days: CustomerDays) -> dict[str, Floats]:
    latest, _ = _ages(days, days.figures["sessions"] > 0)
    return {
        "days_since_last_visit": latest,
        "visits": days.totals("sessions"),
        "visits_last_7_days": days.totals("sessions", days.age < 7),
        "visits_last_30_days": days.totals("sessions", days.age < 30),
        "views_last_7_days": days.totals("views", days.age < 7),
        "views_last_30_days": days.totals("views", days.age < 30),
        "add_to_carts_last_7_days": days.totals("add_to_carts", days.age < 7),
        "add_to_carts_last_30_days": days.totals("add_to_carts", days.age < 30),
    }


def _text_columns(days: CustomerDays) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    for name in TEXT_FEATURES:
        figure, _, span = name.partition("_last_")
        columns[name] = days.totals(figure, days.age < int(span.removesuffix("_days")))
    return columns


def _count(days: CustomerDays, rows: Bools) -> Floats:
    return np.bincount(days.customer[rows], minlength=days.customer_codes.size).astype(np.float64)


def _ages(days: CustomerDays, rows: Bools) -> tuple[Floats, Floats]:
    """Age of the latest and of the first of the given rows of each customer, NaN without any."""
    customer, age = days.customer[rows], days.age[rows]
    latest, first = np.full((2, days.customer_codes.size), np.nan)
    first[customer[::-1]] = age[::-1]  # rows are by falling age: the last one written is the oldest
    latest[customer] = age
    return latest, first


def _ratio(above: Floats, below: Floats) -> Floats:
    quotient: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return quotient
