import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations import customer_recommendations, recommendation_scores
from hypothesis import given, settings
from hypothesis import strategies as st

interaction = st.tuples(
    st.integers(0, 6),
    st.integers(0, 7),
    st.integers(0, 3),
    st.integers(0, 1),
    st.integers(0, 3),
    st.sampled_from([0.0, 30.0, 400.0]),
)
histories = st.lists(interaction, max_size=30, unique_by=lambda row: row[:2])
catalogues = st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=6, max_size=9)


def interactions(rows):
    columns = list(zip(*rows, strict=True)) if rows else [[]] * 6
    return pa.table(
        {
            "customer_code": pa.array(columns[0], pa.int64()),
            "product_code": pa.array(columns[1], pa.int64()),
            **{
                name: pa.array([float(v) for v in columns[at]], pa.float64())
                for at, name in enumerate(("purchases", "carts", "views", "last_interaction_age_days"), start=2)
            },
        }
    )


def products(rows):
    return pa.table(
        {
            "product_code": pa.array(range(len(rows)), pa.int64()),
            "is_available": pa.array([row[0] for row in rows], pa.bool_()),
            "popularity": pa.array([float(row[1]) for row in rows], pa.float64()),
        }
    )


def listed(learned):
    return learned.tables["recommendations"].to_pylist()


def brute_force(history, catalogue, limit, repurchase, k, shrinkage, half_life):
    """Dense matrices and plain loops; the same sums."""
    customers = sorted({row[0] for row in history} | {100})
    count = max([len(catalogue)] + [row[1] + 1 for row in history])
    strength, bought, decay = (np.zeros((len(customers), count)) for _ in range(3))
    for c, p, n, carts, views, age in history:
        at = customers.index(c), p
        strength[at], bought[at], decay[at] = np.log1p(10 * n + 4 * carts + views), n, 0.5 ** (age / half_life)
    available = [p for p in range(len(catalogue)) if catalogue[p][0]]
    near = np.zeros((count, count))
    norm = np.sqrt((strength**2).sum(axis=0))
    for i in range(count):
        scores = []
        for j in available:
            common = ((strength[:, i] > 0) & (strength[:, j] > 0)).sum()
            if j != i and common:
                cosine = strength[:, i] @ strength[:, j] / norm[i] / norm[j]
                scores.append((-round(cosine * common / (common + shrinkage), 9), j))
        for score, j in sorted(scores)[:k]:
            near[i, j] = -score
    repeats = np.maximum(bought - 1, 0)
    overall = repeats.sum() / max(1, bought.sum())
    rate = (repeats.sum(axis=0) + 10 * overall) / (bought.sum(axis=0) + 10)
    result = []
    for u, customer in enumerate(customers):
        weight = strength[u] * decay[u]
        score = weight @ near / weight.sum() if weight.sum() else np.zeros(count)
        own = (np.maximum(bought[u] - 1, 0) + 2 * rate) / (bought[u] + 2) * decay[u]
        score = np.where(bought[u] > 0, own if repurchase else -1, score)
        score = np.round(score, 9)
        best = sorted((-score[p], p) for p in available if score[p] > 0)[:limit]
        popular = sorted((-catalogue[p][1], p) for p in available)
        fill = [p for _, p in popular if bought[u, p] == 0 and p not in {p for _, p in best}][: limit - len(best)]
        strategies = ["repurchase" if bought[u, p] else "item_based" for _, p in best] + ["popular"] * len(fill)
        chosen = [p for _, p in best] + fill
        result += [(customer, rank, p, s) for rank, (p, s) in enumerate(zip(chosen, strategies, strict=True), 1)]
    return result


@given(histories, catalogues, st.integers(1, 5), st.booleans(), st.integers(1, 4), st.sampled_from([0, 5]))
@settings(max_examples=120, deadline=None)
def test_recommendations_are_those_of_brute_force(history, catalogue, limit, repurchase, k, shrinkage):
    history = [row for row in history if sum(row[2:5])]
    learned = customer_recommendations.learn(
        interactions(history), products(catalogue), pa.table({"customer_code": [100]}),
        recommendations_per_customer=limit, recommend_repurchase=repurchase, neighbours_per_product=k,
        shrinkage=shrinkage,
    )  # fmt: skip
    keys = ("customer_code", "recommendation_rank", "product_code", "strategy")
    assert [tuple(row[key] for key in keys) for row in listed(learned)] == brute_force(
        history, catalogue, limit, repurchase, k, shrinkage, 180
    )


