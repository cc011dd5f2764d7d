from itertools import combinations
from math import log2

import numpy as np
import pytest
from customer_insight.recommendations.judging.list_metrics import ListMetrics
from customer_insight.recommendations.proposing.candidates import Candidates
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import Shop, bought, shops

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

lists_of_six = st.lists(st.lists(st.integers(0, 6), unique=True, max_size=5), min_size=6, max_size=6)


def candidates(lists):
    rows = [(c, p) for c, products in enumerate(lists) for p in products]
    customer, product = np.array(rows or np.zeros((0, 2)), dtype=np.int64).T
    return Candidates(customer, product, np.zeros(customer.size))


def mean(values):
    return sum(values) / len(values) if values else float("nan")


def by_definition(shop, customer, products):
    buyers = [c for c in range(shop.customers) if shop.owned(c)]
    having = [sum(p in shop.owned(c) for c in buyers) for p in range(shop.products)]
    share = [count / max(1, len(buyers)) for count in having]
    usual = mean([share[p] for p in shop.owned(customer)])
    content = np.array(shop.content)
    return {
        "novelty": mean([-log2((having[p] + 1) / (max(1, len(buyers)) + 1)) for p in products]),
        "diversity": mean([1 - content[i] @ content[j] for i, j in combinations(products, 2)]),
        "popularity_bias": mean([share[p] for p in products]) / usual,
    }


@given(shops(), lists_of_six)
@settings(max_examples=80)
def test_every_metric_is_its_definition(shop, lists):
    metrics = ListMetrics(shop.history, np.arange(6))
    found = metrics.of_each(candidates(lists))
    for customer, products in enumerate(lists):
        expected = by_definition(shop, customer, products)
        assert {name: values[customer] for name, values in found.items()} == pytest.approx(
            expected, abs=1e-9, nan_ok=True
        )
    shown = {product for products in lists for product in products}
    assert metrics.coverage(candidates(lists)) == len(shown) / len(shop.available())


def test_worked_by_hand():
    # product 0 has three of four buyers, products 1 and 2 one each; customer 1 has product 0 alone
    shop = bought((0, 0, 1), (1, 0, 1), (2, 0, 1), (3, 1, 1), (0, 2, 1))
    shop = Shop(shop.rows, 4, 4, content=[[1, 0], [0.6, 0.8], [0, 1], [0, 0]])
    metrics = ListMetrics(shop.history, np.array([1]))
    found = metrics.of_each(candidates([[1, 2, 3]]))
    assert found["novelty"][0] == pytest.approx((log2(5 / 2) * 2 + log2(5)) / 3)
    assert found["diversity"][0] == pytest.approx((0.2 + 1 + 1) / 3)
    assert found["popularity_bias"][0] == pytest.approx((1 / 4 + 1 / 4 + 0) / 3 / (3 / 4))
    assert metrics.coverage(candidates([[1, 2, 3]])) == 3 / 4
