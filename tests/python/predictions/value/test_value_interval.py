import numpy as np
import pytest
from customer_insight.predictions.value import mbg_nbd, season, value_interval
from customer_insight.predictions.value.gamma_gamma import GammaGamma
from customer_insight.predictions.value.purchase_histories import purchase_days
from customer_insight.predictions.value.shop_at_cut import shop_at_cut
from customer_insight.predictions.value.value_interval import Spending
from hypothesis import given
from hypothesis import strategies as st

MONEY = GammaGamma({"p": 3.0, "q": 4.0, "v": 60.0}, 0.0)


def known(chance, days, repeats, paid, value=20.0):
    one = np.ones(1)
    return Spending(chance * one, days * one, repeats * one, paid * one, value * one)


@pytest.mark.parametrize(("chance", "days", "repeats", "paid"), [(0.95, 8.0, 9.0, 10.0), (0.6, 1.5, 2.0, 3.0)])
def test_eight_of_ten_drawn_customers_are_inside(chance, days, repeats, paid):
    """Beside a simulation of the same assumptions."""
    random, draws, shape = np.random.default_rng(0), 200_000, 0.7
    low, high = value_interval.interval(known(chance, days, repeats, paid), shape, MONEY, error=0.0)
    more = days / chance - 1
    rate = random.gamma(shape + repeats, more / (shape + repeats), draws)
    count = np.where(random.random(draws) < chance, 1 + random.poisson(rate), 0)
    own = MONEY.parameters["q"] + 3.0 * paid
    mean = 20.0 * (own - 1) / random.gamma(own, 1.0, draws)  # of each customer, whose mean is 20
    money = np.where(count > 0, random.gamma(3.0 * np.maximum(count, 1), mean / 3.0), 0.0)
    inside = ((money >= low) & (money <= high)).mean()
    assert inside == pytest.approx(0.8, abs=0.02)


@given(
    chance=st.floats(0, 1),
    days=st.floats(0, 400),
    repeats=st.integers(0, 400),
    paid=st.integers(0, 400),
    value=st.floats(0, 1e6),
    shape=st.floats(1e-3, 1e3),
    p=st.floats(1e-2, 1e2),
    q=st.floats(1.2, 1e2),
    error=st.floats(0, 1),
)
def test_ends_are_in_order_and_in_the_unit_of_the_money(chance, days, repeats, paid, value, shape, p, q, error):
    money = GammaGamma({"p": p, "q": q, "v": 1.0}, 0.0)
    given_customer = known(chance, days, float(repeats), float(paid), value)
    low, high = value_interval.interval(given_customer, shape, money, error)
    assert np.isfinite(high).all()
    assert (low >= 0).all()
    assert (low <= high).all()
    in_cents = known(chance, days, float(repeats), float(paid), value * 100)
    ends = value_interval.interval(in_cents, shape, money, error)
    np.testing.assert_allclose(ends, [low * 100, high * 100], rtol=1e-9, atol=1e-9)


def test_who_hardly_comes_back_brings_nothing():
    low, high = value_interval.interval(known(0.05, 0.06, 0.0, 1.0), 0.7, MONEY, error=0.1)
    assert (low[0], high[0]) == (0, 0)


def test_the_less_is_known_of_all_the_wider():
    ends = [value_interval.interval(known(0.95, 8.0, 9.0, 10.0), 0.7, MONEY, error) for error in (0.0, 0.2, 0.5)]
    widths = [float((high - low)[0]) for low, high in ends]
    assert widths == sorted(widths)


def shop(days=1100, customers=300, seed=1):
    random = np.random.default_rng(seed)
    day = np.arange(days)
    chance = np.where(day % 364 > 300, 0.06, 0.02)
    customer, at = np.nonzero(random.random((customers, days)) < chance)
    return purchase_days(customer, at - days + 1, np.ones(at.size), np.full(at.size, 10.0))


def test_purchases_take_the_season_of_their_days():
    bought = shop()
    now = bought.before(1100 - 364 * 2 - 300)  # a season begins
    came = bought.before(1100 - 364 * 2 - 300 - 60).within(60).day.size
    said = came / 3  # what a model without a season says
    found = season.expect(now, 60, said)
    assert found.knows_year
    assert 1.25 < found.factor < 2.4
    assert found.error < season.expect(bought.before(800), 60, said).error


def test_who_sells_before_christmas_alone_expects_nothing_after_it():
    bought = shop(days=2 * 364 + 360)
    at_christmas = bought.take((bought.day + 2 * 364 + 359) % 364 > 300)
    found = season.expect(at_christmas, 90, 500.0)
    assert found.knows_year
    assert found.factor < 0.8


@pytest.mark.parametrize("long_ago", [400, 800, 3000])
@pytest.mark.parametrize("days", [90, 365])
def test_a_trial_order_long_ago_says_nothing_of_the_days_to_come(long_ago, days):
    """Beside the shop without it, which is too young for a year."""
    young = shop(days=300)
    trial = purchase_days(
        np.append(young.customer, 0),
        np.append(young.day, -long_ago),
        np.append(young.orders, 1.0),
        np.append(young.revenue, 1.0),
    )
    found, expected = (season.expect(each, days, 500.0) for each in (trial, young))
    assert found.factor == pytest.approx(expected.factor, rel=0.05)
    assert (found.error, found.knows_year) == (expected.error, False)


def test_a_history_of_less_than_two_windows_changes_nothing():
    found = season.expect(shop(days=100), 90, 50.0)
    assert (found.factor, found.knows_year) == (1.0, False)
    assert season.expect(shop(days=100).take(np.zeros(0, dtype=np.int64)), 90, 50.0).factor == 1.0


@pytest.mark.parametrize("drop_out", [0.0, 0.1])
def test_a_growing_shop_without_a_season_is_expected_to_be_what_it_becomes(drop_out):
    random = np.random.default_rng(1)
    rows = []
    for customer, start in enumerate(random.integers(0, 1105, 3000)):
        rate, day = random.gamma(2.0, 1 / 100), int(start)
        while day < 1105:
            rows.append((customer, day))
            if random.random() < drop_out:
                break
            day += max(1, int(random.exponential(1 / rate)))
    customer, day = np.array(rows).T
    is_known = day <= 740
    ones = np.ones(int(is_known.sum()))
    now = shop_at_cut(purchase_days(customer[is_known], day[is_known] - 740, ones, ones))
    came = (~is_known & np.isin(customer, customer[is_known])).sum()
    assert now.expected(mbg_nbd.fit(now.histories), 365).days.sum() / came == pytest.approx(1, abs=0.08)
