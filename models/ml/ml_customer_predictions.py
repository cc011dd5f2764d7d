"""Rows of lists: how likely each customer buys or is lost, as a list, and what moved the answers."""

from customer_insight.predictions.purchase import customer_predictions


def model(dbt, session):
    dbt.config(materialized="table")
    return customer_predictions.run(
        dbt.ref("int_customer_days_input").to_arrow_table(),
        dbt.ref("int_prediction_choice").to_arrow_table(),
        prediction_horizon_days=dbt.config.meta_get("prediction_horizon_days"),
        churn_days=dbt.config.meta_get("churn_days"),
    ).as_rows("customer_predictions")
