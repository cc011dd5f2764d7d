"""The step as a whole, who is unlike others, clicks of programs, and who teaches nothing."""

import numpy as np
import pyarrow as pa
from customer_insight.scoring.suspects import count_suspects, without_suspects
from customer_insight.suspicions import mail_scanners, suspicion_step, unlike_others
from customer_insight.suspicions.suspicion_rules import SuspicionRule

EMPTY = {
    "rules": {
        "rule": pa.string(),
        "at_least": pa.int32(),
        "at_least_share": pa.float64(),
        "at_most_chance": pa.float64(),
    },
    "coupon_uses": {
        "coupon": pa.string(),
        "customer_code": pa.int32(),
        "age_days": pa.float64(),
        "newcomers": pa.int64(),
    },
    "clues": {"customer_code": pa.int32(), "kind": pa.string(), "clue_code": pa.int32(), "age_days": pa.float64()},
    "returns": dict.fromkeys(
        ["customer_code", "orders", "returned", "expected", "dated_returns", "late_returns", "age_days"], pa.float64()
    ),
    "touches": dict.fromkeys(["customer_code", "shown", "clicked", "clicked_at_once", "age_days"], pa.float64()),
    "reviews": {
        **dict.fromkeys(["review_code", "product_code", "customer_code"], pa.int32()),
        **dict.fromkeys(["written_day", "age_days", "rating"], pa.float64()),
        "has_bought": pa.bool_(),
        "review_text": pa.string(),
    },
    "habits": {
        "customer_code": pa.int32(),
        "age_days": pa.float64(),
        **dict.fromkeys(unlike_others.WORDS, pa.float64()),
    },
}


def empty():
    return {name: pa.schema(types).empty_table() for name, types in EMPTY.items()}


def habits(seed, customers=1000):
    rng = np.random.default_rng(seed)
    columns = {name: rng.lognormal(1, 0.4, customers) for name in unlike_others.WORDS}
    columns |= {name: rng.beta(2, 30, customers) for name in unlike_others._SHARES}
    columns["orders"][7], columns["cancelled_share"][7], columns["reviews"][7] = 900.0, 0.95, 400.0
    codes = pa.array(np.arange(customers), pa.int32())
    return pa.table({"customer_code": codes, "age_days": np.zeros(customers), **columns})


def test_a_shop_with_nothing_has_no_suspects_and_neither_has_one_without_rules():
    result = suspicion_step.run(**empty())
    assert result.tables["suspicions"].num_rows == 0
    assert result.status == "ok"
    tables = empty() | {"habits": habits(1)}
    assert suspicion_step.run(**tables).tables["suspicions"].num_rows == 0


def test_who_is_unlike_others_in_two_ways_is_named_with_both_and_no_more_than_the_share_of_all():
    rule = SuspicionRule("unlike_others", 1, 0.0, 0.002)
    table = habits(3)
    found = unlike_others.find(table, rule)
    assert found["code"].to_pylist()[0] == 7
    assert found.num_rows <= 2
    assert "orders 900" in found["reason"][0].as_py()
    assert unlike_others.find(table.take(pa.array(np.arange(999, -1, -1))), rule).equals(found)
    assert unlike_others.find(habits(3, 150), rule).num_rows == 0


def test_a_program_clicks_on_everything_or_at_once():
    shown = np.r_[np.full(50, 40), 25, 6, 6, 19]
    clicked = np.r_[np.full(50, 4), 25, 6, 6, 19]
    quick = np.r_[np.zeros(50), 0, 6, 1, 0]
    table = pa.table(
        {
            "customer_code": pa.array(np.arange(54), pa.int32()),
            "shown": shown,
            "clicked": clicked,
            "clicked_at_once": quick,
            "age_days": np.full(54, 2.0),
        }
    )
    everything, at_once = SuspicionRule("all", 20, 0.9, 1e-6), SuspicionRule("quick", 5, 0.8, 1.0)
    found = mail_scanners.find(table, everything, at_once)
    assert list(zip(found["rule"].to_pylist(), found["code"].to_pylist(), strict=True)) == [("all", 50), ("quick", 51)]
    # a log of clicks alone, or times that are days: each click is at once
    of_days = table.set_column(table.column_names.index("clicked_at_once"), "clicked_at_once", pa.array(clicked))
    assert mail_scanners.find(of_days, None, at_once).num_rows == 0


def test_at_a_cut_only_those_are_left_out_of_whom_it_was_known_there():
    table = pa.table({"customer_code": pa.array([1, 2, 3, 3], pa.int32()), "suspected_age_days": [None, 10, 90, 90]})
    assert without_suspects(table)["customer_code"].to_pylist() == [1]
    assert without_suspects(table, 30)["customer_code"].to_pylist() == [1, 2]
    assert count_suspects(table) == 2
    assert count_suspects(table, 91) == 0
    assert without_suspects(table.drop_columns("suspected_age_days")).num_rows == 4
