"""Rows of lists: the products most often in the same basket as each product, as a list."""

from customer_insight.similarity import product_similarity
from customer_insight.steps.run_settings import with_settings


def model(dbt, session):
    dbt.config(materialized="table")
    pairs = dbt.ref("int_basket_items_input").select("basket_code as context_code, product_code").to_arrow_table()
    availability = dbt.ref("int_products_shown_input").to_arrow_table()
    learned = with_settings(product_similarity.learn_co_occurrence, pairs, availability, "baskets")
    return learned.as_rows("products_bought_together")
