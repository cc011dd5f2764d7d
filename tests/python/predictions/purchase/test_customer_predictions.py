import json

import numpy as np
import pyarrow as pa
import pytest
from customer_day_shops import lively_shop, order, shop_of_complaints, table
from customer_insight.predictions.purchase import customer_days, customer_predictions, purchase_evaluation
from customer_insight.predictions.purchase.features import TEXT_FEATURES
from customer_insight.predictions.purchase.purchase_model import MODELS, TrainingSet
from customer_insight.predictions.purchase.sample import sampled
from customer_insight.predictions.purchase.targets import targets
from customer_insight.predictions.value import maximum_likelihood
from scipy.special import expit

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

MANY = range(150)
BUYERS = lively_shop(customers=300)
ODD = {
    "nobody": [],
    "one customer, one order": [(1, 0, order())],
    "one customer, many orders": [(1, age, order()) for age in range(400)],
    "nobody buys twice": [(c, c * 3, order()) for c in MANY],
    "everybody buys each day": [(c, age, order()) for c in range(80) for age in range(200)],
    "all on one day": [(c, 0, order()) for c in MANY],
    "all on one day long ago": [(c, 5000, order()) for c in MANY],
    "all customers are equal": [(c, age, order()) for c in MANY for age in (5, 50, 150)],
    "no revenue": [(c, age, {"orders": 1}) for c in MANY for age in (c % 50, 60 + c % 90, 200)],
    "negative revenue": [(c, age, {"orders": 1, "gross_revenue": -5.0}) for c in MANY for age in (c % 50, 100 + c)],
    "visits only": [(c, age, {"sessions": 1, "views": 4}) for c in MANY for age in (c % 60, 90)],
    "huge money": [(c, c % 90 + 40 * n, order(1e15)) for c in MANY for n in range(4)],
    "half a million orders on a day": [*BUYERS, (9_999, 7, {"orders": 500_000, "gross_revenue": 1e9})],
    "visitors who never ordered among buyers": [*BUYERS, *((1000 + c, c % 200, {"sessions": 1}) for c in MANY)],
}


def learn(rows, models=("logistic_regression", "gradient_boosting"), **days):
    choice = pa.table({"target": ["purchase", "churn"], "model": list(models)})
    settings = {"prediction_horizon_days": 30, "churn_days": 90} | days
    return customer_predictions.run(table(rows), choice, **settings)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_shop_gets_sensible_rows(name):
    found = learn(ODD[name])
    rows = found.tables["predictions"].to_pylist()
    assert [row["customer_code"] for row in rows] == sorted({row[0] for row in ODD[name]})
    ordered = {customer for customer, _, done in ODD[name] if done.get("orders")}
    reach = max((age for _, age, done in ODD[name] if done.get("orders")), default=-1)
    for row in rows:
        assert (row["purchase_probability"] is not None) == (reach >= 30)
        assert (row["churn_probability"] is not None) == (reach >= 90 and row["customer_code"] in ordered)
        assert 0 <= (row["purchase_probability"] or 0) <= 1
    for target in ("purchase", "churn"):
        effects = found.tables[f"{target}_drivers"]["effect"]
        assert effects.null_count == 0
    told = "learning needs", "less than twice", "does not tell", "too short", "no customers", "no orders", "no season"
    assert found.status == "ok" or any(words in found.status for words in told)


def test_no_more_buyers_are_expected_than_there_are_customers():
    """Four in five buy every fortnight, the others now and then; what is known of it is less than a year."""
    rows = [(c, age, order()) for c in MANY for age in range(c % 11, 300, 14 if c % 5 else 70)]
    ends = learn(rows).metrics["purchase"]["expected_buyers"]
    assert 0 < ends["low_80"] < ends["expected"] < ends["high_80"] == len(MANY)


def test_who_is_missing_to_learn_from_is_counted():
    """Four in five come back within 90 days: it is those who stay away that are too few."""
    rows = [(c, age, order()) for c in range(100) for age in ((100, 10 + c % 50) if c % 5 else (100,))]
    said = "Churn: windows of 90 days give few examples, 80 of customers who bought and 20 of those who did not"
    assert said in learn([*rows, (0, 185, order())]).status
    assert "Churn: the orders reach back less than twice 90 days to learn from" in learn(rows).status


def test_where_nothing_tells_customers_apart_it_says_so():
    found = learn(ODD["all customers are equal"], models=("bayesian", "bayesian"))
    assert len(set(found.tables["predictions"]["purchase_probability"].to_pylist())) == 1
    assert found.status.startswith(
        "Purchase: what is known of customers does not tell those who bought in windows of 30"
    )
    assert "does not tell" not in learn(BUYERS).status


