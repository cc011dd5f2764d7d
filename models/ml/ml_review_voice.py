"""Rows of lists: how reviews and messages feel, what reviews are about, and how that was judged, as lists."""

from customer_insight.steps.run_settings import with_settings
from customer_insight.voice import review_voice


def model(dbt, session):
    dbt.config(materialized="table")
    reviews = dbt.ref("int_reviews_input").to_arrow_table()
    messages = dbt.ref("int_messages_input").to_arrow_table()
    terms = dbt.ref("int_aspect_terms_input").to_arrow_table()
    return with_settings(review_voice.run, reviews, messages, terms).as_rows("review_voice")
