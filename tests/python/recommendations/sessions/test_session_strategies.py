import time

import next_click_oracle as oracle
import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations.sessions import clicks as session_clicks
from customer_insight.recommendations.sessions import (
    sequential_rules,
    session_item_based,
    session_popular,
    stan,
    vs_knn,
)
from customer_insight.recommendations.sessions.prefixes import LAST_CLICKS, first_clicks
from hypothesis import given, settings
from hypothesis import strategies as st

STRATEGIES = [session_popular, session_item_based, sequential_rules, vs_knn, stan]
past = st.lists(
    st.tuples(st.lists(st.integers(0, 7), min_size=1, max_size=7), st.integers(0, 3)), min_size=1, max_size=12
)
now = st.lists(st.integers(0, 8), min_size=1, max_size=6)


def clicks_of(sessions, ages):
    """Sessions of products 0 to 8 by name, the last click of each so many days old."""
    rows = [
        (name, product, at, ages[name] + (len(clicked) - at) / 1000)
        for name, clicked in sessions.items()
        for at, product in enumerate(clicked, start=1)
    ]
    return session_clicks.read_clicks(table(rows))


def table(rows):
    columns = list(zip(*rows, strict=True)) if rows else [[]] * 4
    kinds = {
        "session_code": pa.int64(),
        "product_code": pa.int64(),
        "click_number": pa.int64(),
        "age_days": pa.float64(),
    }
    return pa.table({name: pa.array(columns[at], kind) for at, (name, kind) in enumerate(kinds.items())})


def world(sessions, current):
    """What is known of the past, and the current session as a query; the products are known to both."""
    named = {name: clicked for name, (clicked, _) in enumerate(sessions)}
    ages = {name: 1.0 + age for name, (_, age) in enumerate(sessions)}
    whole = clicks_of({**named, 99: current, 100: list(range(9))}, {**ages, 99: 0.0, 100: 0.0})
    query = first_clicks(whole, np.array([len(named)]), np.array([len(current)]))
    return named, ages, whole.before(0.5), query


def as_dict(scores):
    return {int(product): float(score) for product, score in zip(scores.indices, scores.data, strict=True) if score > 0}


@settings(max_examples=200)
@given(past, now, st.sampled_from([1, 2, 5, 50]), st.sampled_from([1, 3, 50]), st.data())
def test_vs_knn_is_the_formula_of_its_paper(sessions, current, neighbours, sample, data):
    weighting, decay = (data.draw(st.sampled_from(sorted(each))) for each in (oracle.WEIGHTS, oracle.DECAYS))
    idf_weight = data.draw(st.sampled_from([0, 1, 5]))
    named, ages, known, query = world(sessions, current)
    options = {"weighting": weighting, "decay": decay, "idf_weight": idf_weight}
    model = vs_knn.fit(known, neighbours=neighbours, sample=sample, **options)
    expected = oracle.vs_knn(named, ages, current, neighbours, sample, **options)
    assert as_dict(model.scores(query)) == pytest.approx(expected, abs=2e-9)


@settings(max_examples=200)
@given(past, now, st.sampled_from([1, 2, 5, 50]), st.sampled_from([1, 3, 50]), st.data())
def test_stan_is_the_formula_of_its_paper(sessions, current, neighbours, sample, data):
    lambdas = {
        "lambda_spw": data.draw(st.sampled_from([0.1, 1.0, 4.0, np.inf])),
        "lambda_snh": data.draw(st.sampled_from([1.0, 20.0, np.inf])),
        "lambda_inh": data.draw(st.sampled_from([0.5, 2.0, np.inf])),
        "idf_weight": data.draw(st.sampled_from([0, 2])),
        "lambda_ipw": data.draw(st.sampled_from([1.0, np.inf])),
    }
    named, ages, known, query = world(sessions, current)
    model = stan.fit(known, neighbours=neighbours, sample=sample, **lambdas)
    expected = oracle.stan(named, ages, current, neighbours, sample, **lambdas)
    assert as_dict(model.scores(query)) == pytest.approx(expected, abs=2e-9)


@settings(max_examples=100)
@given(past, now, st.sampled_from([1, 2, 10]), st.sampled_from(["div", "quadratic"]))
def test_sequential_rules_are_a_plain_count(sessions, current, steps, weighting):
    named, _, known, query = world(sessions, current)
    model = sequential_rules.fit(known, steps=steps, weighting=weighting)
    expected = oracle.sequential_rules(named, current, steps, 2 if weighting == "quadratic" else 1)
    assert as_dict(model.scores(query)) == pytest.approx(expected, abs=2e-9)


