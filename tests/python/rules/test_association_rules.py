import os
import time
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from customer_insight.rules import association_rules, support_threshold
from customer_insight.rules.baskets import minimum_count
from hypothesis import given, settings
from hypothesis import strategies as st
from mlxtend.frequent_patterns import apriori, fpgrowth
from mlxtend.frequent_patterns import association_rules as mlxtend_rules

TEST_DATA = os.environ.get("CUSTOMER_INSIGHT_TEST_DATA")
needs_data = pytest.mark.skipif(TEST_DATA is None, reason="CUSTOMER_INSIGHT_TEST_DATA does not name the test data")

databases = st.lists(st.frozensets(st.integers(0, 6), max_size=6), min_size=1, max_size=25)
shares = st.sampled_from([0.01, 0.07, 0.1, 0.2, 0.25, 0.3, 0.333, 0.5, 0.6, 1])
# what a basket or two share, so that examples fit on ten fingers
learn = partial(association_rules.run, min_baskets=1)
METRICS = {
    "antecedent_support": "antecedent support",
    "consequent_support": "consequent support",
    **{name: name for name in ["support", "confidence", "lift", "representativity", "leverage", "conviction"]},
    **{name: name for name in ["zhangs_metric", "jaccard", "certainty", "kulczynski"]},
}


def exact(share):
    """The share as it is written: 0.07 is 7/100."""
    return Fraction(str(share))


def table(baskets, empty=()):
    rows = [(number, item) for number, items in enumerate(baskets) for item in (items or [None])]
    rows += [(1000 + number, None) for number in empty]
    return pa.table(
        {
            "basket_code": pa.array([row[0] for row in rows], pa.int64()),
            "item_code": pa.array([row[1] for row in rows], pa.int32()),
        }
    )


def rules(learned):
    return {
        (frozenset(row["antecedent"]), frozenset(row["consequent"])): row for row in learned.tables["rules"].to_pylist()
    }


def itemsets(learned):
    return {frozenset(row["items"]): row["support_count"] for row in learned.tables["itemsets"].to_pylist()}


def every_itemset(baskets, least, longest):
    items = sorted(set().union(*baskets))
    counts = {
        frozenset(chosen): sum(set(chosen) <= set(basket) for basket in baskets)
        for size in range(1, longest + 1)
        for chosen in combinations(items, size)
    }
    return {chosen: count for chosen, count in counts.items() if count >= least}


def test_five_baskets_by_hand():
    # bread 4 of 5, butter 3 of 5, both 3 of 5
    learned = learn(table([{1, 2}, {1, 2}, {1, 2}, {1}, {3}]), min_support=0.4, min_confidence=0.75)
    assert itemsets(learned) == {frozenset({1}): 4, frozenset({2}): 3, frozenset({1, 2}): 3}
    first, second = learned.tables["rules"].to_pylist()
    assert (first["antecedent"], first["consequent"], first["rule_code"]) == ([2], [1], 1)
    assert first["confidence"] == 1
    assert first["conviction"] is None
    assert first["lift"] == 1.25
    assert (second["antecedent"], second["consequent"]) == ([1], [2])
    assert second["confidence"] == 0.75
    assert second["leverage"] == pytest.approx(0.6 - 0.8 * 0.6)
    assert second["conviction"] == pytest.approx((1 - 0.6) / (1 - 0.75))
    assert second["jaccard"] == 0.75
    assert learned.status == "ok"


def test_minimum_count_is_the_exact_ceiling():
    assert minimum_count(Fraction("0.07"), 100) == 7
    assert minimum_count(Fraction("0.01"), 9835) == 99
    assert minimum_count(Fraction("0"), 10) == 1


def test_baskets_without_products_count_and_repeated_items_count_once():
    given_rows = pa.table({"basket_code": [1, 1, 1, 2, 3, 4], "item_code": [5, 5, 6, 5, None, None]})
    learned = learn(given_rows, min_support=0.5)
    assert learned.tables["itemsets"].to_pylist() == [
        {"itemset_code": 1, "items": [5], "item_count": 1, "support_count": 2, "support": 0.5}
    ]


