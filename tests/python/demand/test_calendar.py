"""Holidays, sales days and closing days: what they are worth, when they come again, and that nothing later tells."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.demand import calendar_effects, demand_backtest, shop_calendar

LAST = date(2025, 11, 30)


def calendar(days=800, sales=(), country=None, orders=None, horizon=91):
    until = pa.table({"last_whole_day": [LAST]})
    columns = list(zip(*[(str(day), name, kind) for day, name, kind in sales], strict=True)) or [[], [], []]
    named = pa.table({n: pa.array(c, pa.string()) for n, c in zip(("day", "name", "kind"), columns, strict=True)})
    made = np.full(days, 20.0) if orders is None else orders
    return shop_calendar.read_calendar(until, named, country, made, horizon)


def at(day, days=800):
    return (day - LAST).days + days - 1


def of(sales, history, known=800, country=None, with_names=True, orders=None):
    found = calendar_effects.known_days(calendar(history.shape[1], sales, country, orders), known)
    return found, calendar_effects.factors(history[:, :known], found, 91, with_names)


FRIDAYS = [
    (date(2024, 11, 29), "Black Friday", "sale"),
    (date(2025, 11, 28), "Black Friday", "sale"),
    (date(2025, 12, 12), "Black Friday", "sale"),
]


def test_a_named_day_is_drawn_to_its_kind_and_a_kind_to_one():
    history = np.full((1, 800), 10.0)
    history[0, [at(FRIDAYS[0][0]), at(FRIDAYS[1][0])]] = 40
    _, found = of(FRIDAYS, history)
    kind = (4 + 4 + 2 * 1) / 4
    assert found[11] == pytest.approx((4 + 4 + kind) / 3)  # the twelfth day after the last is the twelfth of December
    # a name that nobody has seen is what its kind is; days around were usual
    _, other = of([*FRIDAYS, (date(2025, 12, 20), "Sunday Deals", "sale")], history)
    assert other[19] == pytest.approx(kind)
    assert np.delete(found, 11) == pytest.approx(1)


def test_days_around_have_factors_of_their_own():
    history = np.full((1, 800), 10.0)
    for day in FRIDAYS[:2]:
        place = at(day[0])
        history[0, place - 3 : place] = 5
    _, found = of(FRIDAYS, history)
    kind = (6 * 0.5 + 6 * 1) / 12
    assert found[8:11] == pytest.approx((6 * 0.5 + 3 * kind) / 9)
    assert found[12:15] == pytest.approx(1)


def test_what_came_after_an_origin_says_nothing():
    random = np.random.default_rng(0)
    history = random.gamma(2.0, 10.0, (2, 800))
    orders = random.poisson(20, 800).astype(float)
    known = 600
    changed, other_orders = history.copy(), orders.copy()
    changed[:, known:], other_orders[known:] = 1e6, 0
    for country in (None, "DE"):
        one, other = (
            of(FRIDAYS, values, known, country, orders=sold)
            for values, sold in ((history, orders), (changed, other_orders))
        )
        np.testing.assert_array_equal(one[0].shut, other[0].shut)
        np.testing.assert_array_equal(one[1], other[1])
        usual = [calendar_effects.usual(values[:, :known], one[0], True) for values in (history, changed)]
        np.testing.assert_array_equal(*usual)


def test_usual_days_are_the_same_weekdays_around():
    history = np.arange(800.0)[None, :] ** 2
    found, _ = of(FRIDAYS, history)
    place = at(FRIDAYS[0][0])
    usual = calendar_effects.usual(history, found, True)[0]
    assert usual[place] == pytest.approx(np.mean([(place + 7 * week) ** 2 for week in (-3, -2, -1, 1, 2, 3)]))
    assert usual[place + 40] == history[0, place + 40]


def closed_at_christmas(days=800, is_open_on_saturdays=True):
    orders = np.full(days, 20.0)
    for at_day in range(days):
        day = LAST - timedelta(days=days - 1 - at_day)
        if (day.month, day.day) in ((12, 24), (12, 25)) or (day.weekday() == 5 and not is_open_on_saturdays):
            orders[at_day] = 0
    return orders


@pytest.mark.parametrize(("days", "country"), [(800, None), (400, "DE"), (800, "DE")])
def test_a_shop_that_is_closed_at_christmas_is_closed_at_christmas(days, country):
    orders = closed_at_christmas(days)
    found, ahead = of((), orders[None, :], days, country, with_names=False, orders=orders)
    # the 24th is no public holiday: its date tells, of two years
    assert np.flatnonzero(ahead == 0).tolist() == ([23, 24] if days == 800 else [24])
    # and what it sold around Christmas is not what it sells on a usual day
    assert (calendar_effects.usual(orders[None, :], found, False)[0] > 0).sum() >= (orders > 0).sum()


def test_a_day_without_orders_is_no_closing_day_where_hardly_any_were_to_be_expected():
    orders = np.where(closed_at_christmas() > 0, 3.0, 0.0)
    _, ahead = of((), orders[None, :], with_names=False, orders=orders)
    assert (ahead == 1).all()


def test_a_closed_day_has_no_factor_and_a_holiday_on_which_the_shop_sells_is_open():
    sales = [(date(2025, 12, 30), "Stocktaking", "closed"), (date(2025, 12, 30), "Sale", "sale")]
    found, ahead = of(sales, np.full((1, 800), 10.0), country="DE")
    assert ahead[29] == 0
    assert (ahead > 0).sum() == 90
    assert not found.shut[:800].any()


def test_a_holiday_within_a_pause_of_the_shop_is_open_the_next_time():
    orders = np.full(400, 20.0)
    pause = slice(at(date(2025, 4, 10), 400), at(date(2025, 5, 31), 400))
    orders[pause] = 0
    found = calendar_effects.known_days(calendar(400, country="DE", orders=orders, horizon=196), 400)
    assert not found.shut[400:].any()
    orders[at(date(2025, 10, 3), 400)] = 0  # a feast by itself
    found = calendar_effects.known_days(calendar(400, country="DE", orders=orders, horizon=364), 400)
    days = np.flatnonzero(found.shut[400:])
    assert [LAST + timedelta(days=int(day) + 1) for day in days] == [date(2026, 10, 3)]


@pytest.mark.parametrize(("day", "country", "is_closed"), [((11, 29), None, False), ((12, 25), "DE", True)])
def test_a_sale_on_which_nobody_could_order_is_no_closing_day(day, country, is_closed):
    orders = np.full(400, 20.0)
    orders[at(date(2024, *day), 400)] = 0
    sales = [FRIDAYS[0], (date(2025, 12, 12), "Black Friday", "sale")]
    _, ahead = of(sales, orders[None, :], 400, country, orders=orders)
    assert (ahead == 0).any() == is_closed


def test_of_two_names_on_a_day_the_first_kind_counts_whatever_their_order():
    sales = [(date(2025, 12, 24), "B", "event"), (date(2025, 12, 24), "A", "sale"), (date(2025, 12, 26), "C", "sale")]
    one, other = calendar(sales=sales, country="DE"), calendar(sales=sales[::-1], country="DE")
    for name in ("name", "kind", "side"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert shop_calendar.KINDS[one.kind[at(date(2025, 12, 24))]] == "sale"


def test_easter_is_the_same_day_of_another_date():
    found = calendar(country="DE")
    names = [found.name[at(day)] for day in (date(2024, 3, 29), date(2025, 4, 18))]
    assert names[0] == names[1] >= 0
    assert found.side[at(date(2025, 4, 17))] == shop_calendar.BEFORE


def test_the_calendar_is_the_same_in_any_language(monkeypatch):
    found = []
    for language in ("en_US", "th"):
        monkeypatch.setenv("LANGUAGE", language)
        found.append(calendar(country="DE"))
    np.testing.assert_array_equal(found[0].name, found[1].name)


def test_the_last_days_of_a_year_lie_before_new_year_although_it_is_not_forecast():
    found = calendar(country="DE", horizon=31)
    assert (found.side[-2:] == shop_calendar.BEFORE).all()
    np.testing.assert_array_equal(found.side, calendar(country="DE").side[: found.side.size])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("28.11.2025", "Black Friday", "sale"), "expected a day such as 2025-11-28 as the day of 'Black Friday'"),
        (("2025-11-28", "Black Friday", "Sale!"), "expected sale, event or closed as the kind of 'Black Friday'"),
        (("2025-11-28", " ", "sale"), "expected what the day is called as the name of '2025-11-28'"),
    ],
)
def test_a_day_that_is_written_wrong_is_a_sentence(row, said):
    with pytest.raises(ValueError, match=said):
        calendar(sales=[row])
    with pytest.raises(ValueError, match="ISO code of a country"):
        calendar(country="XX")


def test_the_calendar_serves_where_it_wins():
    random = np.random.default_rng(1)
    days, sales = 800, [(LAST - timedelta(days=9 + 28 * back), "Pay day", "sale") for back in range(-3, 29)]
    lively = random.poisson(20, days).astype(float)
    paid = lively.copy()
    for day, *_ in sales[3:]:
        paid[at(day)] *= 5
    for history, serves in ((paid, True), (lively, False)):
        known = calendar_effects
        found = calendar(sales=sales, orders=history)
        ends = [*demand_backtest.origins_of(days), days]
        past = demand_backtest.backtest(
            history[None, :], 91, [known.known_days(found, end) for end in ends], with_arima=False
        )
        chosen = past.names[past.chosen(len(past.origins))]
        assert chosen.endswith(demand_backtest.BY_CALENDAR) is serves
