"""Rows of lists: how well models of purchases foretold orders and revenue, as a list, and which of them to use."""

from customer_insight.predictions.value import value_evaluation


def model(dbt, session):
    dbt.config(materialized="table")
    return value_evaluation.run(
        dbt.ref("int_purchase_days_input").to_arrow_table(),
        horizon_days=dbt.config.meta_get("churn_days"),
        is_evaluated=dbt.config.meta_get("evaluate"),
    ).as_rows("value_evaluation")
