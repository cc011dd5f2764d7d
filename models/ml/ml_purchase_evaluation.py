"""Rows of lists: models of purchase and churn scored on the shop's past, as a list, and which of them to use."""

from customer_insight.predictions.purchase import purchase_evaluation


def model(dbt, session):
    dbt.config(materialized="table")
    return purchase_evaluation.run(
        dbt.ref("int_customer_days_input").to_arrow_table(),
        prediction_horizon_days=dbt.config.meta_get("prediction_horizon_days"),
        churn_days=dbt.config.meta_get("churn_days"),
        is_evaluated=dbt.config.meta_get("evaluate"),
    ).as_rows("purchase_evaluation")
