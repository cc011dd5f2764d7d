"""Rows of lists: how well models of purchases predicted orders and revenue, as a list, and which of them to use."""

from customer_insight.predictions.value import value_evaluation
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    purchase_days = dbt.ref("int_purchase_days_input").to_arrow_table()
    return with_settings(value_evaluation.run, purchase_days).as_rows("value_evaluation")
