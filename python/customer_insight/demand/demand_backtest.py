"""Forecasts made in the past, each from what was known then: which method is taken, and how far it was off.

Origins lie four weeks apart, as many as the history has. A method is judged by the four weeks after an origin: the mean
of the symmetric errors of days, of weeks and of the whole (Makridakis 1993), which no single empty month can drown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.demand.forecasts import LEAST_DAYS, METHODS, PREFERRED, WEEK, weeks
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.scoring.champion import champion

# Days by which methods are judged, and between origins.
WINDOW = 4 * WEEK
# Origins without which a method is not chosen.
LEAST_ORIGINS = 3
_FIRST_DAYS = 2 * LEAST_DAYS
NAMES = tuple(METHODS)


@dataclass(frozen=True)
class DemandBacktest:
    """values: (series, days). origins: days known at each, the earliest first, shape (origins,).

    forecasts: (origins, methods, series, horizon), NaN where a method had no answer. losses: (origins, methods).
    """

    values: Floats
    origins: list[int]
    forecasts: Floats
    losses: Floats

    def came(self, number: int) -> Floats:
        """What came after an origin, (series, horizon); NaN for days that have not come yet."""
        horizon = self.forecasts.shape[-1]
        came = np.full((self.values.shape[0], horizon), np.nan)
        known = self.values[:, self.origins[number] :][:, :horizon]
        came[:, : known.shape[1]] = known
        return came

    def chosen(self, count: int) -> int:
        """The method (its place in NAMES) that the first `count` origins choose."""
        seen = self.losses[:count]
        judged = np.isfinite(seen).sum(axis=0) >= LEAST_ORIGINS
        if not judged.any():
            return 0
        places = np.flatnonzero(judged)
        rows = seen[:, places]
        rows = rows[np.isfinite(rows).all(axis=1)]
        if len(rows) < LEAST_ORIGINS:
            return 0
        preferred = NAMES.index(PREFERRED)
        at = int(np.flatnonzero(places == preferred)[0]) if judged[preferred] else None
        return int(places[champion(-rows, at)])


def backtest(values: Floats, horizon: int) -> DemandBacktest:
    """All methods at all origins. values: (series, days); horizon: days, whole weeks, at least WINDOW."""
    days = values.shape[1]
    count = max(0, (days - _FIRST_DAYS) // WINDOW) if values.shape[0] else 0
    origins = [days - WINDOW * number for number in range(count, 0, -1)]
    shape = (len(origins), len(METHODS), values.shape[0], horizon)
    forecasts, losses = np.full(shape, np.nan), np.full(shape[:2], np.nan)
    for at, origin in enumerate(origins):
        came = values[:, origin : origin + WINDOW]
        for place, method in enumerate(METHODS.values()):
            forecasts[at, place] = method(values[:, :origin], horizon)
            losses[at, place] = _loss(came, forecasts[at, place, :, :WINDOW])
    return DemandBacktest(values, origins, forecasts, losses)


def _loss(came: Floats, forecast: Floats) -> float:
    parts = [(came, forecast), (weeks(came), weeks(forecast)), (came.sum(axis=-1), forecast.sum(axis=-1))]
    return float(np.mean([_symmetric_error(*part) for part in parts]))


def _symmetric_error(came: Floats, forecast: Floats) -> float:
    """Between 0 and 2; 0 where nothing came and nothing was said to."""
    size = float((np.abs(came).sum() + np.abs(forecast).sum()) / 2)
    return float(np.abs(came - forecast).sum()) / size if size != 0 else 0.0


def scale(history: Floats) -> Floats:
    """The mean change from a day to the same weekday a week later, (series,): what MASE is measured in."""
    return np.asarray(np.abs(history[:, WEEK:] - history[:, :-WEEK]).mean(axis=1), dtype=np.float64)


def is_small(forecast: Floats) -> Bools:
    """Days of which so little is foretold that what came says nothing of a ratio: under a tenth of the series' mean."""
    return np.asarray(forecast <= 0.1 * forecast.mean(axis=-1, keepdims=True), dtype=np.bool_)
