"""Rows of lists: the products most often in the same basket as each product, as a list."""

from customer_insight.similarity import product_similarity


def model(dbt, session):
    dbt.config(materialized="table")
    baskets = dbt.ref("int_basket_items_input").select("basket_code as context_code, product_code")
    availability = dbt.ref("int_products_input").select("product_code, is_available").to_arrow_table()
    return product_similarity.learn_co_occurrence(
        baskets.to_arrow_table(), availability, top_n=dbt.config.meta_get("similar_products_per_product")
    ).as_rows("products_bought_together")
