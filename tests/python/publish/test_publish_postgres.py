"""Results in a real PostgreSQL: what is there, who sees what, and what others made there."""

import adbc_driver_postgresql.dbapi
import pytest
from customer_insight.publish.postgres import READER, publish_postgres
from customer_insight.publish.publication import publish_files
from customer_insight.publish.publish_errors import PublishError
from customer_insight.publish.result_tables import PERSONAL_COLUMNS
from made_warehouse import KEYS, ODD_NAME, ODD_TEXT, TABLES, make_warehouse, odd_names

RUN_SCHEMAS = "select distinct nspname::text from pg_namespace where nspname like 'run%' order by 1"


@pytest.fixture
def publish(tmp_path, database):
    """Publishes a made warehouse to files and to the database."""

    def published(mark="build 1", extra="", kept=3, uri=database.uri, **options):
        file = make_warehouse(tmp_path / "w.duckdb", mark, extra=extra)
        return publish_postgres(publish_files(file, tmp_path / "published", 3), uri, kept, **options)

    return published


def runs(database):
    return {row[0].split("__")[0] for row in database.rows(RUN_SCHEMAS)}


def test_every_table_is_a_view_with_rows_types_descriptions_and_a_key_behind_it(database, publish):
    publish()
    for table, key in KEYS.items():
        assert database.rows(f"select distinct run_id, as_of::text from {table}") == [
            ("build 1", "2025-02-01 00:00:00")
        ]
        (name,) = (row[0] for row in database.rows(RUN_SCHEMAS) if row[0].endswith(f"__{table.split('.')[0]}"))
        keys = database.rows(f"""
            select a.attname::text
            from pg_index as i, unnest(i.indkey) with ordinality as k(number, place), pg_attribute as a
            where i.indisprimary and i.indrelid = '{name}.{table.split(".")[1]}'::regclass
                and a.attrelid = i.indrelid and a.attnum = k.number order by k.place
        """)
        assert ", ".join(row[0] for row in keys) == key
        assert database.rows(f"select obj_description('{table}'::regclass)") == [(f"What {table.split('.')[1]} are.",)]
    types = dict(
        database.rows("""
        select attname::text, format_type(atttypid, atttypmod) from pg_attribute
        where attrelid in ('shop.customers'::regclass, 'shop.orders'::regclass) and attnum > 0
    """)
    )
    assert PERSONAL_COLUMNS & set(types) == set()
    assert types["gross_revenue"] == "numeric(18,2)"
    assert types["ordered_at"] == "timestamp without time zone"
    assert [types[name] for name in ("order_date", "is_erased", "r_score", "p_alive", "order_lines")] == [
        *("date", "boolean", "integer", "double precision", "bigint")
    ]
    exact = "select gross_revenue::text, p_alive, is_erased, r_score from shop.customers where customer_id = "
    assert database.rows(f"{exact} 'C5'") == [("6.25", 5 / 7, False, 5)]
    assert database.rows(f"{exact} 'C3'") == [("3.75", None, False, 3)]


def test_the_role_of_readers_sees_the_views_and_nothing_else(database, publish):
    publish()
    database.run("drop role if exists analyst", f"create role analyst login in role {READER}")
    assert database.rows("select count(*) from shop.customers", user="analyst") == [(40,)]
    readable = database.rows(
        """
        select n.nspname || '.' || c.relname from pg_class as c inner join pg_namespace as n on c.relnamespace = n.oid
        where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'v')
            and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') order by 1
        """,
        user="analyst",
    )
    assert [row[0] for row in readable] == TABLES
    (run,) = {row[0] for row in database.rows(RUN_SCHEMAS) if row[0].endswith("__shop")}
    for refused in (f"select * from {run}.customers", "delete from shop.customers", "create table shop.x (y int)"):
        with pytest.raises(adbc_driver_postgresql.dbapi.ProgrammingError, match="permission denied"):
            database.rows(refused, user="analyst")
    database.run("drop role analyst")


def test_grants_and_what_is_built_on_a_view_survive_new_rows_and_new_columns_at_the_end(database, publish):
    publish()
    database.run(
        "drop role if exists bi",
        "create role bi",
        "grant select on shop.customers to bi with grant option",
        f"revoke select on quality.model_runs from {READER}",
        "create view public.mine as select customer_id, run_id from shop.customers",
    )
    publish("build 2", "alter table shop.customers add column later integer default 7")
    assert database.rows("select distinct run_id from public.mine") == [("build 2",)]
    assert database.rows("select distinct later from shop.customers") == [(7,)]
    assert database.rows("select has_table_privilege('bi', 'shop.customers', 'select with grant option')") == [(True,)]
    may_read = f"select has_table_privilege('{READER}', '%s', 'select')"
    assert database.rows(may_read % "quality.model_runs") == [(False,)]
    assert database.rows(may_read % "shop.customers") == [(True,)]
    database.run("drop owned by bi", "drop role bi")


def test_grants_survive_columns_that_change_and_go(database, publish):
    publish()
    database.run(
        "drop role if exists bi",
        "create role bi",
        "grant select on shop.orders to bi",
        "grant select (customer_id, country) on shop.customers to bi",
        "grant select on segments.customer_segments to public",
    )
    changes = "alter table shop.orders drop column order_date; alter table shop.customers alter r_score type bigint;"
    publish("build 2", changes + "alter table segments.customer_segments rename segment_id to segment;")
    assert "order_date" not in [
        row[0]
        for row in database.rows(
            "select attname::text from pg_attribute where attrelid = 'shop.orders'::regclass and attnum > 0"
        )
    ]
    assert database.rows("select pg_typeof(r_score)::text from shop.customers limit 1") == [("bigint",)]
    for query in (
        "has_table_privilege('bi', 'shop.orders', 'select')",
        "has_column_privilege('bi', 'shop.customers', 'customer_id', 'select')",
        "not has_column_privilege('bi', 'shop.customers', 'gross_revenue', 'select')",
        "has_table_privilege('bi', 'segments.customer_segments', 'select')",
        f"has_table_privilege('{READER}', 'shop.orders', 'select')",
    ):
        assert database.rows(f"select {query}") == [(True,)], query
    database.run("drop owned by bi", "drop role bi")


