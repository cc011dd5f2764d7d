import numpy as np
import pyarrow as pa
import pytest
from customer_insight.customer_value import (
    customer_value,
    linear_baseline,
    mbg_nbd,
    purchase_histories,
    shop_at_cut,
    value_choice,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits


def shop(customers=400, days=500, seed=0):
    """Purchase days of customers who come at their own rate until they are lost."""
    random = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        at, rate, end = random.integers(0, days), random.gamma(1.0, 1 / 40), random.exponential(300)
        spend, age = random.lognormal(3, 0.8), 0.0
        while at < days and age <= end:
            rows.append((customer * 3 + 1, days - 1 - int(at), random.integers(1, 3), spend * random.gamma(4) / 4))
            step = random.exponential(1 / rate) + 1
            at, age = at + step, age + step
    code, age_days, orders, revenue = zip(*rows, strict=True)
    return pa.table({"customer_code": code, "age_days": age_days, "orders": orders, "revenue": revenue})


def empty():
    return shop(5).slice(0, 0)


def test_every_customer_has_a_row_that_makes_sense():
    learned = customer_value.learn(shop(), horizon_days=90)
    table = learned.tables["customers"]
    values = {name: np.array(table[name]) for name in table.column_names}
    assert learned.status == "ok"
    assert values["customer_code"].tolist() == sorted(set(shop()["customer_code"].to_pylist()))
    assert sum(table[name].null_count for name in table.column_names) == 0
    assert ((values["p_alive"] >= 0) & (values["p_alive"] <= 1)).all()
    assert (values["expected_orders_365d"] >= values["expected_orders_90d"]).all()
    assert values["predicted_clv_365d"] == pytest.approx(values["expected_orders_365d"] * values["average_order_value"])
    assert (values["expected_next_order_in_days"] >= 0).all()
    assert learned.metrics["model"]["name"] == learned.metrics["champion"]
    assert set(learned.metrics["judged"]) == {"bg_nbd", "mbg_nbd", "pareto_nbd"}


def test_the_orders_of_a_day_count_as_orders_and_not_as_purchases():
    table = shop()
    doubled = table.set_column(2, "orders", pa.array(2 * np.array(table["orders"])))
    once, twice = (customer_value.learn(each, horizon_days=90).tables["customers"] for each in (table, doubled))
    assert np.array(twice["expected_orders_90d"]) == pytest.approx(2 * np.array(once["expected_orders_90d"]))
    assert np.array(twice["predicted_clv_365d"]) == pytest.approx(np.array(once["predicted_clv_365d"]))
    assert twice["p_alive"].equals(once["p_alive"])


def test_every_model_is_judged_on_orders_and_revenue():
    learned = customer_value.learn(shop(), horizon_days=90)
    rows = learned.tables["evaluation"].to_pylist()
    models = {"bg_nbd", "mbg_nbd", "pareto_nbd", "linear_regression"}
    assert {(row["model"], row["target"], row["metric"]) for row in rows} == {
        (model, target, metric)
        for model in models
        for target in ("orders", "revenue")
        for metric in ("rmse", "mae", "bias")
    }
    assert all(row["ci_low"] <= row["value"] <= row["ci_high"] for row in rows)
    assert {row["model"] for row in rows if row["is_champion"]} == {learned.metrics["champion"]}
    assert {row["cut_age_days"] for row in rows} == {90}


def test_figures_are_those_of_the_definition():
    random = np.random.default_rng(0)
    truth, said = random.poisson(2.0, (300, 2)).astype(float), random.gamma(2.0, 1.0, (300, 2))
    found = {
        (each.target, each.metric): each
        for each in value_choice.figures({"a": truth, "b": said}, truth)
        if each.model == "b"
    }
    for at, target in enumerate(("orders", "revenue")):
        error = said[:, at] - truth[:, at]
        assert found[target, "rmse"].value == pytest.approx(np.sqrt(np.mean(error**2)))
        assert found[target, "mae"].value == pytest.approx(np.abs(error).mean())
        assert found[target, "bias"].value == pytest.approx(said[:, at].sum() / truth[:, at].sum() - 1)
        low, high = found[target, "mae"].ci_low, found[target, "mae"].ci_high
        assert (high - low) / 3.92 == pytest.approx(np.abs(error).std() / np.sqrt(300), rel=0.1)


def test_a_better_model_is_used_where_the_difference_is_certain_and_counts():
    random = np.random.default_rng(0)
    error = random.gamma(1.0, 1.0, 5000)
    hardly, clearly, by_chance = error * 0.9999, error * 0.9, error * random.uniform(0, 1.9, 5000)
    assert value_choice.most_useful(np.column_stack([error, hardly])) == 0
    assert value_choice.most_useful(np.column_stack([error, clearly])) == 1
    assert value_choice.most_useful(np.column_stack([error, by_chance])[:20]) == 0


def test_groups_by_lot_give_the_intervals_of_customers():
    random = np.random.default_rng(1)
    truth = random.poisson(1.0, (40_000, 2)).astype(float)
    figure = value_choice.figures({"a": np.ones((40_000, 2))}, truth)[1]
    assert figure.metric == "mae"
    error = np.abs(1 - truth[:, 0])
    assert (figure.ci_high - figure.ci_low) / 3.92 == pytest.approx(error.std() / 200, rel=0.1)


def test_the_choice_sees_nothing_of_the_horizon_but_to_judge():
    table = shop()
    bought = purchase_histories.purchase_days(
        np.array(table["customer_code"]),
        -np.array(table["age_days"]),
        np.array(table["orders"], dtype=float),
        np.array(table["revenue"]),
    )
    before = shop_at_cut.shop_at_cut(bought, -90)
    alone = shop_at_cut.shop_at_cut(bought.until(-90), -90)
    assert np.array_equal(before.codes, alone.codes)
    assert np.array_equal(before.value_per_day, alone.value_per_day)
    chosen = value_choice.choose(bought, 0, 90)
    assert chosen.judged["mbg_nbd"] == mbg_nbd.fit(alone.histories)


def test_the_regression_learns_a_straight_line():
    table = shop()
    bought = purchase_histories.purchase_days(
        np.array(table["customer_code"]),
        -np.array(table["age_days"]),
        np.array(table["orders"], dtype=float),
        np.array(table["revenue"]),
    )
    at = shop_at_cut.shop_at_cut(bought, 0)
    outcomes = np.column_stack([2 * at.histories.repeats + 1, at.histories.age])
    assert linear_baseline.predict(at, outcomes, at) == pytest.approx(outcomes, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (empty(), "There are no purchases."),
        (shop(20), "customers were known two horizons ago"),
        (shop(400, days=200), "The purchases reach back 199 days and judging needs 3 times 90"),
    ],
    ids=["empty", "few", "short"],
)
def test_too_little_history_falls_back_and_says_so(table, reason):
    learned = customer_value.learn(table, horizon_days=90)
    assert reason in learned.status
    assert learned.tables["evaluation"].num_rows == 0
    assert learned.tables["customers"].num_rows == len(set(table["customer_code"].to_pylist()))
    assert learned.as_rows("x").schema == customer_value.learn(shop(), horizon_days=90).as_rows("x").schema


