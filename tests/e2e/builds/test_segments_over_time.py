"""Segments keep their identity from one as_of to the next, whatever is run in between; odd shops have sensible ones.

Builds no more than segments need.
"""

import csv
import json
from datetime import datetime, timedelta

import pytest
from console import DBT, Ran
from sklearn.metrics import adjusted_rand_score
from warehouses import Warehouse

NEEDED = ["customer_segments", "segment_profiles", "segment_features", "segment_transitions", "customer_tastes",
          "customer_attitudes", "int_segment_history", "int_segment_member_history"]  # fmt: skip
SELECTION = ["--select", *(f"+{model}" for model in NEEDED), "--resource-type", "model", "--resource-type", "seed"]
EARLY, BETWEEN, LATE = "2025-09-01 00:00:00", "2025-10-15 00:00:00", "2025-12-01 00:00:00"
WEEK_BEFORE, LAST_DAY = "2011-12-02 00:00:00", "2011-12-09 12:51:00"


def segments(workshop, name, as_of=None, *flags, source="demo", raw="", **settings):
    """The warehouse of this name after one more run of the models that segments need."""
    chosen = json.dumps({"as_of": as_of, **settings})
    command = [DBT, "build", *SELECTION, "--profiles-dir", "profiles", "--vars", chosen, *flags]
    ran = workshop.at_bench(name, command, source, raw)
    assert ran.code == 0, ran.output[-4000:]
    return Warehouse(workshop.file(name), ran)


def rows_of(warehouse):
    """All rows of the tables about segments; the connection is closed, for the next run writes to the file."""
    tables = [table for table in warehouse.tables if table.startswith("segments.")]
    rows = {
        table: warehouse.rows(f"from {table} order by {', '.join(warehouse.primary_keys[table])}") for table in tables
    }
    warehouse.connection.close()
    return rows


class TestTheDemoShop:
    @pytest.fixture(scope="class")
    def runs(self, workshop):
        """By name, the rows after each of several runs, one after the other in one warehouse."""

        def run(*arguments, **settings):
            return rows_of(segments(workshop, "segments_over_time", *arguments, **settings))

        return {
            "early": run(EARLY),
            "late": run(LATE, "--full-refresh"),
            "between": run(BETWEEN),
            "between again": run(BETWEEN),
            "late by density": run(LATE, segment_method="density"),
        }

    def test_a_repeated_run_gives_the_same_rows(self, runs):
        assert runs["between"]["segments.segment_transitions"] != []
        assert runs["between again"] == runs["between"]

    def test_centres_are_kept_of_every_as_of_and_customers_of_no_more_than_the_latest_earlier_one(self, runs, workshop):
        warehouse = Warehouse(workshop.file("segments_over_time"), Ran(0, ""))
        kept = "select distinct cast(as_of as varchar) from intermediate.int_segment_{} order by 1"
        assert warehouse.column(kept.format("history")) == [EARLY, BETWEEN, LATE]
        assert warehouse.column(kept.format("member_history")) == [BETWEEN, LATE]
        assert {row[7] for row in runs["late by density"]["segments.segment_transitions"]} == {
            datetime.fromisoformat(BETWEEN)
        }

    def test_a_full_refresh_does_not_lose_what_was_before(self, runs):
        assert runs["late"]["segments.segment_transitions"] != []

    def test_the_first_run_follows_nothing(self, runs):
        assert runs["early"]["segments.segment_transitions"] == []
        assert {row[7] for row in runs["early"]["segments.customer_segments"]} == {None}

    def test_a_run_in_the_past_knows_only_what_was_still_earlier(self, runs, workshop):
        segments(workshop, "segments_in_order", EARLY)
        assert rows_of(segments(workshop, "segments_in_order", BETWEEN)) == runs["between"]

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

    def test_other_settings_than_before_are_no_trouble(self, runs):
        assert len(runs["late by density"]["segments.segment_profiles"]) > 1
        assert {row[7] for row in runs["late by density"]["segments.customer_segments"]} > {None}


