"""Rows of lists: similar words, similar search terms, and the product to show for a search, as lists."""

from customer_insight.steps.run_settings import with_settings
from customer_insight.voice import word_vectors


def model(dbt, session):
    dbt.config(materialized="table")
    texts = dbt.ref("int_written_texts_input").to_arrow_table()
    terms = dbt.ref("int_search_terms_input").to_arrow_table()
    followed = dbt.ref("int_search_products_input").to_arrow_table()
    products = dbt.ref("int_named_products_input").to_arrow_table()
    return with_settings(word_vectors.run, texts, terms, followed, products).as_rows("word_vectors")
