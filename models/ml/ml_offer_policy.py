"""Rows of lists: what each customer is offered next and with which probability, as lists."""

from customer_insight.campaigns import offer_policy
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    offers = dbt.ref("int_offers").to_arrow_table()
    decided = dbt.ref("int_offer_decisions_input").to_arrow_table()
    customers = dbt.ref("int_offer_customers_input").to_arrow_table()
    forbidden = dbt.ref("int_offers_forbidden_input").to_arrow_table()
    return with_settings(offer_policy.run, offers, decided, customers, forbidden).as_rows("offer_policy")
