"""Rows of lists: the products recommended to each customer, as a list, and how likely they are to be bought."""

from customer_insight.recommendations import customer_recommendations
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        customer_recommendations.run,
        dbt.ref("int_interaction_days_input").to_arrow_table(),
        dbt.ref("int_products_input").to_arrow_table(),
        dbt.ref("int_customers_input").to_arrow_table(),
        dbt.ref("int_recommendation_choice").to_arrow_table(),
        dbt.ref("int_list_filters_input").to_arrow_table(),
        dbt.ref("int_product_vectors_input").to_arrow_table(),
        dbt.ref("int_staff_rules_input").to_arrow_table(),
        dbt.ref("int_staff_members").select("customer_code, group_code").to_arrow_table(),
    ).as_rows("customer_recommendations")