class TestOnlineRetail:
    @pytest.fixture(scope="class")
    def weeks(self, workshop, public_data):
        """The last day in a warehouse that knows the week before, and in an empty one."""

        def run(name, as_of):
            return segments(workshop, name, as_of, source="online_retail", raw=public_data / "online_retail_ii.parquet")

        run("retail_weeks", WEEK_BEFORE).connection.close()
        return run("retail_weeks", LAST_DAY), run("retail_fresh", LAST_DAY)

    def test_customers_who_bought_nothing_new_stay_in_their_segment(self, weeks):
        customers, stayed = weeks[0].one(f"""
            select count(*), avg(case when segment_id = previous_segment_id then 1.0 else 0 end)
            from segments.customer_segments
            where previous_segment_id is not null and customer_id not in (
                select customer_id from intermediate.int_orders
                where ordered_at > timestamp '{WEEK_BEFORE}' and customer_id is not null
            )
        """)
        print(f"\nof {customers} customers without a new order {stayed:.2%} stay")
        assert customers > 5_000
        assert stayed >= 0.95

    def test_the_segments_are_those_that_a_fresh_look_finds(self, weeks):
        followed, fresh = (
            week.column("select segment_id from segments.customer_segments order by customer_id") for week in weeks
        )
        agreement = adjusted_rand_score(followed, fresh)
        print(f"\nadjusted Rand index of followed and fresh segments {agreement:.3f}")
        assert agreement >= 0.9

    def test_a_segment_is_what_it_was_under_its_name(self, weeks):
        assert weeks[0].one("select count_if(is_new) from segments.segment_profiles") == 0
        odd = "from_segment_id = to_segment_id and from_segment_name <> to_segment_name"
        assert weeks[0].rows(f"select * from segments.segment_transitions where {odd}") == []

    def test_most_customers_are_what_the_name_says(self, weeks):
        """Of a segment's customers at least eight in ten are on the side of the shop's median that the word says."""
        words = {"Recent": "-recency_days", "Lapsed": "recency_days", "New": "-tenure_days", "frequent": "orders",
                 "occasional": "-orders", "big spenders": "gross_revenue", "small spenders": "-gross_revenue",
                 "long pauses": "average_days_between_orders"}  # fmt: skip
        said = []
        for word, measure in words.items():
            said += weeks[0].rows(f"""
                with customers as (
                    select g.segment_name, {measure} as value, median({measure}) over () as middle
                    from segments.customer_segments as g
                    inner join intermediate.int_customers as c using (customer_id)
                    inner join intermediate.int_segment_features_input as f using (customer_code)
                )
                select segment_name, avg(case when value >= middle then 1.0 else 0 end)
                from customers where contains(segment_name, '{word}') and value is not null group by 1
            """)
        # eight in ten when the name was given, a week before
        assert [row for row in said if row[1] < 0.75] == []
        assert len(said) >= 6

    def test_habits_that_the_data_cannot_show_are_null_with_the_reason(self, weeks):
        known, told = weeks[0].one("""
            select count(coalesce(price_sensitivity, discount_use, brand_loyalty)), count(unknown_because)
            from segments.customer_attitudes
        """)
        assert (known, told) == (0, weeks[0].one("select count(*) from segments.customer_attitudes"))
        assert (
            weeks[0].one("select count(*) from segments.customer_attitudes where variety_seeking is not null") > 3_000
        )


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
    "one_customer": shop_of(1, lambda _: [0, 3, 9]),
    "all_is_free": shop_of(40, lambda customer: [customer % 7, 9], price=0),
    "all_was_returned": [
        *shop_of(40, lambda customer: range(1 + customer % 9)),
        *([f"R{n}", "P1", START, "returner", 5, "returned"] for n in range(4)),
    ],
    "all_are_equal": shop_of(50, lambda _: [0, 10, 20]),
}


@pytest.mark.parametrize("name", ODD_SHOPS)
def test_an_odd_shop_has_rows_that_make_sense(name, workshop):
    folder = workshop.folder / "odd_shops" / name
    folder.mkdir(parents=True)
    with (folder / "order_lines.csv").open("w", encoding="utf-8", newline="") as file:
        header = ["order_id", "product_id", "ordered_at", "customer_id", "unit_price", "order_status"]
        csv.writer(file).writerows([header, *ODD_SHOPS[name]])
    warehouse = segments(workshop, name, source="files", raw=folder)
    customers = warehouse.one("select count(*) from segments.customer_segments")
    assert customers == warehouse.one("select coalesce(sum(customers), 0) from segments.segment_profiles")
    names = warehouse.column("select segment_name from segments.segment_profiles")
    assert len(names) == len(set(names))
    for table in ("customer_segments", "segment_features", "segment_profiles", "customer_attitudes"):
        doubles = [column for column, kind in warehouse.columns[f"segments.{table}"] if kind == "DOUBLE"]
        odd = " or ".join(f"not isfinite({column})" for column in doubles)
        assert warehouse.one(f"select count(*) from segments.{table} where {odd}") == 0
    silent = "coalesce(price_sensitivity, discount_use, variety_seeking, brand_loyalty) is null"
    reasons = f"select count(*) from segments.customer_attitudes where {silent} and unknown_because is null"
    assert warehouse.one(reasons) == 0
    assert not [text for text in names if "cluster" in text.lower()]
    if name in ("one_customer", "all_are_equal"):
        assert names == ["All customers"]
    if name == "all_was_returned":
        habits = "select purchases, unknown_because from segments.customer_attitudes where customer_id = 'returner'"
        assert warehouse.rows(habits) == [(0, "Nothing was bought.")]


def test_the_whole_demo_build_is_the_first_run_of_these(demo, workshop, tmp_path):
    """What is built here alone is what a whole build makes."""
    alone = segments(workshop, "segments_alone")
    for table in ("segments.customer_segments", "segments.segment_profiles", "segments.customer_attitudes"):
        assert alone.bytes_of(table, tmp_path / "one.csv") == demo.bytes_of(table, tmp_path / "other.csv")
