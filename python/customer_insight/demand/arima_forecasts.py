"""Seasonal ARIMA by statsmodels, for few series: ARIMA(1,0,1)(0,1,1) of weekdays (Box and Jenkins).

Its parameters are fitted by maximum likelihood at the first origin that knows half a year and again where twice as much
is known; in between they are kept, and the filter goes on with what has come since. What it says at a day hangs on
the days before it alone, so one pass over a series answers for all origins.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from customer_insight.demand.forecasts import WEEK
from customer_insight.numerics.arrays import Floats, Ints

# Series at most: each takes a tenth of a second.
MOST_SERIES = 30
LEAST_DAYS = 26 * WEEK
# Parameters are fitted anew where so many times as many days are known, on the last half year: they need no more.
_ANEW = 2
# Half the days with a sale: what sells less often has no weekdays.
_LEAST_SHARE_SOLD = 0.5
# Where the search for parameters starts, and how long it may take.
_START = (0.9, -0.6, -0.9, 0.5)
_SEARCH = {"maxiter": 5, "gtol": 1e-3}
# What is above the largest day so far by more has gone astray.
_MOST = 5.0


def arima(values: Floats, ends: list[int], horizon: int) -> Floats:
    """From (series, days), what each end (days known, rising) says of the days after it: (ends, series, horizon).

    NaN for series that are not among the largest, that sell on few days, or that were not fitted.
    """
    said = np.full((len(ends), values.shape[0], horizon), np.nan)
    fitted_at = 0
    stages: list[list[int]] = []
    for place, end in enumerate(ends):
        if end >= LEAST_DAYS and (not fitted_at or end >= _ANEW * fitted_at):
            fitted_at = end
            stages.append([])
        if fitted_at:
            stages[-1].append(place)
    _load()
    with threadpool_limits(1), warnings.catch_warnings():  # sums end in other bits when several threads share them
        warnings.simplefilter("ignore")  # a fit that has not settled is judged by what it says, like any other
        for places in stages:
            for series in _largest(values[:, : ends[places[0]]]):
                asked = [ends[place] for place in places]
                said[places, series] = _of_one(values[series, : asked[-1]], asked, horizon)
    return said


def _load() -> None:
    """Before warnings are silenced: it takes seconds, and says itself which of its warnings are shown."""
    import statsmodels.tsa.arima.estimators.innovations
    import statsmodels.tsa.statespace.sarimax  # noqa: F401


def _largest(known: Floats) -> Ints:
    lately = known[:, -LEAST_DAYS:]
    order = np.argsort(-lately.sum(axis=1), kind="stable")
    chosen = order[(lately[order] > 0).mean(axis=1) >= _LEAST_SHARE_SOLD][:MOST_SERIES]
    return np.asarray(np.sort(chosen), dtype=np.int64)


def _of_one(values: Floats, ends: list[int], horizon: int) -> Floats:
    """(ends, horizon); fitted at the first end. NaN where no fit was found."""
    fitted = values[ends[0] - LEAST_DAYS : ends[0]]
    unit = fitted.mean()
    found = np.full((len(ends), horizon), np.nan)
    try:
        changes, state = _changes(values / unit, _parameters(fitted / unit), ends, horizon)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError):
        return found
    if not np.isfinite(state).all():
        return found
    for place, end in enumerate(ends):
        day = np.concatenate([values[end - WEEK : end] / unit, changes[place]])
        whole = day.reshape(-1, WEEK).cumsum(axis=0).ravel()[WEEK:]
        if np.isfinite(whole).all() and whole.max() <= _MOST * values[:end].max() / unit:
            found[place] = unit * np.maximum(whole, 0.0)
    return found


def _parameters(values: Floats) -> Floats:
    from statsmodels.tsa.arima.estimators.innovations import innovations_mle

    found: Any = innovations_mle(
        values,
        order=(1, 0, 1),
        seasonal_order=(0, 1, 1, WEEK),
        demean=False,
        start_params=np.array(_START),
        minimize_kwargs={"options": dict(_SEARCH)},
    )
    return np.asarray(found[0].params, dtype=np.float64)


def _changes(values: Floats, parameters: Floats, ends: list[int], horizon: int) -> tuple[Floats, Floats]:
    """What each end expects of the changes on the same weekday of the week before, (ends, horizon); and its states."""
    from scipy.linalg import solve_discrete_lyapunov
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    model: Any = SARIMAX(values[WEEK:] - values[:-WEEK], order=(1, 0, 1), seasonal_order=(0, 0, 1, WEEK))
    model.update(parameters, transformed=True)
    filter_: Any = model.ssm
    transition, design = filter_["transition"], filter_["design"][0]
    noise = filter_["selection"] @ filter_["state_cov"] @ filter_["selection"].T
    # the same as its own stationary start, which takes longer than all the rest
    filter_.initialize_known(np.zeros(len(transition)), solve_discrete_lyapunov(transition, noise, method="bilinear"))
    states = np.asarray(filter_.filter().predicted_state)[:, [end - WEEK for end in ends]]
    said = np.empty((len(ends), horizon))
    state = states
    for day in range(horizon):
        said[:, day] = design @ state
        state = transition @ state
    return said, states
