"""Rows of lists: what recommendations would have put into lists when campaigns began, as a list."""

from customer_insight.recommendations import earlier_lists
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        earlier_lists.run,
        dbt.ref("int_interaction_days_input").to_arrow_table(),
        dbt.ref("int_products_input").to_arrow_table(),
        dbt.ref("int_recommendation_choice").to_arrow_table(),
        dbt.ref("int_product_vectors_input").to_arrow_table(),
        dbt.ref("int_earlier_lists_input").to_arrow_table(),
        dbt.ref("int_policy_candidates_input").to_arrow_table(),
    ).as_rows("earlier_lists")
