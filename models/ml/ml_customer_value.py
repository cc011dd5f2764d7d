"""Rows of lists: what each customer is worth in the year to come, as a list, and how well models foretold orders."""

from customer_insight.customer_value import customer_value


def model(dbt, session):
    dbt.config(materialized="table")
    return customer_value.learn(
        dbt.ref("int_purchase_days_input").to_arrow_table(),
        horizon_days=dbt.config.meta_get("churn_days"),
        evaluate=dbt.config.meta_get("evaluate"),
    ).as_rows("customer_value")
