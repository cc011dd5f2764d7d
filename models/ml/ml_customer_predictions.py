"""Rows of lists: how likely each customer buys or is lost, as a list, and what moved the answers."""

from customer_insight.predictions.purchase import customer_predictions
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        customer_predictions.run,
        dbt.ref("int_customer_days_input").to_arrow_table(),
        dbt.ref("int_prediction_choice").to_arrow_table(),
    ).as_rows("customer_predictions")
