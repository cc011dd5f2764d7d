"""Sessions are what a plain program makes of the same events."""

from dataclasses import astuple
from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session_oracle import Event, Link, cut_into_sessions

COLUMNS = (
    "visitor_id, started_at, ended_at, customer_id, events, views, searches, add_to_carts, purchases, "
    "entry_page, exit_page"
)
GAP, LIMIT = timedelta(minutes=30), timedelta(hours=24)
START = datetime(2025, 3, 29, 23, 30)


def test_sessions_of_the_demo_shop_are_those_of_a_plain_program(demo, seeds):
    found = demo.rows(f"select {COLUMNS} from shop.sessions order by visitor_id, started_at")
    expected = [astuple(session) for session in seeds.sessions]
    assert len(found) == len(expected)
    assert [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]] == []


@pytest.fixture(scope="module")
def engine(compiled, demo):
    """A function from events and links to sessions: the project's compiled SQL on made tables."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"attach ':memory:' as {demo.path.stem}")
    connection.execute(f"use {demo.path.stem}")
    for schema in ("staging", "intermediate"):
        connection.execute(f"create schema {schema}")
    events = {
        "row_number": "bigint", "visitor_id": "varchar", "occurred_at": "timestamp", "event_type": "varchar",
        "customer_id": "varchar", "page_url": "varchar", "product_id": "varchar", "order_id": "varchar",
        "platform": "varchar", "user_agent": "varchar", "referrer": "varchar", "value": "decimal(18, 6)",
        "quantity": "decimal(18, 6)", "customer_joined_at": "timestamp", "campaign_source": "varchar",
        "campaign_medium": "varchar", "campaign_name": "varchar",
    }  # fmt: skip
    columns = ", ".join(f"{name} {kind}" for name, kind in events.items())
    connection.execute(f"create table staging.stg_events ({columns})")
    connection.execute(
        "create table staging.stg_identity_links (visitor_id varchar, customer_id varchar, linked_at timestamp, "
        "customer_joined_at timestamp); create table intermediate.int_shared_visitors (visitor_id varchar)"
    )
    for model in ("int_session_events", "int_session_facts", "int_session_customers"):
        sql = (compiled / "intermediate" / "sessions" / f"{model}.sql").read_text()
        connection.execute(f"create view intermediate.{model} as {sql}")

    def sessions(events, links):
        connection.execute("truncate staging.stg_events; truncate staging.stg_identity_links")
        fill = "insert into staging.stg_events by position (select ?, ?, ?, ?, ?, ?, {})"
        if events:
            connection.executemany(
                fill.format(", ".join(["null"] * 11)), [list(astuple(event)[:6]) for event in events]
            )
        if links:
            connection.executemany(
                "insert into staging.stg_identity_links values (?, ?, ?, null)", [list(astuple(link)) for link in links]
            )
        return connection.execute(f"""
            select {COLUMNS.replace("customer_id", "c.customer_id")}
            from intermediate.int_session_facts as f
            left join intermediate.int_session_customers as c using (session_id)
            order by visitor_id, started_at
        """).fetchall()

    return sessions


# Steps around the gap of 30 minutes and the limit of 24 hours, and none at all: events at the same instant.
STEPS = st.sampled_from([0, 0, 1, 60, 29 * 60, 30 * 60, 30 * 60 + 1, 45 * 60])
KIND = st.sampled_from(["view", "search", "add_to_cart", "purchase", "rate"])
PERSON = st.sampled_from([None, None, "C1", "C2"])


@st.composite
def shops(draw):
    events, number = [], 0
    for visitor in draw(st.sampled_from([["a"], ["a", "b"], ["a", "b", "a-1"]])):
        at = START
        # a tracker that never rests: half-hourly events for longer than a day
        steps = draw(st.one_of(st.lists(STEPS, max_size=12), st.just([30 * 60] * draw(st.integers(46, 100)))))
        for step in steps:
            at, number = at + timedelta(seconds=step), number + 1
            kind = (
                draw(st.sampled_from(["view", "search", "add_to_cart", "purchase", "rate"])) if number < 40 else "view"
            )
            page = draw(st.sampled_from([None, "/", "/p/1"])) if number < 40 else None
            person = draw(PERSON) if number < 40 else None
            events.append(Event(number, visitor, at, kind, person, page))
    # the order of rows in the source decides between events at the same instant
    numbers = draw(st.permutations(range(len(events)))) if len(events) < 40 else range(len(events))
    events = [Event(new, *astuple(event)[1:]) for new, event in zip(numbers, events, strict=True)]
    moments = st.sampled_from([None, START - timedelta(days=1), START, START + timedelta(minutes=30)])
    links = draw(
        st.lists(st.builds(Link, st.sampled_from(["a", "b"]), st.sampled_from(["C1", "C2", "C3"]), moments), max_size=4)
    )
    return events, links


@settings(max_examples=60, derandomize=True)
@given(shop=shops(), data=st.data())
def test_sessions_of_any_events_are_those_of_a_plain_program_whatever_the_order_of_rows(engine, shop, data):
    events, links = shop
    expected = [astuple(session) for session in cut_into_sessions(events, links, GAP, LIMIT)]
    assert engine(events, links) == expected
    assert engine(events[::-1], data.draw(st.permutations(links))) == expected
