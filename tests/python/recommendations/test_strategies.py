from math import comb

import numpy as np
import pytest
import strategy_oracle as oracle
from customer_insight.recommendations.proposing.candidates import SomeProducts, propose
from customer_insight.recommendations.strategies import (
    content,
    ease,
    gp_topfreq,
    item_based,
    personal_frequency,
    popular,
    popular_in_cluster,
    rule_based,
    tifu_knn,
    up_cf,
    user_based,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from shops import Shop, bought, random_shop, shops

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

PARAMETERS = {
    popular: {"half_life_days": [7, 60, np.inf]},
    personal_frequency: {"half_life_days": [7, 90]},
    gp_topfreq: {"half_life_days": [7, np.inf]},
    user_based: {"neighbours": [1, 2, 100], "half_life_days": [60, np.inf], "sharpness": [1, 4]},
    up_cf: {"recent_baskets": [1, 3, 25], "sharpness": [1, 10], "asymmetry": [0.25, 0.5, 0.75]},
    tifu_knn: {
        "own_share": [0.2, 0.7, 1],
        "neighbours": [1, 2, 300],
        "basket_decay": [0.6, 0.9, 1],
        "group_decay": [0.3, 0.7],
        "group_size": [1, 2, 3, 7],
    },
    ease: {"regularization": [0.5, 30], "dropout": [0, 0.5, 0.9], "half_life_days": [7, np.inf]},
    rule_based: {"min_support": [0.002, 0.3], "min_confidence": [0.05, 0.5], "recent_days": [3, 365, np.inf]},
    content: {"half_life_days": [15, np.inf]},
    item_based: {
        "neighbours": [1, 2, 50],
        "similarity": ["cosine", "jaccard"],
        "weighting": ["none", "tfidf", "bm25"],
        "shrinkage": [0, 5],
        "half_life_days": [60, np.inf],
        "own_weight": [0.3, 1],
    },
}
ORACLES = {module: getattr(oracle, module.__name__.rpartition(".")[2]) for module in PARAMETERS}


def name_of(module):
    return module.__name__.rpartition(".")[2]


def dense(scores, count):
    if isinstance(scores, SomeProducts):
        table = np.full((scores.scores.shape[0], count), -np.inf)
        table[:, scores.products] = scores.scores
        return table
    return scores.toarray() if sparse.issparse(scores) else scores


def everyone(shop):
    return np.arange(shop.customers)


def listed(candidates, customer):
    return candidates.product[candidates.customer == customer].tolist()


@pytest.mark.parametrize("module", PARAMETERS, ids=name_of)
@given(data=st.data(), shop=shops())
@settings(max_examples=60)
def test_scores_and_lists_are_those_of_the_formula(module, data, shop):
    chosen = {name: data.draw(st.sampled_from(values), label=name) for name, values in PARAMETERS[module].items()}
    model = module.fit(shop.history, **chosen)
    expected = ORACLES[module](shop, **chosen)
    scores = dense(model.scores(everyone(shop)), shop.products)
    for pair, score in np.ndenumerate(scores):
        assert score == pytest.approx(expected.get(pair, 0.0), abs=1e-9), pair
    new, own = propose(model, shop.history, everyone(shop), 3)
    lists = oracle.lists(shop, expected, 3, least=-np.inf if module is ease else 0)
    assert {c: (listed(new, c), listed(own, c)) for c in range(shop.customers)} == lists


@pytest.mark.parametrize("module", PARAMETERS, ids=name_of)
def test_any_customers_in_any_order_get_their_own_scores(module):
    shop = random_shop(customers=20, rows=300)
    model = module.fit(shop.history)
    some = np.array([7, 3, 3, 19])
    np.testing.assert_allclose(
        dense(model.scores(some), shop.products), dense(model.scores(everyone(shop)), shop.products)[some], atol=1e-12
    )


def test_a_product_says_nothing_about_itself_in_ease():
    model = ease.fit(random_shop(customers=20, rows=300).history, regularization=3)
    assert (np.diag(model.weights) == 0).all()
    assert (model.weights != 0).any()


def test_ease_learns_the_most_active_products_where_memory_is_short():
    shop = bought((0, 0, 1), (0, 3, 1), (1, 3, 1), (1, 1, 1), (2, 1, 1), (2, 3, 1), (0, 2, 1))
    model = ease.fit(shop.history, memory_gb=8 * 3 * 2**2 / 1e9)
    assert model.active.tolist() == [1, 3]
    assert model.scores(np.array([0])).products.tolist() == [1, 3]
    assert np.isneginf(dense(model.scores(np.array([0])), 4)[0, [0, 2]]).all()


@given(shops(), st.sampled_from([0.5, 30.0]), st.sampled_from([0, 0.5]), st.sampled_from([7, np.inf]))
@settings(max_examples=60)
def test_ease_says_the_same_by_way_of_customers_as_of_products(shop, regularization, dropout, half_life_days):
    seen, profile = shop.history.matrix(), shop.history.matrix(half_life_days=half_life_days)
    known = np.flatnonzero(np.diff(seen.indptr))
    if known.size:
        penalty = regularization + dropout / (1 - dropout) * (seen.toarray() ** 2).sum(axis=0)
        model = ease._of_few_customers(profile, seen[known], np.arange(shop.products), penalty)
        expected = oracle.ease(shop, regularization, dropout, half_life_days)
        sold = np.flatnonzero(np.bincount(seen.indices, minlength=shop.products))
        for customer, scores in enumerate(model.scores(everyone(shop)).scores):
            assert scores[sold].tolist() == pytest.approx([expected[customer, j] for j in sold], abs=1e-9)


def test_ease_of_few_customers_learns_every_product():
    shop = bought(*((customer, product, 1) for customer in range(2) for product in range(customer, 40)))
    model = ease.fit(shop.history, memory_gb=8 * 3 * 2**2 / 1e9)
    assert isinstance(model, ease.EaseOfFewCustomers)
    assert model.scores(np.array([1])).products.size == 40


def test_tifu_knn_by_hand():
    # baskets of 0, oldest first: {0} | {0, 1} {1} in groups of two
    shop = bought((0, 0, 9), (0, 0, 5), (0, 1, 5), (0, 1, 2), (1, 1, 3))
    vectors = tifu_knn.frequency_vectors(shop.history, 0.5, 0.1, 2).toarray()
    assert vectors[0].tolist() == pytest.approx([(0.1 * 1 / 1 + 0.5 / 2) / 2, (0.5 + 1) / 2 / 2])
    assert vectors[1].tolist() == [0, 1]
    model = tifu_knn.fit(shop.history, own_share=0.7, basket_decay=0.5, group_decay=0.1, group_size=2)
    assert model.scores(np.array([0])).toarray()[0].tolist() == pytest.approx([0.7 * 0.175, 0.7 * 0.375 + 0.3])


def test_up_cf_by_hand():
    # customer 0 has {0, 1}, customer 1 has {1, 2} and one basket of two with 2 lately
    shop = bought((0, 0, 4), (0, 1, 3), (1, 1, 9), (1, 2, 2))
    scores = up_cf.fit(shop.history, recent_baskets=1, sharpness=2, asymmetry=0.5).scores(np.array([0])).toarray()
    assert scores[0].tolist() == pytest.approx([0, 1, (1 / 2) ** 2])


def test_any_number_of_customers_with_the_same_products_leave_room_for_others_in_up_cf():
    shop = bought(*((c, 0, 5) for c in range(300)), *((c, p, 5) for c in range(300, 350) for p in (0, 1)))
    scores = up_cf.fit(shop.history, sharpness=10, asymmetry=0.5).scores(np.array([0])).toarray()
    other = round(1 / 2**0.5, 9) ** 10
    assert scores[0].tolist() == pytest.approx([300 + 50 * other, 50 * other])


def test_two_products_of_three_customers_in_the_item_based_way():
    shop = bought((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0), (2, 0, 0))
    for similarity, value in (("cosine", 2 / 6**0.5), ("jaccard", 2 / 3)):
        model = item_based.fit(shop.history, similarity=similarity, shrinkage=5, own_weight=1)
        near = round(value * 2 / 7, 9)
        assert model.scores(np.array([2])).toarray()[0].tolist() == pytest.approx([1, near])


def test_customers_with_too_many_products_say_nothing_about_similarity_but_get_scores():
    rows = [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0), *((2, p, 0) for p in range(5))]
    model = item_based.fit(bought(*rows).history, max_customer_products=4)
    assert model.similarity.toarray()[:, 2:].any() == np.False_
    assert model.scores(np.array([2])).toarray()[0, 0] > 0


