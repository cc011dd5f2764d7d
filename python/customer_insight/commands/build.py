"""`customer-insight build`: check the input, build every table, publish, and write the page of the results."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import duckdb

from customer_insight.commands.input_arguments import add_input_arguments, use_input
from customer_insight.commands.project import project_folder, run_dbt, warehouse_file
from customer_insight.commands.publish import publication_settings, publish, published_folder
from customer_insight.commands.report import PAGE, report
from customer_insight.commands.settings import settings_of
from customer_insight.commands.warehouse_lock import wait_for_warehouse
from customer_insight.publish.postgres_session import URI_VARIABLE
from customer_insight.publish.result_tables import ACTIVATION, TOPICS
from customer_insight.publish.run_folders import COPY

SHOWN = {
    "What came in, and what was refused": "select source_table, rows_in, accepted, rejected, after_as_of\n"
    "from quality.row_counts where rows_in > 0 order by rows_in desc",
    "Who the customers are": "select segment_name, customers, round(100 * share, 1) as percent\n"
    "from segments.segment_profiles order by customers desc",
    "What is bought together": "select antecedent_names, consequent_names, support_count,\n"
    "    round(confidence, 2) as confidence, round(lift, 1) as lift\n"
    "from recommendations.association_rules order by rule_id limit 5",
    "What to offer to whom": "select r.customer_id, r.recommendation_rank as rank, p.product_name, r.reason\n"
    "from recommendations.customer_recommendations as r inner join shop.products as p using (product_id)\n"
    "inner join shop.customers as c using (customer_id)\n"
    "where r.recommendation_rank <= 2 order by c.monetary desc, r.customer_id, rank limit 6",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    add_input_arguments(parser)
    parser.add_argument("--warehouse", metavar="FILE", help="the DuckDB file to build (default: the profile's)")


def run(arguments: argparse.Namespace) -> int:
    """Builds, and publishes where every table and test is fine; 0 then, else 1."""
    use_input(arguments)
    folder = project_folder()
    settings = settings_of(arguments.set)
    warehouse = warehouse_file(folder)
    wait_for_warehouse(warehouse)
    built = run_dbt(folder, ["build", "--exclude-resource-type", "unit_test"], settings)
    for sentence in built.warnings:
        print(f"Warning: {sentence}")
    if not built.is_success:
        print("\nThe build failed; nothing was published.")
        for sentence in built.failures:
            print(sentence)
        return 1
    publish(warehouse, None, publication_settings(folder, settings), to_postgres=bool(os.environ.get(URI_VARIABLE)))
    published = published_folder(warehouse)
    show_results(warehouse, published)
    report(folder, published, published / PAGE)
    return 0


def show_results(warehouse: Path, published: Path) -> None:
    """Prints where the results are, and a few rows of the main tables under the query that reads them.

    From what is published, since logs of scheduled builds are read by many: ids that are addresses stand as hashes.
    """
    with duckdb.connect(str(published / COPY), read_only=True) as connection:
        for title, query in SHOWN.items():
            print(f"\n{title}\n\n{query};\n")
            if connection.execute(query).fetchall():
                connection.sql(query).show(max_width=160, max_rows=12)
            else:
                print("(no rows: quality.model_runs says why)")
    print(f"\nAll results: {warehouse}")
    print(f"Schemas {', '.join((*TOPICS, ACTIVATION))}. What is in them: docs/tables.md.")
