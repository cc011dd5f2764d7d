"""Rows of lists: answers suggested for messages that nobody has answered, as a list."""

from customer_insight.steps.run_settings import with_settings
from customer_insight.voice import suggested_replies


def model(dbt, session):
    dbt.config(materialized="table")
    messages = dbt.ref("int_suggested_replies_input").to_arrow_table()
    people = dbt.ref("int_mailboxes_input").to_arrow_table()
    products = dbt.ref("int_product_texts_input").to_arrow_table()
    templates = dbt.ref("int_reply_templates_input").to_arrow_table()
    return with_settings(suggested_replies.run, messages, people, products, templates).as_rows("suggested_replies")
