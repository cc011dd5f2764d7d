import numpy as np
import pyarrow as pa
import pytest
from customer_insight.predictions.value import (
    customer_value,
    linear_baseline,
    maximum_likelihood,
    purchase_histories,
    shop_at_cut,
    value_choice,
    value_evaluation,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from purchase_day_shops import ALIKE, empty, shop
from threadpoolctl import threadpool_limits


def test_every_customer_has_a_row_that_makes_sense():
    learned = customer_value.run(shop())
    table = learned.tables["customers"]
    values = {name: np.array(table[name]) for name in table.column_names}
    assert learned.status == "ok"
    assert values["customer_code"].tolist() == sorted(set(shop()["customer_code"].to_pylist()))
    assert sum(table[name].null_count for name in table.column_names) == 0
    assert ((values["p_alive"] >= 0) & (values["p_alive"] <= 1)).all()
    assert (values["expected_orders_365d"] >= values["expected_orders_90d"]).all()
    assert values["predicted_clv_365d"] == pytest.approx(values["expected_orders_365d"] * values["average_order_value"])
    assert (values["expected_next_order_in_days"] >= 0).all()
    assert learned.metrics["model"]["name"] == "mbg_nbd"


def test_the_chosen_model_answers_and_the_default_where_none_was_chosen():
    chosen = pa.table({"target": ["purchase", "value"], "model": ["random_forest", "pareto_nbd"]})
    learned = customer_value.run(shop(), chosen)
    assert learned.metrics["model"]["name"] == learned.parameters["model"] == "pareto_nbd"
    default = customer_value.run(shop(), chosen.slice(0, 1))
    assert default.metrics["model"]["name"] == default.parameters["model"] == "mbg_nbd"
    assert default.run_id("x") != learned.run_id("x")
    assert not default.tables["customers"].equals(learned.tables["customers"])


def test_a_chosen_model_that_is_gone_leaves_the_default_and_a_sentence():
    gone = customer_value.run(shop(), pa.table({"target": ["value"], "model": ["nbd_of_old"]}))
    assert gone.status == (
        "The chosen model nbd_of_old is not in this version: mbg_nbd is used until models are judged again."
    )
    default = customer_value.run(shop())
    assert gone.parameters == default.parameters
    assert gone.tables["customers"].equals(default.tables["customers"])


@pytest.mark.parametrize("table", [empty(), shop(20)], ids=["empty", "few"])
def test_few_purchases_have_the_same_columns(table):
    learned = customer_value.run(table)
    assert learned.status == ("ok" if table.num_rows else "There are no purchases.")
    assert learned.tables["customers"].num_rows == len(set(table["customer_code"].to_pylist()))
    assert learned.as_rows("x").schema == customer_value.run(shop()).as_rows("x").schema


@pytest.mark.parametrize(
    ("days", "unknown"),
    [
        (
            33,
            {
                "p_alive",
                "expected_orders_90d",
                "expected_orders_365d",
                "predicted_clv_365d",
                "clv_low",
                "clv_high",
                "expected_next_order_in_days",
            },
        ),
        (91, {"expected_next_order_in_days"}),
        (181, set()),
    ],
)
def test_a_short_history_says_nothing_of_long_times(days, unknown):
    rows = [(customer, days - 1 - customer % 30, 1, 10.0) for customer in range(200)]
    rows += [(customer, customer % 3, 1, 10.0) for customer in range(0, 200, 4)]
    table = pa.table(
        dict(zip(("customer_code", "age_days", "orders", "revenue"), zip(*rows, strict=True), strict=True))
    )
    learned = customer_value.run(table)
    found = learned.tables["customers"]
    assert {name for name in found.column_names if found[name].null_count == found.num_rows} == unknown
    assert {name for name in found.column_names if found[name].null_count} == unknown
    assert found.schema == customer_value.run(shop()).tables["customers"].schema
    assert (
        learned.status
        == {
            33: "The purchases reach back 32 days: who is alive, orders and money to come are predicted from 90 days "
            "on, the next order from 180.",
            91: "The purchases reach back 90 days: orders to come know no season. When the next order comes is "
            "predicted from 180 days on.",
            181: "The purchases reach back 180 days: orders to come know no season.",
        }[days]
    )


def test_one_order_in_a_shop_of_five_days_is_worth_nothing_yet():
    (row,) = (
        customer_value.run(pa.table({"customer_code": [1], "age_days": [4], "orders": [1], "revenue": [10.0]}))
        .tables["customers"]
        .to_pylist()
    )
    assert row["predicted_clv_365d"] is None
    assert row["average_order_value"] == pytest.approx(10, rel=0.01)


def test_the_orders_of_a_day_count_as_orders_and_not_as_purchases():
    table = shop()
    doubled = table.set_column(2, "orders", pa.array(2 * np.array(table["orders"])))
    once, twice = (customer_value.run(each).tables["customers"] for each in (table, doubled))
    assert np.array(twice["expected_orders_90d"]) == pytest.approx(2 * np.array(once["expected_orders_90d"]))
    assert np.array(twice["predicted_clv_365d"]) == pytest.approx(np.array(once["predicted_clv_365d"]))
    assert twice["p_alive"].equals(once["p_alive"])


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
    assert linear_baseline.fit(at, outcomes).scores(at) == pytest.approx(outcomes, abs=1e-6)


def test_purchases_after_as_of_are_an_error():
    with pytest.raises(ValueError, match="must not be negative"):
        customer_value.run(pa.table({"customer_code": [1], "age_days": [-1], "orders": [1], "revenue": [1.0]}))


odd_rows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 800), st.integers(0, 3), st.sampled_from([0.0, 1.0, 9.5, 1e9, None])),
    max_size=40,
)


