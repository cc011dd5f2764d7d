"""Rows of lists: the products most often looked at in the same session as each product, as a list."""

from customer_insight.similarity import product_similarity
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    pairs = dbt.ref("int_session_products_input").select("session_code as context_code, product_code").to_arrow_table()
    availability = dbt.ref("int_products_shown_input").to_arrow_table()
    learned = with_settings(product_similarity.learn_co_occurrence, pairs, availability, "visits")
    return learned.as_rows("products_viewed_together")