def test_itemsets_are_ordered_by_length_count_and_items():
    learned = learn(table([{2, 9}, {2, 9}, {2}, {4}, {4}]), min_support=0.4)
    assert learned.tables["itemsets"]["items"].to_pylist() == [[2], [4], [9], [2, 9]]
    assert learned.tables["itemsets"]["itemset_code"].to_pylist() == [1, 2, 3, 4]


@pytest.mark.parametrize("engine", ["apriori", "mlxtend"])
@pytest.mark.parametrize("baskets", [[], [set()], [{1}, {2}, {3}]])
def test_nothing_found_is_empty_typed_and_explained(baskets, engine):
    learned = learn(table(baskets), min_support=0.9, itemset_engine=engine)
    full = learn(table([{1, 2}]), min_support=0.9, itemset_engine=engine)
    assert learned.tables["rules"].num_rows == learned.tables["itemsets"].num_rows == 0
    assert learned.status.endswith(".")
    assert learned.as_rows("x").schema == full.as_rows("x").schema


@given(databases, shares, st.integers(1, 4), st.sampled_from(["apriori", "mlxtend"]))
@settings(max_examples=200)
def test_itemsets_are_those_of_brute_force(baskets, share, longest, engine):
    learned = learn(table(baskets), min_support=share, max_itemset_length=longest, itemset_engine=engine)
    least = minimum_count(exact(share), len(baskets))
    assert itemsets(learned) == every_itemset(baskets, least, longest)


@given(databases, shares, shares, st.integers(1, 3))
@settings(max_examples=150)
def test_rules_are_those_of_mlxtend_to_twelve_digits(baskets, share, confidence, longest_consequent):
    learned = learn(
        table(baskets), min_support=share, min_confidence=confidence, max_consequent_length=longest_consequent
    )
    found = rules(learned)
    least = minimum_count(exact(share), len(baskets))
    frame = pd.DataFrame([[item in basket for item in range(7)] for basket in baskets], dtype=bool)
    frequent = apriori(frame, min_support=(least - 0.5) / len(baskets), max_len=4)
    expected = mlxtend_rules(frequent, metric="support", min_threshold=0) if len(frequent) else pd.DataFrame()
    seen = 0
    for row in expected.to_dict("records"):
        antecedent = sum(row["antecedents"] <= basket for basket in baskets)
        both = sum(row["antecedents"] | row["consequents"] <= basket for basket in baskets)
        if len(row["consequents"]) > longest_consequent or Fraction(both, antecedent) < exact(confidence):
            continue
        seen += 1
        ours = found[(row["antecedents"], row["consequents"])]
        for metric, their_name in METRICS.items():
            theirs = row[their_name] if np.isfinite(row[their_name]) else None
            # a denominator that is zero but for rounding makes mlxtend divide noise by noise
            if metric not in {"zhangs_metric", "certainty"} or ours[metric] != 0:
                assert ours[metric] == (theirs if theirs is None else pytest.approx(theirs, rel=1e-12, abs=1e-12))
    assert seen == len(found)


