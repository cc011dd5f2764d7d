"""Rows of lists: how well strategies predicted next clicks in earlier sessions, as a list, and which of them to use."""

from customer_insight.recommendations.sessions import session_evaluation
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    clicks = dbt.ref("int_session_clicks_input").to_arrow_table()
    return with_settings(session_evaluation.run, clicks).as_rows("session_evaluation")
