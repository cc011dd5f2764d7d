"""What the page says of a choice: why this one, what the second would have brought, and what the choice loses."""

import duckdb
import pytest
from customer_insight.report.money import Money
from customer_insight.report.results import Results
from customer_insight.report.sections import choice


@pytest.fixture
def shop():
    connection = duckdb.connect()
    connection.execute("create schema recommendations; create schema predictions")
    connection.execute(
        "create table recommendations.recommendation_evaluation (audience varchar, time_window varchar, scope varchar,"
        " strategy varchar, metric varchar, k int, value double, ci_low double, ci_high double, customers bigint)"
    )
    connection.execute(
        "create table predictions.prediction_evaluation (target varchar, metric varchar, value double, ci_low double,"
        " ci_high double)"
    )
    return Results(connection, "run", None, Money("GBP"), "UTC")


def judged(shop, **scores):
    """Scores of strategies in the two windows that chose, of 100 and of 300 customers, and in the one that reports."""
    for strategy, values in scores.items():
        for window, value, customers in zip(
            ("choosing_1", "choosing_2", "reporting"), values, (100, 300, 200), strict=True
        ):
            shop.connection.execute(
                "insert into recommendations.recommendation_evaluation values"
                " ('customers', ?, 'all', ?, 'ndcg', 10, ?, 0, 1, ?)",
                [window, strategy, value, customers],
            )


def lost(shop, value, high):
    shop.connection.execute(
        "insert into recommendations.recommendation_evaluation values"
        " ('customers', 'reporting', 'all', 'ease', 'choice_loss', 10, ?, -0.1, ?, 200)",
        [value, high],
    )


def test_the_best_of_the_time_before_is_in_use_and_the_second_is_named(shop):
    judged(shop, ease=(0.1, 0.3, 0.2), popular=(0.2, 0.2, 0.15), content=(0.0, 0.1, 0.5))
    lost(shop, 0.04, 0.09)
    said = choice.way(shop, "customers", "ease")
    # (100 x 0.1 + 300 x 0.3) / 400
    assert "because it scored highest on the time before: 0.250, next “" in said
    assert "with 0.200. That one would have scored 25 % less afterwards." in said
    assert "another way did 4.0 % better on the rest, at most 9.0 %: so much does the choice lose." in said


def test_a_tie_is_said_to_be_one(shop):
    judged(shop, ease=(0.2, 0.3, 0.2), popular=(0.2, 0.301, 0.2))
    lost(shop, -0.01, 0.02)
    said = choice.way(shop, "customers", "ease")
    assert "was as good as the best, 0.275 beside 0.276" in said
    assert "would have scored as much afterwards" in said
    assert said.endswith("no other way did better on the rest.")


@pytest.mark.parametrize("scores", [{}, {"ease": (0.1, 0.3, 0.2)}, {"popular": (0.1, 0.3, 0.2), "content": (0, 0, 0)}])
def test_where_nothing_was_compared_nothing_is_said(shop, scores):
    judged(shop, **scores)
    assert choice.way(shop, "customers", "ease") == ""


def test_of_a_model(shop):
    assert choice.model(shop, "churn") == ""
    shop.connection.execute(
        "insert into predictions.prediction_evaluation values ('churn', 'choice_loss', 0.02, -0.01, 0.05)"
    )
    assert "another model did 2.0 % better" in choice.model(shop, "churn")
    assert choice.model(shop, "purchase") == ""
