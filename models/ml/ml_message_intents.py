"""Rows of lists: what each message is about, the intents that were found, and how that was judged, as lists."""

from customer_insight.steps.run_settings import with_settings
from customer_insight.voice import message_intents


def model(dbt, session):
    dbt.config(materialized="table")
    messages = dbt.ref("int_message_intents_input").to_arrow_table()
    earlier = dbt.ref("int_earlier_intents_input").to_arrow_table()
    return with_settings(message_intents.run, messages, earlier).as_rows("message_intents")
