import numpy as np
import pyarrow as pa
import pytest
from customer_insight.predictions.value import (
    maximum_likelihood,
    mbg_nbd,
    purchase_histories,
    shop_at_cut,
    value_choice,
    value_evaluation,
)
from customer_insight.scoring.champion import champion
from customer_insight.scoring.choice_loss import choice_loss
from purchase_day_shops import ALIKE, empty, shop
from threadpoolctl import threadpool_limits


def test_every_model_is_judged_on_orders_and_revenue():
    learned = value_evaluation.run(shop(), churn_days=90)
    rows = learned.tables["evaluation"].to_pylist()
    models = {"bg_nbd", "mbg_nbd", "pareto_nbd", "linear_regression"}
    losses = [row for row in rows if row["metric"] == "choice_loss"]
    held = [row for row in rows if row["metric"] == "coverage_80"]
    rows = [row for row in rows if row not in losses + held]
    assert {(row["model"], row["target"], row["metric"]) for row in rows} == {
        (model, target, metric)
        for model in models
        for target in ("orders", "revenue")
        for metric in ("rmse", "mae", "bias")
    }
    assert all(row["ci_low"] <= row["value"] <= row["ci_high"] for row in rows)
    assert [row["target"] for row in losses] == ["orders"]
    assert [(row["target"], row["model"]) for row in held] == [("revenue", name) for name in value_choice.MODELS]
    assert all(0.7 < row["value"] < 0.97 for row in held)
    assert losses[0]["model"] in value_choice.MODELS
    assert {row["model"] for row in rows if row["is_champion"]} == {learned.metrics["champion"]}
    assert learned.tables["choice"].to_pylist() == [{"target": "value", "model": learned.metrics["champion"]}]
    assert {row["cut_age_days"] for row in rows} == {90}
    assert set(learned.metrics["judged"]) == {"bg_nbd", "mbg_nbd", "pareto_nbd"}


def test_figures_are_those_of_the_definition():
    random = np.random.default_rng(0)
    truth, said = random.poisson(2.0, (300, 2)).astype(float), random.gamma(2.0, 1.0, (300, 2))
    found = {
        (each.target, each.metric): each
        for each in value_choice.figures({"a": truth, "b": said}, truth)
        if each.method == "b"
    }
    for at, target in enumerate(("orders", "revenue")):
        error = said[:, at] - truth[:, at]
        assert found[target, "rmse"].value == pytest.approx(np.sqrt(np.mean(error**2)))
        assert found[target, "mae"].value == pytest.approx(np.abs(error).mean())
        assert found[target, "bias"].value == pytest.approx(said[:, at].sum() / truth[:, at].sum() - 1)
        low, high = found[target, "mae"].ci_low, found[target, "mae"].ci_high
        assert (high - low) / 3.92 == pytest.approx(np.abs(error).std() / np.sqrt(300), rel=0.1)


def test_the_model_with_the_lower_errors_in_the_last_horizon_is_used():
    for seed in (1, 2):
        with threadpool_limits(1):
            found = value_choice.choose(read(shop(150, seed=seed)), 90)
        last, before = found.squared
        assert found.model == list(value_choice.MODELS)[champion(-last)]
        lost = found.figures[-1]
        assert (lost.metric, lost.target, lost.cut_age_days) == ("choice_loss", "orders", 90)
        assert lost.method == list(value_choice.MODELS)[champion(-before)]
        # what was chosen a horizon earlier, in the last one
        expected = choice_loss(-last, list(value_choice.MODELS).index(lost.method))
        assert (lost.value, lost.ci_low, lost.ci_high) == (expected.value, expected.low, expected.high)


