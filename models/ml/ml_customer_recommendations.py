"""Rows of lists: the products recommended to each customer, as a list, and how likely they are to be bought."""

from customer_insight.recommendations import customer_recommendations


def model(dbt, session):
    dbt.config(materialized="table")
    return customer_recommendations.run(
        dbt.ref("int_interaction_days_input").to_arrow_table(),
        dbt.ref("int_products_input").to_arrow_table(),
        dbt.ref("int_customers_input").to_arrow_table(),
        dbt.ref("int_recommendation_choice").to_arrow_table(),
        dbt.ref("int_list_filters_input").to_arrow_table(),
        dbt.ref("int_product_vectors_input").to_arrow_table(),
        recommendation_strategy=dbt.config.meta_get("recommendation_strategy"),
        recommendations_per_customer=dbt.config.meta_get("recommendations_per_customer"),
        recommend_repurchase=dbt.config.meta_get("recommend_repurchase"),
        prediction_horizon_days=dbt.config.meta_get("prediction_horizon_days"),
        min_group_size=dbt.config.meta_get("min_group_size"),
    ).as_rows("customer_recommendations")
