import numpy as np
import pytest
from customer_insight.recommendations.sessions import session_evaluation
from customer_insight.steps.step_result import OK
from test_next_clicks import shop, table

NO_CLICKS = table([(0, 0, 0, 0.0)]).slice(0, 0)
USUAL = '{"decay": "div", "idf_weight": 1, "neighbours": 500, "sample": 2500, "weighting": "quadratic"}'
DEFAULT = [{"strategy": "vs_knn", "parameters": USUAL}]


def test_the_champion_of_the_figures_is_the_choice():
    learned = session_evaluation.run(table(shop()))
    assert learned.status == OK
    rows = learned.tables["evaluation"].to_pylist()
    (choice,) = learned.tables["choice"].to_pylist()
    champions = {row["strategy"] for row in rows if row["is_champion"]}
    assert champions == {choice["strategy"]} == {learned.metrics["champion"]}
    assert len({row["cut_age_days"] for row in rows}) == 3


def test_same_input_in_any_order_gives_the_same_bytes():
    rows = shop(400)
    shuffled = [rows[at] for at in np.random.default_rng(3).permutation(len(rows))]
    first, second = (session_evaluation.run(table(each), tuning_trials=1) for each in (rows, shuffled))
    assert first.as_rows("x").equals(second.as_rows("x"))


def test_without_evaluation_there_are_no_figures_and_the_default_is_proposed():
    learned = session_evaluation.run(table(shop()), evaluate=False)
    assert learned.status == "Not evaluated, as the setting evaluate asks: vs_knn is used unless an earlier run chose."
    assert learned.tables["evaluation"].num_rows == 0
    assert learned.tables["choice"].to_pylist() == DEFAULT


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], "There are no visits in which a product was looked at."),
        ([(0, 0, 0, 1.0)], "There are too few visits with two products or more"),
        ([(s, 4, 0, 1.0) for s in range(300)], "There are too few visits with two products or more"),
        ([(s, p, p, 1.0) for s in range(300) for p in range(3)], "There are too few visits with two products or more"),
    ],
    ids=["no clicks", "one click", "one product", "all sessions equal"],
)
def test_little_data_is_said_plainly(rows, status):
    learned = session_evaluation.run(table(rows) if rows else NO_CLICKS)
    assert learned.status.startswith(status)
    assert learned.tables["evaluation"].num_rows == 0
    assert learned.tables["choice"].to_pylist() == DEFAULT
    assert learned.as_rows("x").schema == session_evaluation.run(table(shop()), tuning_trials=0).as_rows("x").schema
