"""Segments keep their identity from one as_of to the next, whatever is run in between; odd shops have sensible ones.

Builds no more than segments need.
"""

import csv
import shutil
from datetime import datetime, timedelta

import pytest
from console import Ran
from customer_insight.commands.demo import write_shop
from past_days import write_as_known_then
from rendered_warehouse import rendered
from segment_runs import NEEDED, segments, segments_make_sense
from warehouses import InMemory, Warehouse

EARLY, BETWEEN, LATE = "2025-09-01 00:00:00", "2025-10-15 00:00:00", "2025-12-01 00:00:00"


def rows_of(warehouse):
    """All rows of the tables about segments; of a file the connection is closed, for the next run writes to it."""
    tables = [table for table in warehouse.tables if table.startswith("segments.")]
    rows = {table: warehouse.rows(f"from {table} order by all") for table in tables}
    if not isinstance(warehouse, InMemory):
        warehouse.connection.close()
    return rows


class Runs:
    """What is true of any shop's runs, one after the other; `runs` has the rows after each, by name.

    In one warehouse: early, late with a full refresh, between the two, between once more.
    """

    def test_the_first_run_follows_nothing(self, runs):
        assert runs["early"]["segments.segment_transitions"] == []
        assert {row[7] for row in runs["early"]["segments.customer_segments"]} == {None}

    def test_a_full_refresh_does_not_lose_what_was_before(self, runs):
        assert runs["late"]["segments.segment_transitions"] != []

    def test_segments_of_then_are_kept_with_their_names(self, runs):
        then = {row[0]: row[1] for row in runs["early"]["segments.segment_profiles"]}
        now = {row[0]: row[1] for row in runs["late"]["segments.segment_profiles"]}
        kept = set(then) & set(now)
        assert len(kept) >= len(now) - 2
        assert {key: then[key] for key in kept} == {key: now[key] for key in kept}
        assert all(int(key) > max(map(int, then)) for key in set(now) - kept)

    def test_customers_of_before_are_named_and_counted(self, runs):
        then = {row[0]: row[1] for row in runs["early"]["segments.customer_segments"]}
        ways = {}
        for customer, now, *_, before in (row[:8] for row in runs["late"]["segments.customer_segments"]):
            assert before == then.get(customer)
            ways[before, now] = ways.get((before, now), 0) + 1
        counted = {(row[1], row[3]): row[5] for row in runs["late"]["segments.segment_transitions"]}
        assert counted == {way: number for way, number in ways.items() if number >= 5}

    def test_a_run_in_the_past_follows_the_latest_that_was_still_earlier(self, runs):
        then = {row[0]: row[1] for row in runs["early"]["segments.customer_segments"]}
        assert {row[0]: row[7] for row in runs["between"]["segments.customer_segments"] if row[0] in then} == then
        assert {row[7] for row in runs["between"]["segments.segment_transitions"]} == {as_of_of(runs["early"])}

    def test_a_repeated_run_gives_the_same_rows(self, runs):
        assert runs["between"]["segments.segment_transitions"] != []
        assert runs["between again"] == runs["between"]


def as_of_of(rows):
    """The as_of of a run."""
    (as_of,) = {row[-1] for row in rows["segments.customer_segments"]}
    return as_of


def kept_as_ofs(workshop, history, name):
    """The as_ofs that a table of the warehouse's memory has."""
    warehouse = Warehouse(workshop.file(name), Ran(0, ""))
    kept = warehouse.column(f"select distinct as_of from intermediate.int_segment_{history} order by 1")
    warehouse.connection.close()
    return kept


class TestAMadeShop(Runs):
    """The shop's files as they were on each day, without dbt."""

    @pytest.fixture(scope="class")
    def warehouse(self):
        """The run that was the last; all are in one warehouse."""
        return {}

    @pytest.fixture(scope="class")
    def runs(self, tmp_path_factory, warehouse):
        whole, folder = tmp_path_factory.mktemp("whole_shop"), tmp_path_factory.mktemp("segment_shop")
        write_shop(3, 400, whole, whole / "planted", "csv")

        def run(day, *, is_full_refresh=False):
            for path in whole.glob("*.csv"):
                write_as_known_then(day, path, folder / path.name)
            warehouse["last"] = rendered(
                "files", folder, " ".join(NEEDED), warehouse.get("last"), is_full_refresh=is_full_refresh
            )
            return rows_of(InMemory(warehouse["last"]))

        return {
            "early": run(EARLY),
            "late": run(LATE, is_full_refresh=True),
            "between": run(BETWEEN),
            "between again": run(BETWEEN),
        }

    def test_centres_and_customers_are_kept_of_every_as_of_that_may_be_compared_with(self, runs, warehouse):
        days = [as_of_of(runs[name]) for name in ("early", "between", "late")]
        assert days == sorted(set(days))
        for history in ("int_segment_history", "int_segment_member_history"):
            kept = warehouse["last"].rows(f"select distinct as_of from intermediate.{history} order by 1")
            assert [as_of for (as_of,) in kept] == days