def test_rules_speak_to_purchases_and_never_to_views():
    rows = [(c, p, 1, 1, 0, 0) for c in range(4) for p in (0, 1)] + [(4, 2, 1, 1, 0, 0), (5, 0, 1, 0, 0, 1)]
    shop = Shop(rows, 6, 3)
    for recent_days in (30, np.inf):
        assert rule_based.fit(shop.history, recent_days=recent_days).scores(np.array([5])).nnz == 0


@pytest.mark.parametrize("baskets", range(6, 60))
def test_five_baskets_are_enough_for_a_rule_that_chance_does_not_make(baskets):
    rows = [(c, p, 1) for c in range(5) for p in (0, 1)] + [(c, 2, 1) for c in range(5, baskets)]
    scores = rule_based.fit(bought(*rows).history).scores(np.array([0])).toarray()
    # one of 6 or of 21 ways to choose the five would look the same
    assert scores[0].tolist() == ([1, 1, 0] if comb(baskets, 5) > 20 else [0, 0, 0])


def test_four_baskets_are_too_few_for_a_rule():
    rows = [(c, p, 1) for c in range(4) for p in (0, 1)] + [(c, 2, 1) for c in range(4, 60)]
    assert rule_based.fit(bought(*rows).history).scores(np.array([0])).nnz == 0


