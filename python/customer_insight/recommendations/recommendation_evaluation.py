"""Which strategy to use in this shop: every one scored on the shop's past, as a table, and the choice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from customer_insight.recommendations.history.recommendation_inputs import read_inputs
from customer_insight.recommendations.judging import blender_examples, champion_choice, tuning
from customer_insight.recommendations.judging.champion_choice import ListEvaluation, ListWindow
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, DEFAULT_STRATEGY, STRATEGIES
from customer_insight.scoring.choice_loss import METRIC, choice_loss
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table
from customer_insight.scoring.intervals import mean_intervals
from customer_insight.scoring.suspects import count_suspects
from customer_insight.scoring.time_cuts import ROLES
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult, as_json

# What says where a figure was measured.
_WHERE: dict[str, pa.DataType] = {
    "time_window": pa.string(),
    "cut_age_days": pa.int32(),
    "scope": pa.string(),
    "strategy": pa.string(),
    "metric": pa.string(),
    "k": pa.int32(),
}


def run(
    interactions: pa.Table,
    products: pa.Table,
    strategies: pa.Table,
    product_vectors: pa.Table | None = None,
    *,
    recommend_repurchase: Setting = True,
    prediction_horizon_days: Setting = 30,
    tuning_trials: Setting = 4,
    evaluate: Setting = True,
) -> StepResult:
    """interactions, products, product_vectors: see `read_inputs`. strategies: strategy, complexity (1: the simplest).

    Tables: evaluation (time_window, cut_age_days, scope, strategy, metric, k, value, ci_low, ci_high, customers,
    is_champion), see `list_judge`, `ranking_metrics`, `list_metrics`, `choice_loss`; choice (strategy, parameters as
    JSON, is_champion, window_days), a row a strategy.
    """
    repurchase = parameters.read("recommend_repurchase", "boolean", recommend_repurchase)
    settings: dict[str, Any] = {
        "recommend_repurchase": repurchase,
        "prediction_horizon_days": parameters.read(
            "prediction_horizon_days", "integer from 1", prediction_horizon_days
        ),
        "tuning_trials": parameters.read("tuning_trials", "integer from 0", tuning_trials),
        "evaluate": parameters.read("evaluate", "boolean", evaluate),
    }
    names = _by_complexity(strategies)
    scope = "all" if repurchase else "discovery"
    # of whom nothing was known before all windows, they teach and are judged as anybody
    first_cut = (len(ROLES) + 1) * settings["prediction_horizon_days"]
    read = read_inputs(interactions, products, None, product_vectors, first_cut)
    default = DEFAULT_STRATEGY if DEFAULT_STRATEGY in names else names[0]
    if settings["evaluate"]:
        found = champion_choice.evaluate(
            read.history,
            names=names,
            horizon_days=settings["prediction_horizon_days"],
            tuning_trials=settings["tuning_trials"],
            scope=scope,
            default=default,
        )
        if BLENDED in names:
            blender_examples.leave(found.examples, read.history_fingerprint, found.parameters, found.window_days)
    else:
        untuned = {name: tuning.defaults(STRATEGIES[name]) for name in names if name != BLENDED}
        sentence = f"Not evaluated, as the setting evaluate asks: {default} is used unless an earlier run chose."
        found = ListEvaluation([], untuned, default, settings["prediction_horizon_days"], sentence)
    return StepResult(
        tables={"evaluation": _evaluation_table(found, scope), "choice": _choice_table(names, found)},
        status=found.sentence or OK,
        parameters=settings,
        metrics={
            "champion": found.champion if found.windows else None,
            "tuned_parameters": found.parameters,
            "window_days": found.window_days,
            "suspects_left_out": count_suspects(interactions, first_cut),
            "customers_judged": {window.role: window.customers.size for window in found.windows},
        },
        input_fingerprint=read.fingerprint,
    )


def _by_complexity(strategies: pa.Table) -> list[str]:
    """Names by rising complexity. Raises ValueError where the seed names a strategy that there is not."""
    ordered = strategies.sort_by([("complexity", "ascending"), ("strategy", "ascending")])
    names = [str(name) for name in ordered["strategy"].to_pylist()]
    unknown = sorted(set(names) - {*STRATEGIES, BLENDED})
    if unknown or not set(names) & set(STRATEGIES):
        known = ", ".join([*STRATEGIES, BLENDED])
        raise ValueError(f"The seed recommendation_strategies must name some of {known}; unknown: {unknown or 'none'}.")
    return names


def _choice_table(names: list[str], found: ListEvaluation) -> pa.Table:
    return pa.table(
        {
            "strategy": pa.array(names, pa.string()),
            "parameters": pa.array([as_json(found.parameters.get(name, {})) for name in names], pa.string()),
            "is_champion": pa.array([name == found.champion for name in names], pa.bool_()),
            "window_days": pa.array([found.window_days] * len(names), pa.int32()),
        }
    )


def _evaluation_table(found: ListEvaluation, scope: str) -> pa.Table:
    rows = [row for window in found.windows for row in _rows(window)]
    rows += [
        _choice_row(window, found.champion, scope) for window in found.windows[:1] if found.champion in window.figures
    ]
    return evaluation_table(_WHERE, rows, lambda row: row.method == found.champion)


def _choice_row(window: ListWindow, champion: str, scope: str) -> EvaluationRow:
    """What the choice loses in the window that reports, see `choice_loss`."""
    values = np.column_stack([champion_choice.ndcg_at_10(each, scope) for each in window.figures.values()])
    values = values[np.isfinite(values[:, 0])]
    lost = choice_loss(values, list(window.figures).index(champion))
    measured = (lost.value, lost.low, lost.high, len(values), window.cut_days, window.role)
    return EvaluationRow(champion, METRIC, *measured, scope=scope, k=10)


def _rows(window: ListWindow) -> list[EvaluationRow]:
    """One row a figure; all strategies are resampled with the same customers."""
    figures = [(name, each) for name, of_strategy in window.figures.items() for each in of_strategy]
    by_customer = [each.values for _, each in figures if each.metric != "coverage"]
    low, high = mean_intervals(np.column_stack(by_customer))
    ends = iter(zip(low, high, strict=True))
    rows: list[EvaluationRow] = []
    for strategy, each in figures:
        is_one_for_all = each.metric == "coverage"
        ci_low, ci_high = (np.nan, np.nan) if is_one_for_all else next(ends)
        known = each.values[np.isfinite(each.values)]
        row = EvaluationRow(
            strategy,
            each.metric,
            float(known.mean()) if known.size else np.nan,
            ci_low,
            ci_high,
            window.customers.size if is_one_for_all else known.size,
            cut_age_days=window.cut_days,
            time_window=window.role,
            scope=each.scope,
            k=each.k,
        )
        rows.append(row)
    return rows
