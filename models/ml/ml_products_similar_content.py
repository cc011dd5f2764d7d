"""Rows of lists: the products whose name, description, category and brand are most like each product's, as a list."""

from customer_insight.similarity import product_similarity
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    products = dbt.ref("int_product_texts_input").to_arrow_table()
    availability = dbt.ref("int_products_shown_input").to_arrow_table()
    return with_settings(product_similarity.learn_content, products, availability).as_rows("products_similar_content")
