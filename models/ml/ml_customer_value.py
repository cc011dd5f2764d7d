"""Rows of lists: what each customer is worth in the year to come, as a list."""

from customer_insight.predictions.value import customer_value
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        customer_value.run,
        dbt.ref("int_purchase_days_input").to_arrow_table(),
        dbt.ref("int_prediction_choice").to_arrow_table(),
    ).as_rows("customer_value")
