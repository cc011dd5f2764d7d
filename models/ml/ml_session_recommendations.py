"""Rows of lists: the products recommended in each open session, and how well each strategy foretold clicks."""

from customer_insight.recommendations.sessions import session_recommendations


def model(dbt, session):
    dbt.config(materialized="table")
    return session_recommendations.learn(
        dbt.ref("int_session_clicks_input").to_arrow_table(),
        dbt.ref("int_open_sessions").select("session_code").to_arrow_table(),
        dbt.ref("int_products_input").select("product_code, is_available").to_arrow_table(),
        recommendations_per_customer=dbt.config.meta_get("recommendations_per_customer"),
        evaluate=dbt.config.meta_get("evaluate"),
        tuning_trials=dbt.config.meta_get("tuning_trials"),
    ).as_rows("session_recommendations")