@given(shops())
@settings(max_examples=30)
def test_a_small_shop_is_one_segment_with_everyones_popularity(shop):
    scores = popular_in_cluster.fit(shop.history, groups=3, half_life_days=7).scores(everyone(shop)).toarray()
    worth = oracle.popularity(shop, 7)
    expected = {(c, p): worth[p] * (1.001 if shop.owned(c) else 1) for c, p in oracle.shown(shop)}
    assert dict(np.ndenumerate(scores)) == pytest.approx({pair: expected.get(pair, 0) for pair in np.ndindex(6, 7)})


def test_segments_keep_kinds_of_customers_apart():
    shop = random_shop()
    model = popular_in_cluster.fit(shop.history, groups=2, half_life_days=30)
    assert len(set(model.group[::2])) == len(set(model.group[1::2])) == 1
    assert set(model.group) == {1, 2}
    expected = np.zeros((3, shop.products))
    for c, p, age, n, *_ in shop.seen:
        expected[model.group[c], p] += n * 0.5 ** (age / 30)
    total = expected.sum(axis=0)
    expected += np.outer(expected.sum(axis=1), total) * 1e-3 / total.sum()
    np.testing.assert_allclose(model.popularity[1:], expected[1:])
    np.testing.assert_allclose(model.popularity[0], total)


def test_popular_shows_what_may_be_recommended_however_much_may_not():
    rows = [(c, p, 0, 2, 0, 0) for c in range(2) for p in range(400)] + [(2, 400, 0, 1, 0, 0)]
    shop = Shop(rows, 4, 402, frozenset(range(400)))
    new, _ = propose(popular.fit(shop.history), shop.history, np.array([3]), 5)
    assert new.product.tolist() == [400]
