"""Rows of lists: what each campaign brought beside its holdout, with intervals and a verdict, as a list."""

from customer_insight.campaigns import campaign_effects
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    sums = dbt.ref("int_campaign_sums_input").to_arrow_table()
    adjusted = dbt.ref("int_undrawn_effects").to_arrow_table()
    return with_settings(campaign_effects.run, sums, adjusted).as_rows("campaign_effects")
