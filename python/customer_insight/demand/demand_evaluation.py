"""How good forecasts were: at each of the last origins what earlier ones choose, and the intervals of then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.demand.coherent_forecasts import DemandForecast, ahead, said_at, said_by
from customer_insight.demand.demand_backtest import ARIMA, WINDOW, DemandBacktest, scale
from customer_insight.demand.forecasts import weeks
from customer_insight.numerics.arrays import Floats
from customer_insight.scoring.evaluation_table import EvaluationRow
from customer_insight.scoring.intervals import mean_intervals

# The latest origins, which report.
REPORTING = 8
# What is used is chosen anew at each origin, by what was known then.
IN_USE = "in_use"
METRICS = ("mase", "error_of_total", "coverage_80", "coverage_95", "weeks_in_80")


@dataclass(frozen=True)
class Foretold:
    """What is needed of a backtest after its methods are judged: it alone holds gigabytes where categories are many.

    rows: of methods. then: what was chosen at the origins that report, used: at all of them, (origins, series, WINDOW).
    by_arima: how many series the latest ARIMA knows.
    """

    past: DemandBacktest
    rows: list[EvaluationRow]
    then: list[DemandForecast]
    used: Floats
    ahead: DemandForecast
    by_arima: int


def judge(past: DemandBacktest, level: str, measure: str) -> Foretold:
    """The methods of a backtest judged, and what it says by the chosen ones."""
    return Foretold(
        past.without_methods(),
        evaluate(past, level, measure),
        [said_at(past, number) for number in reporting(past)],
        past.used(),
        ahead(past),
        int(past.is_own[-1, past.names.index(ARIMA)].sum()),
    )


def reporting(past: DemandBacktest) -> list[int]:
    """Numbers of the origins that report."""
    return list(range(max(0, len(past.origins) - REPORTING), len(past.origins)))


def evaluate(past: DemandBacktest, level: str, measure: str) -> list[EvaluationRow]:
    """Rows of every method at the last origins; a method that had no answer has none.

    scope: the level, target: the measure; customers: windows, each of one series at one origin.
    """
    rows: list[EvaluationRow] = []
    for place, name in enumerate(past.names):
        found = [
            _figures(past, number, said_by(past, number, place))
            for number in reporting(past)
            if past.is_own[number, place].any()
        ]
        rows += _summed_up(found, name, level, measure)
    return rows


def evaluate_used(past: DemandBacktest, level: str, measure: str, used: list[DemandForecast]) -> list[EvaluationRow]:
    """The same of what is used: what was said at each of the last origins when all measures agreed."""
    found = [_figures(past, number, said) for number, said in zip(reporting(past), used, strict=True)]
    return _summed_up(found, IN_USE, level, measure)


def _summed_up(found: list[Floats], name: str, level: str, measure: str) -> list[EvaluationRow]:
    """Means over windows with their intervals; a figure that no window has is left out. found: (windows, metrics)."""
    figures = np.concatenate([np.zeros((0, len(METRICS))), *found])
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
