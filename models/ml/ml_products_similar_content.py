"""Rows of lists: the products whose name, description, category and brand are most like each product's, as a list."""

from customer_insight.similarity import product_similarity


def model(dbt, session):
    dbt.config(materialized="table")
    products = dbt.ref("int_product_texts_input").to_arrow_table()
    availability = dbt.ref("int_products_input").select("product_code, is_available").to_arrow_table()
    return product_similarity.learn_content(
        products, availability, top_n=dbt.config.meta_get("similar_products_per_product")
    ).as_rows("products_similar_content")