@given(histories, catalogues, st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_promises_of_every_list(history, catalogue, repurchase, random):
    table, offered = interactions(history), products(catalogue)
    learned = customer_recommendations.learn(table, offered, recommend_repurchase=repurchase)
    bought = {row[:2] for row in history if row[2]}
    touched = {row[:2] for row in history if sum(row[2:5])}
    for row in listed(learned):
        pair = (row["customer_code"], row["product_code"])
        assert catalogue[row["product_code"]][0]
        assert row["is_repurchase"] == (pair in bought) == (row["strategy"] == "repurchase")
        assert repurchase or not row["is_repurchase"]
        if row["strategy"] == "popular":
            assert row["because_product_code"] is None
        else:
            assert (row["customer_code"], row["because_product_code"]) in touched
    order = list(range(table.num_rows))
    random.shuffle(order)
    again = customer_recommendations.learn(
        table.take(pa.array(order, pa.int64())), offered, recommend_repurchase=repurchase
    )
    assert again.as_rows("x").equals(learned.as_rows("x"))


def test_who_bought_tea_is_recommended_the_cup_that_others_bought_with_it():
    tea, cup, spade = 0, 1, 2
    history = [(1, tea, 1, 0, 0, 0.0), (1, cup, 1, 0, 0, 0.0), (2, tea, 1, 0, 0, 0.0), (2, cup, 1, 0, 0, 0.0)]
    history += [(3, tea, 1, 0, 0, 0.0), (4, spade, 1, 0, 0, 0.0)]
    learned = customer_recommendations.learn(
        interactions(history), products([(True, 3), (True, 2), (True, 9)]), recommend_repurchase=False, shrinkage=0
    )
    first, second = [row for row in listed(learned) if row["customer_code"] == 3]
    assert (first["product_code"], first["strategy"], first["because_product_code"]) == (cup, "item_based", tea)
    assert first["score"] == pytest.approx(2 / np.sqrt(3 * 2))
    assert (second["product_code"], second["strategy"], second["score"]) == (spade, "popular", 1.0)


def test_a_habit_is_a_repurchase_and_fades():
    history = [(1, 0, 5, 0, 0, 180.0), (1, 1, 5, 0, 0, 0.0), (1, 2, 1, 0, 0, 0.0)]
    learned = customer_recommendations.learn(interactions(history), products([(True, 1)] * 3), neighbours_per_product=1)
    assert [row["product_code"] for row in listed(learned)] == [1, 2, 0]
    assert {row["strategy"] for row in listed(learned)} == {"repurchase"}
    assert [row["because_product_code"] for row in listed(learned)] == [1, 2, 0]


def test_repurchase_scores_by_hand():
    # bought 1, 4 times by one customer each: 3 repeats in 5 purchases in all
    pairs = recommendation_scores.Interactions(
        np.array([0, 1]), np.array([0, 0]), np.ones(2), np.array([1.0, 4.0]), np.array([1.0, 0.5])
    )
    rates = recommendation_scores.repeat_rates(pairs, 1)
    assert rates == pytest.approx([(3 + 10 * 3 / 5) / (5 + 10)])
    assert recommendation_scores.repurchase_scores(pairs, rates) == pytest.approx(
        [(0 + 2 * 0.6) / 3, (3 + 2 * 0.6) / 6 * 0.5]
    )


def test_without_history_everyone_gets_the_popular_products():
    customers = pa.table({"customer_code": [5, 4]})
    learned = customer_recommendations.learn(interactions([]), products([(True, 1), (True, 2), (False, 9)]), customers)
    assert [(row["customer_code"], row["product_code"], row["score"]) for row in listed(learned)] == [
        (4, 1, 1.0), (4, 0, 0.5), (5, 1, 1.0), (5, 0, 0.5),
    ]  # fmt: skip
    assert "popular" in learned.status


@pytest.mark.parametrize("offered", [[], [(False, 1)]])
def test_nothing_available_is_empty_typed_and_explained(offered):
    history = interactions([(1, 0, 1, 0, 0, 0.0)])
    learned = customer_recommendations.learn(history, products(offered))
    assert listed(learned) == []
    assert learned.status == "No product is available, so none can be recommended."
    full = customer_recommendations.learn(history, products([(True, 1)]))
    assert learned.as_rows("x").schema == full.as_rows("x").schema


def test_small_blocks_change_nothing(monkeypatch):
    random = np.random.default_rng(3)
    history = [
        (c, p, int(random.integers(0, 3)), 0, 1, 5.0) for c in range(40) for p in random.choice(30, 6, False).tolist()
    ]
    offered = products([(True, int(random.integers(0, 5))) for _ in range(30)])
    whole = customer_recommendations.learn(interactions(history), offered).as_rows("x")
    monkeypatch.setattr(customer_recommendations, "_BLOCK_PAIRS", 7)
    monkeypatch.setattr(customer_recommendations, "_BLOCK_CUSTOMERS", 3)
    monkeypatch.setattr("customer_insight.similarity.ranking.BLOCK_WORK", 10)
    assert customer_recommendations.learn(interactions(history), offered).as_rows("x").equals(whole)


def test_the_popular_fill_reaches_beyond_what_was_bought():
    history = [(1, p, 1, 0, 0, 0.0) for p in range(60)]
    learned = customer_recommendations.learn(
        interactions(history), products([(True, 100 - p) for p in range(70)]), recommend_repurchase=False,
        recommendations_per_customer=3,
    )  # fmt: skip
    assert [row["product_code"] for row in listed(learned)] == [60, 61, 62]


def test_strategies_have_one_name_each():
    assert recommendation_scores.STRATEGIES == ("item_based", "repurchase", "popular")
