import numpy as np
import pyarrow as pa
import pytest
from customer_insight.recommendations.sessions import session_recommendations, session_strategies
from customer_insight.steps.step_result import OK, as_json
from test_next_clicks import shop, table


def listed(learned):
    return learned.tables["recommendations"].to_pylist()


def codes(*values):
    return pa.table({"session_code": pa.array(values, pa.int64())})


def products(available, unavailable=()):
    every = [*available, *unavailable]
    return pa.table(
        {"product_code": pa.array(every, pa.int64()), "is_available": [code in available for code in every]}
    )


NO_CLICKS = table([(0, 0, 0, 0.0)]).slice(0, 0)


def test_open_sessions_get_full_lists_with_their_reasons():
    learned = session_recommendations.run(table(shop()), codes(999, 998, 77_777), recommendations_per_customer=5)
    assert learned.status == OK
    rows = listed(learned)
    assert [row["session_code"] for row in rows] == [998] * 5 + [999] * 5
    assert [row["recommendation_rank"] for row in rows] == [1, 2, 3, 4, 5] * 2
    clicked = {s: [p for session, p, *_ in shop() if session == s] for s in (998, 999)}
    for row in rows:
        assert row["because_product_code"] in [*clicked[row["session_code"]], None]
        assert 0 < row["score"] <= 1
    assert {row["strategy"] for row in rows} == {"vs_knn"}


def test_the_chosen_strategy_recommends_with_its_parameters():
    def listed_by(strategy, parameters):
        choice = pa.table({"strategy": [strategy], "parameters": [as_json(parameters)]})
        return session_recommendations.run(table(shop(300)), codes(*range(250, 300)), None, choice)

    usual = session_strategies.defaults("stan") | {"lambda_snh": np.inf}
    whole, last = (listed_by("stan", usual | {"lambda_spw": weight}) for weight in (7.24, 1e-5))
    assert {row["strategy"] for row in listed(whole)} >= {"stan"}
    assert whole.parameters["strategy"] == "stan"
    # JSON has no infinity, and yet it is there again
    assert whole.parameters["tuned_parameters"] == usual | {"lambda_spw": 7.24}
    assert listed(whole) != listed(last)
    assert whole.run_id("x") != last.run_id("x")


def test_same_input_in_any_order_gives_the_same_bytes():
    rows = shop(400)
    shuffled = [rows[at] for at in np.random.default_rng(3).permutation(len(rows))]
    first, second = (session_recommendations.run(table(each)) for each in (rows, shuffled))
    assert first.as_rows("x").equals(second.as_rows("x"))


def test_only_available_products_are_recommended():
    some = products([1, 2, 3], [0, *range(4, 20)])
    learned = session_recommendations.run(table(shop(300)), None, some)
    assert {row["product_code"] for row in listed(learned)} == {1, 2, 3}
    nothing = session_recommendations.run(table(shop(300)), None, products([]))
    assert listed(nothing) == []
    assert nothing.status == "No product that was looked at is available, so none can be recommended."


def test_what_is_on_the_screen_is_recommended_only_where_people_click_on_it_again():
    once = [(s, p, n, 1.0) for s in range(3) for n, p in enumerate([1, 2, 1])]
    rows = listed(session_recommendations.run(table(once)))
    assert {row["product_code"] for row in rows} == {2}
    twice = [(s, p, n, 1.0) for s in range(3) for n, p in enumerate([2, 1, 1])]
    rows = listed(session_recommendations.run(table(twice)))
    assert {row["product_code"] for row in rows} == {1, 2}


def test_popular_products_fill_up_and_have_no_reason():
    rows = [(0, 1, 1, 3.0), (0, 2, 2, 3.0), (1, 1, 1, 2.0), (2, 5, 1, 1.0), (3, 5, 1, 1.0)]
    lists = listed(session_recommendations.run(table(rows), codes(1)))
    found = [(r["product_code"], r["strategy"], r["because_product_code"]) for r in lists]
    assert found == [(2, "vs_knn", 1), (5, "session_popular", None)]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], "There are no visits in which a product was looked at."),
        ([(0, 0, 0, 1.0)], OK),
        ([(s, 4, 0, 1.0) for s in range(300)], OK),
        ([(s, p, p, 1.0) for s in range(300) for p in range(3)], OK),
    ],
    ids=["no clicks", "one click", "one product", "all sessions equal"],
)
def test_odd_visits_are_no_trouble(rows, status):
    learned = session_recommendations.run(table(rows) if rows else NO_CLICKS)
    assert learned.status == status
    assert learned.as_rows("x").num_rows == 1


