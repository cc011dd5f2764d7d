"""One row per two customer ids of different sources that are one person by their names, where the setting says so."""

from customer_insight.identity import name_pairs


def model(dbt, session):
    dbt.config(materialized="table")
    return name_pairs.pairs(dbt.ref("stg_customer_names_input").to_arrow_table())
