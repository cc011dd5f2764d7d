"""Which strategy predicts next clicks best in this shop: every one scored on its past, as a table, and the choice."""

from __future__ import annotations

import pyarrow as pa

from customer_insight.numerics import arrays
from customer_insight.recommendations.sessions import next_clicks, session_strategies
from customer_insight.recommendations.sessions.clicks import Clicks, read_clicks
from customer_insight.recommendations.sessions.next_clicks import SessionEvaluation
from customer_insight.scoring.evaluation_table import evaluation_table
from customer_insight.steps import parameters
from customer_insight.steps.parameters import Setting
from customer_insight.steps.step_result import OK, StepResult, as_json

# What says where a figure was measured: in sessions from a moment on, which is no whole number of days ago.
_WHERE: dict[str, pa.DataType] = {
    "cut_age_days": pa.float64(),
    "scope": pa.string(),
    "strategy": pa.string(),
    "metric": pa.string(),
    "k": pa.int32(),
}


def run(clicks_table: pa.Table, *, evaluate: Setting = True, tuning_trials: Setting = 4) -> StepResult:
    """clicks_table: see `clicks.read_clicks`. tuning_trials: sets of parameters tried besides the usual one.

    Tables: evaluation (cut_age_days, scope, strategy, metric, k, value, ci_low, ci_high, customers: that is, sessions,
    is_champion), see `next_clicks`; choice (strategy, parameters as JSON), one row. Not evaluated, or too few sessions:
    no figures, and V-SkNN as it usually is.
    """
    is_wanted = parameters.read("evaluate", "boolean", evaluate)
    trials = parameters.read("tuning_trials", "integer from 0", tuning_trials)
    clicks = read_clicks(clicks_table)
    found = next_clicks.evaluate(clicks, trials) if is_wanted else None
    name = found.champion if found else session_strategies.DEFAULT
    chosen = found.parameters[name] if found else session_strategies.defaults(name)
    return StepResult(
        tables={
            "evaluation": _evaluation_table(found),
            "choice": pa.table({"strategy": [name], "parameters": [as_json(chosen)]}),
        },
        status=_status(clicks, is_wanted, found),
        parameters={"evaluate": is_wanted, "tuning_trials": trials},
        metrics={
            "champion": name if found else None,
            "tuned_parameters": found.parameters if found else {},
            "sessions": clicks.sessions.size,
        },
        input_fingerprint=arrays.fingerprint(clicks.arrays()),
    )


def _status(clicks: Clicks, is_wanted: bool, found: SessionEvaluation | None) -> str:
    if not is_wanted:
        default = session_strategies.DEFAULT
        return f"Not evaluated, as the setting evaluate asks: {default} is used unless an earlier run chose."
    if clicks.session.size == 0:
        return "There are no visits in which a product was looked at."
    if found is None:
        return (
            "There are too few visits with two products or more to compare strategies: V-SkNN is used as it usually is."
        )
    return OK


def _evaluation_table(found: SessionEvaluation | None) -> pa.Table:
    return evaluation_table(
        _WHERE, found.rows if found else [], lambda row: found is not None and row.method == found.champion
    )
