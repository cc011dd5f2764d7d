import numpy as np
import pyarrow as pa
from customer_insight.scoring.evaluation_table import EvaluationRow, evaluation_table

WHERE = {"target": pa.string(), "strategy": pa.string(), "cut_age_days": pa.int32(), "metric": pa.string()}
ROWS = [
    EvaluationRow("a", "auc", 0.5, 0.25, 0.75, 40, cut_age_days=30, target="purchase"),
    EvaluationRow("b", "auc", np.nan, np.nan, np.inf, 0, cut_age_days=60, target="churn"),
]


def test_rows_stand_as_they_came_under_the_columns_that_are_asked_for():
    table = evaluation_table(WHERE, ROWS, lambda row: row.method == "a")
    assert table.to_pylist() == [
        {
            **{"target": "purchase", "strategy": "a", "cut_age_days": 30, "metric": "auc"},
            **{"value": 0.5, "ci_low": 0.25, "ci_high": 0.75, "customers": 40, "is_champion": True},
        },
        {
            **{"target": "churn", "strategy": "b", "cut_age_days": 60, "metric": "auc"},
            **{"value": None, "ci_low": None, "ci_high": None, "customers": 0, "is_champion": False},
        },
    ]


def test_without_rows_the_columns_and_their_types_are_the_same():
    full, empty = (evaluation_table(WHERE, rows, lambda _: False) for rows in (ROWS, []))
    assert empty.num_rows == 0
    assert empty.schema == full.schema


def test_a_method_is_called_what_its_table_calls_it():
    assert evaluation_table({"model": pa.string()}, ROWS, lambda _: True)["model"].to_pylist() == ["a", "b"]
