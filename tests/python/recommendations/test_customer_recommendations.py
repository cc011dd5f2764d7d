"""Lists as they are served: the rules they keep, what they say of themselves, and how likely they are bought."""

import json
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations import customer_recommendations, recommendation_evaluation
from customer_insight.recommendations.proposing.strategy_registry import BLENDED, STRATEGIES
from hypothesis import given, settings
from shops import Shop, bought, random_shop, shops

LIMIT = 4


def small_shop(newcomers=0):
    """Forty customers, sixty days, ten purchases each."""
    shop = random_shop(40, 12, days=60, rows=400)
    return replace(shop, customers=shop.customers + newcomers)


def products_of(shop, **columns):
    count = shop.products
    table = {
        "product_code": pa.array(range(count), pa.int64()),
        "is_available": pa.array([p not in shop.unavailable for p in range(count)], pa.bool_()),
        "category_code": pa.array([p % 2 for p in range(count)], pa.int64()),
        "price": pa.array([1.0 + p for p in range(count)], pa.float64()),
    }
    return pa.table(table | columns)


def choice_of(strategy, window_days=30):
    rows = [
        {
            "strategy": name,
            "parameters": json.dumps({key: values[0] for key, values in module.PARAMETERS.items()}).replace(
                "Infinity", "null"
            ),
            "is_champion": name == strategy,
            "window_days": window_days,
        }
        for name, module in STRATEGIES.items()
    ]
    blended = {"strategy": BLENDED, "parameters": "{}", "is_champion": strategy == BLENDED, "window_days": window_days}
    return pa.Table.from_pylist([*rows, blended])


def customers_of(shop, segments=None):
    codes = pa.array(range(shop.customers), pa.int64())
    return pa.table({"customer_code": codes, "segment_code": pa.array(segments or [None] * len(codes), pa.int64())})


def learn(shop, strategy="item_based", **settings):
    settings = {"recommendations_per_customer": LIMIT} | settings
    filters = settings.pop("filters", None)
    customers = settings.pop("customers", customers_of(shop))
    return customer_recommendations.run(
        shop.table, products_of(shop), customers, choice_of(strategy), filters, None, **settings
    )


def rows_of(learned):
    return learned.tables["recommendations"].to_pylist()


def lists_of(learned):
    found = {}
    for row in rows_of(learned):
        found.setdefault(row["customer_code"], []).append(row["product_code"])
    return found


@pytest.mark.parametrize("strategy", [*STRATEGIES, BLENDED])
@settings(max_examples=8)
@given(shop=shops())
def test_every_list_has_ranks_without_gaps_distinct_products_that_can_be_had_and_a_true_reason(strategy, shop):
    is_sold = any(row[3] for row in shop.rows)
    owned = {pair for pair, counts in shop.pairs.items() if counts[0] and is_sold}
    for customer, products in lists_of(learned := learn(shop, strategy)).items():
        assert len(set(products)) == len(products) <= LIMIT
        assert not set(products) & set(shop.unavailable)
        ranks = [row["recommendation_rank"] for row in rows_of(learned) if row["customer_code"] == customer]
        assert ranks == list(range(1, len(products) + 1))
    for row in rows_of(learned):
        pair, because = (row["customer_code"], row["product_code"]), row["because_product_code"]
        assert row["is_repurchase"] == (pair in owned) == (row["evidence"] == "bought_before")
        assert (because is None) == (row["evidence"] == "popular")
        if row["evidence"] in ("bought_together", "similar_content"):
            assert (row["customer_code"], because) in shop.pairs
            assert because != row["product_code"]
        if row["evidence"] == "seen_before":
            assert pair in shop.pairs


@given(shop=shops())
@settings(max_examples=10)
def test_every_customer_gets_as_many_products_as_anybody_bought_and_can_be_had(shop):
    wanted = {product for (_, product), counts in shop.pairs.items() if counts[0]}
    lists = lists_of(learn(shop, "popular"))
    for customer in range(shop.customers):
        assert len(lists.get(customer, [])) == min(LIMIT, len(wanted & set(shop.available())))


