"""The blend is no worse than its best part, and better where it has proved to be."""

from dataclasses import replace

import numpy as np
import pytest
from customer_insight.recommendations.proposing import blend_trust, blender
from customer_insight.recommendations.proposing.blend_trust import SHARES, Trust
from customer_insight.recommendations.proposing.blender_features import Pool
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

NAMES = ["a_rank", "b_rank", "fact", "noise"]


def pool_of(customers, products, random, owned=0.0, positions=None):
    """Two strategies that rank three quarters of all pairs each, at random; a fact and noise.

    positions: of the customers in the history; None: they are all there are.
    """
    customer, product = np.divmod(np.arange(customers * products), products)
    columns = []
    for _ in range(2):
        order = np.argsort(random.random((customers, products)), axis=1) + 1
        columns.append(np.where(order <= 3 * products // 4, 1 / order, 0).ravel())
    columns += [random.random(customer.size), random.random(customer.size)]
    is_opinion = np.array([True, True, False, False])
    features = np.column_stack(columns).astype(np.float32)
    is_owned = random.random(customer.size) < owned
    position = customer if positions is None else positions[customer]
    best = np.zeros(customer.size, dtype=np.int64)
    return Pool(customer, position, product, is_owned, features, NAMES, is_opinion, best)


def rows_of(pool, keep):
    names = "customer", "position", "product", "is_owned", "features"
    return replace(pool, **{name: getattr(pool, name)[keep] for name in names})


def lists_of(score, pool, customer, is_owned):
    rows = np.flatnonzero((pool.customer == customer) & np.isin(pool.is_owned, is_owned))
    return [int(pool.product[row]) for row in sorted(rows, key=lambda row: (-score[row], pool.product[row]))]


def ndcg(pool, score, is_bought, customers, is_owned=(False, True)):
    """Of each customer who bought any, by hand; what scores 0 has no place."""
    found = []
    for customer in range(customers):
        wanted = set(pool.product[(pool.customer == customer) & is_bought & np.isin(pool.is_owned, is_owned)].tolist())
        if wanted:
            scores = dict(zip(pool.product[pool.customer == customer], score[pool.customer == customer], strict=True))
            listed = [product for product in lists_of(score, pool, customer, is_owned)[:10] if scores[product] > 0]
            gain = sum(1 / np.log2(2 + at) for at, product in enumerate(listed) if product in wanted)
            found.append(gain / sum(1 / np.log2(2 + at) for at in range(min(10, len(wanted)))))
    return np.array(found)


@given(st.integers(0, 1000), st.sampled_from(["all", "discovery"]))
@settings(max_examples=30)
def test_the_ends_are_the_part_and_the_blender(seed, scope):
    random = np.random.default_rng(seed)
    pool = pool_of(5, 12, random, owned=0.3)
    score = np.round(random.random(pool.customer.size), 1)
    part = pool.features[:, 1]
    none, all_of_it = (Trust(share, 1, scope).mixed(score, pool) for share in (0.0, 1.0))
    assert (none > 0).all()
    for customer in range(5):
        for is_owned in [(False, True)] if scope == "all" else [(False,), (True,)]:
            assert lists_of(all_of_it, pool, customer, is_owned) == lists_of(score, pool, customer, is_owned)
            ranked = lists_of(none, pool, customer, is_owned)
            own = dict(zip(pool.product[pool.customer == customer], part[pool.customer == customer], strict=True))
            proposed = [product for product in ranked if own[product] > 0]
            assert ranked[: len(proposed)] == proposed == sorted(proposed, key=lambda product: -own[product])
            rest = [product for product in lists_of(score, pool, customer, is_owned) if own[product] == 0]
            assert ranked[len(proposed) :] == rest


@given(st.integers(0, 1000), st.sampled_from(SHARES), st.sampled_from(["all", "discovery"]))
@settings(max_examples=30)
def test_customers_are_ordered_alike_alone_and_among_others(seed, share, scope):
    random = np.random.default_rng(seed)
    pool = pool_of(6, 9, random, owned=0.3)
    score, trust = random.random(pool.customer.size), Trust(share, 0, scope)
    together = trust.mixed(score, pool)
    for keep in (pool.customer < 2, pool.customer >= 2, pool.customer == 4):
        np.testing.assert_array_equal(trust.mixed(score[keep], rows_of(pool, keep)), together[keep])


def test_nothing_proposed_is_nothing_ordered():
    pool = pool_of(2, 4, np.random.default_rng(0))
    empty = rows_of(pool, np.zeros(pool.customer.size, dtype=bool))
    assert Trust(0.5, 0, "all").mixed(np.zeros(0), empty).shape == (0,)


@given(st.integers(0, 1000), st.sampled_from(["all", "discovery"]))
@settings(max_examples=20)
def test_the_best_part_is_the_one_with_the_highest_ndcg(seed, scope):
    random = np.random.default_rng(seed)
    pool = pool_of(8, 15, random, owned=0.4)
    is_bought = random.random(pool.customer.size) < 0.1
    is_owned = (False, True) if scope == "all" else (False,)
    parts = [pool.features[:, at].astype(float) for at in (0, 1)]
    by_hand = [ndcg(pool, part, is_bought, 8, is_owned) for part in parts]
    for part, values in zip(parts, by_hand, strict=True):
        np.testing.assert_allclose(blend_trust._ndcg(part, pool, is_bought, scope), values)
    learned = blend_trust.learn([(pool, is_bought)], lambda _: blend_trust._knows_nothing, scope)
    assert learned.part == int(np.argmax(np.round([values.sum() for values in by_hand], 9)))


def bought_by(pool, random, fact=0.0):
    """Two or three of a customer's twenty; who likes what strategy a ranks high, or (fact: the share) by the fact."""
    chance = (1 - fact) * 0.5 * pool.features[:, 0] + fact * 0.6 * (pool.features[:, 2] > 0.85)
    return random.random(pool.customer.size) < np.minimum(0.9, 0.02 + chance)


def compared(fact, shops=8, customers=30):
    """Mean nDCG@10 of the part, the blender and the trusted blend over shops, of customers not learned from."""
    random, found = np.random.default_rng(7), []
    for _ in range(shops):
        taught = pool_of(customers, 20, random)
        model = blender.fit([(taught, bought_by(taught, random, fact))])
        asked = pool_of(200, 20, random)
        is_bought = bought_by(asked, random, fact)
        scores = asked.features[:, 0].astype(float), model.chance(asked), model.score(asked)
        found.append([blend_trust._ndcg(score, asked, is_bought, "all").mean() for score in scores])
    return np.mean(found, axis=0)


@pytest.fixture
def few_purchases_teach(monkeypatch):
    monkeypatch.setattr(blender, "MIN_POSITIVES", 20)


def test_of_thirty_customers_the_blend_is_no_worse_than_its_best_part(few_purchases_teach):
    part, alone, trusted = compared(fact=0.0)
    assert alone < 0.98 * part  # noise, learned: without trust this test would fail
    assert trusted > 0.99 * part


def test_of_thirty_customers_the_blend_is_better_where_it_knows_more(few_purchases_teach):
    part, alone, trusted = compared(fact=1.0)
    assert alone > 1.2 * part
    assert trusted > 1.15 * part


def proof(windows):
    """What each half is taught, and the pools that are asked with it."""
    halves = []

    def learner(taught):
        halves.append((taught, []))

        def score(pool):
            halves[-1][1].append(pool)
            return np.zeros(pool.customer.size)

        return score

    blend_trust.learn(windows, learner, "all")
    return halves


def people(pools):
    return set(np.concatenate([pool.position for pool in pools]).tolist())


def test_with_many_customers_some_prove_it(monkeypatch):
    random = np.random.default_rng(1)
    pool = pool_of(90, 20, random)
    is_bought = bought_by(pool, random)
    monkeypatch.setattr(blend_trust, "_CUSTOMERS", 30)
    halves = proof([(pool, is_bought)])
    # half of them each time, with all that was proposed to them and what they bought
    first, second = (people(part for part, _ in taught) for taught, _ in halves)
    assert len(first) == len(second) == 15
    assert not first & second
    for [(part, bought)], _ in halves:
        assert part.customer.size == 15 * 20
        rows = part.customer * 20 + part.product
        np.testing.assert_array_equal(bought, is_bought[rows])
        np.testing.assert_array_equal(part.features, pool.features[rows])


@given(st.integers(0, 1000), st.sampled_from([25, 1000]))
@settings(max_examples=20)
def test_who_is_asked_was_taught_in_no_window(seed, most):
    random = np.random.default_rng(seed)
    windows = []
    for _ in range(2):  # other customers of ninety each time, so that a customer's place differs
        pool = pool_of(40, 20, random, positions=np.sort(random.choice(90, 40, replace=False)))
        windows.append((pool, bought_by(pool, random)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blend_trust, "_CUSTOMERS", most)
        halves = proof(windows)
    of_window = [people([pool]) for pool, _ in windows]
    assert of_window[0] & of_window[1]
    everyone = [people([asked[at] for _, asked in halves]) for at in range(2)]
    assert [len(each) for each in everyone] == [min(most, 40)] * 2
    for taught, asked in halves:
        assert not people(pool for pool, _ in taught) & people(asked)
        assert people(pool for pool, _ in taught) | people(asked) == everyone[0] | everyone[1]


@pytest.mark.parametrize(
    "positions",
    [
        np.arange(401),
        np.arange(0, 400, 2),  # of many customers every second is judged, or every fourth
        np.arange(1, 400, 4),
        np.flatnonzero(np.random.default_rng(0).integers(0, 4, 400) == 1),  # one group in four keeps products back
    ],
)
def test_each_half_has_half_of_the_customers_whoever_is_judged(positions):
    random = np.random.default_rng(3)
    pool = pool_of(positions.size, 20, random, positions=positions)
    for taught, _ in proof([(pool, bought_by(pool, random))]):
        assert abs(len(people(part for part, _ in taught)) - positions.size / 2) <= 0.5


def test_with_enough_purchases_it_is_proved_all_the_same(monkeypatch):
    random = np.random.default_rng(1)
    pool = pool_of(90, 20, random)
    is_bought = bought_by(pool, random)
    few = blender.fit([(pool, is_bought)])
    monkeypatch.setattr(blender, "ENOUGH_POSITIVES", int(is_bought.sum()))
    enough = blender.fit([(pool, is_bought)])
    assert enough.trust == few.trust
    assert enough.classifier.max_iter > few.classifier.max_iter


@pytest.mark.parametrize("half", [0, 1])
def test_where_a_half_bought_nothing_the_part_is_followed(half, few_purchases_teach):
    random = np.random.default_rng(2)
    pool = pool_of(40, 20, random)
    [lot] = blend_trust._lots([(pool, pool.is_owned)])
    is_bought = (lot % 2 == half) & bought_by(pool, random)
    assert blender.fit([(pool, is_bought)]).trust == Trust(0.0, 0, "all")
    nobody = (pool.customer == half) & (pool.product < 5)
    learned = blend_trust.learn([(pool, nobody)], lambda _: lambda asked: np.zeros(asked.customer.size), "all")
    assert learned.share == 0


def test_the_same_twice():
    random = np.random.default_rng(5)
    pool = pool_of(60, 20, random)
    is_bought = bought_by(pool, random)
    first, second = (blender.fit([(pool, is_bought)]) for _ in range(2))
    assert first.trust == second.trust
    np.testing.assert_array_equal(first.score(pool), second.score(pool))
