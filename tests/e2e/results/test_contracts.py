"""What the interface promises of the public tables, read from the database itself."""

import re
import shutil
from collections import Counter

import duckdb
from customer_insight.commands import cli

TYPES = {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "DECIMAL(18,2)", "DATE", "TIMESTAMP", "BOOLEAN"}

# The columns that the interface names for each table. Tables may have more; none of these may be renamed.
PROMISED = {
    "shop.customers": "customer_id first_ordered_at last_ordered_at orders gross_revenue net_revenue "
    "average_order_value average_days_between_orders sessions last_seen_at favourite_category "
    "favourite_brand favourite_channel recency_days frequency monetary r_score f_score "
    "m_score fm_score rfm_segment segment_id segment_name p_alive churn_probability purchase_probability "
    "expected_orders_90d expected_orders_365d predicted_clv_365d total_clv expected_next_order_at",
    "shop.products": "product_id",
    "shop.orders": "order_id",
    "shop.order_lines": "order_id product_id",
    "shop.sessions": "session_id visitor_id customer_id started_at ended_at duration_seconds events views searches "
    "add_to_carts purchases entry_page exit_page platform referrer is_converted is_bot bot_rule",
    "shop.funnel_daily": "",
    "shop.activity_daily": "",
    "segments.customer_rfm": "customer_id recency_days frequency monetary r_score f_score m_score fm_score rfm_segment",
    "segments.customer_segments": "customer_id segment_id segment_name distance silhouette map_x map_y "
    "previous_segment_id",
    "segments.segment_profiles": "segment_id segment_name customers share description",
    "segments.segment_features": "segment_id feature mean z_score",
    "segments.segment_transitions": "",
    "segments.customer_tastes": "customer_id category share affinity",
    "segments.customer_attitudes": "customer_id price_sensitivity discount_use variety_seeking brand_loyalty",
    "activation.customer_activation": "customer_id email_sha256 phone_sha256 rfm_segment segment_id rec_1 rec_2 rec_3 "
    "rec_4 rec_5",
    "activation.audience_membership": "audience customer_id membership",
    "activation.audience_sizes": "audience customers",
    "recommendations.frequent_itemsets": "itemset item_count support_count support",
    "recommendations.association_rules": "rule_id antecedent consequent antecedent_names consequent_names "
    "antecedent_length consequent_length support_count support confidence lift leverage conviction zhangs_metric "
    "jaccard",
    "recommendations.association_rule_items": "rule_id side product_id",
    "recommendations.category_rules": "",
    "recommendations.product_recommendations": "product_id method recommendation_rank recommended_product_id score "
    "reason",
    "recommendations.customer_recommendations": "customer_id recommendation_rank product_id score purchase_probability "
    "strategy because_product_id reason is_repurchase",
    "recommendations.session_recommendations": "session_id recommendation_rank product_id score reason",
    "recommendations.cart_recommendations": "session_id recommendation_rank product_id score rule_id reason",
    "recommendations.popular_products": "segment_id popularity_rank product_id score",
    "recommendations.recommendation_evaluation": "cut_at scope strategy metric k value ci_low ci_high customers "
    "is_champion",
    "predictions.customer_predictions": "customer_id horizon_days p_alive churn_probability purchase_probability "
    "expected_orders_90d expected_orders_365d average_order_value historic_clv predicted_clv_365d total_clv "
    "average_days_between_orders expected_next_order_at model",
    "predictions.prediction_drivers": "customer_id target driver_rank feature feature_value effect",
    "predictions.prediction_evaluation": "cut_at target model metric value ci_low ci_high customers is_champion",
    "predictions.calibration": "target model bin customers predicted observed",
    "predictions.demand_forecast": "",
    "quality.suspicions": "kind id rule score reason",
    "quality.rejected_rows": "source_table row_number reason row_json",
    "quality.row_counts": "source_table rows_in accepted rejected after_as_of",
    "quality.column_readings": "source_table column_name column_type reading filled_rows",
    "quality.model_runs": "run_id model status parameters metrics",
    "quality.shop_facts": "fact value reason",
}
LEARNED = {
    "segments.customer_segments", "segments.segment_profiles", "segments.segment_features",
    "segments.segment_transitions",
    "recommendations.frequent_itemsets", "recommendations.association_rules", "recommendations.association_rule_items",
    "recommendations.product_recommendations", "recommendations.customer_recommendations",
    "recommendations.session_recommendations", "quality.model_runs",
}  # fmt: skip
FIRST_VERSION = {
    table
    for table in PROMISED
    if table.split(".")[0] in ("shop", "quality")
    or table
    in LEARNED
    | {
        "segments.customer_rfm",
        "segments.customer_tastes",
        "segments.customer_attitudes",
        "recommendations.popular_products",
    }
}


