"""More refused rows than in the published run are told of, and far more are not published."""

import duckdb
import pytest
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.refusals import told_rises


@pytest.fixture
def rises(tmp_path):
    """Rises between a published run and a warehouse, each given as {(table, reason): rows} of 100 rows a table."""
    quality = tmp_path / "current" / "quality"
    quality.mkdir(parents=True)

    def write(connection, refused, after, catalog, rows_in=100):
        connection.execute(f"create schema {catalog}.quality")
        connection.execute(
            f"create table {catalog}.quality.rejected_rows (source_system string, source_table string, reason string)"
        )
        counts = f"{catalog}.quality.row_counts"
        connection.execute(
            f"create table {counts} (source_system string, source_table string, rows_in bigint, after_as_of bigint)"
        )
        for (table, reason), rows in refused.items():
            connection.execute(
                f"insert into {catalog}.quality.rejected_rows select 'files', '{table}', '{reason}' from range({rows})"
            )
        for table in ("order_lines", "events"):
            connection.execute(f"insert into {counts} values ('files', '{table}', {rows_in}, {after.get(table, 0)})")

    def told(earlier, now, after=None, most=0.5, rows_now=100):
        with duckdb.connect() as connection:
            for name, refused, later, rows in (("then_", earlier, {}, 100), ("now_", now, after or {}, rows_now)):
                connection.execute(f"attach ':memory:' as {name}")
                write(connection, refused, later, name, rows)
            for table in ("rejected_rows", "row_counts"):
                connection.execute(f"copy then_.quality.{table} to '{quality / f'{table}.parquet'}'")
            return told_rises(connection, "now_", tmp_path / "current", most)

    return told


TIME, PRICE = ("order_lines", "ordered_at is not a time"), ("order_lines", "unit_price is negative")


def test_what_rose_is_told_and_what_did_not_is_not(rises):
    assert rises({TIME: 10, PRICE: 3}, {TIME: 16, PRICE: 8}) == [
        "order_lines: 16 of 100 rows are out because ordered_at is not a time; 10.0% were in the run before."
    ]
    assert rises({TIME: 10}, {TIME: 10}) == []
    assert rises({TIME: 10}, {}) == []


def test_a_reason_that_was_not_there_before_rises_from_nothing(rises):
    assert rises({}, {PRICE: 6}) == [
        "order_lines: 6 of 100 rows are out because unit_price is negative; 0.0% were in the run before."
    ]


def test_far_more_stop_the_publication(rises):
    with pytest.raises(PublishError, match="61 of 100 rows are out because ordered_at is not a time"):
        rises({TIME: 10}, {TIME: 61})
    assert len(rises({TIME: 10}, {TIME: 61}, most=0.6)) == 1


def test_rows_after_as_of_are_told_and_stop_nothing(rises):
    assert rises({}, {}, {"events": 90}) == [
        "events: 90 of 100 rows are out because it is later than as_of; 0.0% were in the run before."
    ]


def test_an_empty_shop_does_not_replace_one(rises):
    with pytest.raises(
        PublishError, match="neither order_lines nor events have a row, and the run that readers see was"
    ):
        rises({}, {}, rows_now=0)


@pytest.mark.parametrize("then", ["given", "none"])
@pytest.mark.parametrize("now", ["given", "none"])
def test_orders_that_lost_their_dates_do_not_replace_those_with(tmp_path, then, now):
    quality = tmp_path / "current" / "quality"
    quality.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as now_; create schema now_.quality")
        for table, columns in {
            "rejected_rows": "'' as source_system, null::string as source_table, null::string as reason where false",
            "row_counts": "'files' as source_system, 'order_lines' as source_table, 9 as rows_in, 0 as after_as_of",
        }.items():
            connection.execute(f"create table now_.quality.{table} as select {columns}")
            connection.execute(f"copy now_.quality.{table} to '{quality / f'{table}.parquet'}'")
        connection.execute(f"create table now_.quality.shop_facts as select 'order_dates' as fact, '{now}' as value")
        connection.execute(
            f"copy (select 'order_dates' as fact, '{then}' as value) to '{quality / 'shop_facts.parquet'}'"
        )
        if (then, now) == ("given", "none"):
            with pytest.raises(PublishError, match="No order line has a date, and the orders of the run that readers"):
                told_rises(connection, "now_", tmp_path / "current", 0.5)
        else:
            assert told_rises(connection, "now_", tmp_path / "current", 0.5) == []


def test_the_first_publication_has_nothing_to_compare_with(tmp_path):
    assert told_rises(duckdb.connect(), "warehouse", tmp_path / "current", 0.5) == []


def test_rows_are_those_of_their_source(tmp_path):
    quality = tmp_path / "current" / "quality"
    quality.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as now_")
        connection.execute("create schema now_.quality")
        for place in ("then_", "now_.quality."):
            connection.execute(
                f"create table {place}rejected_rows as select 'till' as source_system, 'order_lines' as source_table, "
                f"'a reason' as reason from range({20 if place.startswith('now') else 0})"
            )
            connection.execute(
                f"create table {place}row_counts as select unnest(['till', 'web']) as source_system, "
                "'order_lines' as source_table, unnest([100, 100]) as rows_in, 0 as after_as_of"
            )
        for table in ("rejected_rows", "row_counts"):
            connection.execute(f"copy then_{table} to '{quality / f'{table}.parquet'}'")
        assert told_rises(connection, "now_", tmp_path / "current", 0.5) == [
            "till: order_lines: 20 of 100 rows are out because a reason; 0.0% were in the run before."
        ]
        connection.execute("update now_.quality.row_counts set rows_in = 0 where source_system = 'web'")
        with pytest.raises(PublishError, match="web: neither order_lines nor events have a row"):
            told_rises(connection, "now_", tmp_path / "current", 0.5)
