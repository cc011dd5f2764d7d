"""One row per product id, as a number, that is the same product as a lower one, with that."""

from customer_insight.identity import joining


def model(dbt, session):
    dbt.config(materialized="table")
    return joining.joined(dbt.ref("stg_product_codes").to_arrow_table())
