"""The whole step: odd shops, sums of parts, the order of rows, and a public shop."""

from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from customer_insight.demand import arima_forecasts, coherent_forecasts, demand_forecast, product_shares
from customer_insight.demand.demand_days import MEASURES


@pytest.fixture(autouse=True)
def few_by_arima(monkeypatch, request):
    """Its fits are most of the time that a step takes, and no matter of these tests (test_rivals.py)."""
    if "public_data" not in request.fixturenames:
        monkeypatch.setattr(arima_forecasts, "MOST_SERIES", 0)


def rows(level, code, values, first_age=None):
    """One series; values by day, the last one the last whole day; days of zeros have no row."""
    last = (len(values) - 1) if first_age is None else first_age
    return [(level, code, last - at, float(value)) for at, value in enumerate(values) if value]


def table(found):
    columns = {"level": [row[0] for row in found], "group_code": [row[1] for row in found]}
    columns |= {"age_days": [row[2] for row in found]} | {name: [row[3] for row in found] for name in MEASURES}
    types = {"level": pa.string(), "group_code": pa.int32(), "age_days": pa.int32()}
    return pa.table({name: pa.array(values, types.get(name, pa.float64())) for name, values in columns.items()})


def products_table(found):
    """From (product, category, weeks ago, units); each costs two."""
    columns = [[row[at] for row in found] for at in range(4)]
    kinds = [pa.int32(), pa.int32(), pa.int32(), pa.float64()]
    names = ["product_code", "group_code", "weeks_ago", "units"]
    arrays = {name: pa.array(values, kind) for name, values, kind in zip(names, columns, kinds, strict=True)}
    return pa.table(arrays | {"revenue": pa.array([2.0 * each for each in columns[3]], pa.float64())})


def lively(days=500, seed=0):
    """Two categories, the second of them launched after a year, and the shop, their sum."""
    random = np.random.default_rng(seed)
    season = 20 + 10 * np.sin(np.arange(days) * 2 * np.pi / 364)
    first = random.poisson(season) * (np.arange(days) % 7 != 5)
    second = random.poisson(8, days) * (np.arange(days) > 364)
    return rows("shop", 0, first + second) + rows("category", 1, first) + rows("category", 2, second)


def forecast(found, days=91, products=()):
    return demand_forecast.run(table(found), products_table(products), forecast_days=days)


