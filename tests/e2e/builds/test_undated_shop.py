"""Shops whose orders have no dates: what needs no time is right, the rest is empty and says why."""

import csv
import json
import random
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from public_tables import PUBLIC_TABLES, models_of
from rendered_warehouse import Rendered, rendered
from warehouses import SEEDS, InMemory, differences

SETTINGS = ("min_support=0.001", "min_confidence=0.5", "max_itemset_length=10", "evaluate=true")
# what is built of baskets alone; run_id and as_of are of the run
OF_BASKETS = {
    "recommendations.frequent_itemsets": "itemset, item_count, support_count, support",
    "recommendations.association_rules": "* exclude (run_id, as_of)",
    "recommendations.association_rule_items": "* exclude (run_id, as_of)",
    "recommendations.category_rules": "* exclude (run_id, as_of)",
    "recommendations.product_recommendations": "* exclude (run_id, as_of)",
    "segments.customer_tastes": "* exclude (as_of)",
}
# columns that need no time, of tables that have others too
OF_TOTALS = {
    "shop.orders": "order_id, customer_id, order_status, channel, country, lines, products, units, list_revenue, "
    "discount_amount, gross_revenue, gross_margin, returned_revenue, net_revenue, net_margin, is_sale",
    "shop.order_lines": "* exclude (ordered_at, returned_at, source_system)",
    "shop.customers": "customer_id, orders, cancelled_orders, gross_revenue, gross_margin, net_revenue, net_margin, "
    "returned_revenue, discount_amount, average_order_value, sessions, views, add_to_carts, first_seen_at, "
    "distinct_products, favourite_category, favourite_brand, favourite_channel, frequency, monetary, f_score, "
    "m_score, fm_score",
    "shop.products": "product_id, product_name, category, orders, customers, units, gross_revenue, views, reviews",
    "shop.sessions": "* exclude (source_system)",
    "shop.funnel_daily": "*",
    "shop.activity_daily where sessions > 0": "activity_date, sessions, visitors",
    "segments.customer_attitudes": "customer_id, price_sensitivity, discount_use, brand_loyalty",
}
NOT_DATED = "The orders have no dates"