def test_item_based_scores_are_cosines_by_hand():
    _, _, known, query = world([([0, 1], 0), ([0, 1, 2], 0), ([0, 3], 0)], [1, 0])
    scores = as_dict(session_item_based.fit(known, shrinkage=0).scores(query))
    # 1 is one click back: 1/2 cosine(1, .); 0 is the last click: cosine(0, .)
    raw = {0: 0.5 * 2 / 6**0.5, 1: 2 / 6**0.5, 2: 0.5 / 2**0.5 + 1 / 3**0.5, 3: 1 / 3**0.5}
    assert scores == pytest.approx({product: score / max(raw.values()) for product, score in raw.items()}, abs=1e-8)


def test_popular_products_fade():
    _, _, known, query = world([([0], 3), ([0], 3), ([1], 0)], [5])
    assert as_dict(session_popular.fit(known, half_life_days=3).scores(query)) == pytest.approx({0: 1, 1: 1}, abs=1e-3)
    assert as_dict(session_popular.fit(known, half_life_days=np.inf).scores(query)) == pytest.approx({0: 1, 1: 0.5})


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_blocks_of_queries_are_scored_as_one_by_one(strategy):
    random = np.random.default_rng(1)
    rows = [(s, int(p), n, 50 - s / 10) for s in range(400) for n, p in enumerate(random.integers(0, 30, 5))]
    clicks = session_clicks.read_clicks(table(rows))
    model = strategy.fit(clicks.before(12.0))
    queries = first_clicks(clicks, np.arange(390, 400), np.full(10, 4))
    together = model.scores(queries).toarray()
    alone = np.concatenate([model.scores(queries.part(at, at + 1)).toarray() for at in range(10)])
    assert (together == alone).all()


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize(
    "sessions",
    [
        [],
        [([3], 0)],
        [([3, 3, 3], 0)] * 5,
        [([1, 2, 3], 0)] * 5,
    ],
    ids=["none", "one session of one click", "one product", "all sessions equal"],
)
def test_there_is_an_answer_where_there_is_little_to_learn_from(strategy, sessions):
    _, _, known, query = world(sessions, [3, 1])
    scores = strategy.fit(known).scores(query)
    assert scores.shape == (1, 9)
    assert np.isfinite(scores.data).all()
    assert (scores.data <= 1).all()


def test_an_open_session_is_not_its_own_neighbour():
    whole = clicks_of({0: [1, 2], 1: [1, 5]}, {0: 1.0, 1: 0.0})
    for strategy in (vs_knn, stan):
        model = strategy.fit(whole, sample=1)
        query = first_clicks(whole, np.array([1]), np.array([2]), is_learned_from=True)
        assert set(as_dict(model.scores(query))) == {0, 1}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_session_of_fifty_thousand_clicks_is_taken_for_its_last_ones(strategy):
    random = np.random.default_rng(0)
    count = 50_000
    rows = pa.table(
        {
            "session_code": np.repeat([0, 1, 2], [count, 2, 2]),
            "product_code": np.concatenate([random.integers(0, 3000, count), [7, 8, 7, 8]]),
            "click_number": np.concatenate([np.arange(count), [0, 1, 0, 1]]),
            "age_days": np.concatenate([np.full(count, 2.0), [1.0, 1.0, 0.5, 0.5]]),
        }
    )
    clicks = session_clicks.read_clicks(rows)
    began = time.process_time()
    scores = strategy.fit(clicks).scores(first_clicks(clicks, np.array([0, 2]), np.array([count, 1])))
    assert time.process_time() - began < 5
    assert scores[[1]].nnz > 0
    assert first_clicks(clicks, np.array([0]), np.array([count])).product.size <= LAST_CLICKS


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_million_sessions_on_one_product_cost_no_more_than_the_sample(strategy):
    count = 1_000_000
    product = np.zeros(2 * count, dtype=np.int64)
    product[1::2] = np.arange(count) % 1000 + 1
    rows = pa.table(
        {
            "session_code": np.repeat(np.arange(count), 2),
            "product_code": product,
            "click_number": np.tile([0, 1], count),
            "age_days": np.repeat(np.arange(count)[::-1] / 1000.0, 2),
        }
    )
    clicks = session_clicks.read_clicks(rows)
    model = strategy.fit(clicks.before(0.2))
    began = time.process_time()
    scores = model.scores(first_clicks(clicks, np.arange(count - 100, count), np.ones(100, dtype=np.int64)))
    assert time.process_time() - began < 5
    assert scores.nnz > 0
