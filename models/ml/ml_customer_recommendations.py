"""Rows of lists: the products recommended to each customer, as a list, and how they were chosen."""

from customer_insight.recommendations import customer_recommendations


def model(dbt, session):
    dbt.config(materialized="table")
    return customer_recommendations.learn(
        dbt.ref("int_interactions_input").to_arrow_table(),
        dbt.ref("int_products_input").to_arrow_table(),
        dbt.ref("int_customers").select("customer_code").to_arrow_table(),
        recommendations_per_customer=dbt.config.meta_get("recommendations_per_customer"),
        recommend_repurchase=dbt.config.meta_get("recommend_repurchase"),
    ).as_rows("customer_recommendations")
