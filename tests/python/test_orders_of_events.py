"""Orders of a shop that has events only are what a plain program makes of the same purchases."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from hypothesis import given, settings
from hypothesis import strategies as st

MODELS = [
    "int_session_events", "int_session_facts", "int_session_customers", "int_purchase_parts", "int_repeated_purchases",
    "int_sessions", "int_lines_from_events",
]  # fmt: skip
GIVEN = """
create table stg_events (
    row_number bigint, visitor_id varchar, customer_id varchar, order_id varchar, product_id varchar, platform varchar,
    occurred_at timestamp, value decimal(18, 6), quantity decimal(18, 6), event_type varchar,
    user_agent varchar, page_url varchar, referrer varchar, customer_joined_at timestamp, campaign_source varchar,
    campaign_medium varchar, campaign_name varchar
);
create table stg_identity_links (
    visitor_id varchar, customer_id varchar, linked_at timestamp, customer_joined_at timestamp
);
create table int_shared_visitors (visitor_id varchar);
create table int_bot_sessions (session_id varchar, bot_rule varchar);
create table int_agent_sessions (session_id varchar, bot_rule varchar);
create table int_listed_prices (product_id varchar, price decimal(18, 6));
create table int_sale_kind as select 'events' as sale_kind;
create table int_currency as select 'EUR' as currency;
"""


@dataclass(frozen=True)
class Purchase:
    """An event in a session of its own."""

    customer: str | None
    order: str
    product: str | None
    at: datetime
    channel: str | None = "web"
    value: int = 50
    row: int = 0


@pytest.fixture(scope="module")
def lines():
    """A function from purchases to order lines: order, customer, product, value."""
    connection = duckdb.connect()
    connection.execute(GIVEN)
    project = ProjectSql(Path(__file__).parents[2], {"source_system": "files"})
    models = [f"create or replace table {model} as {project.model(model)}" for model in MODELS]

    def lines_of(purchases):
        connection.execute("truncate stg_events")
        rows = [
            (p.row, f"v{p.row}", p.customer, p.order, p.product, p.channel, p.at, p.value) for p in numbered(purchases)
        ]
        if rows:
            connection.executemany(
                f"insert into stg_events select {'?, ' * 8} 1, 'purchase', {'null, ' * 6} null", rows
            )
        for model in models:
            connection.execute(model)
        return sorted(
            connection.execute(
                "select order_id, customer_id, nullif(product_id, '(not given)'), cast(list_amount as int) "
                "from int_lines_from_events"
            ).fetchall(),
            key=by_text,
        )

    return lines_of


def by_text(line):
    return [str(value) for value in line]


def numbered(purchases):
    return [replace(purchase, row=row) for row, purchase in enumerate(purchases, 1)]


def expected_lines(purchases):
    """Id by id: whose order an event is of, whether it was told before, and whether it is a total beside products."""
    found = []
    ordered = sorted(numbered(purchases), key=lambda purchase: (purchase.order, purchase.at, purchase.row))
    for order, events in groupby(ordered, key=lambda purchase: purchase.order):
        for number, part in enumerate(parts(list(events)), 1):
            told = [event for event in part if not is_repeat(event, part)]
            goods = [event for event in told if event.product] or told
            name = f"{order} ({number})" if number > 1 else order
            if number > 1 and name in {purchase.order for purchase in purchases}:
                name += " (shared id)"
            found += [(name, event.customer, event.product, event.value) for event in goods]
    return sorted(found, key=by_text)


def parts(events):
    """The events of an id as orders, the first in time first; an unknown channel is the day's first by name."""
    first = {}
    known = {
        day: min(event.channel for event in events if event.channel and event.at.date() == day)
        for day in {event.at.date() for event in events if event.channel}
    }
    events = [replace(event, channel=event.channel or known.get(event.at.date(), "")) for event in events]
    for event in events:
        if event.customer:
            first.setdefault(event.customer, (event.at.date(), event.channel))
    if len(first) < 2:
        return [events]
    places = list(dict.fromkeys(first.values()))
    shares = [[] for _ in places]
    for event in events:
        place = (event.at.date(), event.channel)
        if event.customer:
            part = places.index(first[event.customer])
        elif told := [part for part, share in enumerate(shares) if has_product_of(event, share)]:
            part = told[0]
        else:
            told_of = {first.get(other.customer) for share in shares for other in share}
            part = places.index(place) if place in told_of else 0
        shares[part].append(event)
    return shares


def has_product_of(event, share):
    return any(other.customer and other.product == event.product for other in share)


