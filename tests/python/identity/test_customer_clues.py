"""What joins customers of several sources, and what many people share and therefore joins nobody."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.identity.joining import joined_people

ROOT = Path(__file__).parents[3]
SOURCES = ["files:web=/web", "files:till=/till", "ga4=/ga4"]
MODELS = ["stg_order_evidence", "stg_customer_evidence", "stg_customer_clues", "stg_customer_codes"]
GIVEN = """
create table stg_customers (
    row_number bigint, customer_id varchar, email varchar, phone varchar, country varchar, birth_date date,
    first_name varchar, last_name varchar, postal_code varchar, city varchar
);
create table stg_customer_contacts (
    customer_id varchar, email varchar, phone varchar, country varchar, birth_date date, created_at timestamp
);
create table stg_linked_customers (customer_id varchar);
create table stg_identity_links__typed (visitor_id varchar);
create table stg_published_ids (own_id varchar, published_id varchar);
create table stg_customer_links (
    row_number bigint, customer_id varchar, same_as_customer_id varchar, linked_at timestamp, evidence varchar
);
create table stg_told_orders (
    source_name varchar, order_id varchar, customer_id varchar, ordered_at timestamp, other_source varchar,
    same_order_id varchar, same_customer_id varchar
);
create table stg_sources_told_elsewhere as select 'ga4' as source_name, 'files:web' as other_source;
create table stg_customer_phones (customer_code int, e164 varchar);
create table stg_customer_names (customer_id varchar, same_as_customer_id varchar, probability double);
create table stg_as_of as select timestamp '2024-06-01' as as_of;
create table country_spellings (spelling varchar, country varchar);
set variable id_key = 'key';
"""


@pytest.fixture
def people():
    """A function from customers (id, e-mail, phone, birth date) and more to what is joined, and to why what is not."""
    connection = duckdb.connect()
    connection.execute(GIVEN)
    for seed in ("suspicion_rules", "functional_addresses"):
        connection.execute(f"create table {seed} as from read_csv('{ROOT}/seeds/reference/{seed}.csv')")

    def found(customers, by=("email", "phone"), links=(), orders=(), ids=(), names=(), browsers=()):
        project = ProjectSql(ROOT, {"source_system": SOURCES, "join_people_by": list(by)})
        for row, (customer, email, phone, born) in enumerate(customers, 1):
            connection.execute(
                "insert into stg_customers values (?, ?, ?, ?, 'DE', ?, 'Anna', 'Berg', '123', 'Ulm')",
                [row, customer, email, phone, born],
            )
            connection.execute(
                "insert into stg_customer_contacts values (?, ?, ?, 'DE', ?, null)", [customer, email, phone, born]
            )
        for customer in ids:
            connection.execute("insert into stg_published_ids values (?, 'id-1')", [customer])
        for row, link in enumerate(links, 1):
            connection.execute("insert into stg_customer_links values (?, ?, ?, ?, ?)", [row, *link])
            for customer in link[:2]:
                if not customer.endswith("nobody"):
                    connection.execute("insert into stg_linked_customers values (?)", [customer])
        for browser in browsers:
            connection.execute("insert into stg_identity_links__typed values (?)", [browser])
        for order in orders:
            connection.execute("insert into stg_told_orders values ('ga4', ?, ?, ?, 'files:web', ?, ?)", list(order))
        for pair in names:
            connection.execute("insert into stg_customer_names values (?, ?, ?)", list(pair))
        phones = project.model("stg_customer_phones_input")
        connection.execute(f"create table stg_customer_phones_input as {phones}")
        connection.execute("insert into stg_customer_phones select customer_code, phone from stg_customer_phones_input")
        for model in MODELS:
            connection.execute(f"create table {model} as {project.model(model)}")
        codes = connection.sql("from stg_customer_codes").to_arrow_table()
        connection.register("stg_customer_sets", joined_people(codes))
        found.compared = connection.execute(project.model("stg_customer_names_input")).fetchall()
        connection.execute(f"create table stg_customer_joins as {project.model('stg_customer_joins')}")
        joins = connection.execute("from stg_customer_joins").fetchall()
        found.shown = connection.execute(project.model("customer_joins")).fetchall()
        reasons = connection.execute(
            "select not_joined_because from stg_customer_clues where not_joined_because is not null order by 1"
        ).fetchall()
        return {own: (one, at) for own, one, at in joins}, [reason for (reason,) in reasons]

    return found


def test_an_address_joins_however_it_is_written_and_the_source_named_first_gives_the_id(people):
    joins, reasons = people(
        [("files:till:T7", "Anna@Example.com", None, None), ("files:web:W1", "<anna@example.com>", None, None)],
        ids=["ga4:anna@example.com"],
    )
    assert joins == {"files:till:T7": ("files:web:W1", None), "ga4:anna@example.com": ("files:web:W1", None)}
    assert reasons == []


def test_without_the_setting_an_address_joins_nobody(people):
    both = [("files:till:T7", "anna@example.com", None, None), ("files:web:W1", "anna@example.com", None, None)]
    assert people(both, by=()) == ({}, [])


def test_an_offices_address_joins_nobody(people):
    both = [("files:till:T7", "info@firm.com", None, None), ("files:web:W1", "info@firm.com", None, None)]
    assert people(both) == ({}, ["it is an office's address: info@"])


def test_what_three_customers_of_a_source_have_joins_nobody(people):
    tills = [(f"files:till:T{n}", "anna@example.com", None, None) for n in range(3)]
    web = [("files:web:W1", "anna@example.com", None, None)]
    assert people([*tills, *web]) == ({}, ["3 customers of files:till have it"])


def test_two_accounts_in_one_shop_are_one_person(people):
    web = [(f"files:web:W{n}", "anna@example.com", None, None) for n in (2, 10)]
    assert people(web)[0] == {"files:web:W10": ("files:web:W2", None)}


def test_who_was_born_on_another_day_is_somebody_else(people):
    joins, reasons = people(
        [
            ("files:web:W1", "family@example.com", None, date(1980, 1, 1)),
            ("files:till:T1", "family@example.com", None, date(2004, 5, 6)),
        ]
    )
    assert (joins, reasons) == ({}, ["people born on different days have it"])


def test_a_number_joins_unless_people_of_one_source_have_different_addresses_with_it(people):
    joins, reasons = people(
        [
            ("files:web:W1", "a@example.com", "+491511", None),
            ("files:till:T1", None, "+491511", None),
            ("files:web:W2", "b@example.com", "+491512", None),
            ("files:web:W3", "c@example.com", "+491512", None),
            ("files:till:T2", None, "+491512", None),
        ]
    )
    assert joins == {"files:till:T1": ("files:web:W1", None)}
    assert reasons == ["customers of one source with different e-mail addresses have it"]


def test_a_link_joins_since_its_day_whatever_else_is_shared(people):
    at = datetime(2024, 2, 1)
    joins, _ = people([], by=(), links=[("files:till:T1", "files:web:W1", at, "asked at the till")])
    assert joins == {"files:till:T1": ("files:web:W1", at)}


def test_an_order_that_two_sources_tell_joins_its_customers_unless_the_browser_bought_for_several(people):
    orders = [
        ("ga4:1", "ga4:C1", datetime(2024, 3, 1), "files:web:1", "files:web:W1"),
        ("ga4:2", "ga4:C1", datetime(2024, 2, 1), "files:web:2", "files:web:W1"),
        ("ga4:3", "ga4:C2", datetime(2024, 2, 1), "files:web:3", "files:web:W2"),
        ("ga4:4", "ga4:C2", datetime(2024, 2, 1), "files:web:4", "files:web:W3"),
        # not known yet
        ("ga4:5", "ga4:C3", datetime(2024, 7, 1), "files:web:5", "files:web:W4"),
    ]
    joins, reasons = people([], by=(), orders=orders)
    assert joins == {"ga4:C1": ("files:web:W1", datetime(2024, 2, 1))}
    assert reasons == ["its orders are of 2 customers"]


def test_like_names_join_each_pair_by_itself_and_no_name_is_shown(people):
    names = [("files:till:T1", "files:web:W1", 0.997), ("files:till:T2", "files:web:W2", 0.99)]
    customers = [("files:web:W1", None, "+491511", None), ("files:till:T1", None, None, date(1980, 1, 1))]
    joins, reasons = people(customers, by=("name",), names=names)
    assert joins == {"files:till:T1": ("files:web:W1", None), "files:till:T2": ("files:web:W2", None)}
    assert reasons == []
    assert sorted(row[:5] for row in people.shown) == [
        ("files:web:W1", "files:till:T1", "files:till", "name", "0.997"),
        ("files:web:W1", "files:web:W1", "files:web", "name", "0.997"),
        ("files:web:W2", "files:till:T2", "files:till", "name", "0.990"),
        ("files:web:W2", "files:web:W2", "files:web", "name", "0.990"),
    ]


def test_names_are_compared_where_the_setting_says_so_alone_and_a_number_then_joins_nobody_by_itself(people):
    both = [("files:web:W1", "A@example.com", "+491511", date(1980, 1, 1)), ("files:till:T1", None, "+491511", None)]
    assert people(both, by=("name",))[0] == {}
    assert people.compared == [
        ("files:web:W1", "files:web", "Anna", "Berg", "123", "Ulm", "1980-01-01", "a@example.com", "+491511"),
        ("files:till:T1", "files:till", "Anna", "Berg", "123", "Ulm", None, None, "+491511"),
    ]


def test_without_the_setting_no_names_are_compared(people):
    people([("files:web:W1", None, None, None)])
    assert people.compared == []


def test_a_link_to_nobody_joins_nobody(people):
    links = [("files:till:T1", "files:web:nobody", None, None), ("files:till:T2", "files:web:W2", None, None)]
    assert people([], by=(), links=links)[0] == {"files:till:T2": ("files:web:W2", None)}


@pytest.mark.parametrize("browsers", [False, True])
def test_an_account_with_which_many_bought_joins_nobody_but_browsers_may_be_many(people, browsers):
    tellers = [f"ga4:U{at}" for at in range(5)]
    orders = [
        (f"ga4:{at}", teller, datetime(2024, 3, 1), f"files:web:{at}", "files:web:GUEST")
        for at, teller in enumerate(tellers)
    ]
    joins, reasons = people([], by=(), orders=orders, browsers=tellers if browsers else ())
    if browsers:
        assert set(joins) == set(tellers)
    else:
        assert (joins, set(reasons)) == ({}, {"5 customers who logged in bought with its account"})


def test_people_born_on_different_days_are_not_joined_over_somebody_else(people):
    joins, _ = people(
        [
            ("files:web:W1", "a@example.com", None, date(1950, 1, 1)),
            ("files:till:T1", "a@example.com", "+491511", None),
            ("ga4:G1", "child@example.com", "+491511", date(2000, 1, 1)),
            ("files:web:W2", "b@example.com", None, date(1950, 1, 1)),
            ("files:till:T2", "b@example.com", None, date(1950, 1, 1)),
        ],
        links=[("files:till:T1", "files:web:W9", None, None)],
    )
    assert joins == {"files:till:T2": ("files:web:W2", None), "files:till:T1": ("files:web:W9", None)}
