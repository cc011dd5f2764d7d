"""Rows of lists: how well strategies foretold next clicks in earlier sessions, as a list, and which of them to use."""

from customer_insight.recommendations.sessions import session_evaluation


def model(dbt, session):
    dbt.config(materialized="table")
    return session_evaluation.run(
        dbt.ref("int_session_clicks_input").to_arrow_table(),
        is_evaluated=dbt.config.meta_get("evaluate"),
        tuning_trials=dbt.config.meta_get("tuning_trials"),
    ).as_rows("session_evaluation")
