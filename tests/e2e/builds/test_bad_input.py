"""Whatever lies in the raw folder: it is built and every row is accounted for, or a sentence says what to mend."""

import csv
import io
import shutil
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from public_tables import PUBLIC_TABLES, models_of
from rendered_warehouse import Stopped, rendered
from segment_runs import segments_make_sense
from warehouses import InMemory

START = datetime(2025, 1, 6, 9, 0)
# the same for all builds: dbt parses everything anew when a setting changes
SETTINGS = ("reporting_currency=EUR", "tuning_trials=1")
LINES = ["order_id", "product_id", "ordered_at", "customer_id", "quantity", "unit_price", "product_name", "channel"]
EVENTS = ["occurred_at", "event_type", "visitor_id", "customer_id", "product_id", "value", "page_url"]


def at(days, minutes=0):
    return str(START + timedelta(days=days, minutes=minutes))


def csv_text(header, rows, line_end="\n"):
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows([header, *rows])
    return text.getvalue()


def folder_of(workshop, name, **tables):
    """A raw folder with csv files; the text of each is given."""
    folder = workshop.folder / "raw" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def ordinary_orders(customers=40, orders=3):
    """Every customer buys three of twelve products every few weeks."""
    for customer in range(customers):
        for order in range(orders + customer % 3):
            day = 7 * order + customer % 11
            for item in range(3):
                product = (customer + order * 5 + item * 4) % 12
                yield [f"O{customer}-{order}", f"P{product}", at(day), f"C{customer}", 1 + item, 4 + product, "", "web"]


def ordinary_events(visitors=30):
    for visitor in range(visitors):
        for step in range(4 + visitor % 4):
            kind = "purchase" if step == 4 and visitor % 3 == 0 else ("view", "view", "add_to_cart")[step % 3]
            product = f"P{(visitor + step) % 12}"
            yield [at(visitor % 9, step * 5), kind, f"v{visitor}", "", product, 5 + step, f"/p/{product}"]


MESSY_LINES = [
    ['  A "1" ', "it's", at(1), "  O'Brien & \"Co\" ", 2, "3.50", "two\nlines, \"quoted\"", "web"],
    ["A2", "☕ café", at(1), "Zoë 客户", 1, "1e1", "ümläut\t😀", "app"],
    ["A3", "P1", "2099-01-01 00:00:00", "C1", 1, 5, "", "web"],
    ["A4", "P1", "31/12/2024", "C1", 1, 5, "", "web"],
    ["A5", "P1", at(2), "C1", "two", 5, "", "web"],
    ["A6", "P1", at(2), "C1", 1, "free", "", "web"],
    ["A7", "P1", at(2), "C1", 0, 5, "", "web"],
    ["A8", "P1", at(2), "C1", -1, 5, "", "web"],
    ["A9", "P1", at(2), "C1", 1, -5, "", "web"],
    ["", "P1", at(2), "C1", 1, 5, "", "web"],
    ["A10", "   ", at(2), "C1", 1, 5, "", "web"],
    ["A11", "P1", "", "C1", 1, 5, "", "web"],
    ["A12", "P1"],
    ["A13", "P1", at(2), "C1", 1, 5, "", "web", "too", "many"],
    ["A14", "P1", at(2), "C1", 1, 5, "twice", "web"],
    ["A14", "P1", at(2), "C1", 1, 5, "twice", "web"],
    ["A15", "P1", "infinity", "C1", "Infinity", "NaN", "", "web"],
]  # fmt: skip
MESSY_REASONS = {
    "ordered_at is not a time": 2,
    "quantity is not a number": 1,
    "unit_price is not a number": 1,
    "quantity is zero": 1,
    "quantity is negative, and order_status is not returned or cancelled": 1,
    "unit_price is negative": 1,
    "order_id is missing": 1,
    "product_id is missing": 1,
    "ordered_at is missing": 1,
    "wrong number of fields": 2,
    "exact duplicate of another row": 1,
}


@pytest.fixture(scope="module")
def messy(workshop):
    """A working shop with every kind of odd row, a customer of 20,000 lines and a field of 10 MB."""
    lines = [*ordinary_orders(), *MESSY_LINES]
    lines += [[f"B{n // 10}", f"P{n % 10}", at(n % 60), "wholesaler", 1, 2, "", "web"] for n in range(20_000)]
    events = [*ordinary_events(), [at(1), "view", "", "", "P1", "", ""], ["1e400", "view", "v", "", "", "", ""]]
    folder = folder_of(
        workshop,
        "it's a [messy] shop, 100%",
        order_lines="\ufeff" + csv_text([name.upper() for name in LINES], lines, "\r\n"),
        events=csv_text(EVENTS, events),
        products=csv_text(["product_id", "product_name", "description"], [["P1", "Cup", "x" * 10_000_000]]),
        reviews="review_id,product_id,rating\n",
        touches="touch_id,shown_at,customer_id",
    )
    customers = {
        "customer_id": ["C1", "C2", None],
        "created_at": pa.array([START, None, START], pa.timestamp("us", "Europe/Berlin")),
        "birth_date": pa.array([START.date(), None, None], pa.date32()),
        "marketing_consent": [True, False, None],
    }
    pq.write_table(pa.table(customers), folder / "customers.parquet")
    links = folder / "identity_links"
    links.mkdir(exist_ok=True)
    pq.write_table(pa.table({"visitor_id": ["v1"], "customer_id": ["C1"]}), links / "part 1.parquet")
    return workshop.build("a messy shop", "files", folder, SETTINGS)


