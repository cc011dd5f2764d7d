from math import log2

import numpy as np
import pytest
from customer_insight.recommendations.judging import ranking_metrics
from customer_insight.recommendations.judging.ranking_metrics import ACCURACY
from customer_insight.recommendations.proposing.candidates import Candidates
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score

PRODUCTS = 30
ranked = st.lists(st.integers(0, PRODUCTS - 1), unique=True, max_size=25)
truth = st.frozensets(st.integers(0, PRODUCTS - 1), min_size=1, max_size=25)


def figures_of(lists, truths, k):
    """Lists and truths are customers' products; all metrics of all lists."""
    rows = [(c, p, -place) for c, products in enumerate(lists) for place, p in enumerate(products)]
    columns = np.array(rows or np.zeros((0, 3)), dtype=np.int64).T
    keys = np.array(sorted(c * PRODUCTS + p for c, products in enumerate(truths) for p in products), dtype=np.int64)
    candidates = Candidates(columns[0], columns[1], columns[2].astype(float))
    hits = ranking_metrics.hits(candidates, keys, len(lists), PRODUCTS)
    return ranking_metrics.accuracy(hits, np.array([len(products) for products in truths]), k)


def by_definition(products, relevant, k):
    hit = [product in relevant for product in products[:k]]
    places = [place for place, is_hit in enumerate(hit, start=1) if is_hit]
    possible = min(k, len(relevant))
    ideal = sum(1 / log2(place + 1) for place in range(1, possible + 1))
    return {
        "precision": len(places) / k,
        "recall": len(places) / len(relevant),
        "ndcg": sum(1 / log2(place + 1) for place in places) / ideal,
        "map": sum(sum(hit[:place]) / place for place in places) / possible,
        "mrr": 1 / places[0] if places else 0,
        "hit_rate": float(bool(places)),
    }


# relevant are 1, 2, 3 (once 1 to 8); k = 5; 1/log2(3) = 0.63093, 1/log2(5) = 0.43068, 1/log2(6) = 0.38685
@pytest.mark.parametrize(
    ("products", "relevant", "precision", "recall", "ndcg", "average", "mrr", "hit"),
    [
        ([1, 2, 3], {1, 2, 3}, 0.6, 1, 1, 1, 1, 1),
        ([9, 1, 8, 2, 7], {1, 2, 3}, 0.4, 2 / 3, 1.06161 / 2.13093, (1 / 2 + 2 / 4) / 3, 1 / 2, 1),
        ([9, 8, 7, 6, 1, 2], {1, 2, 3}, 0.2, 1 / 3, 0.38685 / 2.13093, (1 / 5) / 3, 1 / 5, 1),
        ([9, 10, 11, 12, 13, 1], {1, 2, 3}, 0, 0, 0, 0, 0, 0),
        ([], {1}, 0, 0, 0, 0, 0, 0),
        ([1, 2, 3, 4, 5, 6], {1, 2, 3, 4, 5, 6, 7, 8}, 1, 5 / 8, 1, 1, 1, 1),
    ],
)
def test_worked_by_hand(products, relevant, precision, recall, ndcg, average, mrr, hit):
    found = figures_of([products], [relevant], 5)
    expected = dict(zip(ACCURACY, (precision, recall, ndcg, average, mrr, hit), strict=True))
    assert {name: values[0] for name, values in found.items()} == pytest.approx(expected, abs=1e-5)


@given(st.lists(st.tuples(ranked, truth), min_size=1, max_size=4), st.sampled_from([1, 5, 10, 20]))
@settings(max_examples=100)
def test_every_metric_is_its_definition(pairs, k):
    found = figures_of([products for products, _ in pairs], [relevant for _, relevant in pairs], k)
    assert tuple(found) == ACCURACY
    for customer, (products, relevant) in enumerate(pairs):
        expected = by_definition(products, relevant, k)
        assert {name: values[customer] for name, values in found.items()} == pytest.approx(expected, abs=1e-12)


@given(st.permutations(range(12)), st.frozensets(st.integers(0, 11), min_size=1), st.sampled_from([5, 10, 12]))
@settings(max_examples=60)
def test_ndcg_and_map_of_whole_rankings_are_those_of_scikit_learn(products, relevant, k):
    found = figures_of([products], [relevant], k)
    is_relevant = np.array([[float(product in relevant) for product in products]])
    scores = -np.arange(12.0)[None, :]
    assert found["ndcg"][0] == pytest.approx(ndcg_score(is_relevant, scores, k=k))
    if k == 12:
        assert found["map"][0] == pytest.approx(average_precision_score(is_relevant[0], scores[0]))
