"""One row per customer id whose telephone number is certain, with it, where customers are joined by it or names."""

from customer_insight.contacts import telephone_numbers


def model(dbt, session):
    dbt.config(materialized="table")
    return telephone_numbers.international(dbt.ref("stg_customer_phones_input").to_arrow_table())
