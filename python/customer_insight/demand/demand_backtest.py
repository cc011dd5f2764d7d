"""Forecasts made in the past, each from what was known then: which method is taken, and how far it was off.

Origins lie four weeks apart, as many as the history has. A method is judged by the four weeks after an origin: the mean
of the symmetric errors of days, of weeks and of the whole (Makridakis 1993), which no single empty month can drown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from customer_insight.demand.arima_forecasts import arima
from customer_insight.demand.calendar_effects import KnownDays, factors, usual
from customer_insight.demand.forecasts import FALLBACK, LEAST_DAYS, METHODS, PREFERRED, WEEK, answers, weeks
from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.scoring.champion import champion, ranked

# Days by which methods are judged, and between origins.
WINDOW = 4 * WEEK
# Origins without which a method is not chosen.
LEAST_ORIGINS = 3
# Standard errors within which a method that knows the season serves: those of a few origins say little themselves.
_SEASON_TIE = 2 / 3
_FIRST_DAYS = 2 * LEAST_DAYS
ARIMA = "arima"
NAMES = (*METHODS, ARIMA)
# What the name of a method ends in that goes by the shop's calendar, too.
BY_CALENDAR = "_and_calendar"


@dataclass(frozen=True)
class DemandBacktest:
    """values: (series, days). origins: days known at each, the earliest first, shape (origins,).

    names: of the methods: NAMES and, where days have names, the same by the calendar, in this order.
    forecasts: (origins, methods, series, horizon), NaN where a method had no answer. losses: (origins, methods).
    ahead: what all days say of the next ones, (methods, series, horizon). The following have a place for each origin
    and one for that. is_own: whose answer is the method's own, not FALLBACK's, (origins + 1, methods, series). shut:
    (origins + 1, horizon).
    """

    values: Floats
    origins: list[int]
    forecasts: Floats
    losses: Floats
    names: tuple[str, ...]
    ahead: Floats
    is_own: Bools
    shut: Bools

    def came(self, number: int) -> Floats:
        """What came after an origin, (series, horizon); NaN for days that have not come yet."""
        horizon = self.forecasts.shape[-1]
        came = np.full((self.values.shape[0], horizon), np.nan)
        known = self.values[:, self.origins[number] :][:, :horizon]
        came[:, : known.shape[1]] = known
        return came

    def chosen(self, count: int) -> int:
        """The method (its place in names) that the first `count` origins choose.

        The calendar serves where it made that method better there; where nobody can tell it does not.
        """
        seen = self.losses[:count]
        said = self.forecasts[count] if count < len(self.origins) else self.ahead
        has_answer = np.asarray(np.isfinite(said[: len(NAMES)]).all(axis=(1, 2)), dtype=np.bool_)
        method = _best(seen[:, : len(NAMES)], has_answer)
        if len(self.names) == len(NAMES):
            return method
        pair = seen[:, [method, method + len(NAMES)]]
        pair = pair[np.isfinite(pair).all(axis=1)]
        return method + len(NAMES) * champion(-pair) if len(pair) >= LEAST_ORIGINS else method

    def used(self) -> Floats:
        """What the method that was chosen at each origin said of the next four weeks, (origins, series, WINDOW)."""
        said = [self.forecasts[at, self.chosen(at), :, :WINDOW] for at in range(len(self.origins))]
        return np.stack([np.zeros((self.values.shape[0], WINDOW)), *said])[1:]

    def without_methods(self) -> DemandBacktest:
        """The same without what methods said, which is nearly all of what is held."""
        return replace(self, forecasts=self.forecasts[:, :0].copy(), ahead=self.ahead[:0].copy())


def _best(seen: Floats, has_answer: Bools) -> int:
    """Of methods that have an answer now the one that losses, (origins, methods), choose.

    Of several that do as well it is one that knows the season (PREFERRED), else the simplest; without LEAST_ORIGINS at
    which all have an answer the simplest of all.
    """
    judged = (np.isfinite(seen).sum(axis=0) >= LEAST_ORIGINS) & has_answer
    if not judged.any():
        return 0
    places = np.flatnonzero(judged)
    rows = seen[:, places]
    rows = rows[np.isfinite(rows).all(axis=1)]
    if len(rows) < LEAST_ORIGINS:
        return 0
    seasonal = [at for at in ranked(-rows) if NAMES[places[at]] in PREFERRED]
    for at in sorted(seasonal, key=lambda at: NAMES[places[at]] != PREFERRED[0]):
        if champion(-rows, at, _SEASON_TIE) == at:
            return int(places[at])
    return int(places[champion(-rows)])


def origins_of(days: int) -> list[int]:
    """Days known at each origin, the earliest first."""
    count = max(0, (days - _FIRST_DAYS) // WINDOW)
    return [days - WINDOW * number for number in range(count, 0, -1)]


def backtest(
    values: Floats, horizon: int, known: list[KnownDays] | None = None, *, with_arima: bool = True
) -> DemandBacktest:
    """All methods at all origins. values: (series, days); horizon: days, whole weeks, at least WINDOW.

    known: what the calendar says at each origin and at the end. with_arima: False where it would take too long.
    """
    days = values.shape[1]
    origins = origins_of(days) if values.shape[0] else []
    ends = [*origins, days]
    has_names = bool(known) and any(each.calendar.has_names for each in known or [])
    names = (*NAMES, *(f"{name}{BY_CALENDAR}" for name in NAMES)) if has_names else NAMES
    found = np.full((len(ends), len(names), values.shape[0], horizon), np.nan)
    is_own = np.zeros(found.shape[:-1], dtype=np.bool_)
    shut = np.zeros((len(ends), horizon), dtype=np.bool_)
    by_arima = arima(values, ends, horizon) if with_arima else np.full((len(ends), *found.shape[2:]), np.nan)
    for at, end in enumerate(ends):
        day = known[at] if known else None
        if day:
            shut[at] = day.shut[end : end + horizon]
        for first in range(0, len(names), len(NAMES)):
            said, own = _of_all(values[:, :end], horizon, by_arima[at], day, with_names=first > 0)
            found[at, first : first + len(NAMES)], is_own[at, first : first + len(NAMES)] = said, own
    losses = np.array(
        [
            [_loss(values[:, origin : origin + WINDOW], each[:, :WINDOW]) for each in found[at]]
            for at, origin in enumerate(origins)
        ]
    ).reshape(len(origins), len(names))
    return DemandBacktest(values, origins, found[:-1], losses, names, found[-1], is_own, shut)


def _of_all(
    history: Floats, horizon: int, by_arima: Floats, day: KnownDays | None, *, with_names: bool
) -> tuple[Floats, Bools]:
    """All methods at one origin, (methods, series, horizon), and whose answers are their own, (methods, series)."""
    known = usual(history, day, with_names) if day else history
    said = [method(known, horizon) for method in METHODS.values()]
    own = [answers(name, known) for name in METHODS]
    fitted = np.asarray(np.isfinite(by_arima).all(axis=-1), dtype=np.bool_)
    rest = said[NAMES.index(FALLBACK)]
    said.append(np.where(fitted[:, None], by_arima, rest) if fitted.any() else by_arima)
    factor = factors(history, day, horizon, with_names) if day else np.ones(horizon)
    return np.stack(said) * factor, np.stack([*own, fitted])


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
