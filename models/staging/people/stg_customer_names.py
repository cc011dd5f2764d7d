"""One row per two customer ids of different sources whose names say that they are one person, where the setting says so."""

from customer_insight.identity import name_pairs


def model(dbt, session):
    dbt.config(materialized="table")
    return name_pairs.pairs(dbt.ref("stg_customer_names_input").to_arrow_table())
