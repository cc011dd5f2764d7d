import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from customer_day_shops import order, table
from customer_insight.predictions.purchase import customer_days, expected_buyers
from customer_insight.predictions.purchase.purchase_model import TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast

DECEMBER = 334


def shop_with_christmas(years=3, customers=500, seed=2):
    """Customers who buy about every two months, and three times as often in December. Day 0 is the last one."""
    random = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        rate = random.gamma(2.0, 1 / 120)
        for day in range(int(random.integers(0, 300)), years * 365):
            if random.random() < rate * (3.0 if day % 365 >= DECEMBER else 1.0):
                rows.append((customer, years * 365 - 1 - day, order()))
    return customer_days.read_customer_days(table(rows))


@pytest.fixture(scope="module")
def christmas():
    return shop_with_christmas()


@pytest.mark.parametrize("cut", [61, 31])
def test_a_season_that_has_been_is_expected_again(christmas, cut):
    past = PurchasePast(christmas, 30, only_buyers=True)
    training = TrainingSet(past, cut)
    window, model = past.window(cut, training.rhythm_model), training.fit("logistic_regression")
    came, probability = window.bought.sum(), model.probability(window.known)
    assert probability.sum() == pytest.approx(model.expected.buyers, rel=1e-6)
    assert probability.sum() / came == pytest.approx(1, abs=0.25)
    assert model.expected.knows_season


def test_what_comes_after_a_cut_changes_nothing(christmas):
    cut = 31
    is_before = christmas.age >= cut
    other = replace(
        christmas,
        customer=christmas.customer[is_before],
        age=christmas.age[is_before],
        figures={name: values[is_before] for name, values in christmas.figures.items()},
    )
    of_both = [
        TrainingSet(PurchasePast(days, 30, only_buyers=True), cut).fit("logistic_regression").expected
        for days in (christmas, other)
    ]
    assert of_both[0] == of_both[1]


def test_a_shop_without_a_year_is_less_sure(christmas):
    young = christmas.before(2 * 365 + 100)
    found = TrainingSet(PurchasePast(young, 30, only_buyers=True), 0).fit("logistic_regression").expected
    old = TrainingSet(PurchasePast(christmas, 30, only_buyers=True), 0).fit("logistic_regression").expected
    assert not found.knows_season
    assert found.error > old.error


def test_who_was_less_off_weighs_more():
    errors = np.array([[0.4, 0.1, np.nan], [-0.4, -0.1, np.nan], [0.4, 0.1, np.nan]])
    weights = expected_buyers._weights(errors)
    prior, count = expected_buyers._ERROR_WITH_SEASON**2, expected_buyers._PRIOR_WINDOWS
    squares = np.array([(3 * 0.16 + count * prior) / (3 + count), (0.03 + count * prior) / (3 + count), prior])
    np.testing.assert_allclose(weights, (1 / squares) / (1 / squares).sum())


def test_known_buyers_are_those_of_the_window(christmas):
    past = PurchasePast(christmas, 30, only_buyers=True)
    window = past.window(90, past.rhythm_model(90))
    assert past.known_buyers(90) == window.bought.sum()
    assert past.daily_buyers(90)[-1] == (christmas.age[christmas.figures["orders"] > 0] == 90).sum()


DATA = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")


@pytest.mark.skipif(not DATA, reason="CUSTOMER_INSIGHT_TEST_DATA names no folder with Online Retail II")
@pytest.mark.parametrize(("horizon", "cut"), [(30, 30), (30, 334), (90, 90), (90, 333)])
def test_online_retail_comes_true_before_and_after_christmas(horizon, cut):
    import duckdb

    days = customer_days.read_customer_days(
        duckdb.sql(f"""
            select CustomerID::bigint as customer_code,
                date_diff('day', InvoiceDate::date, date '2011-12-09') as age_days,
                count(distinct Invoice) as orders, sum(Quantity * Price) as gross_revenue, 0 as products,
                0 as sessions, 0 as views, 0 as add_to_carts, 0 as messages, 0 as reviews, 0 as unhappy_texts,
                0 as discount_amount, 0 as list_revenue
            from '{Path(DATA or "", "online_retail_ii.parquet")}'
            where CustomerID is not null and Invoice not like 'C%' and Quantity > 0 and Price > 0
                and not (sheet = '2009-2010' and InvoiceDate >= '2010-12-01')
            group by all
        """).to_arrow_table()
    )
    past = PurchasePast(days, horizon, only_buyers=True)
    training = TrainingSet(past, cut)
    window = past.window(cut, training.rhythm_model)
    probability = training.fit("logistic_regression").probability(window.known)
    assert probability.sum() / window.bought.sum() == pytest.approx(1, abs=0.1)