def test_columns_that_change_under_a_view_of_others_stop_the_swap_and_change_nothing(database, publish):
    publish()
    database.run("create view public.mine as select order_date from shop.orders")
    with pytest.raises(PublishError, match=r"something else is built on a view.*other objects depend on it"):
        publish("build 2", "alter table shop.orders drop column order_date")
    for table in TABLES:
        assert database.rows(f"select distinct run_id from {table}") == [("build 1",)]


def test_tables_that_are_gone_go_and_old_runs_too(database, publish):
    for number in range(4):
        publish(f"build {number}", kept=2)
    assert len(runs(database)) == 2
    publish("build 4", "drop table segments.customer_segments", kept=1)
    assert len(runs(database)) == 1
    assert database.rows("select count(*) from pg_class where relname = 'customer_segments'") == [(0,)]


def test_the_same_content_is_not_loaded_twice(database, publish):
    assert publish().load_seconds > 0.01
    assert publish().load_seconds < 0.01
    assert len(runs(database)) == 1


def test_tables_of_others_are_neither_replaced_nor_dropped(database, publish):
    database.run(
        "create schema shop",
        "create table shop.orders (mine int)",
        "create table shop.stock (mine int)",
        "create schema run_mine__shop",
    )
    with pytest.raises(PublishError, match=r"The database has shop\.orders already, and publish did not make it"):
        publish()
    database.run("drop table shop.orders")
    publish()
    publish("build 2", kept=1)
    assert database.rows("select count(*) from shop.stock") == [(0,)]
    assert ("run_mine__shop",) in database.rows(RUN_SCHEMAS)
    assert database.rows(f"select has_table_privilege('{READER}', 'shop.stock', 'select')") == [(False,)]


def test_a_long_reader_is_waited_for_and_named_when_it_does_not_end(database, publish, monkeypatch):
    monkeypatch.setattr("customer_insight.publish.postgres.PAUSE_SECONDS", 0.01)
    publish()
    with adbc_driver_postgresql.dbapi.connect(database.uri) as reader, reader.cursor() as cursor:
        cursor.execute("select run_id from shop.customers limit 1")
        assert cursor.fetchall() == [("build 1",)]
        with pytest.raises(PublishError, match="Readers held the views of PostgreSQL through 2 attempts"):
            publish("build 2", attempts=2)
        cursor.execute("select distinct run_id from shop.orders")
        assert cursor.fetchall() == [("build 1",)]
    assert publish("build 2").load_seconds < 0.01
    assert database.rows("select distinct run_id from shop.orders") == [("build 2",)]


def test_a_run_that_a_reader_still_uses_is_left_for_the_next_time(database, publish):
    publish()
    (run,) = {row[0] for row in database.rows(RUN_SCHEMAS) if row[0].endswith("__shop")}
    with adbc_driver_postgresql.dbapi.connect(database.uri) as reader, reader.cursor() as cursor:
        cursor.execute(f"select 1 from {run}.customers limit 1")
        warnings = publish("build 2", kept=1).warnings
        assert len(warnings) == 1
        assert warnings[0].startswith("Still in use in PostgreSQL, and dropped by a later publication: 20250201_")
        assert len(runs(database)) == 2
    assert publish("build 3", kept=1).warnings == []
    assert len(runs(database)) == 1


def test_names_and_texts_cannot_break_out_of_their_quotes(database, publish):
    publish(extra=odd_names())
    quoted = ODD_NAME.replace('"', '""')
    values = database.rows(f'select "{quoted}" from shop."{quoted}" order by 1')
    assert sorted(row[0] for row in values) == sorted([ODD_TEXT, "nul\ufffdinside"])
    place = f"'shop.\"{quoted}\"'::regclass"
    assert database.rows(f"select obj_description({place}), col_description({place}, 1)") == [(ODD_TEXT, ODD_TEXT)]
    assert database.rows("select count(*) from shop.customers") == [(40,)]
    publish("build 2", extra=odd_names("other'); drop schema shop cascade; --"))
    assert database.rows("select count(*) from shop.customers") == [(40,)]


def test_a_user_who_may_not_make_roles_publishes_and_is_told(database, publish):
    database.run("drop role if exists publisher", "create role publisher login")
    name = database.rows("select current_database()::text")[0][0]
    database.run(f"grant create on database {name} to publisher")
    done = publish(uri=database.as_user("publisher"), reader="nobody_yet")
    assert done.warnings == [
        "The role nobody_yet is missing and may not be made by this user; nobody was given access."
    ]
    database.run("create role nobody_yet")
    assert publish("build 2", uri=database.as_user("publisher"), reader="nobody_yet").warnings == []
    assert database.rows("select has_table_privilege('nobody_yet', 'shop.customers', 'select')") == [(True,)]
    database.run("drop owned by nobody_yet, publisher cascade", "drop role nobody_yet, publisher")


def test_an_empty_shop_is_published_with_empty_views(database, publish):
    publish(extra="; ".join(f"delete from {table}" for table in TABLES))
    for table in TABLES:
        assert database.rows(f"select count(*) from {table}") == [(0,)]
