"""Planted rules, cycles and season are in the orders, as strong as promised."""

from collections import Counter, defaultdict
from datetime import datetime
from itertools import combinations, pairwise

import pytest


def test_planted_rules_have_their_confidence_and_lift(baskets, facts):
    count = len(baskets)
    for rule in facts["rules"]:
        antecedent, consequent = set(rule["antecedent"]), rule["consequent"]
        present = sum(antecedent <= basket for basket in baskets.values())
        together = sum(antecedent <= basket and consequent in basket for basket in baskets.values())
        alone = sum(consequent in basket for basket in baskets.values())
        assert together / count >= 0.0125, rule
        assert together / present == pytest.approx(rule["expected_confidence"], abs=0.07), rule
        assert together / present / (alone / count) == pytest.approx(rule["expected_lift"], rel=0.17), rule


def test_one_rule_has_three_items_and_no_half_of_it_does_the_work(baskets, facts):
    (rule,) = [rule for rule in facts["rules"] if len(rule["antecedent"]) == 2]
    for half in rule["antecedent"]:
        present = [basket for basket in baskets.values() if half in basket]
        assert (
            sum(rule["consequent"] in basket for basket in present) / len(present) < 0.7 * rule["expected_confidence"]
        )


def test_no_pair_but_the_planted_ones_is_in_one_basket_of_a_hundred(baskets, facts):
    pairs = Counter(pair for basket in baskets.values() for pair in combinations(sorted(basket), 2))
    frequent = {pair for pair, number in pairs.items() if number >= 0.01 * len(baskets)}
    planted = [sorted([*rule["antecedent"], rule["consequent"]]) for rule in facts["rules"]]
    allowed = {pair for items in planted for pair in combinations(items, 2)}
    assert frequent <= allowed


def test_consumables_are_bought_again_on_their_cycle(good, planted, facts):
    cycle_of = {row["customer_id"]: row["cycle_product_id"] for row in planted["customers"] if row["cycle_product_id"]}
    bought = defaultdict(list)
    for row in good["order_lines"]:
        if cycle_of.get(row["customer_id"]) == row["product_id"]:
            at = datetime.fromisoformat(row["ordered_at"]).replace(tzinfo=None)
            bought[row["customer_id"]].append(at)
    gaps = defaultdict(list)
    for customer, times in bought.items():
        days = sorted(times)
        gaps[cycle_of[customer]] += [(b - a).total_seconds() / 86400 for a, b in pairwise(days)]
    for cycle in facts["cycles"]:
        values = sorted(gaps[cycle["product_id"]])
        assert values[len(values) // 2] == pytest.approx(cycle["cycle_days"], rel=0.08)


def test_december_sells_more_and_summer_things_sell_in_summer(good):
    orders = Counter()
    seen = set()
    for row in good["order_lines"]:
        if row["order_id"] not in seen:
            seen.add(row["order_id"])
            orders[row["ordered_at"][:7]] += 1
    assert orders["2025-12"] > 1.25 * orders["2025-09"]
    shelves = ("Furniture", "Barbecue", "Beach", "Sun Care", "Swimming")
    summery = {row["product_id"] for row in good["products"] if row["category"].split(" / ")[-1] in shelves}
    months, all_months = Counter(), Counter(row["ordered_at"][5:7] for row in good["order_lines"])
    months.update(row["ordered_at"][5:7] for row in good["order_lines"] if row["product_id"] in summery)
    assert months["06"] / all_months["06"] > 2.5 * months["12"] / all_months["12"]


def test_tastes_show_in_what_is_bought(good, planted):
    taste = {row["customer_id"]: row["taste"] for row in planted["customers"]}
    department = {row["product_id"]: row["category"].split(" / ")[0] for row in good["products"]}
    bought = defaultdict(Counter)
    for row in good["order_lines"]:
        if row["customer_id"] in taste and row["product_id"] in department:
            bought[row["customer_id"]][department[row["product_id"]]] += 1
    many = {customer: counts for customer, counts in bought.items() if counts.total() >= 8}
    hits = [counts.most_common(1)[0][0] == taste[customer] for customer, counts in many.items()]
    assert sum(hits) / len(hits) > 0.75
