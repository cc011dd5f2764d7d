"""Planted abuse is found in the demo shop, who looks like it is left alone, and nobody's address is anywhere."""

from collections import defaultdict

import pytest
from demo_seeds import read_csv
from warehouses import PLANTED, SEEDS

FOUND_BY = {
    "coupon_ring": {"coupon_ring"},
    "return_abuse": {"return_abuse", "wardrobing"},
    "wardrobing": {"return_abuse", "wardrobing"},
    "mail_scanner": {"clicked_at_once", "clicks_on_everything"},
    "review_burst": {"review_burst", "review_twin"},
    "review_twin": {"review_burst", "review_twin"},
}


@pytest.fixture(scope="module")
def planted():
    found = defaultdict(set)
    for row in read_csv(PLANTED / "abuse.csv"):
        found[row["planted"]].add((row["kind"], row["id"]))
    return found


@pytest.fixture(scope="module")
def rules(demo):
    """(kind, id) -> the rules by which it is left out of something."""
    found = defaultdict(set)
    for kind, name, rule in demo.rows("select kind, id, rule from quality.suspicions where left_out_of <> 'nothing'"):
        found[kind, name].add(rule)
    return found


def test_planted_abuse_is_found_with_hardly_anybody_beside(planted, rules):
    for what, by in FOUND_BY.items():
        found = {each for each in planted[what] if rules.get(each, set()) & by}
        # of few orders most came back of honest people, too
        least = 0.6 if what == "return_abuse" else 0.8
        assert len(found) >= least * len(planted[what]), what
        named = {each for each, mine in rules.items() if mine & by}
        right = set().union(*(planted[other] for other, its in FOUND_BY.items() if its == by))
        assert len(named & right) >= 0.95 * len(named), what


def test_clicks_of_farms_are_left_out_and_those_of_nobody_else(demo, planted):
    visitors = demo.column("""
        select distinct f.visitor_id from intermediate.int_suspect_sessions join intermediate.int_session_facts as f
        using (session_id)
    """)
    assert {("visitor", each) for each in visitors} == planted["click_farm"]


def test_families_offices_parcel_shops_and_who_orders_several_sizes_are_left_alone(planted, rules):
    abusive = set().union(*(planted[what] for what in FOUND_BY))
    for what in ("family", "office", "parcel_shop", "several_sizes"):
        honest = planted[what] - abusive
        assert len(honest) > 5
        assert sum(each in rules for each in honest) <= 0.01 * len(honest), what


def test_suspects_get_scores_and_lists_but_teach_nothing(demo):
    suspects = "select customer_id from intermediate.int_suspect_customers"
    (count,) = demo.column(f"select count(*) from ({suspects})")
    told = dict(demo.rows("select model, suspects_left_out from quality.model_runs"))
    assert count > 30
    for model in ("customer_predictions", "customer_value", "customer_segments", "customer_recommendations"):
        assert told[model] == count, model
    for table in ("predictions.customer_predictions", "recommendations.customer_recommendations"):
        assert demo.column(
            f"select count(distinct customer_id) from {table} semi join ({suspects}) using (customer_id)"
        ) == [count]
    (taught,) = demo.column("select count(distinct basket_code) from intermediate.int_basket_items_input")
    (baskets, left_out) = demo.rows("""
        select count(distinct i.basket_id), count(distinct q.basket_id) from intermediate.int_basket_items as i
        join intermediate.int_product_codes as c using (product_id)
        left join intermediate.int_suspect_baskets as q on i.basket_id = q.basket_id
    """)[0]
    assert left_out > 100
    assert taught == baskets - left_out


def test_no_address_payer_or_device_is_kept_as_it_was_written(demo):
    for table, columns in (("order_lines", ["shipping_address", "payment_name"]), ("events", ["device_id"])):
        for column in columns:
            for name in (f"staging.stg_{table}__typed", f"staging.stg_{table}"):
                bad = f"count_if({column} not like 'hidden-%' or length({column}) <> 39)"
                told = demo.rows(f"select count({column}), {bad} from {name}")
                assert told[0][0] > 1000
                assert told[0][1] == 0
    address = next(
        row["shipping_address"] for row in read_csv(SEEDS / "demo" / "demo_order_lines.csv") if row["shipping_address"]
    )
    assert demo.column(f"select count(*) from quality.rejected_rows where contains(row_json, '{address}')") == [0]
