"""One row per customer id, as a number, that is one person with a lower one, with that and since when it is known."""

from customer_insight.identity import joining


def model(dbt, session):
    dbt.config(materialized="table")
    return joining.joined_people(dbt.ref("stg_customer_codes").to_arrow_table())
