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
        "create table predictions.prediction_evaluation (cut_at timestamp, target varchar, model varchar,"
        " metric varchar, value double, ci_low double, ci_high double, customers bigint, is_champion boolean)"
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


def predicted(shop, target, metric, champion, **errors):
    """Errors of models in windows, the earliest first, of 100, 300 and 200 customers."""
    for model, values in errors.items():
        for at, (value, customers) in enumerate(zip(values, (100, 300, 200)[-len(values) :], strict=True)):
            shop.connection.execute(
                "insert into predictions.prediction_evaluation values (?, ?, ?, ?, ?, 0, 1, ?, ?)",
                [f"2025-0{at + 1}-01", target, model, metric, value, customers, model == champion],
            )


def test_of_a_model(shop):
    assert choice.model(shop, "churn") == ""
    predicted(shop, "churn", "choice_loss", "bayesian", bayesian=(0.02,))
    shop.connection.execute("update predictions.prediction_evaluation set ci_low = -0.01, ci_high = 0.05")
    assert "another model did 2.0 % better" in choice.model(shop, "churn")
    assert choice.model(shop, "purchase") == ""


def test_of_a_model_it_is_said_why_and_what_the_second_would_have_brought(shop):
    errors = {"random_forest": (0.5, 0.3, 0.4), "bayesian": (0.4, 0.4, 0.5), "decision_tree": (0.9, 0.9, 0.1)}
    predicted(shop, "purchase", "log_loss", "random_forest", **errors)
    said = choice.model(shop, "purchase")
    # (100 x 0.5 + 300 x 0.3) / 400
    assert "“random forest” is in use because on the time before its probabilities were the least off" in said
    assert "log loss 0.350, next “bayesian” with 0.400. That one would have been off by 25 % more afterwards." in said


def test_of_a_model_that_is_not_the_best_it_is_said_that_it_was_as_good(shop):
    predicted(shop, "churn", "log_loss", "bayesian", bayesian=(0.4, 0.4, 0.4), random_forest=(0.399, 0.4, 0.3))
    said = choice.model(shop, "churn")
    assert "“bayesian” is in use because on the time before it was as good as the best: log loss 0.400 beside" in said
    assert "off by 25 % less afterwards" in said


def test_of_the_value_model(shop):
    assert choice.value_model(shop) == ""
    errors = {"mbg_nbd": (1.5,), "pareto_nbd": (1.2,), "bg_nbd": (1.0,), "linear_regression": (0.5,)}
    predicted(shop, "orders", "rmse", "pareto_nbd", **errors)
    said = choice.value_model(shop)
    # yardsticks never serve
    assert "“Pareto/NBD” is in use because" in said
    assert "“MBG/NBD” was off by 25 % more." in said
    predicted(shop, "orders", "choice_loss", "mbg_nbd", mbg_nbd=(0.25,))
    assert "chosen one such time earlier had 25 % more squared error." in choice.value_model(shop)
