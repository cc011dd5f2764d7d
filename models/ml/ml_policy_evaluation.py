"""Rows of lists: what other policies would have earned on what was shown and on whom was drawn, as lists."""

from customer_insight.campaigns import policy_evaluation
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    touches = dbt.ref("int_policy_touches_input").to_arrow_table()
    candidates = dbt.ref("int_policy_candidates_input").to_arrow_table()
    offers = dbt.ref("int_policy_offers_input").to_arrow_table()
    halves = dbt.ref("int_policy_halves_input").to_arrow_table()
    return with_settings(policy_evaluation.run, touches, candidates, offers, halves).as_rows("policy_evaluation")