def test_a_short_history_says_nothing_of_the_time_that_it_has_not_seen():
    rows = [(customer, customer % 33, order()) for customer in MANY] + [(1, 32, order())]
    found = learn(rows)
    rows = found.tables["predictions"].to_pylist()
    assert all(0 <= row["purchase_probability"] <= 1 and row["churn_probability"] is None for row in rows)
    assert found.tables["churn_drivers"].num_rows == 0
    assert found.tables["purchase_drivers"].num_rows > 0
    assert [row["target"] for row in found.tables["models"].to_pylist()] == ["purchase"]
    assert "Churn: the orders reach back 32 days, too short to speak of 90." in found.status
    days = learn([(customer, customer % 4, order()) for customer in MANY])
    assert days.tables["predictions"]["purchase_probability"].null_count == len(MANY)
    assert days.tables["purchase_drivers"].num_rows == days.tables["models"].num_rows == 0
    assert days.status == (
        "Purchase: the orders reach back 3 days, too short to speak of 30. Churn: the orders reach back 3 days, too "
        "short to speak of 90."
    )
    assert days.as_rows("x").schema == found.as_rows("x").schema


def test_a_churn_shorter_than_the_horizon_is_predicted_where_the_purchase_is_not():
    found = learn([(c, c % 40, order()) for c in MANY], prediction_horizon_days=60, churn_days=30)
    assert found.tables["predictions"]["purchase_probability"].null_count == len(MANY)
    assert found.tables["predictions"]["churn_probability"].null_count == 0


@pytest.mark.parametrize("name", ["nobody", "nobody buys twice", "all customers are equal", "visits only"])
def test_an_odd_shop_is_evaluated_without_a_crash(name):
    found = purchase_evaluation.run(table(ODD[name]), prediction_horizon_days=30, churn_days=90)
    assert set(found.tables["choice"]["model"].to_pylist()) <= set(MODELS)
    assert found.tables["evaluation"]["value"].null_count <= found.tables["evaluation"].num_rows


@pytest.mark.parametrize("model", MODELS)
def test_drivers_add_up_to_the_answer_before_calibration(model):
    found = learn(BUYERS, (model, model), prediction_horizon_days=90)
    for target, column in (("purchase", "purchase_probability"), ("churn", "churn_probability")):
        drivers = found.tables[f"{target}_drivers"]
        codes = drivers["customer_code"].to_numpy()
        total = np.bincount(codes, weights=drivers["effect"].to_numpy())
        curve = found.metrics[target]["calibration"]
        sign = -1 if target == "churn" else 1
        expected = expit(sign * (curve["slope"] * sign * total + curve["level"]))
        rows = found.tables["predictions"]
        if target == "churn":
            expected[rows["customer_code"].to_numpy()] = np.minimum(
                expected[rows["customer_code"].to_numpy()], 1 - rows["purchase_probability"].to_numpy()
            )
        np.testing.assert_allclose(rows[column].to_numpy(), expected[rows["customer_code"].to_numpy()], atol=1e-9)
        ranks = drivers["driver_rank"].to_numpy()
        effect = np.abs(drivers["effect"].to_numpy())
        inner = (ranks[1:] > 1) & (ranks[1:] < 6) & (codes[1:] == codes[:-1])
        assert (effect[1:][inner] <= effect[:-1][inner] + 1e-11).all()


def test_whoever_is_likely_to_buy_soon_is_not_likely_to_be_lost():
    rows = learn(BUYERS).tables["predictions"]
    purchase, churn = (rows[name].to_numpy() for name in ("purchase_probability", "churn_probability"))
    assert (churn <= 1 - purchase + 1e-12).all()
    rows = learn(BUYERS, prediction_horizon_days=90, churn_days=30).tables["predictions"]
    purchase, churn = (rows[name].to_numpy() for name in ("purchase_probability", "churn_probability"))
    assert (churn >= 1 - purchase - 1e-12).all()


def test_the_same_rows_in_another_order_give_the_same_bytes():
    own = learn(BUYERS)
    maximum_likelihood._remembered.clear()
    other = learn(BUYERS[::-1])
    assert own.as_rows("x").equals(other.as_rows("x"))


def test_parameters_of_the_fitted_models_are_told():
    told = json.loads(learn(BUYERS).as_rows("x")["metrics"][0].as_py())
    assert {"log_likelihood", "model"} < set(told["purchase"]["rhythm"])
    assert told["churn"]["windows"] >= 2


def test_a_setting_that_is_no_number_of_days_is_refused():
    with pytest.raises(ValueError, match="churn_days: expected a whole number of at least 1, found "):
        learn(BUYERS, churn_days=0)


