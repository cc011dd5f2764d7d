"""Who gets which offer next: drawn with the written probability, within limits, and alike where nothing is known."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.campaigns import offer_policy

GAIN = np.array([[3.0, 0.0], [-3.0, 0.0], [0.0, 0.0]])  # by segment and offer


def offers(**columns):
    return pa.table(
        {"offer_code": [10, 11], "campaign_code": [0, 0], "needs_consent": [True, True], "cost": [0.5, 0.2]} | columns
    )


def decided(rows=6_000, seed=0, **columns):
    generator = np.random.default_rng(seed)
    segment, arm = generator.integers(0, 3, rows), generator.integers(0, 3, rows)
    reward = 1 + generator.normal(0, 2, rows) + np.where(arm > 0, GAIN[segment, arm - 1], 0)
    table = {
        "customer_code": generator.permutation(rows),
        "campaign_place": np.zeros(rows, dtype=np.int64),
        "offer_code": pa.array(arm + 9, mask=arm == 0),
        "segment_id": pa.array([f"rfm: {each}" for each in segment]),
        "days_ago": np.full(rows, 30.0),
        "propensity": np.full(rows, 1 / 3),
        "reward": reward,
        "has_ordered": reward > 1,
        "is_known": np.ones(rows, dtype=bool),
        "f_orders": generator.poisson(2, rows).astype(float),
    }
    return pa.table(table | columns)


def customers(rows=300, seed=1, **columns):
    generator = np.random.default_rng(seed)
    table = {
        "customer_code": np.arange(rows),
        "segment_id": pa.array([f"rfm: {each % 3}" for each in range(rows)]),
        "group_code": np.zeros(rows, dtype=np.int64),
        "has_consent": np.ones(rows, dtype=bool),
        "contacts": np.zeros(rows, dtype=np.int64),
        "draw": generator.random(rows),
        "place": generator.random(rows),
        "f_orders": generator.poisson(2, rows).astype(float),
    }
    return pa.table(table | columns)


FORBIDDEN = pa.table({"group_code": pa.array([], pa.int64()), "offer_code": pa.array([], pa.int64())})


def run(*, there=None, known=None, today=None, forbidden=FORBIDDEN, **settings):
    tables = (offers() if there is None else there, decided() if known is None else known)
    return offer_policy.run(*tables, customers() if today is None else today, forbidden, **settings)


def rows_of(found):
    return found.tables["policy"].to_pandas()


def test_each_segment_gets_what_gains_there_and_is_left_alone_where_it_harms():
    found = run()
    assert found.status == "ok"
    rows = rows_of(found)
    segment = rows.customer_code % 3
    assert (rows[segment == 0].offer_code == 10).mean() > 0.9
    harmed = rows[segment == 1]
    assert (harmed.offer_code == 10).mean() < 0.03
    assert rows[segment == 0].gain.median() == pytest.approx(3, abs=0.4)
    assert (rows[rows.offer_code.isna()].gain == 0).all()
    best = rows[(segment == 0) & (rows.offer_code == 10)]
    assert set(best.reason) == {"best"}
    assert ((best.gain_low < 3) & (best.gain_high > 3)).mean() > 0.5
    assert found.metrics["policy"] == "thompson"
    assert found.metrics["choice"].startswith(
        "Q-learning was not tried: 6,000 decisions are known and 0 customers have"
    )


def test_another_key_draws_others_with_the_same_propensities():
    one, other = run(), run(today=customers(seed=1, draw=np.random.default_rng(9).random(300)))
    first, second = rows_of(one), rows_of(other)
    assert (first.offer_code.fillna(-1) != second.offer_code.fillna(-1)).any()
    same = first.offer_code.fillna(-1) == second.offer_code.fillna(-1)
    assert first.propensity[same].tolist() == second.propensity[same].tolist()
    assert first.best_gain.tolist() == second.best_gain.tolist()


@pytest.mark.parametrize("limit", [None, 25])
def test_rows_in_any_order_and_any_number_of_threads_give_the_same_bytes(limit, monkeypatch):
    turn = np.random.default_rng(2)
    known, today = decided(), customers()
    one = run(known=known, today=today, offer_contacts=limit).as_rows("offer_policy")
    monkeypatch.setattr("customer_insight.numerics.threads.THREADS", 1)
    other = run(
        known=known.take(turn.permutation(known.num_rows)),
        today=today.take(turn.permutation(today.num_rows)),
        there=offers().take([1, 0]),
        offer_contacts=limit,
    ).as_rows("offer_policy")
    assert one.equals(other)


def test_a_floor_is_kept_for_each_action():
    rows = rows_of(run(exploration_floor=0.1))
    assert rows.propensity.min() >= 0.1
    assert set(rows[rows.customer_code % 3 == 1].offer_code.dropna()) == {10, 11}


def test_contacts_and_budget_are_never_exceeded_and_go_where_most_is_expected():
    rows = rows_of(run(offer_contacts=30))
    sent = rows[rows.offer_code.notna()]
    assert 25 <= len(sent) <= 30
    assert (sent.customer_code % 3 == 0).mean() > 0.5
    assert (rows.reason == "contacts used up").sum() > 100
    # also where hardly more are wanted than there are
    wanted = int(np.ceil(run().metrics["contacts_expected"]))
    for seed in range(5):
        generator = np.random.default_rng(seed)
        today = customers(draw=generator.random(300), place=generator.random(300))
        assert rows_of(run(today=today, offer_contacts=wanted)).offer_code.notna().sum() <= wanted
    # the dearest offer costs 0.50
    found = run(offer_budget=10)
    assert rows_of(found).offer_code.notna().sum() <= 20
    assert found.parameters["offer_contacts"] == 20
    assert rows_of(run(offer_budget=0.4)).offer_code.notna().sum() == 0


def test_under_a_budget_an_offer_of_unknown_cost_is_not_sent():
    found = run(offer_budget=1_000, there=offers(cost=pa.array([None, 0.2])))
    assert set(rows_of(found).offer_code.dropna()) == {11}


def test_who_was_written_to_often_or_did_not_agree_gets_nothing_that_needs_consent():
    contacts = np.where(np.arange(300) < 100, 4, 0)
    agreed = np.arange(300) < 200
    rows = rows_of(run(today=customers(contacts=contacts, has_consent=agreed)))
    assert rows[:100].offer_code.isna().all()
    assert set(rows[:100].reason) == {"written to enough"}
    assert (rows[:100].propensity == 1).all()
    assert rows[100:200].offer_code.notna().any()
    assert rows[200:].offer_code.isna().all()
    rows = rows_of(run(today=customers(has_consent=agreed), there=offers(needs_consent=[True, False])))
    assert set(rows[200:].offer_code.dropna()) == {11}
    assert rows_of(run(contacts_a_month=0)).offer_code.isna().all()


def test_what_staff_keeps_out_of_a_group_nobody_of_it_gets():
    forbidden = pa.table({"group_code": [1, 1, 2], "offer_code": [10, 11, 10]})
    group = np.repeat([0, 1, 2], 100)
    rows = rows_of(run(today=customers(group_code=group), forbidden=forbidden))
    assert 10 in set(rows[:100].offer_code)
    assert rows[100:200].offer_code.isna().all()
    assert set(rows[100:200].reason) == {"nothing allowed"}
    assert set(rows[200:].offer_code.dropna()) == {11}


def test_a_decision_teaches_once_its_days_are_over():
    known = decided()
    waiting = np.arange(6_000) >= 3_000
    # what came of them is not known, and they are told as if the good offer were the bad one
    twisted = np.where(waiting, -np.asarray(known["reward"]), np.asarray(known["reward"]))
    late = known.set_column(known.column_names.index("reward"), "reward", pa.array(twisted))
    late = late.set_column(known.column_names.index("is_known"), "is_known", pa.array(~waiting))
    found, alone = run(known=late), run(known=known.slice(0, 3_000))
    assert found.metrics["decisions_waiting"] == 3_000
    assert rows_of(found).equals(rows_of(alone))


def test_where_little_is_known_all_that_is_allowed_is_drawn_alike():
    found = run(known=decided(rows=400))
    rows = rows_of(found)
    assert found.status.startswith("Too little is known of what offers bring: 400 customers were drawn")
    assert rows.propensity.to_numpy() == pytest.approx(1 / 3)
    assert rows.gain.isna().all()
    assert set(rows.reason) == set(rows.policy) == {"uniform"}
    nothing = decided().slice(0, 0)
    assert run(known=nothing).status.startswith("Too little is known of what offers bring: 0 customers")
    # contacts cost something, and nobody ordered
    no_order = run(known=decided(reward=np.full(6_000, -0.1), has_ordered=np.zeros(6_000, dtype=bool)))
    assert "6,000 customers were drawn for or left alone by campaigns whose days are over, 0 of them" in no_order.status


def test_of_an_offer_that_was_never_sent_the_reason_says_that_nothing_is_known():
    there = pa.table(
        {"offer_code": [10, 11, 12], "campaign_code": [0, 0, 1], "needs_consent": [True] * 3, "cost": [0.5, 0.2, 0.1]}
    )
    rows = rows_of(run(there=there, exploration_floor=0.2))
    assert set(rows[rows.offer_code == 12].reason) == {"new"}
    assert (rows.reason == "new").sum() == (rows.offer_code == 12).sum() > 20


def test_without_offers_or_customers_nobody_is_offered_anything():
    found = run(there=offers().slice(0, 0), known=decided().slice(0, 0), today=customers().slice(0, 0))
    assert found.status.startswith("No campaign that may be sent again was shown to anybody")
    assert found.tables["policy"].num_rows == 0
    assert run(today=customers().slice(0, 0)).tables["policy"].num_rows == 0


def test_unknown_propensities_are_the_shares_of_the_arms():
    none = pa.array([None] * 6_000, pa.float64())
    assert rows_of(run(known=decided(propensity=none))).gain.tolist() == rows_of(run()).gain.tolist()


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"there": offers(offer_code=[10, 10])}, "1 offers are there already"),
        ({"known": decided(offer_code=np.full(6_000, 99))}, "found another in 6000 rows"),
        ({"known": decided(propensity=np.zeros(6_000))}, "'propensity': expected a probability above 0"),
        ({"today": customers(customer_code=np.zeros(300, dtype=np.int64))}, "299 rows of customers"),
    ],
)
def test_odd_rows_are_refused_in_one_sentence(tables, said):
    with pytest.raises(ValueError, match=said):
        run(**tables)