def columns_where(demo, condition):
    return [
        f"{table}.{name}" for table, columns in demo.columns.items() for name, kind in columns if condition(name, kind)
    ]


def test_every_table_of_this_version_is_there_and_no_other_than_promised(demo):
    assert set(demo.tables) >= FIRST_VERSION
    assert [table for table in demo.tables if table not in PROMISED] == []


def test_promised_columns_are_there_under_their_names(demo):
    for table in demo.tables:
        missing = set(PROMISED.get(table, "").split()) - {name for name, _ in demo.columns[table]}
        assert not missing, table


def test_columns_have_types_that_every_bi_tool_knows(demo):
    assert columns_where(demo, lambda _, kind: kind not in TYPES) == []


def test_timestamps_are_named_at_and_nothing_else_is(demo):
    def is_time(name):
        return name.endswith("_at") or name == "as_of"

    assert columns_where(demo, lambda name, kind: (kind == "TIMESTAMP") != is_time(name)) == []


def test_booleans_are_named_is_or_has_and_nothing_else_is(demo):
    assert columns_where(demo, lambda name, kind: (kind == "BOOLEAN") != name.startswith(("is_", "has_"))) == []


def test_names_are_lower_case_words(demo):
    names = [*demo.tables, *(name for columns in demo.columns.values() for name, _ in columns)]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_.]*", name)] == []


def test_ids_are_text_and_money_is_decimal(demo):
    money = ("revenue", "margin", "monetary", "price", "clv_365d", "total_clv", "order_value", "discount_amount")
    assert columns_where(demo, lambda name, kind: name.endswith("_id") and kind != "VARCHAR") == []
    assert columns_where(demo, lambda name, kind: name.endswith(money) and kind != "DECIMAL(18,2)") == []


def test_no_number_is_nan_or_infinite(demo):
    for table, columns in demo.columns.items():
        doubles = [name for name, kind in columns if kind == "DOUBLE"]
        if doubles:
            odd = " or ".join(f"not isfinite({name})" for name in doubles)
            assert demo.one(f"select count(*) from {table} where {odd}") == 0, table


def test_every_table_has_a_primary_key_of_columns_it_has(demo):
    assert set(demo.tables) <= set(demo.primary_keys)
    for table in demo.tables:
        keys = ", ".join(demo.primary_keys[table])
        nulls = " or ".join(f"{key} is null" for key in demo.primary_keys[table])
        assert demo.one(f"select count(*) from (from {table} select {keys} group by all having count(*) > 1)") == 0
        assert demo.one(f"select count(*) from {table} where {nulls}") == 0


def test_the_test_of_keys_finds_rows_that_share_one_and_rows_without(compiled):
    """DuckDB refuses such rows itself; other engines do not."""
    (query,) = compiled.rglob("primary_key_order_lines_*.sql")
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as customer_insight")
        connection.execute("create schema customer_insight.shop")
        rows = "('A', 1), ('A', 2), ('B', 1), ('B', 1), ('C', null), (null, 1)"
        connection.execute(
            f"create table customer_insight.shop.order_lines as from (values {rows}) as t(order_id, line_number)"
        )
        found = connection.execute(query.read_text()).fetchall()
    assert sorted(found, key=str) == [("B", 1, 2), ("C", None, 1), (None, 1, 1)]


def test_every_table_and_column_says_what_it_is(demo):
    tables = demo.rows("select schema_name || '.' || table_name, comment from duckdb_tables()")
    columns = demo.rows("select schema_name || '.' || table_name, column_name, comment from duckdb_columns()")
    assert [name for name, comment in tables if name in demo.tables and not comment] == []
    assert [(table, name) for table, name, comment in columns if table in demo.tables and not comment] == []


def test_table_names_are_unique_across_schemas(demo):
    counts = Counter(table.split(".")[1] for table in demo.tables)
    assert [name for name, count in counts.items() if count > 1] == []


def test_tables_made_by_a_model_carry_run_id_and_as_of(demo):
    for table in LEARNED:
        assert {"run_id", "as_of"} <= {name for name, _ in demo.columns[table]}, table


def test_every_run_id_of_a_table_is_a_run_of_this_build(demo):
    for table in LEARNED - {"quality.model_runs"}:
        assert demo.rows(f"select distinct run_id from {table} except select run_id from quality.model_runs") == [], (
            table
        )


def test_a_status_is_ok_or_a_sentence(demo):
    for status in demo.column("select status from quality.model_runs"):
        assert status == "ok" or (status[0].isupper() and status.endswith(".")), status


def test_the_warehouse_of_the_example_in_help_can_be_read(demo, tmp_path):
    (name,) = re.findall(r"--warehouse (\S+)", cli.VERBS["build"][1])
    copy = tmp_path / name
    shutil.copyfile(demo.path, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        for table in demo.tables:
            connection.execute(f"select 1 from {table} limit 1").fetchall()
