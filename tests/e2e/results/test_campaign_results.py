"""Campaigns of the demo shop: what a plain program makes of the same rows, and what was planted."""

import json
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from customer_insight.demo import touches
from demo_seeds import moment
from warehouses import PLANTED

FACTS = json.loads((PLANTED / "facts.json").read_text(encoding="utf-8"))
DAYS = timedelta(days=14)


@pytest.fixture(scope="module")
def campaigns(seeds):
    return {row["campaign_id"]: row for row in seeds.tables["campaigns"]}


@pytest.fixture(scope="module")
def orders(demo):
    """(time, revenue) of each customer's sales, by time."""
    found = defaultdict(list)
    for customer, at, revenue in demo.rows("""
        select customer_id, ordered_at, gross_revenue from shop.orders
        where is_sale and customer_id is not null order by ordered_at
    """):
        found[customer].append((at, float(revenue)))
    return found


@pytest.fixture(scope="module")
def suspected(demo):
    """Customers who count in no effect of a campaign that began later than when they were known as suspects."""
    as_of = demo.one("select max(as_of) from shop.customers")
    found = {}
    for customer, at in demo.rows(
        "select id, known_at from quality.suspicions where kind = 'customer' and left_out_of = 'all'"
    ):
        found[customer] = min(found.get(customer, as_of), at or as_of)
    return found


@pytest.fixture(scope="module")
def drawn(demo, seeds, campaigns, suspected):
    """campaign -> customer -> variant ('' for the holdout); the erased are in none, nor are suspects of before."""
    found = defaultdict(dict)
    erased = set(demo.column("select customer_id from shop.customers where is_erased"))
    for row in seeds.tables["assignments"]:
        begun = moment(campaigns[row["campaign_id"]]["starts_at"])
        if row["customer_id"] in erased or suspected.get(row["customer_id"], datetime.max) <= begun:
            continue
        found[row["campaign_id"]][row["customer_id"]] = row["variant"] or ""
    return found


def test_impressions_clicks_and_people_are_those_of_the_touches(demo, seeds, campaigns, suspected):
    programs = set(demo.column("select id from quality.suspicions where kind = 'customer' and left_out_of = 'clicks'"))
    seen = defaultdict(set)
    clicked = defaultdict(set)
    for row in seeds.tables["touches"]:
        begun = moment(campaigns[row["campaign_id"]]["starts_at"])
        if moment(row["shown_at"]) < begun or suspected.get(row["customer_id"], datetime.max) <= begun:
            continue
        key = row["campaign_id"], row["variant"]
        seen[key].add((row["customer_id"], row["shown_at"]))
        if row["clicked_at"] and row["customer_id"] not in programs | set(suspected):
            clicked[key].add((row["customer_id"], row["shown_at"]))
    shown = demo.rows("""
        select campaign_id, variant, customers, impressions, clicks, customers_clicked, click_rate
        from campaigns.campaign_results where segment_id = 'all' and variant <> 'holdout'
    """)
    assert {(campaign, variant) for campaign, variant, *_ in shown} == set(seen)
    for campaign, variant, customers, impressions, clicks, people, rate in shown:
        touches, of_them = seen[campaign, variant], clicked[campaign, variant]
        assert customers == len({customer for customer, _ in touches})
        assert impressions == len(touches)
        assert clicks == len(of_them)
        assert people == len({customer for customer, _ in of_them})
        assert rate == pytest.approx(people / customers)


def test_effects_are_differences_of_means_of_what_those_who_were_drawn_did(demo, campaigns, drawn, orders):
    as_of = demo.one("select max(as_of) from shop.customers")
    shown = demo.rows("""
        select campaign_id, variant, metric, customers, control_customers, mean, control_mean, effect, plain_effect,
            plain_ci_low, plain_ci_high, ci_low, ci_high, method
        from campaigns.campaign_effects where segment_id = 'all' and metric in ('conversion', 'orders', 'revenue')
    """)
    assert len(shown) == 6 * 2 * 3
    for campaign, variant, metric, customers, control, mean, control_mean, effect, plain, *ends, method in shown:
        opens = moment(campaigns[campaign]["starts_at"])
        values = defaultdict(list)
        for customer, mine in drawn[campaign].items():
            done = [revenue for at, revenue in orders[customer] if opens <= at < min(opens + DAYS, as_of)]
            done += [revenue for at, revenue in orders[customer] if at == as_of < opens + DAYS]
            values[mine].append({"conversion": bool(done), "orders": len(done), "revenue": sum(done)}[metric])
        assert (customers, control) == (len(values[variant]), len(values[""]))
        counted, control_counted = np.mean(values[variant]), np.mean(values[""])
        assert (mean, control_mean) == pytest.approx((counted, control_counted), abs=1e-9)
        assert plain == pytest.approx(counted - control_counted, abs=1e-9)
        assert plain == pytest.approx(mean - control_mean, abs=1e-12)
        if method == "difference in means":
            assert (effect, *ends[2:]) == (plain, *ends[:2])
        else:
            assert method == "CUPED"


