"""ARIMA of statsmodels and the methods for rare sellers: against their formulas, and where they have no answer."""

import warnings

import numpy as np
import pytest
from customer_insight.demand import arima_forecasts, demand_backtest, forecasts, rare_sellers

WEEKDAYS = np.array([5.0, 4, 3, 3, 4, 0, 1])


def shop(days=300, seed=0):
    random = np.random.default_rng(seed)
    return (20 * np.resize(WEEKDAYS, days) * np.exp(0.2 * random.normal(size=days)))[None, :]


def test_arima_says_what_statsmodels_says_with_the_same_parameters():
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    values, ends = shop(), [200, 228, 300]
    told = arima_forecasts.arima(values, ends, 28)
    unit = values[0, 200 - 182 : 200].mean()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parameters = arima_forecasts._parameters(values[0, 200 - 182 : 200] / unit)
    for at, end in enumerate(ends):
        changes = values[0, 7:end] - values[0, : end - 7]
        model = SARIMAX(changes / unit, order=(1, 0, 1), seasonal_order=(0, 0, 1, 7))
        said = list(values[0, end - 7 : end] / unit)
        for change in model.filter(parameters).forecast(28):
            said.append(said[-7] + change)
        np.testing.assert_allclose(told[at, 0], unit * np.maximum(said[7:], 0), rtol=1e-6, atol=1e-6)


def test_arima_of_an_origin_hangs_on_the_days_before_it_and_is_the_same_again():
    values, ends = shop(420), [190, 218, 246, 386, 420]
    told = arima_forecasts.arima(values, ends, 28)
    changed = values.copy()
    changed[:, 246:] = 1e6
    np.testing.assert_array_equal(told[:3], arima_forecasts.arima(changed, ends, 28)[:3])
    np.testing.assert_array_equal(told, arima_forecasts.arima(values, ends, 28))


def test_arima_answers_for_the_largest_series_that_sell_on_most_days(monkeypatch):
    seldom = np.where(np.arange(300) % 5 == 0, 1000.0, 0.0)[None, :]
    gone = np.concatenate([shop(100), np.zeros((1, 200))], axis=1)
    small = shop(seed=1) / 100
    values = np.concatenate([seldom, shop(), gone, np.zeros((1, 300)), small])
    told = np.isfinite(arima_forecasts.arima(values, [150, 200, 300], 28)).all(axis=-1)
    assert told.tolist() == [[False] * 5, *[[False, True, False, False, True]] * 2]
    monkeypatch.setattr(arima_forecasts, "MOST_SERIES", 2)
    many = np.concatenate([shop(190, seed) * size for seed, size in enumerate((2, 1, 3))])
    assert np.isfinite(arima_forecasts.arima(many, [190], 7)).all(axis=(0, 2)).tolist() == [True, False, True]


@pytest.mark.parametrize("days", [np.ones(300), np.resize([1.0, 0], 300), np.resize([1e-9, 1e9, 3], 300)])
def test_arima_of_odd_series_is_an_answer_or_none_and_no_warning(days):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = arima_forecasts.arima(days[None, :], [200, 300], 28)
    assert (np.isfinite(told).all(axis=-1) | np.isnan(told).all(axis=-1)).all()
    assert (told[np.isfinite(told)] >= 0).all()


def test_a_level_of_which_arima_knows_some_series_says_which():
    random = np.random.default_rng(0)
    seldom = np.where(random.random(400) < 0.05, 3.0, 0.0)[None, :]
    past = demand_backtest.backtest(np.concatenate([shop(400), seldom]), 28)
    place = past.names.index(demand_backtest.ARIMA)
    assert past.is_own[-1, place].tolist() == [True, False]
    np.testing.assert_array_equal(past.ahead[place, 1], past.ahead[past.names.index(forecasts.FALLBACK), 1])
    assert np.isnan(past.losses[0, place])


def croston_by_loop(weeks):
    size = pause = None
    since = 1
    for week in weeks:
        if week > 0:
            size = week if size is None else size + 0.1 * (week - size)
            pause = since if pause is None else pause + 0.1 * (since - pause)
            since = 1
        else:
            since += 1
    return 0.95 * size / pause


def tsb_by_loop(weeks):
    size = chance = None
    for place, week in enumerate(weeks):
        if size is None:
            if week > 0:
                size, chance = week, 1 / (place + 1)
            continue
        chance += 0.1 * ((week > 0) - chance)
        if week > 0:
            size += 0.1 * (week - size)
    return size * chance


def test_rare_sellers_by_plain_loops():
    random = np.random.default_rng(0)
    weeks = np.where(random.random((20, 60)) < 0.3, random.gamma(2.0, 3.0, (20, 60)), 0)
    weeks[0, :50] = 0
    np.testing.assert_allclose(rare_sellers.sba(weeks), [croston_by_loop(each) for each in weeks])
    np.testing.assert_allclose(rare_sellers.tsb(weeks), [tsb_by_loop(each) for each in weeks])
    assert rare_sellers.sba(np.zeros((2, 9))).tolist() == rare_sellers.tsb(np.zeros((2, 9))).tolist() == [0, 0]


def test_what_is_sold_no_more_fades_by_its_chance_alone():
    weeks = np.zeros((1, 200))
    weeks[0, :100:4] = 8
    assert rare_sellers.tsb(weeks)[0] < 0.001 < 1.5 < rare_sellers.sba(weeks)[0]


def test_who_is_rare():
    weeks = np.zeros((4, 30))
    weeks[1, ::2] = weeks[2, :] = weeks[3, 3] = 1
    assert rare_sellers.is_rare(weeks).tolist() == [False, True, False, False]
    days = np.repeat(weeks, 7, axis=1)
    told = forecasts.croston(days, 14)
    np.testing.assert_allclose(told[[0, 2, 3]], forecasts.smoothing(days, 14)[[0, 2, 3]])
    assert told[1].sum() == pytest.approx(2 * rare_sellers.sba(weeks[1:2] * 7)[0])
