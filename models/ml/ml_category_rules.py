"""Rows of lists: frequent sets of categories and rules between them, and how they were found."""

from customer_insight.rules import association_rules
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    baskets = dbt.ref("int_basket_categories_input").to_arrow_table()
    return with_settings(association_rules.run, baskets).as_rows("category_rules")