@given(databases, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_rows_does_not_matter(baskets, random):
    rows = table(baskets)
    order = list(range(rows.num_rows))
    random.shuffle(order)
    first = learn(rows, min_support=0.1).as_rows("x")
    assert learn(rows.take(order), min_support=0.1).as_rows("x").equals(first)


def test_rules_are_in_a_total_order():
    random = np.random.default_rng(3)
    baskets = [set(random.choice(8, 4, replace=False).tolist()) for _ in range(40)]
    listed = learn(table(baskets), min_support=0.1, max_consequent_length=3).tables["rules"]
    listed = listed.to_pylist()
    keys = [(-r["lift"], -r["confidence"], -r["support_count"], r["antecedent"], r["consequent"]) for r in listed]
    assert keys == sorted(keys)
    assert [row["rule_code"] for row in listed] == list(range(1, len(listed) + 1))


@given(databases, shares, st.integers(1, 3))
@settings(max_examples=60)
def test_a_rule_is_redundant_where_a_part_of_its_antecedent_does_as_well(baskets, share, longest_consequent):
    found = rules(learn(table(baskets), min_support=share, min_confidence=0, max_consequent_length=longest_consequent))
    strength = {key: Fraction(row["support_count"], row["antecedent_support_count"]) for key, row in found.items()}
    for (antecedent, consequent), row in found.items():
        parts = [set(part) for size in range(1, len(antecedent)) for part in combinations(antecedent, size)]
        simpler = [strength[frozenset(part), consequent] for part in parts]
        assert row["is_redundant"] == any(each >= strength[antecedent, consequent] for each in simpler)


@given(databases, shares, shares)
@settings(max_examples=40)
def test_q_values_are_over_every_rule_of_the_itemsets_whatever_its_confidence(baskets, share, confidence):
    every = rules(learn(table(baskets), min_support=share, min_confidence=0))
    some = rules(learn(table(baskets), min_support=share, min_confidence=confidence))
    ranked = sorted(row["p_value"] for row in every.values())
    for key, row in every.items():
        smallest = min(p * len(ranked) / (place + 1) for place, p in enumerate(ranked) if p >= row["p_value"])
        assert row["q_value"] == pytest.approx(min(1, smallest), rel=1e-12)
        if key in some:
            assert some[key] | {"rule_code": 0} == row | {"rule_code": 0}


def test_an_itemset_exactly_on_the_threshold_is_found_where_mlxtend_loses_it():
    # 0.07 of 100 baskets is 7; as floats 0.07 x 100 is 7.000000000000001
    baskets = [{1, 2}] * 7 + [{3}] * 93
    frame = pd.DataFrame([[item in basket for item in (1, 2, 3)] for basket in baskets], columns=[1, 2, 3])
    theirs = {frozenset(items) for items in fpgrowth(frame, min_support=0.07, use_colnames=True)["itemsets"]}
    assert frozenset({1, 2}) not in theirs
    for engine in ("apriori", "mlxtend"):
        assert itemsets(learn(table(baskets), min_support=0.07, itemset_engine=engine))[frozenset({1, 2})] == 7


MADE = np.random.default_rng(1)
WIDE = [set(MADE.choice(60, 12, replace=False).tolist()) for _ in range(300)]


def complete_below(learned, unlimited, length):
    """Both tables hold what an unlimited run holds below this length, and nothing else."""
    for name, lengths in (("itemsets", ["item_count"]), ("rules", ["antecedent_length", "consequent_length"])):
        kept, every = (
            [
                {key: value for key, value in row.items() if key not in {"rule_code", "itemset_code", "q_value"}}
                for row in run.tables[name].to_pylist()
                if run is learned or sum(row[column] for column in lengths) < length
            ]
            for run in (learned, unlimited)
        )
        assert kept == every


@pytest.mark.parametrize(
    ("limit", "length", "said"),
    [
        ({"memory_gb": 0.0005}, 2, "pairs would have to be held, more than memory_gb"),
        ({"memory_gb": 0.003, "min_confidence": 0.9}, 3, "candidates would have to be held, more than memory_gb"),
        ({"max_rules": 100}, 2, "rules would have to be kept, more than max_rules"),
        ({"max_rules": 5000}, 3, "rules would have to be kept, more than max_rules"),
    ],
)
def test_past_a_limit_the_complete_levels_stay_and_the_status_says_what_fits(limit, length, said):
    settings = {"min_support": 0.01, "min_confidence": 0.1} | limit
    learned = learn(table(WIDE), **settings)
    assert f"Stopped before itemsets of {length} items: " in learned.status
    assert said in learned.status
    complete_below(learned, learn(table(WIDE), **settings | {"max_rules": 10**6, "memory_gb": 4}), length)
    fitting = learned.status.rsplit("min_support ", 1)[1].rstrip(".")
    again = learn(table(WIDE), **settings | {"min_support": float(fitting)})
    assert f"itemsets of {length} items" not in again.status
    lower = Fraction(fitting) - Fraction(1, 300)
    if "max_rules" in limit and lower > 0:  # the smallest that fits
        below = learn(table(WIDE), **settings | {"min_support": float(lower)})
        assert f"itemsets of {length} items" in below.status


def test_a_basket_of_a_million_products_does_not_stop_the_others():
    huge = pa.table(
        {
            "basket_code": np.concatenate([np.zeros(1_000_000, np.int64), np.arange(1, 201).repeat(2)]),
            "item_code": np.concatenate([np.arange(1_000_000), np.tile([1, 2], 200)]).astype(np.int32),
        }
    )
    learned = learn(huge, min_support=0.5)
    assert itemsets(learned) == {frozenset({1}): 201, frozenset({2}): 201, frozenset({1, 2}): 201}
    alone = learn(huge, min_support=0.004)
    assert "products of items would have to be counted, more than the time of a run allows" in alone.status
    assert alone.tables["itemsets"].num_rows == 1_000_000


def test_columns_that_are_in_every_basket():
    full = learn(table([{1, 2, 3}] * 50), min_support=1, max_consequent_length=2)
    assert itemsets(full)[frozenset({1, 2, 3})] == 50
    for row in full.tables["rules"].to_pylist():
        assert (row["lift"], row["conviction"], row["certainty"], row["p_value"]) == (1.0, None, 0.0, 1.0)


@pytest.mark.parametrize("products", [0, 10**9])
def test_many_baskets_are_counted_in_blocks_and_pairs_either_way(monkeypatch, products):
    random = np.random.default_rng(2)
    baskets = [set(random.choice(9, 5, replace=False).tolist()) for _ in range(400)]
    whole = learn(table(baskets), min_support=0.05).as_rows("x")
    monkeypatch.setattr("customer_insight.rules.frequent_itemsets.product_count", lambda _: products)
    monkeypatch.setattr("customer_insight.rules.frequent_itemsets.BIT_ROW_SHARE", 1e-7)
    monkeypatch.setattr("customer_insight.rules.bitsets.STEP_WORDS", 8)
    monkeypatch.setattr("customer_insight.rules.bitsets.ROW_WORDS", 2)
    monkeypatch.setattr("customer_insight.rules.frequent_pairs.BLOCK_CELLS", 18)
    monkeypatch.setattr("customer_insight.rules.itemset_levels.JOIN_ROWS", 5)
    assert learn(table(baskets), min_support=0.05).as_rows("x").equals(whole)


def test_dense_baskets_with_tens_of_thousands_of_itemsets():
    random = np.random.default_rng(4)
    dense = random.random((400, 16)) < 0.85
    baskets = [set(np.flatnonzero(row).tolist()) for row in dense]
    learned = learn(table(baskets), min_support=0.1, max_itemset_length=16, min_confidence=0.9)
    least = minimum_count(Fraction("0.1"), 400)
    found = itemsets(learned)
    assert len(found) > 30_000
    masks = (dense @ (1 << np.arange(16))).astype(int)
    for mask in range(1, 1 << 16):
        count = int(((masks & mask) == mask).sum())
        items = frozenset(place for place in range(16) if mask >> place & 1)
        assert found.get(items, 0) == (count if count >= least else 0)


@pytest.mark.parametrize(
    ("baskets", "settings", "sentence"),
    [
        ([set(), set()], {}, "No basket has an item."),
        ([{1, 2}], {"max_itemset_length": 1}, "Rules need itemsets of two items; max_itemset_length is 1."),
        (
            [{1}, {2}],
            {},
            "No two items are together in 1 of 2 baskets, the fewest that count. No min_support helps: fewer than "
            "1 baskets say nothing.",
        ),
        (
            [{1}, {2}],
            {"min_support": 1},
            "No item is in 2 of 2 baskets, the fewest that count. The first are there at min_support 0.5.",
        ),
        (
            [{1, 2}, {1}, {2}, {3}],
            {"min_support": 0.5},
            "No two items are together in 2 of 4 baskets, the fewest that count. The first are there at min_support "
            "0.2.",
        ),
        (
            [{1, 2}, {1}, {2}],
            {"min_confidence": 1},
            "No set of items that is frequent enough gives a rule of the confidence asked for. The first are there at "
            "min_confidence 0.500.",
        ),
    ],
)
def test_the_status_says_why_there_is_no_rule(baskets, settings, sentence):
    assert learn(table(baskets), **settings).status == sentence


@pytest.mark.parametrize("share", [None, 0.01, 0.1])
def test_one_basket_is_no_rule_whatever_is_asked(share):
    baskets = [{number} for number in range(48)] + [{100, 101}, {100, 101}]
    learned = association_rules.run(table(baskets), min_support=share)
    assert learned.tables["itemsets"].num_rows == learned.tables["rules"].num_rows == 0
    assert learned.metrics["minimum_support_count"] == 5
    assert learned.status == (
        "No item is in 5 of 50 baskets, the fewest that count. No min_support helps: fewer than 5 baskets say nothing."
    )
    learned = association_rules.run(table(baskets + [{100, 101}] * 3), min_support=share)
    assert {row["support_count"] for row in learned.tables["rules"].to_pylist()} == ({5} if share != 0.1 else set())
    assert learned.status.endswith("The first are there at min_support 0.09." if share == 0.1 else "ok")


@given(st.integers(1, 10**6), st.integers(1, 10**4))
def test_a_share_is_a_whole_count_of_baskets_and_five_at_least(baskets, ten_thousandths):
    share = Fraction(ten_thousandths, 10_000)
    assert support_threshold.threshold(Counted(baskets), share, Fraction(1, 5), 5, 1e9) == max(
        5, -(-ten_thousandths * baskets // 10_000)
    )


@dataclass
class Counted:
    """Baskets of which only the number is looked at."""

    count: int


def a_shop_of(pairs, singles):
    """Baskets of two products, so many of each pair; and baskets of one product each, which nobody else bought."""
    together = [{2 * place, 2 * place + 1} for place, count in enumerate(pairs) for _ in range(count)]
    return table(together + [{10**6 + number} for number in range(singles)])


@pytest.mark.parametrize(
    ("pairs", "baskets", "count"),
    [
        # ten pairs above 1 %
        ([160] * 12, 15_000, 150),
        # ten pairs at 60 baskets
        ([200] * 4 + [60] * 6 + [30] * 90, 20_000, 60),
        # too few pairs: 0.1 %
        ([100] * 9, 15_000, 15),
        # and of a small shop at least five baskets
        ([20] * 9, 600, 5),
    ],
)
def test_without_a_share_the_support_follows_the_shop(pairs, baskets, count):
    learned = association_rules.run(a_shop_of(pairs, baskets - sum(pairs)))
    assert learned.parameters["min_support"] is None
    assert learned.metrics["minimum_support_count"] == count
    assert learned.metrics["minimum_support"] == count / baskets
    told = association_rules.run(a_shop_of(pairs, baskets - sum(pairs)), min_support=count / baskets)
    assert told.tables["rules"].equals(learned.tables["rules"])


def test_pairs_that_give_no_rule_do_not_count():
    # each of twenty items is with each of four others in a quarter of its baskets
    baskets = [{item, 1000 + (item + turn) % 20} for item in range(20) for turn in range(4) for _ in range(50)]
    counts = {
        confidence: association_rules.run(table(baskets), min_confidence=confidence).metrics["minimum_support_count"]
        for confidence in (0.2, 0.5)
    }
    assert counts == {0.2: 40, 0.5: 5}


def test_items_that_are_texts_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="Column 'item_code' must hold whole numbers"):
        learn(pa.table({"basket_code": [1, 2], "item_code": ["mug", None]}))


def test_a_setting_out_of_range_is_named():
    with pytest.raises(ValueError, match="min_support: expected a number above 0 and at most 1, or null, found 2"):
        learn(table([{1}]), min_support=2)
    with pytest.raises(ValueError, match="'basket_code' is missing"):
        learn(pa.table({"product_code": [1]}))


def read_lines(name, separator):
    lines = (Path(TEST_DATA) / "groceries" / name).read_text().splitlines()
    pairs = [(number, item) for number, line in enumerate(lines) for item in line.split(separator) if item.strip()]
    _, item = np.unique([item for _, item in pairs], return_inverse=True)
    return pa.table({"basket_code": [number for number, _ in pairs], "item_code": item})


@needs_data
@pytest.mark.parametrize(
    ("support", "confidence", "count"),
    [(0.006, 0.25, 463), (0.001, 0.8, 410), (0.001, 0.5, 5668), (0.01, 0.5, 15)],
)
def test_groceries_rules(support, confidence, count):
    learned = learn(
        read_lines("groceries.csv", ","), min_support=support, min_confidence=confidence, max_itemset_length=10
    )
    assert learned.tables["rules"].num_rows == count
    if support == 0.01:
        assert learned.tables["itemsets"].num_rows == 333


@needs_data
def test_groceries_have_rules_without_a_setting():
    learned = association_rules.run(read_lines("groceries.csv", ","))
    assert learned.metrics["minimum_support_count"] == 99
    assert learned.tables["rules"].num_rows == 231


@needs_data
def test_ibm_baskets_itemsets():
    learned = learn(read_lines("T10I4D100K.dat", " "), min_support=0.001, max_itemset_length=20)
    assert learned.tables["itemsets"].num_rows == 27_532


@needs_data
@pytest.mark.parametrize(("anonymous", "fees", "count"), [(False, True, 313), (True, True, 914), (True, False, 877)])
def test_online_retail_rules(anonymous, fees, count):
    lines = pq.read_table(Path(TEST_DATA) / "online_retail_ii.parquet").to_pandas()
    lines = lines[(lines["sheet"] == lines["sheet"].max()) & ~lines["Invoice"].str.startswith("C")]
    lines = lines[(lines["Quantity"] > 0) & (lines["Price"] > 0)]
    lines = lines if anonymous else lines[lines["CustomerID"].notna()]
    lines = lines if fees else lines[lines["StockCode"].str.match(r"^\d{5}|^DCGS")]
    invoice = lines["Invoice"].astype("category").cat.codes
    product = lines["StockCode"].astype("category").cat.codes
    learned = learn(
        pa.table({"basket_code": pa.array(invoice), "item_code": pa.array(product)}),
        min_support=0.01,
        min_confidence=0.5,
    )
    assert learned.tables["rules"].num_rows == count
    if not anonymous:
        assert learned.tables["rules"]["lift"][0].as_py() == pytest.approx(61.90, abs=0.005)


@pytest.mark.parametrize(("copies", "small", "count"), [(5, 50, 55), (5, 150, 155)])
def test_a_basket_that_is_a_catalogue_is_given_up_before_it_is_counted(copies, small, count):
    """20,000 products in as many baskets as min_support asks for: 200 million pairs, which took 46 seconds to count."""
    random = np.random.default_rng(1)
    items = [np.arange(20_000)] * copies + [random.choice(200, 5, replace=False) for _ in range(small)]
    baskets = pa.table(
        {
            "basket_code": np.repeat(np.arange(len(items)), [each.size for each in items]),
            "item_code": np.concatenate(items).astype(np.int32),
        }
    )
    began = time.process_time()
    learned = association_rules.run(baskets)
    assert time.process_time() - began < 2
    assert learned.metrics["baskets"] == count
    assert learned.status.startswith(
        "Stopped before itemsets of 2 items: at least 199990000 pairs would have to be held, more than memory_gb"
        " allows; shorter itemsets and their rules are complete, and they certainly fit at min_support "
    )
    fits = learned.status.rsplit(" ", 1)[1].rstrip(".")
    assert association_rules.run(baskets, min_support=float(fits)).tables["rules"].num_rows > 0
