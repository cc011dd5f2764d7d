"""First and last touch of orders are what a plain program finds, and nothing after an order changes them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from hypothesis import given, settings
from hypothesis import strategies as st

MODELS = ["int_session_people", "int_touches", "int_order_touches", "int_order_channels", "int_customer_channels"]
DAY_ZERO = datetime(2026, 1, 1)
LOOKBACK_DAYS = 90
SHARED = "till"
GIVEN = """
create table int_session_facts (session_id varchar, visitor_id varchar, started_at timestamp);
create table int_session_customers (session_id varchar, customer_id varchar, known_at timestamp);
create table int_session_logins (session_id varchar, customer_id varchar, known_at timestamp);
create table int_shared_visitors as select 'till' as visitor_id;
create table int_session_channels (
    session_id varchar, channel varchar, channel_source varchar, campaign_name varchar, is_crawler boolean,
    is_at_till boolean
);
create table int_order_sessions (
    order_id varchar, session_id varchar, visitor_id varchar, customer_id varchar, placed_at timestamp
);
create table int_order_channels_of_sale (
    order_id varchar, customer_id varchar, ordered_at timestamp, sale_channel varchar
);
create table int_acquisition_channels (customer_id varchar, acquisition_channel varchar);
"""


@dataclass(frozen=True)
class Visit:
    """A visit of a device, on a day counted in halves; `login` half days after its start the customer is seen.

    `second` is another customer, seen later in the same visit.
    """

    id: str
    device: str
    half_day: int
    channel: str
    customer: str | None = None
    login: int = 0
    second: str | None = None
    second_login: int = 0

    @property
    def logins(self):
        """Who was seen in it, and since when."""
        pairs = [(self.customer, self.login), (self.second, max(self.login, self.second_login))]
        return {customer: self.half_day + after for customer, after in reversed(pairs) if customer}


@dataclass(frozen=True)
class Order:
    """An order, told in a visit or not."""

    id: str
    customer: str | None
    half_day: int | None
    sale_channel: str | None = None
    visit: Visit | None = None


@dataclass(frozen=True)
class Touched:
    """What an order's row says: the channels of the first and of the last touch, and the number of touches."""

    first: str
    last: str
    touches: int


def at(half_day):
    return None if half_day is None else DAY_ZERO + timedelta(hours=12 * half_day)


@pytest.fixture(scope="module")
def ask():
    """A function from visits, orders and what the list of customers says to the rows of all orders."""
    connection = duckdb.connect()
    connection.execute(GIVEN)
    project = ProjectSql(Path(__file__).parents[3], {"source_system": "files", "channel_lookback_days": LOOKBACK_DAYS})
    models = [f"create or replace table {model} as {project.model(model)}" for model in MODELS]

    def put(table, rows):
        connection.execute(f"truncate {table}")
        if rows:
            connection.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)

    def answer(visits, orders, listed=None):
        put("int_session_facts", [(v.id, v.device, at(v.half_day)) for v in visits])
        seen = [v for v in visits if v.logins]
        put("int_session_customers", [(v.id, v.second or v.customer, at(min(v.logins.values()))) for v in seen])
        several = [(v, who, known) for v in visits if len(v.logins) > 1 for who, known in v.logins.items()]
        put("int_session_logins", [(v.id, who, at(known)) for v, who, known in several])
        kinds = [(v.channel == "bots", v.channel == "till") for v in visits]
        told = zip(visits, kinds, strict=True)
        put("int_session_channels", [(v.id, v.channel, f"{v.channel} of {v.id}", None, *kind) for v, kind in told])
        told = [o for o in orders if o.visit]
        put("int_order_sessions", [(o.id, o.visit.id, o.visit.device, o.customer, at(o.half_day)) for o in told])
        sales = [(o.id, o.customer, at(o.half_day), o.sale_channel) for o in orders]
        put("int_order_channels_of_sale", sales)
        put("int_acquisition_channels", [*(listed or {}).items()])
        for model in models:
            connection.execute(model)
        rows = connection.execute("""
            select order_id, first_touch_channel, last_touch_channel, touches from int_order_channels order by order_id
        """)
        return {order: Touched(*values) for order, *values in rows.fetchall()}

    answer.connection = connection
    return answer


def owners_at(visit, moment, visits, orders):
    """Whose a visit was as far as was known: the customers seen in it, else the next one seen on the device."""
    if own := {who for who, known in visit.logins.items() if known <= moment}:
        return own
    seen = [(v.device, known, who) for v in visits for who, known in v.logins.items()]
    told = [o for o in orders if o.visit and o.customer and o.half_day is not None]
    seen += [(o.visit.device, o.half_day, o.customer) for o in told]
    then = [(known, who) for device, known, who in seen if device == visit.device and visit.half_day <= known <= moment]
    return {min(then)[1]} if then and visit.device != SHARED else set()


def plain(visits, orders, listed=None):
    """The same by the words of the documentation, order by order."""
    guests = {o.visit.device for o in orders if o.visit and o.customer is None} - {SHARED}
    answers = {}
    for order in orders:
        mine = []
        for visit in visits:
            of_device = order.customer is None and order.visit and visit.device == order.visit.device in guests
            if order.half_day is None or visit.channel == "bots" or visit.half_day > order.half_day:
                continue
            if of_device or (order.customer and order.customer in owners_at(visit, order.half_day, visits, orders)):
                mine.append((visit.half_day, 0, visit.id, visit.channel))
        sales = [o for o in orders if o.customer and o.customer == order.customer and o.half_day is not None]
        sales = [o for o in sales if order.half_day is not None and o.half_day <= order.half_day]
        touches = sorted(
            mine + [(o.half_day, int(o.sale_channel is None), o.id, o.sale_channel or "unknown") for o in sales]
        )
        web = [touch for touch in sorted(mine) if touch[3] != "till"]
        telling = [t for t in web if t[3] not in ("direct", "unknown") and t[0] >= order.half_day - 2 * LOOKBACK_DAYS]
        direct = [touch for touch in web if touch[3] in ("direct", "unknown")]
        last = order.sale_channel or (telling or direct or [(0, 0, "", "unknown")])[-1][3]
        first = (listed or {}).get(order.customer) or (touches[0][3] if touches else order.sale_channel or "unknown")
        answers[order.id] = Touched(first, last, sum(1 for touch in touches if not touch[1]))
    return answers