def test_nobody_open_is_said_plainly():
    learned = session_recommendations.run(table(shop()), codes())
    assert learned.status == "No visit is open, so there is nobody to recommend anything to."
    assert learned.tables["recommendations"].num_rows == 0


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("session_code", [None, 1], "nulls"),
        ("product_code", ["a", "b"], "whole numbers"),
        ("age_days", [None, 1.0], "needs its age"),
    ],
)
def test_bad_input_is_refused_with_a_reason(column, values, message):
    good = {"session_code": [0, 1], "product_code": [0, 1], "click_number": [1, 1], "age_days": [0.0, 1.0]}
    with pytest.raises(ValueError, match=message):
        session_recommendations.run(pa.table({**good, column: values}))
    with pytest.raises(ValueError, match="is missing"):
        session_recommendations.run(pa.table({k: v for k, v in good.items() if k != column}))


def staff_rules(*rules, group=0):
    """(product, never), (product, pin, place) or (product, boost or bury, factor)."""
    rows = [(*rule, None)[:3] for rule in rules]
    return pa.table(
        {
            "group_code": pa.array([group] * len(rows), pa.int32()),
            "segment_code": pa.array([None] * len(rows), pa.int32()),
            "product_code": pa.array([product for product, *_ in rows], pa.int64()),
            "action": pa.array([action for _, action, _ in rows], pa.string()),
            "place": pa.array([number if action == "pin" else None for _, action, number in rows], pa.int32()),
            "factor": pa.array([None if action == "pin" else number for _, action, number in rows], pa.float64()),
        }
    )


def test_visits_follow_what_staff_wants_and_their_lists_stay_full():
    def rows_of(rules, limit):
        every = products(sorted({product for _, product, *_ in shop()} | {5000}))
        learned = session_recommendations.run(
            table(shop()), codes(998, 999), every, None, rules, recommendations_per_customer=limit
        )
        return {s: [row for row in listed(learned) if row["session_code"] == s] for s in (998, 999)}

    own = rows_of(None, 9)
    first, second, third, *_ = (row["product_code"] for row in own[999])
    last = own[999][-1]["product_code"]
    # nobody has looked at 5000 yet
    wanted = rows_of(staff_rules((first, "never"), (second, "bury", 1e-6), (5000, "pin", 2), (last, "boost", 1e9)), 5)
    found = [row["product_code"] for row in wanted[999]]
    assert found[:3] == [last, 5000, third]
    assert len(found) == 5
    for visit, rows in wanted.items():
        scores = {row["product_code"]: row["score"] for row in own[visit]}
        assert [row["recommendation_rank"] for row in rows] == [1, 2, 3, 4, 5]
        assert first not in {row["product_code"] for row in rows}
        for row in rows:
            is_pin = row["product_code"] == 5000
            assert (row["strategy"] == "staff") == is_pin == (row["score"] is None)
            assert row["score"] == pytest.approx(scores.get(row["product_code"], row["score"]), abs=1e-8)


def test_a_visit_of_a_group_follows_the_rules_of_that_group_and_no_pin_is_on_the_screen():
    rows = shop()
    walk = [row for row, earlier in zip(rows, [None, *rows], strict=False) if not earlier or row[:2] != earlier[:2]]

    def served(opened, rules=None):
        limit = {"recommendations_per_customer": 5}
        return listed(session_recommendations.run(table(walk), opened, None, None, rules, **limit))

    on_screen = [product for session, product, *_ in walk if session == 998][-1]
    before = served(codes(998, 999))
    rules = staff_rules((before[0]["product_code"], "never"), (on_screen, "pin", 1), group=1)
    after = served(codes(998, 999).append_column("group_code", pa.array([1, 0], pa.int32())), rules)
    assert before[5:] == [row for row in after if row["session_code"] == 999]
    theirs = [row["product_code"] for row in after if row["session_code"] == 998]
    assert len(theirs) == 5
    assert not {before[0]["product_code"], on_screen} & set(theirs)
    everywhere = served(codes(998, 999), staff_rules((on_screen, "pin", 1)))
    assert [row["product_code"] for row in everywhere if row["strategy"] == "staff"] == [on_screen]


def test_without_a_staff_rule_the_same_bytes():
    def learned(rules):
        return session_recommendations.run(table(shop(300)), None, None, None, rules)

    plain, none, some = learned(None), learned(staff_rules()), learned(staff_rules((1, "never")))
    assert plain.as_rows("x").equals(none.as_rows("x"))
    assert plain.run_id("x") != some.run_id("x")
