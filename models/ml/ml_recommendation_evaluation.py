"""Rows of lists: every strategy scored on the shop's past, as a list, and which of them to use."""

from customer_insight.recommendations import recommendation_evaluation


def model(dbt, session):
    dbt.config(materialized="table")
    return recommendation_evaluation.run(
        dbt.ref("int_interaction_days_input").to_arrow_table(),
        dbt.ref("int_products_input").to_arrow_table(),
        dbt.ref("int_strategies_input").to_arrow_table(),
        dbt.ref("int_product_vectors_input").to_arrow_table(),
        recommend_repurchase=dbt.config.meta_get("recommend_repurchase"),
        prediction_horizon_days=dbt.config.meta_get("prediction_horizon_days"),
        tuning_trials=dbt.config.meta_get("tuning_trials"),
        is_evaluated=dbt.config.meta_get("evaluate"),
    ).as_rows("recommendation_evaluation")
