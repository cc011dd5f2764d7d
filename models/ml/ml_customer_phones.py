"""One row per customer whose telephone number is certain, with it. A library knows the rules; nothing is learned."""

from customer_insight.contacts import telephone_numbers


def model(dbt, session):
    dbt.config(materialized="table")
    return telephone_numbers.international(dbt.ref("int_customer_phones_input").to_arrow_table())
