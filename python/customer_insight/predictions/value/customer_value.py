"""What each customer is worth in the year to come: alive or lost, orders, money, and the next order.

Models count purchase days; orders are expected purchase days times the customer's orders on such a day. The value of a
year is expected orders times the expected value of an order, undiscounted: a year's interest is less than the error.
Orders take the season of their days, see `season`; who is alive has none.

Nothing is said of what the history is too short for: orders, money and who is alive need a quarter of a year, the next
order half a year, since a short history has seen short pauses alone.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from customer_insight.numerics import arrays
from customer_insight.predictions.value import next_order, purchase_histories, value_choice
from customer_insight.predictions.value.contract import ValueModel
from customer_insight.predictions.value.season import Season
from customer_insight.predictions.value.shop_at_cut import ExpectedDays, ShopAtCut, shop_at_cut
from customer_insight.scoring.suspects import count_suspects, without_suspects
from customer_insight.scoring.time_cuts import NO_DATES
from customer_insight.steps.step_result import OK, StepResult

# Days that the purchases must reach back. On CDNOW and Online Retail II a month of history predicts a year of orders
# with errors from -86 to +132 %, a quarter with -12 to +6 %; and due within three weeks are all after a month, 28 to
# 51 % after a quarter, 2 to 13 % after half a year.
HISTORY_DAYS = 90
RHYTHM_DAYS = 180


def run(purchase_days: pa.Table, choice: pa.Table | None = None) -> StepResult:
    """From purchase days (see `read_purchase_days`) and the model chosen for each target (target, model).

    Table customers: customer_code, p_alive, expected_orders_90d, expected_orders_365d, average_order_value (expected of
    an order to come), predicted_clv_365d (their product) and the ends between which eight of ten customers bring,
    clv_low and clv_high, expected_next_order_in_days (null where nobody ever came twice).
    All but average_order_value are null where the purchases reach back too few days, and status says so.
    """
    bought = purchase_histories.read_purchase_days(purchase_days)
    name, sentence = _chosen(choice)
    with threadpool_limits(1):
        taught = shop_at_cut(purchase_histories.read_purchase_days(without_suspects(purchase_days)))
        shop = shop_at_cut(bought, money=taught.money) if taught.size < len(np.unique(bought.customer)) else taught
        model = value_choice.MODELS[name].fit(taught.histories)
        rhythm = next_order.fit(taught.bought, taught.size)
        history_days = -int(bought.day.min()) if shop.size else 0
        soon, in_a_year = (shop.expected(model, days) for days in (90, 365))
        # two seasons, one truth: a year holds its first quarter
        in_a_year = replace(in_a_year, days=np.maximum(in_a_year.days, soon.days))
        customers = _customers(shop, model, rhythm, (soon, in_a_year), history_days)
        sentence = _status(sentence, shop, history_days, soon.season)
    return StepResult(
        tables={"customers": customers},
        status=f"{NO_DATES.capitalize()}." if bought.has_undated else sentence,
        parameters={"model": name},
        metrics={
            "customers": shop.size,
            "suspects_left_out": count_suspects(purchase_days),
            "customers_alive": pa.compute.sum(customers["p_alive"]).as_py(),
            "model": value_choice.description(model) if shop.size else None,
            "season_90d": {"factor": soon.season.factor, "error": soon.season.error},
            "season_365d": {"factor": in_a_year.season.factor, "error": in_a_year.season.error},
            "gamma_gamma": {**shop.money.parameters, "log_likelihood": shop.money.log_likelihood}
            if shop.size
            else None,
            "log_gap_days": {"mean": rhythm.mean, "between": rhythm.between, "within": rhythm.within},
        },
        input_fingerprint=arrays.fingerprint(bought.arrays()),
    )


def _chosen(choice: pa.Table | None) -> tuple[str, str]:
    """The model chosen for values, and the status; the default where none was, or one that this version has not."""
    models = {str(row["target"]): str(row["model"]) for row in choice.to_pylist()} if choice is not None else {}
    name = models.get(value_choice.TARGET, value_choice.DEFAULT_MODEL)
    if name in value_choice.MODELS:
        return name, OK
    default = value_choice.DEFAULT_MODEL
    return default, f"The chosen model {name} is not in this version: {default} is used until models are judged again."


def _status(sentence: str, shop: ShopAtCut, history_days: int, season: Season) -> str:
    """The sentence on the model, and what the history is too short for."""
    if not shop.size:
        return "There are no purchases."
    said = [] if sentence == OK else [sentence]
    if history_days < HISTORY_DAYS:
        said.append(
            f"The purchases reach back {history_days} days: who is alive, orders and money to come are predicted from "
            f"{HISTORY_DAYS} days on, the next order from {RHYTHM_DAYS}."
        )
    elif not season.knows_year:
        late = f" When the next order comes is predicted from {RHYTHM_DAYS} days on." * (history_days < RHYTHM_DAYS)
        said.append(f"The purchases reach back {history_days} days: orders to come know no season.{late}")
    return " ".join(said) or OK


def _customers(
    shop: ShopAtCut,
    model: ValueModel,
    rhythm: next_order.GapRhythm,
    expected: tuple[ExpectedDays, ExpectedDays],
    history_days: int,
) -> pa.Table:
    """expected: of 90 days and of 365."""
    distinct, _, place = shop.histories.distinct
    soon, in_a_year = (each.days * shop.orders_per_day for each in expected)
    value = shop.value_per_day / shop.orders_per_day
    low, high = shop.money_interval(model, 365, expected[1])
    elapsed = shop.histories.age - shop.histories.last
    columns = {
        "p_alive": model.p_alive(distinct)[place],
        "expected_orders_90d": soon,
        "expected_orders_365d": in_a_year,
        "average_order_value": value,
        "predicted_clv_365d": in_a_year * value,
        "clv_low": low,
        "clv_high": high,
        "expected_next_order_in_days": rhythm.days_to_next(next_order.gaps(shop.bought, shop.size), elapsed),
    }
    needed = dict.fromkeys(columns, HISTORY_DAYS) | {
        "average_order_value": 0,
        "expected_next_order_in_days": RHYTHM_DAYS,
    }
    nothing = np.full(shop.size, np.nan)
    nullable = {
        name: arrays.nullable(values if history_days >= needed[name] else nothing) for name, values in columns.items()
    }
    return pa.table({"customer_code": arrays.arrow(shop.codes), **nullable})
