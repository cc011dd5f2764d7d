"""Rows of lists: the products most often looked at in the same session as each product, as a list."""

from customer_insight.similarity import product_similarity


def model(dbt, session):
    dbt.config(materialized="table")
    sessions = dbt.ref("int_session_products_input").select("session_code as context_code, product_code")
    return product_similarity.learn_co_occurrence(
        sessions.to_arrow_table(), top_n=dbt.config.meta_get("similar_products_per_product")
    ).as_rows("products_viewed_together")