def test_places_that_a_full_category_leaves_free_are_filled_from_the_others():
    rows = [(customer, 0, customer % 9, 1, 0, 0) for customer in range(30)]
    rows += [(customer, 2 * (customer % 20), 10, 1, 0, 0) for customer in range(60)]
    shop = Shop([*rows, (59, 1, 300, 1, 0, 0), (59, 3, 300, 1, 0, 0), (58, 5, 300, 1, 0, 0)], 60, 41)
    lists = lists_of(learn(shop, "popular", filters=filters_of(category_limit=1)))
    assert {len(products) for products in lists.values()} == {2}
    nothing = lists_of(learn(shop, "popular", filters=filters_of(category_limit=None)))
    assert {len(products) for products in nothing.values()} == {LIMIT}


def test_a_customer_who_bought_everything_costs_no_more_than_the_rest():
    rows = [(0, product, 5, 1, 0, 0) for product in range(20_000)]
    rows += [(customer, customer % 50, 9, 1, 0, 0) for customer in range(1, 200)]
    lists = lists_of(learn(Shop(rows, 200, 20_000)))
    assert len(lists[0]) == LIMIT


@given(shop=shops())
@settings(max_examples=10)
def test_nothing_that_was_bought_is_recommended_where_the_shop_says_so(shop):
    for customer, products in lists_of(learn(shop, "gp_topfreq", recommend_repurchase=False)).items():
        assert not set(products) & shop.owned(customer)


def filters_of(**values):
    return pa.table(
        {"filter_name": pa.array(list(values), pa.string()), "filter_value": pa.array(values.values(), pa.float64())}
    )


def test_what_was_bought_lately_is_left_out_for_as_many_days_as_the_filter_says():
    shop = small_shop()
    last = {}
    for customer, product, age, purchases, *_ in shop.seen:
        if purchases:
            last[customer, product] = min(age, last.get((customer, product), np.inf))
    lists = lists_of(learn(shop, "gp_topfreq", filters=filters_of(bought_already=20)))
    recommended = {(customer, product) for customer, products in lists.items() for product in products}
    ages = [last[pair] for pair in recommended if pair in last]
    assert min(ages) > 20
    assert any(age <= 20 for age in last.values())


def test_no_more_of_a_category_than_the_filter_says():
    shop = small_shop()
    lists = lists_of(learn(shop, "gp_topfreq", filters=filters_of(category_limit=1)))
    assert {len(products) for products in lists.values()} == {2}
    assert all(sorted(p % 2 for p in products) == [0, 1] for products in lists.values())


@settings(max_examples=25)
@given(shop=shops())
def test_the_popular_products_of_everyone_are_those_that_fill_a_list(shop):
    """A customer without a history, in no segment, gets nothing but popular products: in the order of the table."""
    newcomer = replace(shop, customers=shop.customers + 1)
    learned = learn(newcomer, recommendations_per_customer=5)
    popular = [row for row in learned.tables["popular"].to_pylist() if row["segment_code"] is None]
    assert [row["popularity_rank"] for row in popular] == list(range(1, len(popular) + 1))
    assert lists_of(learned).get(shop.customers, []) == [row["product_code"] for row in popular[:5]]
    assert not shop.unavailable & {row["product_code"] for row in popular}
    best = shop.history.popularity().max()  # of products that cannot be had, too
    shares = [row["score"] for row in rows_of(learned) if row["customer_code"] == shop.customers]
    assert shares == pytest.approx([row["score"] / best for row in popular[:5]])


def test_the_popular_products_of_a_segment_are_its_buyers_and_a_handful_has_none():
    shop = Shop([(0, 0, 0, 1, 0, 0), (1, 0, 0, 1, 0, 0), (1, 1, 0, 1, 0, 0), (2, 2, 0, 9, 0, 0)], 3, 4)
    learned = learn(shop, customers=customers_of(shop, [7, 7, 8]), min_group_size=2)
    found = [tuple(row.values()) for row in learned.tables["popular"].to_pylist()]
    everyone = [(None, 1, 2, 9.0), (None, 2, 0, 2.0), (None, 3, 1, 1.0)]
    assert found == [*everyone, (7, 1, 0, 2.0), (7, 2, 1, 1.0)]


