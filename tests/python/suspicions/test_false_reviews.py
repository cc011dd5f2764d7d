"""Bursts and twins of reviews by people who bought nothing."""

import numpy as np
import pyarrow as pa
from customer_insight.suspicions import review_bursts, review_twins
from customer_insight.suspicions.suspicion_rules import SuspicionRule
from hypothesis import given, settings
from hypothesis import strategies as st

BURST = SuspicionRule("review_burst", 6, 0.8, 0.001)
TWINS = SuspicionRule("review_twin", 3, 0.6, 1.0)
LONG = "this lamp stands in our hall since spring and gives a warm light that everybody who comes in likes at once"


def reviews(rows):
    """rows: product, day, stars, has_bought, text, customer."""
    product, day, stars, bought, text, customer = zip(*rows, strict=True)
    return pa.table(
        {
            "review_code": pa.array(range(len(rows)), pa.int32()),
            "product_code": pa.array(product, pa.int32()),
            "customer_code": pa.array(customer, pa.int32()),
            "written_day": pa.array(day, pa.int64()),
            "age_days": pa.array([1000.0 - each for each in day]),
            "rating": pa.array(stars, pa.float64()),
            "has_bought": pa.array(bought, pa.bool_()),
            "review_text": pa.array(text, pa.string()),
        }
    )


def usual(seed, count=600, days=700):
    rng = np.random.default_rng(seed)
    return [
        (
            int(rng.integers(0, 20)),
            int(rng.integers(0, days)),
            int(rng.integers(1, 6)),
            bool(rng.random() < 0.9),
            "fine",
            place,
        )
        for place in range(count)
    ]


def burst(product, day, stars=5, bought=False, size=9):
    return [(product, day + place % 4, stars, bought, "wow", 5000 + place) for place in range(size)]


def codes(table):
    return set(table["code"].to_pylist())


def test_a_burst_by_strangers_is_found_and_its_last_day_is_when_it_could_be_known():
    for stars in (1, 5):
        rows = usual(1) + burst(3, 300, stars)
        found = review_bursts.find(reviews(rows), BURST)
        assert codes(found) >= set(range(600, 609))
        assert len(codes(found)) <= 10
        assert set(found["age_days"].to_pylist()) == {1000.0 - 303}


def test_buyers_mixed_stars_and_a_season_of_all_products_are_no_burst():
    for seed in range(3):
        rows = usual(seed)
        assert codes(review_bursts.find(reviews(rows), BURST)) == set()
        assert codes(review_bursts.find(reviews(rows + burst(3, 300, bought=True)), BURST)) == set()
        mixed = [(3, 300, 1 + place % 5, False, "hm", 7000 + place) for place in range(9)]
        assert codes(review_bursts.find(reviews(rows + mixed), BURST)) == set()
        season = [row for product in range(20) for row in burst(product, 300, size=7)]
        assert codes(review_bursts.find(reviews(rows + season), BURST)) == set()


def test_where_the_shop_does_not_know_who_bought_nothing_is_said():
    rows = [(*row[:3], False, *row[4:]) for row in usual(1)] + burst(3, 300)
    assert codes(review_bursts.find(reviews(rows), BURST)) == set()


def copies(count, text=LONG, bought=False, start=8000):
    changed = text.split()
    return [
        (place, 10 * place, 5, bought, " ".join([*changed[:12], f"x{place}", *changed[12:]]), start + place)
        for place in range(count)
    ]


def test_near_copies_by_three_strangers_are_twins_and_those_of_buyers_pairs_and_short_texts_are_not():
    others = [
        (
            1,
            place,
            5,
            False,
            f"number {place} of many other words that nobody else has said in {place} texts here",
            place,
        )
        for place in range(60)
    ]
    assert codes(review_twins.find(reviews(others + copies(3)), TWINS)) == {60, 61, 62}
    for rows in (copies(2), copies(5, bought=True), copies(5, text="very good lamp, i like it")):
        assert codes(review_twins.find(reviews(others + rows), TWINS)) == set()
    one = [(*row[:5], 8000) for row in copies(5)]
    assert codes(review_twins.find(reviews(others + one), TWINS)) == set()


def test_similarity_is_that_of_sets_of_runs():
    texts = [LONG.split(), LONG.split()[3:], ["quite", "other", "words", "with", "nothing", "in", "common"]]
    runs, starts = review_twins._runs(texts)
    got = review_twins._similarity(runs, starts, np.array([[0, 1], [0, 2]]))
    sets = [{tuple(words[at : at + 4]) for at in range(len(words) - 3)} for words in texts]
    assert got.tolist() == [len(sets[0] & sets[1]) / len(sets[0] | sets[1]), 0.0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed, draw):
    rows = usual(seed, 80) + burst(3, 300) + copies(4)
    table = reviews(rows)
    order = list(range(len(rows)))
    draw.shuffle(order)
    for find, rule in ((review_bursts.find, BURST), (review_twins.find, TWINS)):
        assert codes(find(table.take(pa.array(order)), rule)) == codes(find(table, rule))
