"""Rows of lists: what campaigns that nobody was drawn for have brought, adjusted for what was known, as a list."""

from customer_insight.campaigns import doubly_robust
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    customers = dbt.ref("int_campaign_undrawn_input").to_arrow_table()
    return with_settings(doubly_robust.run, customers).as_rows("undrawn_effects")
