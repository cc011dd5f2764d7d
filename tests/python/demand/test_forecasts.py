"""Methods and choices against plain loops, and what any forecast must be."""

import numpy as np
import pytest
from customer_insight.demand import demand_backtest, demand_evaluation, demand_intervals, forecasts
from hypothesis import given, settings
from hypothesis import strategies as st

SEASON = 1 + np.sin(np.arange(800) * 2 * np.pi / 364) / 2
WEEK = np.array([5.0, 4, 3, 3, 4, 0, 1])


def shop(days=800, noise=0.0, seed=0):
    """A shop with a season and a week, closed on the sixth weekday; (1, days)."""
    random = np.random.default_rng(seed)
    made = SEASON[:days] * np.resize(WEEK, days) * np.exp(noise * random.normal(size=days))
    return made[None, :]


def test_weekday_means_are_those_of_eight_weeks():
    history = shop(100, noise=0.3)
    told = forecasts.weekday_means(history, 14)[0]
    for ahead in range(14):
        same = [history[0, 100 + ahead % 7 - 7 * back] for back in range(1, 9)]
        assert told[ahead] == pytest.approx(np.mean(same))


def test_smoothing_takes_the_rate_that_foretold_weeks_best():
    history = shop(210, noise=0.3)
    weeks = history[0].reshape(-1, 7).sum(axis=1)
    found = []
    for rate in (0.05, 0.1, 0.2, 0.3, 0.5):
        level, error = weeks[:4].mean(), 0.0
        for week in weeks[4:]:
            error += (week - level) ** 2
            level += rate * (week - level)
        found.append((error, level))
    assert forecasts.smoothing(history, 28)[0, :7].sum() == pytest.approx(min(found)[1])


def test_last_years_weeks_have_the_sums_of_last_year_and_the_weekdays_of_now():
    history = shop(500)
    history[:, 388:] = history[:, 388:][:, ::-1]  # the shop has moved its closing day
    told = forecasts.last_year_weeks(history, 28)[0].reshape(-1, 7)
    then = history[0, 500 - 364 : 500 - 364 + 28].reshape(-1, 7)
    np.testing.assert_allclose(told.sum(axis=1), then.sum(axis=1))
    now = history[0, -112:].reshape(-1, 7).sum(axis=0)
    np.testing.assert_allclose(told[0] / told[0].sum(), now / now.sum())


def test_last_years_smoothed_weeks_are_half_their_own_and_a_quarter_of_each_neighbour():
    history = shop(500, noise=0.5)
    told = forecasts.last_year_smoothed(history, 28)[0].reshape(-1, 7).sum(axis=1)
    then = history[0, 500 - 364 - 7 : 500 - 364 + 35].reshape(-1, 7).sum(axis=1)
    np.testing.assert_allclose(told, then[1:-1] / 2 + then[:-2] / 4 + then[2:] / 4)


def test_a_closed_week_is_no_neighbour_and_has_none():
    history = shop(500)
    closed = 500 - 364 + 7
    history[:, closed : closed + 7] = 0
    told = forecasts.last_year_smoothed(history, 28)[0].reshape(-1, 7).sum(axis=1)
    then = history[0, 500 - 364 - 7 : 500 - 364 + 35].reshape(-1, 7).sum(axis=1)
    np.testing.assert_allclose(told[:2], [(then[1] / 2 + then[0] / 4) / 0.75, 0])
    np.testing.assert_allclose(told[2], (then[3] / 2 + then[4] / 4) / 0.75)


def test_growth_is_taken_by_its_root_and_within_bounds():
    history = np.concatenate([np.ones(364 + 84 - 364), np.ones(280), np.full(84, 4.0)])[None, :]
    told = forecasts.last_year_grown(history, 28)
    np.testing.assert_allclose(told, 2 * forecasts.last_year_smoothed(history, 28))
    history[:, -84:] = 1e6
    np.testing.assert_allclose(forecasts.last_year_grown(history, 28), 2 * forecasts.last_year_smoothed(history, 28))


