"""Products for every customer: the chosen strategy, the list rules, the evidence and the purchase probability."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from customer_insight.numerics import memory
from customer_insight.numerics.arrays import Bools
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from customer_insight.recommendations.judging import blender_examples, tuning
from customer_insight.recommendations.judging.backtest import Backtest
from customer_insight.recommendations.judging.blender_examples import BlenderExamples
from customer_insight.recommendations.proposing import staff_rules
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, DEFAULT_STRATEGY, STRATEGIES
from customer_insight.recommendations.serving import list_rules, popular_products, recommender, served_lists
from customer_insight.recommendations.serving.list_rules import SPARE
from customer_insight.recommendations.serving.probability_windows import Calibrated, learn_probability
from customer_insight.recommendations.serving.recommender import StrategyChoice
from customer_insight.scoring import parameter_trials
from customer_insight.scoring.suspects import count_suspects
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult


def run(
    interactions: pa.Table,
    products: pa.Table,
    customers: pa.Table | None = None,
    choice: pa.Table | None = None,
    filters: pa.Table | None = None,
    product_vectors: pa.Table | None = None,
    staff_rules_table: pa.Table | None = None,
    staff_members: pa.Table | None = None,
    *,
    recommendation_strategy: Setting = "champion",
    recommendations_per_customer: Setting = 10,
    recommend_repurchase: Setting = True,
    prediction_horizon_days: Setting = 30,
    min_group_size: Setting = 5,
) -> StepResult:
    """Up to recommendations_per_customer products for every customer.

    interactions, products, customers, product_vectors: see `read_inputs`. choice: the table of
    `recommendation_evaluation` (none: item-based neighbours, untuned). filters: see `list_rules.read_list_rules`.
    staff_rules_table: see `staff_rules.read_staff_rules`; staff_members: customer_code, group_code of those who are not
    in group 0. Staff rules act on what is served: without them the strategy was chosen and probabilities were learned.

    Table recommendations: customer_code, recommendation_rank, product_code, score, strategy, evidence (see
    `reasons`), because_product_code, is_repurchase, purchase_probability (within the horizon; null for customers of
    whom nothing is known and where too little was bought to learn from). Free places are filled with popular products:
    strategy popular, for customers without a history popular_in_segment; their score is the share of the highest
    popularity. A product that a rule pins has the strategy staff, and a score where the strategy would have it in the
    list. Table calibration: bin, recommendations, predicted, observed, from the latest window. Table popular: see
    `popular_products.table`.
    """
    strategies = ", ".join(["champion", *STRATEGIES, BLENDED])
    wanted = parameters.read("recommendation_strategy", f"one of {strategies}", recommendation_strategy)
    settings: dict[str, Any] = {
        "recommendations_per_customer": parameters.read(
            "recommendations_per_customer", "integer from 1", recommendations_per_customer
        ),
        "recommend_repurchase": parameters.read("recommend_repurchase", "boolean", recommend_repurchase),
        "prediction_horizon_days": parameters.read(
            "prediction_horizon_days", "integer from 1", prediction_horizon_days
        ),
        "min_group_size": parameters.read("min_group_size", "integer from 1", min_group_size),
    }
    limit, horizon = settings["recommendations_per_customer"], settings["prediction_horizon_days"]
    read = read_inputs(interactions, products, customers, product_vectors)
    catalogue = read.history.catalogue
    staff = staff_rules.read_staff_rules(staff_rules_table, catalogue.codes, catalogue.is_available)
    group = staff_rules.groups_of(staff_members, read.customer_codes, "customer_code")
    rules = list_rules.read_list_rules(filters, limit, settings["recommend_repurchase"])
    chosen = read_choice(choice, wanted.strip().lower(), horizon)
    taught = blender_examples.take(read.history_fingerprint, chosen.parameters, chosen.window_days)
    if chosen.strategy != BLENDED:
        taught = BlenderExamples()
    scope = "all" if settings["recommend_repurchase"] else "discovery"
    backtest = Backtest(read.history, chosen.parameters, chosen.window_days, taught, scope)
    probability = learn_probability(backtest, chosen, rules, horizon)
    learned = recommender.fit(backtest, chosen, 0, SPARE * limit)
    del backtest, taught  # only the present is served
    memory.give_back()
    table = served_lists.table(read, learned, rules, probability, settings["min_group_size"], staff, group)
    return StepResult(
        tables={
            "recommendations": table,
            "calibration": _calibration_table(probability),
            "popular": popular_products.table(read, settings["min_group_size"], staff),
        },
        status=_status(read.history, staff.of_segment(None).is_allowed, probability),
        parameters={**settings, "strategy": learned.strategy, "tuned_parameters": dict(chosen.parameters)},
        metrics={
            "customers": read.customer_codes.size,
            "suspects_left_out": count_suspects(interactions),
            "products_that_can_be_recommended": int(read.history.catalogue.is_available.sum()),
            "recommendations": table.num_rows,
        },
        input_fingerprint=f"{read.fingerprint}{staff.fingerprint_for(group)}",
    )


def read_choice(table: pa.Table | None, wanted: str, horizon_days: int) -> StrategyChoice:
    """The champion of the table of `recommendation_evaluation`, or the strategy that is wanted.

    Raises ValueError where that is not one of the seed's.
    """
    if table is None or table.num_rows == 0:
        return StrategyChoice(
            DEFAULT_STRATEGY, {DEFAULT_STRATEGY: tuning.defaults(STRATEGIES[DEFAULT_STRATEGY])}, horizon_days
        )
    rows = table.sort_by("strategy").to_pylist()
    tuned = {
        row["strategy"]: parameter_trials.parameters_from_json(row["parameters"])
        for row in rows
        if row["strategy"] in STRATEGIES
    }
    champion = next((str(row["strategy"]) for row in rows if row["is_champion"]), DEFAULT_STRATEGY)
    known = ["champion", *(str(row["strategy"]) for row in rows)]
    strategy = parameters.read("recommendation_strategy", f"one of {', '.join(known)}", wanted)
    strategy = champion if strategy == "champion" else strategy
    return StrategyChoice(
        strategy, {name: tuned[name] for name in STRATEGIES if name in tuned}, int(rows[0]["window_days"])
    )


def _status(history: History, is_allowed: Bools, probability: Calibrated) -> str:
    if history.customer_count == 0:
        return "There are no customers."
    if not history.catalogue.is_available.any():
        return "No product can be recommended."
    if not (history.catalogue.is_available & is_allowed).any():
        return "Staff rules keep out every product that can be recommended."
    if history.age.size == 0:
        return "Nothing is known of any customer: there is nothing to recommend by."
    return probability.sentence or OK


def _calibration_table(probability: Calibrated) -> pa.Table:
    columns = list(zip(*probability.reliability, strict=True)) or [(), (), (), ()]
    types = {"bin": pa.int32(), "recommendations": pa.int64(), "predicted": pa.float64(), "observed": pa.float64()}
    return pa.table({name: pa.array(values, types[name]) for name, values in zip(types, columns, strict=True)})
