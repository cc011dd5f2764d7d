"""What a build prints: logs are read by many."""

import duckdb
from customer_insight.commands.build import show_results
from customer_insight.publish.run_folders import COPY

TABLES = """
    create schema quality; create schema segments; create schema recommendations; create schema shop;
    create table quality.row_counts as
        select 'orders' as source_table, 1 as rows_in, 1 as accepted, 0 as rejected, 0 as after_as_of;
    create table segments.segment_profiles as select 'All customers' as segment_name, 1 as customers, 1.0 as share;
    create table recommendations.association_rules as
        select 1 as rule_id, 'a' as antecedent_names, 'b' as consequent_names, 5 as support_count, 0.5 as confidence,
            2.0 as lift;
    create table shop.products as select 'P1' as product_id, 'Cup' as product_name;
    create table shop.customers as select '{id}' as customer_id, 10 as monetary;
    create table recommendations.customer_recommendations as
        select '{id}' as customer_id, 1 as recommendation_rank, 'P1' as product_id, 'In demand' as reason;
"""


def test_ids_are_shown_as_they_are_published(tmp_path, capsys):
    warehouse = tmp_path / "my_shop.duckdb"
    for file, own_id in [(warehouse, "anna@example.com"), (tmp_path / COPY, "id-0123")]:
        with duckdb.connect(str(file)) as connection:
            connection.execute(TABLES.format(id=own_id))
    show_results(warehouse, tmp_path)
    told = capsys.readouterr().out
    assert all(text in told for text in ("id-0123", "Cup", str(warehouse)))
    assert "anna@" not in told