def test_planted_effects_are_within_the_intervals(demo, seeds, drawn):
    groups = {row["customer_id"]: row["behaviour_group"] for row in seeds.planted["customers"]}
    added = {(row["campaign_id"], row["behaviour_group"]): row["orders_added"] for row in FACTS["experiments"]}
    shown = demo.rows("""
        select campaign_id, ci_low, ci_high, verdict from campaigns.campaign_effects
        where segment_id = 'all' and metric = 'orders' and elapsed_share = 1
    """)
    assert len(shown) == 10
    held = 0
    for campaign, low, high, verdict in shown:
        truth = np.mean([added[campaign, groups[customer]] for customer in drawn[campaign]])
        held += low <= truth <= high
        # so small a shop proves nothing that is not there
        assert verdict == "not proven" or np.sign(truth) == {"works": 1, "harms": -1}[verdict]
    assert held >= 8


def test_the_campaign_that_is_about_to_begin_is_drawn_and_listed(demo):
    rows = demo.records("select * from activation.campaign_lists")
    assert {row["campaign_id"] for row in rows} == {"new-year"}
    members = demo.column("""
        select customer_id from activation.audience_membership join shop.customers using (customer_id)
        where audience = 'one_time_buyers' and membership <> 'removed' and has_marketing_consent
    """)
    assert sorted(row["customer_id"] for row in rows) == sorted(members)
    assert {row["arm"] for row in rows} == {"treatment", "control"}
    for row in rows:
        assert row["is_to_be_sent"] == (row["arm"] == "treatment" and bool(row["email_sha256"] or row["phone_sha256"]))
        assert (row["variant"] is None) == (row["arm"] == "control")
        assert row["product_1_name"]
        assert row["product_1_price"] > 0
    ids = [tuple(row[f"product_{place}_id"] for place in range(1, 6)) for row in rows]
    assert all(one != other for each in ids for one, other in pairwise(each))


def test_every_customer_is_drawn_once_a_campaign_and_is_nobody_who_is_erased(demo):
    assert (
        demo.one("""
        select count(*) - count(distinct (campaign_id, customer_id)) from activation.assignments
    """)
        == 0
    )
    erased = "select count(*) from activation.assignments join shop.customers using (customer_id) where is_erased"
    assert demo.one(erased) == 0
    assert demo.one("select count(distinct campaign_id) from activation.assignments") == 7


def test_problems_are_those_of_the_planted_defects(demo, seeds):
    refused = defaultdict(int)
    for row in seeds.planted["defects"]:
        refused[row["source_table"]] += row["source_table"] in ("touches", "assignments") and not (
            row["reason"].startswith(("exact duplicate", "another row", "campaign_id is missing"))
        )
    found = dict(
        demo.rows("""
        select split_part(problem, ' ', 3), sum(affected) from quality.campaign_problems
        where problem like 'rows of % refused' group by all
    """)
    )
    assert found == {name: count for name, count in refused.items() if count}
    both = demo.rows(
        "select campaign_id, other_campaign_id from quality.campaign_problems where other_campaign_id <> ''"
    )
    assert sorted(both) == [("black-friday", "christmas-gifts"), ("boxing-day-sale", "christmas-gifts")]


def test_what_any_product_would_have_earned_and_what_is_seen_below_are_as_planted(demo):
    """Every candidate alike: one in eight is liked, half of the mails are of variant B, positions are drawn."""
    uplifts = {each["campaign_id"]: each["variant_b_click_uplift"] for each in FACTS["campaigns"]}
    shown = dict(
        demo.rows("""
            select campaign_id, sum(impressions) from campaigns.campaign_results where segment_id = 'all' group by all
        """)
    )
    mean_uplift = sum(uplifts[name] / 2 * shown[name] for name in uplifts) / sum(shown[name] for name in uplifts)
    chance = (touches.CLICK + touches.TASTE_CLICK / 8 + mean_uplift) * np.mean(touches.BY_POSITION)
    found = demo.rows("""
        select estimator, ci_low, ci_high from campaigns.policy_evaluation
        where campaign_id = 'all' and policy = 'uniform' and metric = 'click' and estimator <> 'dm'
    """)
    assert len(found) == 6
    for estimator, low, high in found:
        assert low < chance < high, estimator
    seen = FACTS["campaigns"][0]["clicks_by_position"]
    for position, low, high, method in demo.rows("""
        select distinct position, examination_low, examination_high, examination_method
        from campaigns.recommendation_feedback where position > 0
    """):
        assert low <= seen[position - 1] <= high
        assert method == "random positions"


def test_products_shown_add_up_and_what_was_done_is_a_plain_mean(demo):
    impressions, clicks = demo.rows("""
        select sum(impressions), sum(clicks) from campaigns.recommendation_feedback where position = 0
    """)[0]
    choices, value = demo.rows("""
        select choices, value from campaigns.policy_evaluation
        where campaign_id = 'all' and policy = 'logged' and metric = 'click' and estimator = 'ips'
    """)[0]
    assert (choices, value) == (impressions, pytest.approx(clicks / impressions))
    # the mean of arms, each by its share of those drawn, is that of all
    means = demo.rows("""
        select p.campaign_id, p.value, p.people,
            sum(e.customers * e.mean) + any_value(e.control_customers * e.control_mean),
            sum(e.customers) + any_value(e.control_customers)
        from campaigns.policy_evaluation as p
        inner join campaigns.campaign_effects as e using (campaign_id, metric)
        where p.policy = 'logged' and p.estimator = 'ips' and e.segment_id = 'all'
        group by all
    """)
    assert len(means) == 5  # the window of the sixth is open
    for _, value, people, orders, customers in means:
        assert (people, value) == (customers, pytest.approx(orders / customers))
    assert {verdict for (verdict,) in demo.rows("select verdict from campaigns.policy_evaluation")} >= {
        "logged",
        "worse",
        "not proven",
        "refused",
    }