def test_where_guests_buy_what_a_segment_looks_at_is_not_popular_with_it():
    shop = Shop([(0, 0, 0, 0, 0, 5), (1, 0, 0, 0, 0, 5), (None, 1, 0, 1, 0, 0)], 2, 2)
    learned = learn(shop, customers=customers_of(shop, [7, 7]), min_group_size=1)
    found = [(row["segment_code"], row["product_code"]) for row in learned.tables["popular"].to_pylist()]
    assert found == [(None, 1)]


def test_a_shop_whose_buyers_have_no_name_has_popular_products():
    learned = learn(Shop([(None, 1, 0, 2, 0, 0), (None, 0, 0, 1, 0, 0)], 0, 2))
    assert learned.tables["popular"].column("product_code").to_pylist() == [1, 0]
    assert learned.tables["recommendations"].num_rows == 0


def test_a_customer_of_whom_nothing_is_known_gets_what_the_segment_buys():
    shop = small_shop(newcomers=2)
    newcomers = [shop.customers - 2, shop.customers - 1]
    segments = [customer % 2 for customer in range(shop.customers)]
    segments[newcomers[1]] = None
    rows = rows_of(learn(shop, customers=customers_of(shop, segments)))
    of_segment = [row for row in rows if row["customer_code"] == newcomers[0]]
    assert {row["strategy"] for row in of_segment} == {"popular_in_segment"}
    assert of_segment[0]["score"] == 1.0
    assert {row["strategy"] for row in rows if row["customer_code"] == newcomers[1]} == {"popular"}
    assert all(row["purchase_probability"] is None for row in rows if row["customer_code"] in newcomers)
    few = rows_of(learn(shop, customers=customers_of(shop, segments), min_group_size=1000))
    assert {row["strategy"] for row in few if row["customer_code"] == newcomers[0]} == {"popular"}


@pytest.mark.parametrize("strategy", ["item_based", BLENDED])
def test_probabilities_are_there_where_the_past_is_long_enough_and_agree_with_what_came(strategy):
    shop = random_shop(900, 30, days=240)
    learned = learn(shop, strategy)
    assert learned.status == "ok"
    known = {customer for customer, _ in shop.pairs}
    probabilities = np.array([row["purchase_probability"] for row in rows_of(learned) if row["customer_code"] in known])
    assert ((probabilities > 0) & (probabilities < 1)).all()
    bins = learned.tables["calibration"].to_pylist()
    assert [each["bin"] for each in bins] == list(range(1, 11))
    weight = np.array([each["recommendations"] for each in bins])
    error = np.abs([each["predicted"] - each["observed"] for each in bins])
    assert (weight * error).sum() / weight.sum() < 0.02
    short = learn(small_shop(), strategy)
    assert "three horizons" in short.status
    assert all(row["purchase_probability"] is None for row in rows_of(short))


def test_the_order_of_the_input_and_a_second_run_change_nothing():
    shop = random_shop(100, 20, days=200, rows=2500)
    first = learn(shop, BLENDED)
    backwards = customer_recommendations.run(
        shop.table.take(list(range(shop.table.num_rows))[::-1]),
        products_of(shop),
        customers_of(shop),
        choice_of(BLENDED),
        recommendations_per_customer=LIMIT,
    )
    assert first.tables["recommendations"].equals(backwards.tables["recommendations"])
    assert first.input_fingerprint == backwards.input_fingerprint