def is_repeat(event, part):
    earlier = [other for other in part if other.at < event.at]
    return any(event.product in (None, other.product) for other in earlier)


MORNING = datetime(2025, 1, 1, 10)
NEXT_DAY, FIFTH = MORNING + timedelta(days=1), MORNING + timedelta(days=4)


@pytest.mark.parametrize(
    ("purchases", "expected"),
    [
        # loaded again a minute later, the next day, by nobody that is known, and with another account of the household
        (
            [
                Purchase("ann", "T1", "P", MORNING),
                Purchase("ann", "T1", "P", MORNING + timedelta(minutes=1)),
                Purchase("ann", "T1", "P", NEXT_DAY, "app"),
                Purchase(None, "T1", "P", NEXT_DAY),
                Purchase("bea", "T1", "P", MORNING + timedelta(hours=1)),
            ],
            [("T1", "ann", "P", 50)],
        ),
        # two orders of one visit, the second without a product
        (
            [Purchase("ann", "T2", "P", MORNING), Purchase("ann", "T3", None, MORNING, value=99)],
            [("T2", "ann", "P", 50), ("T3", "ann", None, 99)],
        ),
        # another customer on another day, whose page is loaded again by who is not known, on a third
        (
            [
                Purchase("ann", "A", "P", MORNING),
                Purchase("bea", "A", "P", FIFTH, value=40),
                Purchase("bea", "A", "Q", FIFTH, value=7),
                Purchase(None, "A", "Q", FIFTH + timedelta(days=1), value=7),
                Purchase(None, "A", "P", FIFTH + timedelta(days=1), value=40),
            ],
            [("A", "ann", "P", 50), ("A (2)", "bea", "P", 40), ("A (2)", "bea", "Q", 7)],
        ),
        # a shop's own order that is named like the second of an id
        (
            [
                Purchase("ann", "A", "P", MORNING),
                Purchase("bea", "A", "P", FIFTH),
                Purchase("cleo", "A (2)", None, FIFTH, value=77),
            ],
            [("A", "ann", "P", 50), ("A (2)", "cleo", None, 77), ("A (2) (shared id)", "bea", "P", 50)],
        ),
        # a channel that is not known is no other one; who comes later takes nothing of what was told before
        (
            [
                Purchase("ann", "A", "P", MORNING),
                Purchase("bea", "A", "P", MORNING + timedelta(minutes=30), None),
                Purchase("ann", "B", "P", MORNING),
                Purchase(None, "B", "Q", FIFTH, value=7),
                Purchase("bea", "B", "P", FIFTH + timedelta(minutes=1)),
            ],
            [("A", "ann", "P", 50), ("B", None, "Q", 7), ("B", "ann", "P", 50), ("B (2)", "bea", "P", 50)],
        ),
        # another customer in another channel
        (
            [Purchase("ann", "A", "P", MORNING), Purchase("bea", "A", "P", MORNING, "app")],
            [("A", "ann", "P", 50), ("A (2)", "bea", "P", 50)],
        ),
    ],
)
def test_orders_of_events(lines, purchases, expected):
    assert lines(purchases) == expected
    assert expected_lines(purchases) == expected


PURCHASES = st.builds(
    Purchase,
    customer=st.sampled_from([None, "ann", "bea", "cleo"]),
    order=st.sampled_from([*"ABCDEF", "A (2)", "B (2)"]),
    product=st.sampled_from([None, "P", "Q"]),
    at=st.builds(lambda day, hour: MORNING + timedelta(days=day, hours=hour), st.integers(0, 2), st.integers(0, 1)),
    channel=st.sampled_from(["web", "app", None]),
    value=st.integers(1, 9),
)


# many ids at once, for a query takes longer than a purchase
@settings(max_examples=15)
@given(st.lists(PURCHASES, max_size=60))
def test_orders_of_any_events_are_those_of_a_plain_program(lines, purchases):
    assert lines(purchases) == expected_lines(purchases)


@settings(max_examples=15)
@given(st.lists(PURCHASES.filter(lambda purchase: purchase.product), max_size=60))
def test_a_later_customer_leaves_the_earlier_orders_their_ids(lines, purchases):
    before = lines(purchases)
    later = [Purchase("dora", order, "P", MORNING + timedelta(days=9)) for order in sold_to_somebody(purchases)]
    after = lines([*later, *purchases])
    assert [line for line in after if line[1] != "dora"] == before
    assert len(after) == len(before) + len(later)


def sold_to_somebody(purchases):
    return {purchase.order for purchase in purchases if purchase.customer}
