"""How good forecasts were: at each of the last origins what earlier ones choose, and the intervals of then."""

from __future__ import annotations

import numpy as np

from customer_insight.demand.coherent_forecasts import DemandForecast, said_at, said_by
from customer_insight.demand.demand_backtest import WINDOW, DemandBacktest, scale
from customer_insight.demand.forecasts import weeks
from customer_insight.numerics.arrays import Floats
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import mean_intervals

# The latest origins, which report.
REPORTING = 8
# What is used is chosen anew at each origin, by what was known then.
IN_USE = "in_use"
METRICS = ("mase", "error_of_total", "coverage_80", "coverage_95", "weeks_in_80")


def reporting(past: DemandBacktest) -> list[int]:
    """Numbers of the origins that report."""
    return list(range(max(0, len(past.origins) - REPORTING), len(past.origins)))


def evaluate(
    past: DemandBacktest, level: str, measure: str, used: list[DemandForecast] | None = None
) -> list[EvaluationRow]:
    """Rows of every method, and of what is used, at the last origins; a method that had no answer has none.

    used: what was said at each of them when all measures agreed; without it what was chosen.
    scope: the level, target: the measure; customers: windows, each of one series at one origin.
    """
    rows: list[EvaluationRow] = []
    for name in (*past.names, IN_USE):
        found = []
        for at, number in enumerate(reporting(past)):
            if name == IN_USE:
                found.append(_figures(past, number, used[at] if used else said_at(past, number)))
            elif past.is_own[number, past.names.index(name)].any():
                found.append(_figures(past, number, said_by(past, number, past.names.index(name))))
        figures = np.concatenate(found) if found else np.zeros((0, len(METRICS)))
        rows += _summed_up(figures, name, level, measure)
    return rows


def _summed_up(figures: Floats, name: str, level: str, measure: str) -> list[EvaluationRow]:
    """Means over windows with their intervals; a figure that no window has is left out. figures: (windows, metrics)."""
    known = np.isfinite(figures)
    rows: list[EvaluationRow] = []
    # figures that the same windows have share one draw
    for has in np.unique(known, axis=1).T:
        metrics = np.flatnonzero((known == has[:, None]).all(axis=0))
        if has.any():
            chosen = figures[has][:, metrics]
            low, high = mean_intervals(chosen)
            for at, metric in enumerate(metrics):
                measured = float(chosen[:, at].mean()), float(low[at]), float(high[at]), int(has.sum())
                rows.append(EvaluationRow(name, METRICS[metric], *measured, scope=level, target=measure))
    return rows


def _figures(past: DemandBacktest, number: int, said: DemandForecast) -> Floats:
    """(series, metrics) of one origin; NaN where nothing was sold, or nothing can be said."""
    came, forecast, ends, of_weeks = past.came(number)[:, :WINDOW], said.days, said.ends, said.ends_of_weeks
    off = np.abs(came - forecast)
    unit, total = scale(past.values[:, : past.origins[number]]), came.sum(axis=1)
    columns = [
        np.divide(off.mean(axis=1), unit, out=np.full_like(unit, np.nan), where=unit > 0),
        np.divide(
            np.abs(came.sum(axis=1) - forecast.sum(axis=1)), total, out=np.full_like(total, np.nan), where=total > 0
        ),
        _held(came, ends[0], ends[1]),
        _held(came, ends[2], ends[3]),
        _held(weeks(came), of_weeks[0], of_weeks[1]),
    ]
    return np.column_stack(columns)


def _held(came: Floats, low: Floats, high: Floats) -> Floats:
    """The share of days between both ends, (series,); NaN without ends."""
    held = np.where(np.isfinite(low), (came >= low - 1e-9) & (came <= high + 1e-9), np.nan)
    return np.asarray(held.mean(axis=1), dtype=np.float64)
