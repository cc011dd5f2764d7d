"""What each customer is worth in the year to come: alive or lost, orders, money, and the next order.

Models count purchase days; orders are expected purchase days times the customer's orders on such a day. The value of a
year is expected orders times the expected value of an order, undiscounted: a year's interest is less than the error.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight import arrays, parameters
from customer_insight.arrays import Floats
from customer_insight.customer_value import next_order, purchase_histories, value_choice
from customer_insight.customer_value.purchase_histories import PurchaseDays
from customer_insight.customer_value.purchase_model import PurchaseModel
from customer_insight.customer_value.shop_at_cut import ShopAtCut, shop_at_cut
from customer_insight.customer_value.value_choice import Choice
from customer_insight.learned import OK, Learned
from customer_insight.parameters import Setting

_NOW = 0  # days are counted backwards from as_of


def learn(purchase_days: pa.Table, *, horizon_days: Setting, evaluate: Setting = True) -> Learned:
    """From purchase days: customer_code, age_days (whole days before as_of), orders (at least 1), revenue (null: 0).

    horizon_days: how far ahead models are judged. evaluate: false uses the default model unjudged.

    Tables: customers (customer_code, p_alive, expected_orders_90d, expected_orders_365d, average_order_value: expected
    of an order to come, predicted_clv_365d: their product, expected_next_order_in_days: null where nobody ever came
    twice); evaluation (cut_age_days, target, model, metric, value, ci_low, ci_high, customers, is_champion). Raises
    ValueError where age_days is negative.
    """
    horizon = parameters.whole_number("horizon_days", horizon_days, minimum=1)
    is_evaluated = parameters.truth("evaluate", evaluate)
    bought = _read(purchase_days)
    with threadpool_limits(1):
        choice = _choice(bought, horizon, is_evaluated)
        shop = shop_at_cut(bought, _NOW)
        model = value_choice.MODELS[choice.model](shop.histories)
        rhythm = next_order.fit(shop.bought, shop.size)
        customers = _customers(shop, model, rhythm)
    return Learned(
        tables={"customers": customers, "evaluation": _evaluation(choice, horizon)},
        status=choice.sentence or OK,
        parameters={"horizon_days": horizon, "evaluate": is_evaluated},
        metrics={
            "customers": shop.size,
            "customers_alive": float(np.sum(customers["p_alive"].to_numpy())),
            "champion": choice.model if choice.judged else None,
            "model": _description(model) if shop.size else None,
            "judged": {name: _description(each) for name, each in choice.judged.items()},
            "gamma_gamma": {**shop.money.parameters, "log_likelihood": shop.money.log_likelihood}
            if shop.size
            else None,
            "log_gap_days": {"mean": rhythm.mean, "between": rhythm.between, "within": rhythm.within},
        },
        input_fingerprint=arrays.fingerprint(
            {"customer": bought.customer, "day": bought.day, "orders": bought.orders, "revenue": bought.revenue}
        ),
    )


def _read(table: pa.Table) -> PurchaseDays:
    age = arrays.codes(table, "age_days")
    if age.size and age.min() < 0:
        raise ValueError("Column 'age_days' must not be negative: purchases after as_of are not known.")
    orders, revenue = (arrays.doubles(table, name) for name in ("orders", "revenue"))
    # a day of purchase has an order
    return purchase_histories.purchase_days(arrays.codes(table, "customer_code"), -age, np.fmax(orders, 1.0), revenue)


def _choice(bought: PurchaseDays, horizon: int, is_evaluated: bool) -> Choice:
    if bought.day.size == 0:
        return Choice(value_choice.DEFAULT_MODEL, sentence="There are no purchases.")
    if not is_evaluated:
        sentence = f"Not evaluated, as the setting evaluate asks: {value_choice.DEFAULT_MODEL} is used."
        return Choice(value_choice.DEFAULT_MODEL, sentence=sentence)
    return value_choice.choose(bought, _NOW, horizon)


def _description(model: PurchaseModel) -> dict[str, Any]:
    return {"name": model.name, **model.parameters, "log_likelihood": model.log_likelihood}


def _customers(shop: ShopAtCut, model: PurchaseModel, rhythm: next_order.Rhythm) -> pa.Table:
    distinct, _, place = shop.histories.distinct

    def orders(days: float) -> Floats:
        return np.asarray(model.expected_purchases(distinct, days)[place] * shop.orders_per_day, dtype=np.float64)

    in_a_year, value = orders(365), shop.value_per_day / shop.orders_per_day
    elapsed = shop.histories.age - shop.histories.last
    columns = {
        "p_alive": model.p_alive(distinct)[place],
        "expected_orders_90d": orders(90),
        "expected_orders_365d": in_a_year,
        "average_order_value": value,
        "predicted_clv_365d": in_a_year * value,
        "expected_next_order_in_days": rhythm.days_to_next(next_order.gaps(shop.bought, shop.size), elapsed),
    }
    nullable = {name: arrays.nullable(values) for name, values in columns.items()}
    return pa.table({"customer_code": arrays.arrow(shop.codes), **nullable})


def _evaluation(choice: Choice, horizon: int) -> pa.Table:
    figures = choice.figures
    doubles = {name: np.array([getattr(each, name) for each in figures]) for name in ("value", "ci_low", "ci_high")}
    return pa.table(
        {
            "cut_age_days": pa.array([horizon] * len(figures), pa.int32()),
            **{
                name: pa.array([getattr(each, name) for each in figures], pa.string())
                for name in ("target", "model", "metric")
            },
            **{name: arrays.nullable(values) for name, values in doubles.items()},
            "customers": pa.array([each.customers for each in figures], pa.int64()),
            "is_champion": pa.array([each.model == choice.model for each in figures], pa.bool_()),
        }
    )
