"""Rows of lists: models of purchase and churn scored on the shop's past, as a list, and which of them to use."""

from customer_insight.predictions.purchase import purchase_evaluation
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    days = dbt.ref("int_customer_days_input").to_arrow_table()
    return with_settings(purchase_evaluation.run, days).as_rows("purchase_evaluation")
