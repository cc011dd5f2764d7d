"""One row per user agent of a bot: what it is for. A list that others keep knows them; nothing is learned."""

from customer_insight.bots import user_agents


def model(dbt, session):
    dbt.config(materialized="table")
    return user_agents.listed(
        dbt.ref("int_user_agents_input").to_arrow_table(), dbt.ref("int_app_clients_input").to_arrow_table()
    )