def test_a_large_shop_is_learned_from_a_sample_and_everybody_is_predicted(monkeypatch):
    monkeypatch.setattr("customer_insight.predictions.purchase.sample.SAMPLE_CUSTOMERS", 200)
    found = learn(BUYERS)
    assert found.metrics["customers_learned_from"] == 200
    assert found.tables["predictions"].num_rows == 300


def test_a_sample_is_the_same_every_time():
    shop = customer_days.read_customer_days(table([(c, 0, order()) for c in range(20_010)]))
    assert sampled(shop).customer_codes.size == 20_000
    np.testing.assert_array_equal(sampled(shop).customer_codes, sampled(shop).customer_codes)


def test_the_bayesian_answer_of_those_who_have_not_ordered_is_their_share():
    rows = ODD["visitors who never ordered among buyers"]
    (target, _) = targets(30, 90)
    training = TrainingSet(target.past(customer_days.read_customer_days(table(rows))), 0)
    model = training.fit("bayesian").model
    assert model.newcomer < -3  # none of them ever ordered


def test_a_sample_without_a_buyer_predicts_the_buyers_of_the_shop(monkeypatch):
    monkeypatch.setattr("customer_insight.predictions.purchase.sample.SAMPLE_CUSTOMERS", 20)
    rows = [(c, c % 90, {"sessions": 1}) for c in range(2000)] + [(5000, 3, order()), (5001, 40, order())]
    found = learn(rows)
    assert found.tables["predictions"]["purchase_probability"].null_count == 0


UNDATED = [(customer, None, order(10.0 * customer)) for customer in range(200, 260)]


def test_without_dates_everybody_has_a_row_and_nothing_is_predicted():
    found = learn(UNDATED)
    rows = found.tables["predictions"].to_pylist()
    assert [row["customer_code"] for row in rows] == list(range(200, 260))
    assert {(row["purchase_probability"], row["churn_probability"]) for row in rows} == {(None, None)}
    assert found.tables["purchase_drivers"].num_rows == found.tables["models"].num_rows == 0
    assert found.status == "Purchase: the orders have no dates. Churn: the orders have no dates."
    visits = [(customer, age, {"sessions": 1, "views": 4}) for customer in range(250, 300) for age in (3, 200)]
    assert learn(UNDATED + visits).status == found.status
    assert learn(UNDATED + visits).tables["predictions"].num_rows == 100


def test_what_has_no_date_is_at_no_cut():
    rows = lively_shop(customers=60)
    known, dated = (customer_days.read_customer_days(table(each)) for each in (rows + UNDATED, rows))
    assert known.has_undated
    assert not dated.has_undated
    for cut in (0, 1, 30, 300):
        left, right = known.before(cut), dated.before(cut)
        assert left.has_undated
        np.testing.assert_array_equal(left.age, right.age)
        for name, values in right.figures.items():
            np.testing.assert_array_equal(left.figures[name], values)
        codes = known.customer_codes[left.customer], dated.customer_codes[right.customer]
        np.testing.assert_array_equal(*codes)


@pytest.mark.parametrize("evaluate", [True, False])
def test_without_dates_nothing_is_judged(evaluate):
    found = purchase_evaluation.run(table(UNDATED), prediction_horizon_days=30, churn_days=90, evaluate=evaluate)
    assert found.status == "Purchase: the orders have no dates. Churn: the orders have no dates."
    assert found.tables["evaluation"].num_rows == found.tables["reliability"].num_rows == 0
    assert set(found.tables["choice"]["model"].to_pylist()) == {"bayesian"}


@pytest.mark.parametrize(("share_lost", "is_read"), [(1.0, True), (0.0, False)])
def test_what_customers_wrote_is_read_where_it_tells_who_buys(share_lost, is_read):
    rows = shop_of_complaints(share_lost)
    found = learn(rows)
    told = json.loads(found.as_rows("customer_predictions")["metrics"][0].as_py())
    assert told["purchase"]["texts_help"] == is_read
    moved = {row["feature"]: row["feature_code"] for row in found.tables["features"].to_pylist()}
    codes = [moved[name] for name in TEXT_FEATURES]
    is_moved = any(row["feature_code"] in codes for row in found.tables["purchase_drivers"].to_pylist())
    assert is_moved == is_read


def test_who_complained_is_likelier_to_be_lost_where_complaints_drive_away():
    rows = shop_of_complaints(1.0)
    found = learn(rows, models=("logistic_regression", "logistic_regression")).tables["predictions"].to_pandas()
    complained = {customer for customer, age, done in rows if done.get("unhappy_texts") and age < 90}
    is_of_them = found["customer_code"].isin(complained)
    assert found.loc[is_of_them, "churn_probability"].mean() > 0.9
    assert found.loc[~is_of_them, "purchase_probability"].max() > 0.5