def test_what_was_not_sold_a_year_ago_goes_on_by_smoothing():
    old, young = shop(500, noise=0.2), shop(500, noise=0.2, seed=1)
    young[:, :300] = 0
    both = np.concatenate([old, young])
    told = forecasts.last_year_weeks(both, 28)
    np.testing.assert_allclose(told[:1], forecasts.last_year_weeks(old, 28))
    np.testing.assert_allclose(told[1:], forecasts.smoothing(young, 28))
    assert np.isnan(forecasts.last_year_weeks(young, 28)).all()


def test_a_shop_with_a_season_is_foretold_by_last_year_and_one_of_months_by_what_it_has():
    past = demand_backtest.backtest(shop(noise=0.1), 28)
    assert demand_backtest.NAMES[past.chosen(len(past.origins))] in forecasts.SEASONAL
    young = demand_backtest.backtest(shop(200, noise=0.1), 28)
    assert demand_backtest.NAMES[young.chosen(len(young.origins))] in ("weekday_means", "smoothing")
    assert demand_backtest.backtest(shop(60), 28).origins == []


def test_an_origin_knows_nothing_of_what_came_after_it():
    whole = shop(noise=0.3)
    past = demand_backtest.backtest(whole, 56)
    for number in (0, 7, len(past.origins) - 1):
        origin = past.origins[number]
        changed = whole.copy()
        changed[:, origin:] = 1e6
        other = demand_backtest.backtest(changed, 56)
        np.testing.assert_array_equal(past.forecasts[number], other.forecasts[number])
        assert past.chosen(number) == other.chosen(number)
        for method in range(len(demand_backtest.NAMES)):
            one, two = (demand_intervals.multiples(each, method, origin, 56) for each in (past, other))
            np.testing.assert_array_equal(one.of_days, two.of_days)
            np.testing.assert_array_equal(one.of_weeks, two.of_weeks)


def test_what_is_kept_of_a_backtest_does_not_hold_what_its_methods_said():
    past = demand_backtest.backtest(shop(200), 28, with_arima=False)
    kept = demand_evaluation.judge(past, "shop", "orders")
    assert kept.then
    said = [kept.past.forecasts, kept.past.ahead, kept.used, *(each.days for each in (kept.ahead, *kept.then))]
    assert not any(np.may_share_memory(past.forecasts.base, each) for each in said)
    number = len(past.origins) - 1
    np.testing.assert_array_equal(kept.used[-1], past.forecasts[number, past.chosen(number)])
    np.testing.assert_array_equal(kept.past.came(number), past.came(number))


def test_intervals_hold_as_often_as_they_say():
    held, days = np.zeros(2), 0
    for seed in range(6):
        past = demand_backtest.backtest(shop(noise=0.3, seed=seed), 28)
        for number in range(10, len(past.origins)):
            method = past.chosen(number)
            known = demand_intervals.multiples(past, method, past.origins[number], past.forecasts.shape[-1])
            ends = known.ends(past.forecasts[number, method])
            came = past.came(number)
            is_open = past.forecasts[number, method] > 0
            held += [((came >= low) & (came <= high))[is_open].sum() for low, high in (ends[:2], ends[2:])]
            days += is_open.sum()
    assert 0.77 < held[0] / days < 0.86
    assert 0.93 < held[1] / days < 0.98


HISTORIES = st.integers(28, 460).flatmap(
    lambda days: st.lists(
        st.lists(st.floats(0, 1e6), min_size=days, max_size=days).map(np.array), min_size=1, max_size=3
    ).map(np.stack)
)


@settings(max_examples=40, deadline=None)
@given(history=HISTORIES, weeks=st.integers(1, 13))
def test_any_forecast_is_finite_not_negative_and_does_not_hang_on_the_other_series(history, weeks):
    for name, method in forecasts.METHODS.items():
        told = method(history, 7 * weeks)
        assert told.shape == (history.shape[0], 7 * weeks)
        known = np.isfinite(told)
        assert known.all() or (name in forecasts.SEASONAL and not known.any())
        assert (told[known] >= 0).all()
        alone = np.concatenate([method(each[None, :], 7 * weeks) for each in history])
        both = known & np.isfinite(alone)
        np.testing.assert_allclose(told[both], alone[both])
