"""Planted rules and repurchase cycles: put into baskets independently of all else, so their strength is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.words_catalogue import CYCLE_PRODUCTS, LONE_ANTECEDENT_SHARE, RULES
from customer_insight.numerics.arrays import Ints


def plant(rng: np.random.Generator, orders: int, catalogue: DemoCatalogue) -> tuple[Ints, Ints]:
    """(order, product) pairs of the planted rules for `orders` orders.

    In each order, by itself: the antecedent with its share, then the consequent with one probability where the whole
    antecedent is there and another where not.
    """
    order, product = [], []
    for antecedent, consequent, share, with_it, without in RULES:
        whole = rng.random(orders) < share
        present = whole.copy()
        for item in catalogue.index_of(antecedent):
            alone = ~whole & (rng.random(orders) < (LONE_ANTECEDENT_SHARE if len(antecedent) > 1 else 0.0))
            order.append(np.flatnonzero(whole | alone))
            product.append(np.full(len(order[-1]), item))
        follows = rng.random(orders) < np.where(present, with_it, without)
        order.append(np.flatnonzero(follows))
        product.append(np.full(len(order[-1]), catalogue.index_of([consequent])[0]))
    return np.concatenate(order), np.concatenate(product)


def lone_antecedents(catalogue: DemoCatalogue) -> Ints:
    """Product index of each antecedent that is a rule's only one."""
    return np.array([catalogue.index_of(rule[0])[0] for rule in RULES if len(rule[0]) == 1], dtype=np.int64)


def cycle_products(catalogue: DemoCatalogue) -> Ints:
    """Product index of each of CYCLE_PRODUCTS."""
    return np.array(catalogue.index_of([product.name for product, _ in CYCLE_PRODUCTS]), dtype=np.int64)


def describe_rules(catalogue: DemoCatalogue) -> list[dict[str, Any]]:
    """Each planted rule with the support, confidence and lift that its construction implies (shares of all orders)."""
    rows = []
    for antecedent, consequent, share, with_it, without in RULES:
        lone = LONE_ANTECEDENT_SHARE if len(antecedent) > 1 else 0.0
        both_alone = (
            (1 - share) * lone ** len(antecedent) if lone else 0.0
        )  # two lone ones meet: no effect on each other
        present = share + both_alone
        together = share * with_it + both_alone * without
        consequent_share = share * with_it + (1 - share) * without
        confidence = together / present
        rows.append(
            {
                "antecedent": [catalogue.ids[i] for i in catalogue.index_of(antecedent)],
                "antecedent_names": list(antecedent),
                "consequent": catalogue.ids[catalogue.index_of([consequent])[0]],
                "consequent_name": consequent,
                "expected_support": round(together, 6),
                "expected_confidence": round(confidence, 6),
                "expected_lift": round(confidence / consequent_share, 4),
            }
        )
    return rows


def describe_cycles(catalogue: DemoCatalogue) -> list[dict[str, Any]]:
    """Each consumable that its buyers buy again, with the days between."""
    return [
        {"product_id": catalogue.ids[index], "product_name": product.name, "cycle_days": days}
        for index, (product, days) in zip(cycle_products(catalogue), CYCLE_PRODUCTS, strict=True)
    ]
