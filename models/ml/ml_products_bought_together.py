"""Rows of lists: the products most often in the same basket as each product, as a list."""

from customer_insight.similarity import product_similarity


def model(dbt, session):
    dbt.config(materialized="table")
    baskets = dbt.ref("int_basket_items_input").select("basket_code as context_code, product_code")
    return product_similarity.learn_co_occurrence(
        baskets.to_arrow_table(), top_n=dbt.config.meta_get("similar_products_per_product")
    ).as_rows("products_bought_together")