class TestAMessyShop:
    def test_its_tables_and_their_keys_are_those_of_any_shop(self, messy, demo):
        assert messy.columns == demo.columns
        assert messy.primary_keys == demo.primary_keys

    def test_every_odd_row_is_refused_for_its_reason(self, messy):
        reasons = messy.rows("""
            select reason, count(*) from quality.rejected_rows where source_table = 'order_lines' group by 1
        """)
        assert dict(reasons) == MESSY_REASONS
        others = messy.rows(
            "select source_table, reason from quality.rejected_rows where source_table <> 'order_lines'"
        )
        assert sorted(others) == [
            ("customers", "customer_id is missing"),
            ("events", "occurred_at is not a time"),
            ("events", "visitor_id is missing"),
        ]

    def test_odd_texts_arrive_as_they_are_without_blanks_around_them(self, messy):
        rows = messy.rows("""
            select order_id, product_id, customer_id, product_name, gross_revenue from shop.order_lines
            where order_id in ('A "1"', 'A2') order by 1
        """)
        assert [(*row[:4], float(row[4])) for row in rows] == [
            ('A "1"', "it's", 'O\'Brien & "Co"', 'two\nlines, "quoted"', 7.0),
            ("A2", "☕ café", "Zoë 客户", "ümläut\t😀", 10.0),
        ]

    def test_a_date_far_from_the_rest_is_warned_about(self, messy):
        assert str(messy.one("select distinct as_of from shop.customers")) == "2099-01-01 00:00:00"
        assert "Warning: the_last_date_is_near_the_rest" in messy.output

    def test_a_customer_of_20000_lines_and_a_text_of_10_mb_are_whole(self, messy):
        orders, revenue = messy.one("select orders, gross_revenue from shop.customers where customer_id = 'wholesaler'")
        assert (orders, float(revenue)) == (2_000, 40_000.0)
        assert messy.one("select length(description) from shop.products where product_id = 'P1'") == 10_000_000

    def test_a_linked_visitor_is_the_customer(self, messy):
        assert messy.column("select distinct customer_id from shop.sessions where visitor_id = 'v1'") == ["C1"]

    def test_learned_tables_are_learned_all_the_same(self, messy):
        statuses = dict(messy.rows("select model, status from quality.model_runs"))
        assert {statuses[name] for name in ("association_rules", "customer_segments")} == {"ok"}
        assert messy.one("select count(*) > 0 from recommendations.customer_recommendations")
        assert "three horizons" in statuses["customer_recommendations"]


SMALL = "small_shop"  # one folder for all: dbt parses what reads it anew when it changes


def events_only(workshop):
    return folder_of(workshop, SMALL, events=csv_text(EVENTS, ordinary_events()))


def one_line_three_hundred_times(workshop):
    line = ["O1", "P1", at(0), "C1", 2, "9.99", "Cup", "web"]
    return folder_of(workshop, SMALL, order_lines=csv_text(LINES, [line] * 300))


def customers_all_alike(workshop):
    lines = [[f"O{n}", "P1", at(0), f"C{n}", 1, 10, "Cup", "web"] for n in range(60)]
    return folder_of(workshop, SMALL, order_lines=csv_text(LINES, lines))


def nothing_to_accept(workshop):
    lines = [["", "P1", at(0), "C1", 1, 1, "", ""], ["O1", "P1", "never", "C1", 1, 1, "", ""], ["O2"]]
    events = [["yesterday", "view", "v", "", "", "", ""], [at(0), "", "v", "", "", "", ""]]
    return folder_of(
        workshop,
        SMALL,
        order_lines=csv_text(LINES, lines),
        events=csv_text(EVENTS, events),
        customers="customer_id,created_at\n,\n",
    )


def headers_alone(workshop):
    return folder_of(workshop, SMALL, order_lines=csv_text(LINES, []), events=csv_text(EVENTS, []))


SHOPS = [events_only, headers_alone, one_line_three_hundred_times, customers_all_alike]


@pytest.fixture(scope="module", params=SHOPS, ids=lambda shop: shop.__name__)
def small_shop(request, workshop):
    """Built without dbt; the messy shop is built as a user does."""
    shop = request.param
    models = models_of(PUBLIC_TABLES)
    return shop.__name__, InMemory(rendered("files", shop(workshop), models, reporting_currency="EUR", tuning_trials=1))