DEVICES = ["phone", "laptop", SHARED]
CHANNELS = ["email", "paid search", "direct", "till", "agents", "bots", "unknown"]


@st.composite
def histories(draw):
    visits = [
        Visit(f"v{number}", draw(st.sampled_from(DEVICES)), draw(st.integers(0, 260)), draw(st.sampled_from(CHANNELS)),
              draw(st.sampled_from([None, None, "ann", "bea"])), draw(st.integers(0, 2)),
              draw(st.sampled_from([None, None, "bea"])), draw(st.integers(0, 3)))
        for number in range(draw(st.integers(0, 7)))
    ]  # fmt: skip
    orders = []
    for number in range(draw(st.integers(1, 5))):
        visit = draw(st.sampled_from([None, *visits]))
        when = draw(st.one_of(st.none(), st.integers(0, 270)))
        customer = draw(st.sampled_from([None, "ann", "bea"]))
        channel = draw(st.sampled_from([None, None, "till", "marketplace"]))
        if visit and when is not None and draw(st.booleans()):
            when = visit.half_day
        orders.append(Order(f"o{number}", customer, when, channel, visit))
    return visits, orders


@settings(max_examples=150, deadline=None)
@given(histories(), st.sampled_from([None, {"ann": "affiliate"}]))
def test_touches_are_those_of_a_plain_program(ask, history, listed):
    visits, orders = history
    assert ask(visits, orders, listed) == plain(visits, orders, listed)


def as_known(visit, cut):
    """The visit without the logins after a moment."""
    known = [who for who, since in visit.logins.items() if since <= cut]
    return replace(
        visit,
        customer=visit.customer if visit.customer in known else None,
        second=visit.second if visit.second in known else None,
    )


@settings(max_examples=75, deadline=None)
@given(histories())
def test_nothing_after_an_order_changes_it(ask, history):
    visits, orders = history
    order = max((o for o in orders if o.half_day is not None), key=lambda o: o.half_day, default=None)
    if order is None:
        return
    cut = order.half_day
    early = [as_known(v, cut) for v in visits if v.half_day <= cut]
    kept = {visit.id for visit in early}
    then = [o for o in orders if o.half_day is not None]
    then = [replace(o, visit=o.visit if o.visit and o.visit.id in kept else None) for o in then]
    assert ask(visits, then)[order.id] == ask(early, then)[order.id]


def test_an_order_on_the_web_before_any_visit_hides_who_brought_the_customer(ask):
    visit = Visit("v", "phone", 10, "email", "ann")
    orders = [Order("before", "ann", 4), Order("then", "ann", 10, visit=visit)]
    assert ask([visit], orders) == {"before": Touched("unknown", "unknown", 0), "then": Touched("unknown", "email", 1)}


def test_a_visit_before_the_login_counts_once_it_is_known_whose_it_was(ask):
    ad, login = Visit("ad", "phone", 2, "paid social"), Visit("login", "phone", 9, "direct", "ann")
    orders = [Order("o1", "ann", 5), Order("o2", "ann", 9, visit=login)]
    assert ask([ad, login], orders) == {
        "o1": Touched("unknown", "unknown", 0),
        "o2": Touched("paid social", "paid social", 2),
    }


def test_the_credit_of_a_visit_ends_after_a_quarter(ask):
    ad = Visit("ad", "phone", 0, "paid search", "ann")
    own = [Visit(f"v{days}", "phone", 2 * days, "direct", "ann") for days in (90, 91)]
    orders = [Order(visit.id, "ann", visit.half_day, visit=visit) for visit in own]
    last = {order: touched.last for order, touched in ask([ad, *own], orders).items()}
    assert last == {"v90": "paid search", "v91": "direct"}
    assert {touched.first for touched in ask([ad, *own], orders).values()} == {"paid search"}
    assert ask([ad], [Order("late", "ann", 600)])["late"] == Touched("paid search", "unknown", 1)


def test_a_till_has_its_orders_and_no_others(ask):
    seen = [Visit("ad", "phone", 0, "paid search", "ann"), Visit("shop", "card", 3, "till", "ann")]
    orders = [Order("at_till", "ann", 3, "till", seen[1]), Order("on_web", "ann", 5)]
    assert ask(seen, orders) == {
        "at_till": Touched("paid search", "till", 3),
        "on_web": Touched("paid search", "paid search", 3),
    }


def test_customers_have_the_first_and_the_last_channel(ask):
    visits = [
        Visit("a", "phone", 0, "email", "ann"),
        Visit("b", "phone", 2, "direct", "ann"),
        Visit("c", "laptop", 0, "direct", "bea"),
    ]
    ask(visits, [Order("o", "cleo", 1, "marketplace")], {"bea": "affiliate", "dan": "paid search"})
    rows = ask.connection.execute("from int_customer_channels order by customer_id").fetchall()
    assert rows == [
        ("ann", "email", "email"),
        ("bea", "affiliate", "direct"),
        ("cleo", "marketplace", "marketplace"),
        ("dan", "paid search", None),
    ]
