"""Rows of lists: what the next weeks bring, as a list, and how good forecasts were in the past."""

from customer_insight.demand import demand_forecast
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        demand_forecast.run,
        dbt.ref("int_demand_days_input").to_arrow_table(),
        dbt.ref("int_demand_weeks_input").to_arrow_table(),
        dbt.ref("int_demand_until").to_arrow_table(),
        dbt.ref("int_sales_days_input").to_arrow_table(),
    ).as_rows("demand_forecast")
