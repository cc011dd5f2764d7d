"""Rows of lists: frequent itemsets and association rules of the shop's baskets, and how they were found."""

from customer_insight.rules import association_rules
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    baskets = dbt.ref("int_basket_items_input").select("basket_code, product_code as item_code")
    return with_settings(association_rules.run, baskets.to_arrow_table()).as_rows("association_rules")
