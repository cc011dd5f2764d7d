"""Rows of lists: what each message names, and where, as a list."""

from customer_insight.steps.run_settings import with_settings
from customer_insight.voice import message_entities


def model(dbt, session):
    dbt.config(materialized="table")
    messages = dbt.ref("int_messages_input").to_arrow_table()
    names = dbt.ref("int_entity_names_input").to_arrow_table()
    orders = dbt.ref("int_order_ids_input").to_arrow_table()
    return with_settings(message_entities.run, messages, names, orders).as_rows("message_entities")
