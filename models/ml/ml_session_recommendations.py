"""Rows of lists: the products recommended in each open session, as a list."""

from customer_insight.recommendations.sessions import session_recommendations
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        session_recommendations.run,
        dbt.ref("int_session_clicks_input").to_arrow_table(),
        dbt.ref("int_open_sessions_input").to_arrow_table(),
        dbt.ref("int_products_input").select("product_code, is_available").to_arrow_table(),
        dbt.ref("int_session_choice").to_arrow_table(),
        dbt.ref("int_staff_rules_input").to_arrow_table(),
    ).as_rows("session_recommendations")