def test_the_evaluation_is_a_table_with_intervals_and_hands_on_what_it_chose():
    shop = random_shop(300, 30, days=240)
    names = ["popular", "gp_topfreq", BLENDED]
    strategies = pa.table({"strategy": names, "complexity": [1, 2, 3]})
    learned = recommendation_evaluation.run(shop.table, products_of(shop), strategies, tuning_trials=1)
    rows = learned.tables["evaluation"].to_pylist()
    assert {row["time_window"] for row in rows} == {"reporting", "choosing_1", "choosing_2"}
    assert len({tuple(list(row.values())[:6]) for row in rows}) == len(rows)
    for row in rows:
        if row["metric"] != "coverage" and row["value"] is not None:
            assert row["ci_low"] - 1e-9 <= row["value"] <= row["ci_high"] + 1e-9
    champions = {row["strategy"] for row in rows if row["is_champion"]}
    choice = learned.tables["choice"].to_pylist()
    assert [row["strategy"] for row in choice] == names
    assert {row["strategy"] for row in choice if row["is_champion"]} == champions
    served = customer_recommendations.run(shop.table, products_of(shop), None, learned.tables["choice"])
    assert served.parameters["strategy"] in champions


def test_without_evaluation_the_default_is_used_and_said_so():
    shop = small_shop()
    strategies = pa.table({"strategy": ["popular", "item_based"], "complexity": [1, 2]})
    learned = recommendation_evaluation.run(shop.table, products_of(shop), strategies, evaluate=False)
    assert learned.tables["evaluation"].num_rows == 0
    assert "item_based" in learned.status
    assert [row["is_champion"] for row in learned.tables["choice"].to_pylist()] == [False, True]


def test_an_unknown_strategy_is_named_with_those_there_are():
    shop = small_shop()
    with pytest.raises(ValueError, match=r"recommendation_strategy: expected one of champion, popular, "):
        learn(shop, recommendation_strategy="magic")
    strategies = pa.table({"strategy": ["magic"], "complexity": [1]})
    with pytest.raises(ValueError, match="recommendation_strategies must name some of"):
        recommendation_evaluation.run(shop.table, products_of(shop), strategies)


def test_vectors_say_which_products_are_alike_and_those_of_another_length_are_overlooked():
    shop = bought((0, 0, 5), (1, 2, 5))
    directions = [[1.0, 0.1], [1.0, 0.0], [0.0, 1.0], [0.1, 1.0], [7.0]]
    vectors = pa.table({"product_code": [0, 1, 2, 3, 4], "vector": pa.array(directions, pa.list_(pa.float64()))})
    shop = replace(shop, products=5)
    learned = customer_recommendations.run(
        shop.table,
        products_of(shop),
        choice=choice_of("content"),
        product_vectors=vectors,
        recommend_repurchase=False,
        recommendations_per_customer=1,
    )
    rows = [(row["product_code"], row["because_product_code"], row["evidence"]) for row in rows_of(learned)]
    assert rows == [(1, 0, "similar_content"), (3, 2, "similar_content")]


@pytest.mark.parametrize("strategy", ["item_based", "popular", "tifu_knn", BLENDED])
def test_without_dates_lists_are_those_of_one_day_and_have_no_probabilities(strategy):
    shop = small_shop(newcomers=2)
    nobody_knows = pa.nulls(shop.table.num_rows, pa.int64())
    zero = pa.array([0] * shop.table.num_rows, pa.int64())

    def served(days):
        table = shop.table.set_column(2, "age_days", days)
        choice = choice_of(strategy, window_days=0)
        return customer_recommendations.run(table, products_of(shop), customers_of(shop), choice)

    undated, of_one_day = served(nobody_knows), served(zero)
    assert rows_of(undated) == rows_of(of_one_day)
    assert len(rows_of(undated)) == 10 * shop.customers
    assert {row["purchase_probability"] for row in rows_of(undated)} == {None}
    assert undated.status == ("The orders have no dates: all count alike, and there are no probabilities of purchase.")
    assert undated.run_id("x") != of_one_day.run_id("x")
    popular = undated.tables["popular"].filter(pa.compute.is_null(undated.tables["popular"]["segment_code"]))
    orders = {}
    for _, product, _, count, *_ in shop.rows:
        orders[product] = orders.get(product, 0) + count
    assert popular["score"].to_pylist() == sorted(
        (count for product, count in orders.items() if count and product not in shop.unavailable), reverse=True
    )