def test_without_evaluation_the_default_is_used():
    learned = customer_value.learn(shop(), horizon_days="90", evaluate="false")
    assert learned.status == "Not evaluated, as the setting evaluate asks: mbg_nbd is used."
    assert learned.metrics["model"]["name"] == "mbg_nbd"


def test_purchases_after_as_of_are_an_error():
    with pytest.raises(ValueError, match="must not be negative"):
        customer_value.learn(
            pa.table({"customer_code": [1], "age_days": [-1], "orders": [1], "revenue": [1.0]}), horizon_days=30
        )


odd_rows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 800), st.integers(0, 3), st.sampled_from([0.0, 1.0, 9.5, 1e9, None])),
    max_size=40,
)


@given(odd_rows)
@settings(max_examples=25, deadline=None)
def test_odd_shops_have_finite_values_between_nulls(rows):
    columns = list(zip(*rows, strict=True)) or [[]] * 4
    types = pa.int64(), pa.int64(), pa.int64(), pa.float64()
    names = "customer_code", "age_days", "orders", "revenue"
    table = pa.table({name: pa.array(each, kind) for name, each, kind in zip(names, columns, types, strict=True)})
    found = customer_value.learn(table, horizon_days=30).tables["customers"]
    assert found.num_rows == len({row[0] for row in rows})
    for name in found.column_names[1:]:
        values = found[name].drop_null().to_numpy()
        assert np.isfinite(values).all()
        assert (values >= 0).all()
        assert name == "expected_next_order_in_days" or not found[name].null_count


@given(st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None)
def test_the_order_and_the_splitting_of_rows_do_not_matter(random):
    table = shop(150)
    order = list(range(table.num_rows))
    random.shuffle(order)
    first = customer_value.learn(table, horizon_days=60).as_rows("x")
    assert customer_value.learn(table.take(order), horizon_days=60).as_rows("x").equals(first)


def test_the_number_of_threads_does_not_matter():
    with threadpool_limits(2):
        first = customer_value.learn(shop(150), horizon_days=60).as_rows("x")
    with threadpool_limits(1):
        assert customer_value.learn(shop(150), horizon_days=60).as_rows("x").equals(first)


def test_cdnow_is_foretold_no_worse_than_by_a_regression(cdnow):
    kept = cdnow.bought.until(545)
    table = pa.table(
        {
            "customer_code": kept.customer,
            "age_days": 545 - kept.day,
            "orders": kept.orders.astype(int),
            "revenue": kept.revenue,
        }
    )
    rows = customer_value.learn(table, horizon_days=120).tables["evaluation"].to_pylist()
    error = {row["model"]: row["value"] for row in rows if (row["target"], row["metric"]) == ("orders", "rmse")}
    assert error["mbg_nbd"] < 1.02 * error["linear_regression"]


def table_of(customer, age, revenue):
    size = np.size(age)
    columns = {"customer_code": np.resize(customer, size), "age_days": age, "orders": np.ones(size, dtype=np.int64)}
    return pa.table({**columns, "revenue": np.resize(revenue, size)})


ALIKE = {
    "everybody buys each day": table_of(np.repeat(np.arange(60), 120), np.tile(np.arange(120), 60), [5.0]),
    "everybody for nothing": table_of(np.repeat(np.arange(60), 120), np.tile(np.arange(120), 60), [0.0]),
    "once a century": table_of(np.repeat(np.arange(60), 3), np.tile([5, 36_500, 73_000], 60), [1e15, 1e-2]),
    "a giant": pa.concat_tables([shop(200), table_of([10_000], np.arange(499), [1e12])]),
    "one day is all": table_of(np.arange(500), np.repeat([100, 5], 250), [3.0]),
}


@pytest.mark.parametrize("case", ALIKE)
def test_alike_and_extreme_customers_are_judged_without_failing(case):
    learned = customer_value.learn(ALIKE[case], horizon_days=30)
    customers, evaluation = learned.tables["customers"], learned.tables["evaluation"]
    for name in customers.column_names[1:]:
        values = customers[name].drop_null().to_numpy()
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    assert evaluation.num_rows in (0, 24)
    assert (
        evaluation.num_rows == 0
        or evaluation.filter(pa.compute.equal(evaluation["metric"], "rmse"))["value"].null_count == 0
    )