@pytest.mark.long
class TestTheDemoShop(Runs):
    """The same by dbt and by the setting as_of, and what another method or another order of runs changes."""

    @pytest.fixture(scope="class")
    def runs(self, workshop):
        def run(*arguments, name="demo_segments_over_time", **settings):
            return rows_of(segments(workshop, name, *arguments, **settings))

        early, in_order = run(EARLY), workshop.file("segments_in_order")
        in_order.parent.mkdir()
        shutil.copy(workshop.file("demo_segments_over_time"), in_order)
        return {
            "early": early,
            "late": run(LATE, "--full-refresh"),
            "between": run(BETWEEN),
            "between again": run(BETWEEN),
            "late by density": run(LATE, segment_method="density"),
            "between, in order": run(BETWEEN, name="segments_in_order"),
        }

    def test_a_run_in_the_past_knows_only_what_was_still_earlier(self, runs):
        assert runs["between, in order"] == runs["between"]

    def test_centres_are_kept_of_every_as_of_and_customers_of_no_more_than_the_latest_earlier_one(self, runs, workshop):
        early, between, late = (datetime.fromisoformat(day) for day in (EARLY, BETWEEN, LATE))
        assert kept_as_ofs(workshop, "history", "demo_segments_over_time") == [early, between, late]
        assert kept_as_ofs(workshop, "member_history", "demo_segments_over_time") == [between, late]
        assert {row[7] for row in runs["late by density"]["segments.segment_transitions"]} == {between}

    def test_other_settings_than_before_are_no_trouble(self, runs):
        assert len(runs["late by density"]["segments.segment_profiles"]) > 1
        assert {row[7] for row in runs["late by density"]["segments.customer_segments"]} > {None}


START = datetime(2025, 1, 6, 9, 0)


def shop_of(customers, days, price=5, status="completed"):
    """Order lines: every customer orders one product on each of their days."""
    for customer in range(customers):
        for day in days(customer):
            line = [f"O{customer}-{day}", f"P{(customer + day) % 5}", START + timedelta(days=day), f"C{customer}"]
            yield [*line, price, status]


ODD_SHOPS = {
    "nobody_buys_twice": shop_of(60, lambda customer: [customer % 40], price=8),
    "everybody_buys_each_day": shop_of(30, lambda _: range(40)),
    "all_is_free": shop_of(40, lambda customer: [customer % 7, 9], price=0),
    "all_was_returned": [
        *shop_of(40, lambda customer: range(1 + customer % 9)),
        *([f"R{n}", "P1", START, "returner", 5, "returned"] for n in range(4)),
    ],
}


ON_EACH_PUSH = ("everybody_buys_each_day", "all_was_returned")


@pytest.mark.parametrize(
    "name", [name if name in ON_EACH_PUSH else pytest.param(name, marks=pytest.mark.long) for name in ODD_SHOPS]
)
def test_an_odd_shop_has_rows_that_make_sense(name, tmp_path):
    with (tmp_path / "order_lines.csv").open("w", encoding="utf-8", newline="") as file:
        header = ["order_id", "product_id", "ordered_at", "customer_id", "unit_price", "order_status"]
        csv.writer(file).writerows([header, *ODD_SHOPS[name]])
    warehouse = InMemory(rendered("files", tmp_path, " ".join(NEEDED)))
    segments_make_sense(warehouse)
    if name == "everybody_buys_each_day":
        assert warehouse.column("select segment_name from segments.segment_profiles") == ["All customers"]
    if name == "all_was_returned":
        habits = "select purchases, unknown_because from segments.customer_attitudes where customer_id = 'returner'"
        assert warehouse.rows(habits) == [(0, "Nothing was bought.")]
