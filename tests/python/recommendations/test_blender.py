import numpy as np
import pytest
from customer_insight.recommendations.proposing import blender_features
from customer_insight.recommendations.proposing.blender import fit
from customer_insight.recommendations.proposing.candidates import Candidates
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import Shop, random_shop, shops

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

proposals = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 6), st.sampled_from([0.1, 0.5, 1, 2])),
    max_size=20,
    unique_by=lambda row: row[:2],
)


def proposed(shop, rows):
    """As a strategy gives them: new and own, by customer and score."""
    parts = []
    for is_own in (False, True):
        kept = sorted((c, -score, p) for c, p, score in rows if (p in shop.owned(c)) == is_own)
        parts.append(
            Candidates(
                np.array([c for c, _, _ in kept], dtype=np.int64),
                np.array([p for _, _, p in kept], dtype=np.int64),
                np.array([-score for _, score, _ in kept], dtype=float),
            )
        )
    return parts[0], parts[1]


@given(shops(), proposals, proposals)
@settings(max_examples=60)
def test_every_pair_that_any_strategy_proposes_is_there_once_with_its_scores_and_ranks(shop, first, second):
    given_rows = {"a": first, "b": second}
    found = blender_features.pool(
        {name: proposed(shop, rows) for name, rows in given_rows.items()}, shop.history, np.arange(6)
    )
    pairs = list(zip(found.customer.tolist(), found.product.tolist(), strict=True))
    assert pairs == sorted({row[:2] for row in first + second})
    column = dict(zip(found.names, found.features.T, strict=True))
    ranks = {}
    for name, rows in given_rows.items():
        for c, p, score in rows:
            at = pairs.index((c, p))
            others = [(-s, q) for u, q, s in rows if u == c]
            ranks.setdefault((c, p), {})[name] = sorted(others).index((-score, p)) + 1
            assert column[f"{name}_score"][at] == pytest.approx(score, rel=1e-6)
            assert column[f"{name}_rank"][at] == pytest.approx(1 / ranks[c, p][name], rel=1e-6)
            assert column[f"{name}_share"][at] == pytest.approx(-score / min(others)[0], rel=1e-6)
    assert np.isnan(column["a_score"]).sum() == len(pairs) - len(first)
    for at, pair in enumerate(pairs):
        best = min(ranks[pair], key=lambda name: (ranks[pair][name], name))
        assert found.best_strategy[at] == "ab".index(best)
        assert found.is_owned[at] == (pair[1] in shop.owned(pair[0]))
        purchases, carts, views, age = shop.pairs.get(pair, (0, 0, 0, np.nan))
        assert [column[name][at] for name in ("purchases", "carts", "views")] == [purchases, carts, views]
        assert column["age"][at] == pytest.approx(age, nan_ok=True)
        assert column["customer_baskets"][at] == len(shop.baskets(pair[0]))


def test_cycle_price_and_category_by_hand():
    # product 0 on days 30, 20 and 10; product 1 once; prices 1, 2; categories -1, 0
    shop = Shop([(0, 0, age, 1, 0, 0) for age in (30, 20, 10)] + [(0, 1, 12, 1, 0, 0), (1, 1, 3, 1, 0, 0)], 3, 4)
    rows = [(0, 0, 1.0), (0, 1, 0.5), (2, 1, 1.0)]
    found = blender_features.pool({"a": proposed(shop, rows)}, shop.history, np.arange(3))
    column = dict(zip(found.names, found.features.T, strict=True))
    # the shop's mean gap is 10 days, so all gaps are
    assert column["cycle"].tolist() == pytest.approx([1, 1.2, np.nan], nan_ok=True)
    assert column["purchase_share"].tolist() == pytest.approx([3 / 4, 1 / 4, 0])
    usual = np.log(2) / 2
    assert column["price_fit"].tolist() == pytest.approx([usual, np.log(2) - usual, np.nan], nan_ok=True)
    assert column["category_affinity"].tolist() == pytest.approx([np.nan, 1, 0], nan_ok=True)
    assert column["repeat_rate"].tolist() == pytest.approx([2 / 11, 1 / 12, 1 / 12])
    assert column["customer_age"].tolist() == pytest.approx([10, 10, np.nan], nan_ok=True)


def pool_of(features, opinions=0):
    rows = len(features)
    customer, product = np.divmod(np.arange(rows), 10)
    names = [str(at) for at in range(features.shape[1])]
    is_opinion = np.arange(len(names)) < opinions
    none = np.zeros(rows, np.int64)
    found = features.astype(np.float32)
    return blender_features.Pool(customer, customer, product, none > 0, found, names, is_opinion, none)


def test_the_blender_learns_what_tells_bought_from_not_bought_and_overlooks_the_rest():
    random = np.random.default_rng(0)
    features = np.column_stack([random.random(2000), np.full(2000, np.nan), np.ones(2000), random.random(2000)])
    is_bought = features[:, 3] > 0.8
    blender = fit([(pool_of(features), is_bought)])
    assert blender.varies.tolist() == [True, False, False, True]
    score = blender.score(pool_of(features))
    assert score[is_bought].min() > score[~is_bought].max()
    assert (fit([(pool_of(features), is_bought)]).score(pool_of(features)) == score).all()


def test_a_product_falls_for_no_strategy_that_thinks_more_of_it_but_may_fall_for_a_fact():
    random = np.random.default_rng(0)
    features = random.random((3000, 2))
    is_bought = random.random(3000) < 0.1 + 0.3 * (features[:, 0] < 0.5) + 0.3 * (features[:, 1] < 0.5)
    blender = fit([(pool_of(features, opinions=1), is_bought)])
    steps = np.linspace(0, 1, 101)
    for fact in (0.2, 0.8):
        score = blender.score(pool_of(np.column_stack([steps, np.full(101, fact)]), opinions=1))
        assert (np.diff(score) >= 0).all()
    score = blender.score(pool_of(np.column_stack([np.full(101, 0.5), steps]), opinions=1))
    assert score[:50].mean() > score[51:].mean() + 0.1


def test_a_pair_knows_where_its_customer_is_in_the_history():
    shop = random_shop(customers=20, rows=300)
    rows = [(0, 0, 1.0), (2, 1, 0.5), (2, 3, 1.0)]
    found = blender_features.pool({"a": proposed(shop, rows)}, shop.history, np.array([4, 7, 11]))
    assert found.customer.tolist() == [0, 2, 2]
    assert found.position.tolist() == [4, 11, 11]


def test_what_strategies_say_are_opinions_and_what_is_known_of_the_pair_are_facts():
    shop = random_shop(customers=20, rows=300)
    found = blender_features.pool({"a": proposed(shop, [(0, 0, 1.0)])}, shop.history, np.arange(3))
    named = dict(zip(found.names, found.is_opinion.tolist(), strict=True))
    assert [name for name, is_opinion in named.items() if is_opinion] == ["a_score", "a_share", "a_rank"]
    assert not named["popularity"]


@pytest.mark.parametrize("bought", [0, 99, 2000])
def test_nothing_is_learned_from_too_few_purchases_or_from_purchases_alone(bought):
    features = np.random.default_rng(0).random((2000, 2))
    assert fit([(pool_of(features), np.arange(2000) < bought)]) is None