def written(path, header, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def not_alike(first, second, tables):
    """Of each table how many rows are in one warehouse alone, by the columns given."""
    found = {}
    for table, columns in tables.items():
        rows = [Counter(map(repr, each.rows(f"select {columns} from {table}"))) for each in (first, second)]
        found[table] = ((rows[0] - rows[1]).total(), (rows[1] - rows[0]).total())
        assert rows[0], table
    return {table: rows for table, rows in found.items() if rows != (0, 0)}


@pytest.fixture(scope="module")
def twin_folder(demo, workshop):
    """The demo shop: the order lines that its build took, without their dates; its events and lists as they are."""
    folder = workshop.folder / "raw" / "undated_demo"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("events", "products", "customers", "identity_links", "reviews", "support_messages", "touches"):
        (folder / f"{name}.csv").write_bytes((SEEDS / "demo" / f"demo_{name}.csv").read_bytes())
    names = [column for column, *_ in demo.rows("describe staging.stg_order_lines")]
    names = [name for name in names if name not in ("row_number", "ordered_at", "returned_at")]
    rows = demo.rows(f"select {', '.join(names)} from staging.stg_order_lines order by row_number")
    written(folder / "order_lines.csv", names, rows)
    return folder


@pytest.fixture(scope="module")
def twin(twin_folder):
    models = models_of(PUBLIC_TABLES)
    return InMemory(rendered("files", twin_folder, models))


class TestOrdersWithoutDatesBesideVisitsWithTimes:
    def test_what_needs_no_time_is_that_of_the_same_orders_with_dates(self, demo, twin):
        assert not_alike(demo, twin, OF_TOTALS) == {}

    def test_what_is_learned_of_baskets_is_the_same_where_nobody_is_suspect(self, twin_folder, monkeypatch):
        """Suspects of returns are known by days, and then teach nothing; so without rules of suspicion."""
        seed = Rendered._seed

        def without_rules(run, path, relation, types):
            seed(run, path, relation, types)
            if path.stem == "suspicion_rules":
                run.connection.execute(f"truncate {relation}")

        monkeypatch.setattr(Rendered, "_seed", without_rules)
        models = models_of(OF_BASKETS)
        dated, undated = rendered("demo", "", models), rendered("files", twin_folder, models)
        assert not_alike(dated, undated, OF_BASKETS) == {}

    def test_now_is_the_latest_visit_and_orders_are_at_no_time(self, twin):
        assert twin.one("select max(ended_at) from shop.sessions") == twin.one(
            "select distinct as_of from shop.customers"
        )
        for column, table in {
            "ordered_at": "shop.orders",
            "order_date": "shop.orders",
            "is_first_order": "shop.orders",
            "last_ordered_at": "shop.customers",
            "average_days_between_orders": "shop.customers",
            "last_sold_at": "shop.products",
            "recency_days": "segments.customer_rfm",
            "r_score": "segments.customer_rfm",
            "variety_seeking": "segments.customer_attitudes",
            "orders": "shop.activity_daily",
            "gross_revenue": "shop.activity_daily",
            "gross_margin": "shop.activity_daily",
        }.items():
            assert twin.one(f"select count({column}) from {table}") == 0, column
            assert twin.one(f"select count(*) from {table}") > 0, table

    def test_what_needs_the_time_of_orders_says_that_there_is_none(self, twin):
        status = dict(twin.rows("select model, status from quality.model_runs"))
        undated = {name for name, said in status.items() if "orders have no dates" in said}
        assert undated == {
            *("customer_predictions", "customer_recommendations", "customer_value", "demand_forecast"),
            *("purchase_evaluation", "recommendation_evaluation", "value_evaluation"),
        }
        # the shop's campaigns were drawn by nobody that it knows of, and without dates they brought no orders
        of_campaigns = {"undrawn_effects", "campaign_effects", "customer_uplift", "earlier_lists", "offer_policy"}
        # too few have written in German
        assert "texts in de: below 2,000 rated reviews" in status.pop("review_voice")
        assert {said for name, said in status.items() if name not in undated | of_campaigns} == {"ok"}
        assert twin.column("select distinct metric from campaigns.campaign_effects") in ([], ["visits"])
        value, reason = twin.one("select value, reason from quality.shop_facts where fact = 'order_dates'")
        assert value == "none"
        assert reason.startswith("No order line has a date, so what needs the time of orders is empty")
        reasons = "select distinct null_reason from segments.customer_rfm where rfm_segment is null"
        assert twin.column(reasons) == ["The orders have no dates: nobody knows who has ordered lately."]
        assert twin.column("select distinct rfm_segment from segments.customer_rfm where rfm_segment is not null") == [
            "Prospect"
        ]

    def test_nothing_is_predicted_and_what_customers_brought_is_known(self, demo, twin):
        known = "select customer_id, historic_clv from predictions.customer_predictions"
        assert dict(twin.rows(known)) == dict(demo.rows(known))
        for column in (
            "p_alive",
            "churn_probability",
            "purchase_probability",
            "expected_orders_90d",
            "total_clv",
            "model",
        ):
            assert twin.one(f"select count({column}) from predictions.customer_predictions") == 0
        reason = "select distinct null_reason like '%The orders have no dates.' from predictions.customer_predictions"
        assert twin.column(reason) == [True]
        for table in ("prediction_drivers", "prediction_evaluation", "calibration"):
            assert twin.one(f"select count(*) from predictions.{table}") == 0

    def test_nothing_without_a_date_is_judged_on_the_past(self, twin):
        judged = "select distinct audience from recommendations.recommendation_evaluation"
        assert twin.column(judged) == ["sessions"]
        served = twin.records(
            "select strategy, purchase_probability, reason from recommendations.customer_recommendations"
        )
        assert {row["strategy"] for row in served} <= {"item_based", "popular", "popular_in_segment"}
        assert {row["purchase_probability"] for row in served} == {None}
        assert {row["reason"] for row in served if " now" in row["reason"] or "last on 1970" in row["reason"]} == set()
        everyone = twin.one("select count(*) from shop.customers where not is_erased")
        with_list = "select count(distinct customer_id) from recommendations.customer_recommendations"
        assert twin.one(with_list) == everyone

    def test_popular_is_what_is_in_most_orders(self, twin):
        popular = twin.column("select product_id from recommendations.popular_products where segment_id = 'all'")
        orders = dict(
            twin.rows("""
            select product_id, count(distinct order_id) from shop.order_lines
            where product_id in (from shop.products select product_id where is_product and is_available)
                and gross_revenue > 0 and coalesce(customer_id, '') not in (
                select id from quality.suspicions where kind = 'customer' and left_out_of = 'all'
            )
            group by product_id
        """)
        )
        assert [orders[each] for each in popular] == sorted((orders[each] for each in popular), reverse=True)
        assert set(popular) == set(sorted(orders, key=lambda each: (-orders[each], each))[:100])

    def test_segments_are_of_what_was_bought_not_when(self, twin):
        left_out = twin.one(
            "select json_extract_string(metrics, '$.features_left_out') from quality.model_runs "
            "where model = 'customer_segments'"
        )
        for feature in ("recency_days", "tenure_days", "weekend_share", "evening_share", "average_days_between_orders"):
            assert feature in left_out
        assert twin.one("select count(*) from segments.segment_profiles") > 2
        said = " ".join(twin.column("select segment_name || ' ' || description from segments.segment_profiles")).lower()
        for word in ("lapsed", "long-standing", "lately", "evening", "weekend", "new customers"):
            assert word not in said


@pytest.fixture(scope="module")
def baskets(public_data) -> list[list[str]]:
    """Groceries: 9,835 baskets as published."""
    lines = (Path(public_data) / "groceries" / "groceries.csv").read_text(encoding="utf-8").splitlines()
    return [[item.strip() for item in line.split(",")] for line in lines]


def lines_of(baskets):
    """Order lines; the first 2,000 baskets are those of 400 customers, the others nobody's."""
    for number, items in enumerate(baskets):
        customer = f"C{number % 400}" if number < 2000 else ""
        yield from ([f"B{number}", item, customer] for item in items)


@pytest.fixture(scope="module")
def groceries(baskets, workshop):
    """Baskets without anything else but some customers."""
    folder = workshop.folder / "raw" / "groceries"
    folder.mkdir(parents=True, exist_ok=True)
    written(folder / "order_lines.csv", ["order_id", "product_id", "customer_id"], lines_of(baskets))
    return workshop.build("groceries", "files", folder, SETTINGS)


class TestBasketsAlone:
    def test_rules_are_those_that_are_published(self, groceries):
        assert groceries.one("select count(*) from shop.orders") == 9835
        assert groceries.one("select count(*) from recommendations.association_rules") == 5668
        assert groceries.one("select count(*) from recommendations.frequent_itemsets where support >= 0.01") == 333

    def test_supports_are_counts_of_baskets(self, groceries, baskets):
        for size in (1, 2):
            counted = Counter(each for items in baskets for each in combinations(sorted(set(items)), size))
            found = groceries.rows(
                f"select itemset, support_count from recommendations.frequent_itemsets where item_count = {size}"
            )
            expected = {each: count for each, count in counted.items() if count >= 10}  # a thousandth of 9,835
            assert {tuple(json.loads(itemset)): count for itemset, count in found} == expected

    def test_nobody_knows_when_and_no_day_is_made_up(self, groceries):
        assert groceries.one("select as_of from staging.stg_as_of") is None
        assert groceries.tables == sorted(PUBLIC_TABLES)
        for table in groceries.tables:
            for column, kind in groceries.columns[table]:
                if kind in ("TIMESTAMP", "DATE"):
                    assert groceries.one(f"select count({column}) from {table}") == 0, (table, column)
        for table in ("shop.activity_daily", "predictions.calibration", "recommendations.recommendation_evaluation"):
            assert groceries.one(f"select count(*) from {table}") == 0

    def test_customers_have_their_baskets_recommendations_and_kinds(self, groceries, baskets):
        bought = Counter(number % 400 for number in range(2000))
        assert dict(groceries.rows("select customer_id, orders from shop.customers")) == {
            f"C{customer}": orders for customer, orders in bought.items()
        }
        assert groceries.one("select count(distinct customer_id) from recommendations.customer_recommendations") == 400
        assert groceries.one("select count(*) from segments.customer_segments") == 400
        assert groceries.one("select count(*) from intermediate.int_segment_history") == 0
        assert groceries.one("select count(*) from intermediate.int_audience_history") == 0
        milk = groceries.one("select orders from shop.products where product_id = 'whole milk'")
        assert milk == sum("whole milk" in items for items in baskets)

    def test_the_page_shows_rules_and_says_that_there_are_no_dates(self, groceries):
        page = (groceries.published / "report.html").read_text(encoding="utf-8")
        for part in (
            "this page speaks of all that the files hold, and of no time",
            "these figures are of all of them",
            "9,835",
            f"{NOT_DATED}: nobody knows who has ordered lately.",
            "times what chance would bring",
        ):
            assert part in page
        assert "Nothing is known of this shop yet" not in page
        assert "1970" not in page

    @pytest.mark.long
    def test_rows_in_any_order_give_the_same_tables(self, groceries, baskets, workshop, tmp_path):
        folder = workshop.folder / "raw" / "shuffled"
        folder.mkdir(parents=True, exist_ok=True)
        lines = list(lines_of(baskets))
        random.Random(0).shuffle(lines)
        written(folder / "order_lines.csv", ["order_id", "product_id", "customer_id"], lines)
        shuffled = workshop.build("shuffled", "files", folder, SETTINGS)
        # lines without a number have it by their place in the file
        found = differences(groceries, shuffled, tmp_path / "table.csv", leave_out={"shop.order_lines": "*"})
        assert found == []
        assert not_alike(groceries, shuffled, {"shop.order_lines": "* exclude (line_number)"}) == {}