ODD = {
    "nothing": ([], "there are no sales"),
    "one day": (rows("shop", 0, [3]), "sales reach back 1 whole days"),
    "27 days": (rows("shop", 0, [3] * 27), "sales reach back 27 whole days"),
    "28 days": (rows("shop", 0, [3] * 28), "have no intervals"),
    "a closed year": (rows("shop", 0, [3] * 30, first_age=700), "0 of the last 182 whole days had sales"),
    "one sale long ago": (rows("shop", 0, [5], first_age=900), "0 of the last 182 whole days had sales"),
    "months": (rows("shop", 0, [3, 0, 4, 9] * 50), "know no season"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_shop_gets_sensible_rows_and_a_sentence(name):
    found, said = ODD[name]
    result = forecast(found)
    assert said in result.status
    told = result.tables["forecasts"].to_pandas()
    if "Nothing is forecast" in result.status:
        assert told.empty
    else:
        assert len(told) == len(MEASURES) * (91 + 13)
        assert (told["forecast"] >= 0).all()
        for low, high in (("low_80", "high_80"), ("low_95", "high_95")):
            assert (told[low].isna() | (told[low] <= told[high])).all()


LAST = date(2025, 11, 30)
CLOSED_DAYS = [3, *range(15, 22)]


def with_calendar(found, days=28, country="DE"):
    """Closed on the third day and throughout the third week to come; on the fifth a sale that is new."""
    named = [(str(LAST + timedelta(days=ahead)), "Stocktaking", "closed") for ahead in CLOSED_DAYS]
    named.append((str(LAST + timedelta(days=5)), "Clearance", "sale"))
    columns = dict(zip(("day", "name", "kind"), map(list, zip(*named, strict=True)), strict=True))
    until = pa.table({"last_whole_day": [LAST]})
    return demand_forecast.run(
        table(found), products_table([]), until, pa.table(columns), forecast_days=days, holiday_country=country
    )


BAD = {
    "nothing": [],
    "one day": rows("shop", 0, [3]),
    "a year without sales": rows("shop", 0, [3] * 30, first_age=420) + rows("shop", 0, [4] * 20),
    "closed months": rows("shop", 0, np.resize(np.repeat([9.0, 0.0], [120, 60]), 545)),
    "gaps": rows("shop", 0, np.resize([0, 7, 0, 0, 0, 2, 0, 0, 0, 0, 0], 420)),
    "refunds": rows("shop", 0, np.resize([6.0, -4.0, 5.0, 7.0, -20.0, 6.0, 5.0], 420)),
    "a category that starts today": [
        *rows("shop", 0, [9] * 99),
        *rows("category", 1, [9] * 99),
        ("category", 2, 0, 9.0),
    ],
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_past_has_a_forecast_and_closed_days_have_none(name):
    result = with_calendar(BAD[name])
    told = result.tables["forecasts"].to_pandas()
    assert told.empty == (name in ("nothing", "one day"))
    assert np.isfinite(told["forecast"]).all()
    assert (told["forecast"] >= 0).all()
    closed = told[
        ((told["period"] == "day") & told["days_ahead"].isin(CLOSED_DAYS))
        | ((told["period"] == "week") & (told["days_ahead"] == 15))
    ]
    assert (closed[["forecast", "low_80", "high_80", "low_95", "high_95"]] == 0).all(axis=None)
    open_days = told[(told["period"] == "day") & ~told["days_ahead"].isin(CLOSED_DAYS) & (told["level"] == "shop")]
    assert told.empty or (open_days["forecast"] > 0).any()


def test_another_calendar_is_another_run():
    one, other, none = with_calendar(lively(100)), with_calendar(lively(100), country=None), forecast(lively(100), 28)
    assert len({each.run_id("demand_forecast") for each in (one, other, none)}) == 3
    assert one.run_id("demand_forecast") == with_calendar(lively(100)).run_id("demand_forecast")


def test_weeks_are_their_days_and_categories_are_the_shop():
    told = forecast(lively()).tables["forecasts"].to_pandas()
    days = told[told["period"] == "day"].assign(week=lambda each: (each["days_ahead"] - 1) // 7 * 7 + 1)
    by = ["level", "group_code", "measure"]
    weeks = told[told["period"] == "week"].set_index([*by, "days_ahead"])["forecast"].sort_index()
    summed = days.groupby([*by, "week"])["forecast"].sum().sort_index()
    np.testing.assert_allclose(weeks.to_numpy(), summed.to_numpy())
    for measure in coherent_forecasts.ADDED_UP:
        for period in ("day", "week"):
            part = told[(told["measure"] == measure) & (told["period"] == period)]
            shop = part[part["level"] == "shop"].set_index("days_ahead")["forecast"]
            parts = part[part["level"] == "category"].groupby("days_ahead")["forecast"].sum()
            np.testing.assert_allclose(parts.to_numpy(), shop.to_numpy())


def test_a_category_without_a_last_year_says_by_what_it_goes_on():
    told = forecast(lively()).tables["forecasts"].to_pandas()
    used = told[(told["level"] == "category") & (told["measure"] == "orders")].groupby("group_code")["model"].unique()
    assert used[2].tolist() == ["smoothing"]


def test_what_a_method_does_not_know_goes_by_the_calendar_where_the_method_does():
    known = demand_forecast.DemandDays(np.array([1, 2]), {})
    days, ends = np.ones((2, 7)), np.ones((4, 2, 7))
    for method, fallback in (("tsb", "smoothing"), ("tsb_and_calendar", "smoothing_and_calendar")):
        said = coherent_forecasts.DemandForecast(days, ends, ends[..., :1], method, np.array([True, False]))
        told = demand_forecast._table("category", known, "orders", said).to_pandas()
        assert told.groupby("group_code")["model"].unique().map(list).to_dict() == {1: [method], 2: [fallback]}


def buyers(seed):
    """Days on which orders, buyers and those who return go ways of their own."""
    random = np.random.default_rng(seed)
    found = []
    for at in range(500):
        fresh, back = random.poisson(20 * 0.99**at), random.poisson(5 + at / 20)
        orders = fresh + back + random.poisson(2)
        found.append((499 - at, orders, fresh + back, back, fresh))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_buyers_are_new_or_return_and_have_ordered(seed):
    found = buyers(seed)
    given = table(
        [("shop", 0, row[0], 1.0) for row in found] + [("category", 1, row[0], 1.0) for row in found]
    ).to_pandas()
    for place, measure in ((1, "orders"), (2, "buyers"), (3, "returning_buyers"), (4, "new_buyers")):
        given[measure] = [float(row[place]) for row in found] * 2
    result = demand_forecast.run(pa.Table.from_pandas(given), products_table([]), forecast_days=91)
    for name in ("forecasts", "past"):
        wide = (
            result.tables[name]
            .to_pandas()
            .pivot(index=["level", "group_code", "period", "days_ahead"], columns="measure", values="forecast")
        )
        np.testing.assert_allclose(wide["returning_buyers"] + wide["new_buyers"], wide["buyers"])
        assert (wide["buyers"] <= wide["orders"] + 1e-9).all()


def test_what_the_shop_never_had_is_not_forecast():
    given = table(lively()).to_pandas().assign(buyers=0.0, new_buyers=0.0, returning_buyers=0.0, revenue=0.0)
    result = demand_forecast.run(pa.Table.from_pandas(given), products_table(lively_products()), forecast_days=28)
    assert set(result.tables["forecasts"]["measure"].to_pylist()) == {"orders", "units"}
    assert set(result.tables["products"]["measure"].to_pylist()) == {"units"}


def test_five_orders_in_a_year_have_no_interval_and_a_sentence():
    result = forecast([("shop", 0, age, 1.0) for age in (290, 200, 150, 60, 3)])
    assert "Forecasts say little: 3 of the last 182 whole days had sales." in result.status
    assert result.tables["forecasts"]["low_80"].null_count == result.tables["forecasts"].num_rows


def test_what_was_said_four_weeks_ago_is_what_the_shop_of_then_would_have_said():
    found = lively()
    past = forecast(found).tables["past"].to_pandas()
    then = forecast([(level, code, age - 28, value) for level, code, age, value in found if age >= 28], 28)
    said = then.tables["forecasts"].to_pandas()
    by = ["level", "group_code", "measure", "period", "days_ahead"]
    both = past.assign(days_ahead=past["days_ahead"] + 28).merge(said, on=by, suffixes=("", "_then"))
    assert len(both) == len(past) > 0
    for column in ("forecast", "low_80", "high_95"):
        np.testing.assert_allclose(both[column], both[f"{column}_then"])
    assert (both["model"] == both["model_then"]).all()
    came = {(level, code, 1 - age - 1): value for level, code, age, value in found}
    days = past[(past["period"] == "day") & (past["measure"] == "orders")]
    for row in days.itertuples():
        assert row.actual == came.get((row.level, row.group_code, row.days_ahead), 0)


def lively_products(weeks=71, seed=0):
    """Of the first category three that sell each week, one seldom and one no more; of the second two."""
    random = np.random.default_rng(seed)
    found = [(1, 1, ago, 60.0) for ago in range(weeks)]
    found += [(2, 1, ago, float(random.poisson(30))) for ago in range(weeks)]
    found += [(3, 1, ago, 30.0) for ago in range(weeks)]
    found += [(4, 1, 20, 1.0), (5, 1, 60, 500.0)]
    found += [(6, 2, ago, 20.0) for ago in range(18)]
    found += [(7, 2, ago, float(random.poisson(20))) for ago in range(18)]
    return [row for row in found if row[3] > 0]


def test_products_add_up_to_their_category_and_who_sold_no_more_is_left_out():
    result = forecast(lively(), products=lively_products())
    told = result.tables["forecasts"].to_pandas()
    products = result.tables["products"].to_pandas()
    assert sorted(products["product_code"].unique()) == [1, 2, 3, 4, 6, 7]
    category = {1: 1, 2: 1, 3: 1, 4: 1, 6: 2, 7: 2}
    parts = products.assign(group=products["product_code"].map(category))
    for measure in ("revenue", "units"):
        weeks = told[(told["level"] == "category") & (told["measure"] == measure) & (told["period"] == "week")]
        whole = weeks.set_index(["group_code", "days_ahead"])["forecast"].sort_index()
        summed = parts[parts["measure"] == measure].groupby(["group", "days_ahead"])["forecast"].sum().sort_index()
        np.testing.assert_allclose(summed.to_numpy(), whole.to_numpy())
    units = products[(products["measure"] == "units") & (products["days_ahead"] == 1)].set_index("product_code")
    assert units.loc[1, "forecast"] / units.loc[3, "forecast"] == pytest.approx(2)
    assert 0 <= units.loc[4, "forecast"] < 0.05 * units.loc[3, "forecast"]
    assert np.isnan(units.loc[4, "low_80"])
    assert units.loc[1, "low_80"] <= units.loc[1, "forecast"] * 1.5


def test_the_order_of_rows_does_not_matter():
    found = lively()
    products = lively_products()
    one, other = forecast(found, products=products), forecast(found[::-1], products=products[::-1])
    assert one.tables["products"].equals(other.tables["products"])
    assert one.tables["forecasts"].equals(other.tables["forecasts"])
    assert one.tables["evaluation"].equals(other.tables["evaluation"])
    assert one.run_id("demand_forecast") == other.run_id("demand_forecast")


def test_bad_input_is_a_sentence():
    with pytest.raises(ValueError, match="must not be negative"):
        forecast([("shop", 0, -1, 1.0)])
    with pytest.raises(ValueError, match="must be distinct"):
        forecast([("shop", 0, 1, 1.0), ("shop", 0, 1, 1.0)])
    with pytest.raises(ValueError, match="one row a product and week"):
        forecast(lively(), products=[(1, 1, 3, 1.0), (1, 1, 3, 1.0)])
    with pytest.raises(ValueError, match="must name categories"):
        forecast(lively(), products=[(1, 9, 3, 1.0)])
    with pytest.raises(ValueError, match="forecast_days: expected a whole number of at least 28"):
        forecast(lively(), 7)


def test_a_horizon_is_of_whole_weeks():
    assert set(forecast(lively(), 30).tables["forecasts"].to_pandas()["days_ahead"]) == set(range(1, 36))


def test_more_than_a_year_ahead_is_forecast_too():
    result = forecast(lively(), 400, lively_products())
    for name in ("forecasts", "products"):
        told = result.tables[name].to_pandas()
        assert told["days_ahead"].max() >= 400
        assert np.isfinite(told["forecast"]).all()
    own = np.random.default_rng(0).poisson(5.0, (3, 70)).astype(float)
    share = product_shares.last_year_share(own, own.sum(axis=0, keepdims=True).repeat(3, axis=0), 58)
    np.testing.assert_allclose(share[:, 52:], share[:, :6])
    np.testing.assert_allclose(share.sum(axis=0), 1)


def test_online_retail_is_foretold_better_than_by_its_weekdays_and_by_last_year(public_data):
    """Daily revenue of all sold lines, eight windows of four weeks; of sheets that overlap each line once."""
    sold = duckdb.sql(f"""
        select date_diff('day', InvoiceDate::date, date '2011-12-09') as age, sum(Quantity * Price)::double as value
        from '{public_data / "online_retail_ii.parquet"}'
        where Quantity > 0 and Price > 0 and Invoice not like 'C%'
            and not (sheet = '2009-2010' and InvoiceDate >= timestamp '2010-12-01') group by 1
    """).fetchall()
    found = forecast([("shop", 0, age, value) for age, value in sold]).tables["evaluation"].to_pandas()
    revenue = found[found["measure"] == "revenue"].pivot(index="model", columns="metric", values="value")
    assert revenue.loc["in_use", "mase"] < 0.90
    assert revenue.loc["in_use", "error_of_total"] < 0.10
    assert 0.75 <= revenue.loc["in_use", "coverage_80"] <= 0.85
    assert revenue.loc["in_use", "mase"] < revenue.loc[["weekday_means", "last_year", "arima"], "mase"].min()