LEARNED = {
    "association_rules": "recommendations.association_rules",
    "customer_segments": "segments.customer_segments",
    "customer_recommendations": "recommendations.customer_recommendations",
}


def test_a_shop_with_next_to_nothing_has_every_table_and_says_why_some_are_empty(small_shop, demo):
    name, shop = small_shop
    assert shop.columns == demo.columns
    statuses = dict(shop.rows("select model, status from quality.model_runs"))
    for model, table in LEARNED.items():
        assert statuses[model] != "ok" or shop.one(f"select count(*) from {table}") > 0, model
    for status in statuses.values():
        assert status == "ok" or (status[0].isupper() and status.endswith(".") and status.count(" ") > 2), status
    expected = {
        # orders, gross revenue, customers, sessions, refused rows
        "events_only": (7, 63, 0, 30, 0),
        "one_line_three_hundred_times": (1, 19.98, 1, 0, 299),
        "customers_all_alike": (60, 600, 60, 0, 0),
        "headers_alone": (0, None, 0, 0, 0),
    }
    found = shop.one("""
        select (select count(*) from shop.orders), (select cast(sum(gross_revenue) as double) from shop.orders),
            (select count(*) from shop.customers), (select count(*) from shop.sessions),
            (select count(*) from quality.rejected_rows)
    """)
    assert found == expected[name]
    segments_make_sense(shop)
    if name in ("one_line_three_hundred_times", "customers_all_alike"):
        assert shop.column("select segment_name from segments.segment_profiles") == ["All customers"]


def test_rows_that_are_all_refused_stop_the_build_and_readers_keep_what_they_have(workshop, messy):
    orders = messy.one("select count(*) from shop.orders")
    workshop.put_copy(messy.path, "refused")
    published = workshop.file("refused").with_name("published") / "current" / "shop" / "orders.parquet"
    before = published.read_bytes()
    ran = workshop.call("refused", "build", "files", nothing_to_accept(workshop), SETTINGS)
    stops_with(
        ran,
        "The build failed; nothing was published.",
        "order_lines: 3 of 3 rows were refused",
        "1 of them because ordered_at is not a time (`never` in row 2)",
        "max_rejected_share",
    )
    assert published.read_bytes() == before
    with duckdb.connect(str(workshop.file("refused")), read_only=True) as connection:
        assert connection.execute("select count(*) from shop.orders").fetchall() == [(orders,)]


@pytest.fixture(scope="module")
def unreadable(workshop):
    """A folder in which three tables are not what their names say."""
    folder = folder_of(workshop, "unreadable", order_lines="order_id,product_id,order_date\nO1,P1,2025-01-01\n")
    (folder / "events.csv").write_bytes(b"occurred_at,event_type,visitor_id\n2025-01-01,view,\xff\n")
    (folder / "customers.parquet").write_text("customer_id\nC1\n")
    return folder


def stops_with(ran, *parts):
    assert ran.code == 1, ran.output
    assert "Traceback" not in ran.output
    for part in parts:
        assert part in ran.output, ran.output


class TestInputThatCannotBeRead:
    PROBLEMS = (
        "order_lines.csv: expected the column ordered_at, found order_id, product_id, order_date; is `order_date`",
        "events.csv: expected UTF-8",
        "customers.parquet: expected",
    )

    def test_check_names_every_problem_of_files_and_settings_at_once(self, workshop, unreadable):
        settings = ("min_support=2", "min_confidenc=0.5", "as_of=2024-06-31")
        ran = workshop.call("unreadable", "check", "files", unreadable, settings)
        stops_with(
            ran,
            *self.PROBLEMS,
            "min_support: expected a number above 0 and at most 1, or null, found 2",
            "min_confidenc: there is no such setting; did you mean min_confidence?",
            "as_of: expected a UTC timestamp",
        )

    def test_build_says_the_same_and_makes_no_table(self, workshop, unreadable):
        ran = workshop.call("unreadable", "build", "files", unreadable, SETTINGS)
        stops_with(ran, *self.PROBLEMS)
        with duckdb.connect(str(workshop.file("unreadable"))) as connection:
            assert connection.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]

    def test_a_source_system_that_there_is_not(self, workshop):
        stops_with(workshop.call("unknown", "check", "shopfy"), "source_system: expected one of", "shopfy")


def test_a_second_currency_without_its_rates_stops_the_build_in_a_sentence(workshop):
    rows = [["O1", "P1", at(0), 10, "EUR"], ["O2", "P1", at(1), 10, "usd"]]
    header = ["order_id", "product_id", "ordered_at", "unit_price", "currency"]
    folder = folder_of(workshop, SMALL, order_lines=csv_text(header, rows))
    with pytest.raises(
        Stopped, match=r"Figures are in EUR, and there is no rate for USD \(order lines: 1, first order O2 on"
    ) as said:
        rendered("files", folder, "orders", reporting_currency="EUR")
    assert "exchange_rates.csv" in str(said.value)