@given(odd_rows)
@settings(max_examples=25)
def test_odd_shops_have_finite_values_between_nulls(rows):
    columns = list(zip(*rows, strict=True)) or [[]] * 4
    types = pa.int64(), pa.int64(), pa.int64(), pa.float64()
    names = "customer_code", "age_days", "orders", "revenue"
    table = pa.table({name: pa.array(each, kind) for name, each, kind in zip(names, columns, types, strict=True)})
    found = customer_value.run(table).tables["customers"]
    assert found.num_rows == len({row[0] for row in rows})
    for name in found.column_names[1:]:
        values = found[name].drop_null().to_numpy()
        assert np.isfinite(values).all()
        assert (values >= 0).all()
        least = {"average_order_value": 0, "expected_next_order_in_days": 1_000}.get(name, customer_value.HISTORY_DAYS)
        if max((row[1] for row in rows), default=0) >= least:
            assert found[name].null_count == 0


@given(st.randoms(use_true_random=False))
@settings(max_examples=4)
def test_the_order_and_the_splitting_of_rows_do_not_matter(random):
    table = shop(150)
    order = list(range(table.num_rows))
    random.shuffle(order)
    first = customer_value.run(table).as_rows("x")
    maximum_likelihood._remembered.clear()
    assert customer_value.run(table.take(order)).as_rows("x").equals(first)


def test_the_number_of_threads_does_not_matter():
    with threadpool_limits(2):
        first = customer_value.run(shop(150)).as_rows("x")
    maximum_likelihood._remembered.clear()
    with threadpool_limits(1):
        assert customer_value.run(shop(150)).as_rows("x").equals(first)


@pytest.mark.parametrize("case", ALIKE)
@pytest.mark.parametrize("model", value_choice.MODELS)
def test_alike_and_extreme_customers_have_finite_values(case, model):
    learned = customer_value.run(ALIKE[case], pa.table({"target": ["value"], "model": [model]}))
    customers = learned.tables["customers"]
    for name in customers.column_names[1:]:
        values = customers[name].drop_null().to_numpy()
        assert np.isfinite(values).all()
        assert (values >= 0).all()


def test_without_dates_nobody_has_a_value():
    bought = shop(40)
    undated = bought.set_column(1, "age_days", pa.nulls(bought.num_rows, pa.int64()))
    found = customer_value.run(undated)
    assert found.tables["customers"].num_rows == 0
    assert found.tables["customers"].schema == customer_value.run(bought).tables["customers"].schema
    assert found.status == "The orders have no dates."
    judged = value_evaluation.run(undated, churn_days=90)
    assert (judged.status, judged.tables["evaluation"].num_rows) == ("The orders have no dates.", 0)
    assert judged.tables["choice"]["model"].to_pylist() == [value_choice.DEFAULT_MODEL]