def test_what_a_choice_loses_is_told_of_groups_where_customers_are_many():
    random = np.random.default_rng(2)
    squared = random.gamma(1.0, 1.0, (40_000, 2)) * np.array([1.1, 1.0])
    found = value_choice.loss_of_choice(squared, 0, 90)
    assert found.value == pytest.approx(squared[:, 0].mean() / squared[:, 1].mean() - 1, abs=0.005)
    # of a quotient of two means; how often a customer is drawn, and into which half, has three times its squared mean
    # as variance
    assert (found.ci_high - found.ci_low) / 3.92 == pytest.approx(1.1 * np.sqrt(2 * 3 / 40_000), rel=0.15)
    assert found.customers == 40_000


def test_groups_by_lot_give_the_intervals_of_customers():
    random = np.random.default_rng(1)
    truth = random.poisson(1.0, (40_000, 2)).astype(float)
    figure = value_choice.figures({"a": np.ones((40_000, 2))}, truth)[1]
    assert figure.metric == "mae"
    error = np.abs(1 - truth[:, 0])
    assert (figure.ci_high - figure.ci_low) / 3.92 == pytest.approx(error.std() / 200, rel=0.1)


def read(table):
    return purchase_histories.read_purchase_days(table)


def test_the_choice_sees_nothing_of_the_horizon_but_to_judge():
    table = shop()
    bought = read(table)
    before = shop_at_cut.shop_at_cut(bought, -90)
    alone = shop_at_cut.shop_at_cut(bought.until(-90), -90)
    assert np.array_equal(before.codes, alone.codes)
    assert np.array_equal(before.value_per_day, alone.value_per_day)
    chosen = value_choice.choose(bought, 90)
    assert chosen.judged["mbg_nbd"] == mbg_nbd.fit(alone.histories)


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
    learned = value_evaluation.run(table, churn_days=90)
    assert reason in learned.status
    assert learned.tables["evaluation"].num_rows == 0
    assert learned.tables["choice"].to_pylist() == [{"target": "value", "model": "mbg_nbd"}]
    assert learned.metrics["champion"] is None
    assert learned.as_rows("x").schema == value_evaluation.run(shop(), churn_days=90).as_rows("x").schema


def test_without_evaluation_there_are_no_figures_and_the_default_is_proposed():
    learned = value_evaluation.run(shop(), churn_days=90, evaluate=False)
    assert learned.status == (
        "Not evaluated, as the setting evaluate asks: mbg_nbd is used unless an earlier run chose."
    )
    assert learned.tables["evaluation"].num_rows == 0
    assert learned.tables["choice"].to_pylist() == [{"target": "value", "model": "mbg_nbd"}]


def test_cdnow_is_predicted_no_worse_than_by_a_regression(cdnow):
    kept = cdnow.bought.until(545)
    table = pa.table(
        {
            "customer_code": kept.customer,
            "age_days": 545 - kept.day,
            "orders": kept.orders.astype(int),
            "revenue": kept.revenue,
        }
    )
    rows = value_evaluation.run(table, churn_days=120).tables["evaluation"].to_pylist()
    error = {row["model"]: row["value"] for row in rows if (row["target"], row["metric"]) == ("orders", "rmse")}
    assert error["mbg_nbd"] < 1.02 * error["linear_regression"]


@pytest.mark.parametrize("case", ALIKE)
def test_alike_and_extreme_customers_are_judged_without_failing(case):
    evaluation = value_evaluation.run(ALIKE[case], churn_days=30).tables["evaluation"]
    assert evaluation.num_rows in (0, 27)
    assert (
        evaluation.num_rows == 0
        or evaluation.filter(pa.compute.equal(evaluation["metric"], "rmse"))["value"].null_count == 0
    )


def test_neither_the_order_of_rows_nor_the_number_of_threads_matters():
    table = shop(150)
    shuffled = table.take(np.random.default_rng(0).permutation(table.num_rows))
    with threadpool_limits(2):
        first = value_evaluation.run(table, churn_days=60).as_rows("x")
    maximum_likelihood._remembered.clear()
    assert value_evaluation.run(shuffled, churn_days=60).as_rows("x").equals(first)
