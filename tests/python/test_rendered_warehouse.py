"""What tests build without dbt is what dbt builds: every row of every table, and the same sentences."""

import pytest
from customer_insight.commands.demo import write_export, write_shop
from customer_insight.demo.exports import EXPORTS
from customer_insight.publish.id_key import KEY_VARIABLE
from rendered_warehouse import Stopped, rendered, rendered_sources
from source_warehouse import build_sources, dbt

MODELS = "orders order_lines products stg_customers stg_reviews int_sessions row_counts shop_facts"
SETTINGS = {"as_of": "2025-06-01 00:00:00", "time_zone": "Europe/London", "join_people_by": "email"}


def test_each_table_up_to_orders_is_that_of_dbt(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "0123456789abcdef" * 4)
    # with every fault that the made shop has
    write_shop(1, 80, tmp_path / "raw", tmp_path / "planted", "csv")
    selected = ["--select", *(f"+{model}" for model in MODELS.split())]
    kinds = ["--resource-type", "model", "--resource-type", "seed"]
    by_dbt = dbt(tmp_path, "files", tmp_path / "raw", "build", *kinds, *selected, "--vars", str(SETTINGS))
    assert by_dbt.success, by_dbt.output
    without = rendered("files", tmp_path / "raw", MODELS, **SETTINGS)
    assert len(without.tables) > 100
    for table in without.tables:
        rows = f"from {table} order by all"
        assert without.rows(rows) == by_dbt.rows(rows), table
        assert without.columns(table) == by_dbt.columns(table), table


def test_the_sources_of_all_systems_are_those_of_dbt(tmp_path):
    for system in EXPORTS:
        write_export(system, 1, 60, tmp_path / system)
    sources = ", ".join(f"{system}={tmp_path}/{system}" for system in sorted(EXPORTS))
    by_dbt = build_sources(tmp_path, sources, "")
    assert by_dbt.success, by_dbt.output
    without = rendered_sources(sources, "")
    filled = dict.fromkeys(EXPORTS, 0)
    for table in without.tables:
        rows = f"from {table} order by all"
        assert without.rows(rows) == by_dbt.rows(rows), table
        assert without.columns(table) == by_dbt.columns(table), table
        system = table.removeprefix("sources.src_").partition("__")[0]
        filled[system] = filled.get(system, 0) + len(without.rows(rows))
    assert all(filled[system] > 300 for system in EXPORTS), filled


def test_what_stops_dbt_stops_here(tmp_path):
    lines = tmp_path / "order_lines.csv"
    lines.write_text("order_id,product_id,Order Date\n")
    with pytest.raises(Stopped, match=r"order_lines.csv: expected the column ordered_at"):
        rendered_sources("files", tmp_path)
    lines.write_text("order_id,product_id,ordered_at,unit_price\nO1,mug,2024-01-02,never\nO2,mug,2024-01-03,ever\n")
    with pytest.raises(Stopped, match=r"2 of 2 rows were refused, 2 of them because unit_price is not a number"):
        rendered("files", tmp_path, "orders")
    lines.write_text('order_id,product_id,ordered_at,unit_price\nO1,mug,2024-01-02,"1,234"\n')
    with pytest.raises(Stopped, match=r"order_lines.unit_price: nothing decides whether 1,234 is a thousand"):
        rendered("files", tmp_path, "orders")
