"""Rows of lists: who or what may not be what it seems, by the rules that learn what is usual, as a list."""

from customer_insight.steps.run_settings import with_settings
from customer_insight.suspicions import suspicion_step


def model(dbt, session):
    dbt.config(materialized="table")
    return with_settings(
        suspicion_step.run,
        dbt.ref("int_suspicion_rules_input").to_arrow_table(),
        dbt.ref("int_coupon_uses_input").to_arrow_table(),
        dbt.ref("int_shared_clues_input").to_arrow_table(),
        dbt.ref("int_customer_returns_input").to_arrow_table(),
        dbt.ref("int_touch_clicks_input").to_arrow_table(),
        dbt.ref("int_review_authors_input").to_arrow_table(),
        dbt.ref("int_customer_habits_input").to_arrow_table(),
    ).as_rows("suspicions")
