"""Rows of lists: what a campaign is expected to change for each customer, and how that was judged, as lists."""

from customer_insight.campaigns import customer_uplift
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    assigned = dbt.ref("int_uplift_assigned_input").to_arrow_table()
    customers = dbt.ref("int_uplift_customers_input").to_arrow_table()
    return with_settings(customer_uplift.run, assigned, customers).as_rows("customer_uplift")
