"""Rows of lists: every strategy scored on the shop's past, as a list, and which of them to use."""

from customer_insight.recommendations import recommendation_evaluation
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        recommendation_evaluation.run,
        dbt.ref("int_interaction_days_input").to_arrow_table(),
        dbt.ref("int_products_input").to_arrow_table(),
        dbt.ref("int_strategies_input").to_arrow_table(),
        dbt.ref("int_product_vectors_input").to_arrow_table(),
    ).as_rows("recommendation_evaluation")
