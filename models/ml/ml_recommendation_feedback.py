"""Rows of lists: how much is seen at which position, and click rates of strategies without that, as lists."""

from customer_insight.campaigns import recommendation_feedback
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    shown = dbt.ref("int_position_clicks_input").to_arrow_table()
    return with_settings(recommendation_feedback.run, shown).as_rows("recommendation_feedback")
