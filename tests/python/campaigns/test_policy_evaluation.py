"""Policies on made logs whose truth is known: products that were shown and variants that were drawn."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.campaigns import policy_evaluation, uplift_halves
from customer_insight.campaigns.drawn_offers import read_drawn_offers
from customer_insight.campaigns.off_policy import policy_values
from customer_insight.campaigns.shown_products import NOTHING, read_shown_products
from logged_choices import PRODUCTS, no_halves, no_offers, offers_of, touches_of

ACTIVITY = (0.0, 0.0, 0.1, 0.85)


def values_of(touches, candidates, offers=None, halves=None):
    """Rows of the table by policy, metric and estimator."""
    step = policy_evaluation.run(touches, candidates, offers or no_offers(), halves or no_halves())
    rows = step.tables["values"].to_pylist()
    return {(row["policy"], row["metric"], row["estimator"]): row for row in rows}, step


@pytest.fixture(scope="module")
def shop():
    """A shop in which who the customer is and what they like says who clicks."""
    touches, candidates, truth = touches_of(20_000, 5, hit=0.12, miss=0.02, activity=ACTIVITY)
    return *values_of(touches, candidates), truth


def test_the_truth_is_inside(shop):
    rows, _, truth = shop
    for policy, value in truth.items():
        for estimator in ("ips", "snips", "dr"):
            row = rows[policy, "click", estimator]
            assert row["ci_low"] <= value <= row["ci_high"], (policy, estimator)
    assert rows["logged", "click", "dr"]["verdict"] == "logged"
    assert rows["uniform", "click", "dr"]["verdict"] == "worse"
    assert rows["offer_rule", "click", "dr"]["verdict"] == "better"
    assert rows["recommendations", "click", "dr"]["verdict"] == "better"


def test_where_context_predicts_clicks_dr_is_a_fifth_narrower(shop):
    rows, _, _ = shop
    for policy in ("uniform", "offer_rule"):
        width = {
            name: row["ci_high"] - row["ci_low"] for name in ("snips", "dr") if (row := rows[policy, "click", name])
        }
        assert width["dr"] <= 0.8 * width["snips"], policy


def test_intervals_hold_the_truth_as_often_as_they_say():
    held = []
    for seed in range(60):
        touches, candidates, truth = touches_of(2_000, 100 + seed, hit=0.3, miss=0.05)
        shown = read_shown_products(touches, candidates)
        model = shown.model_of("click")
        for policy, log in (
            ("uniform", shown.uniform("click", model)),
            ("offer_rule", shown.choosing("click", model, shown.best(model))),
        ):
            (found,) = policy_values(log, ("dr",))
            held.append(found.ci_low <= truth[policy] <= found.ci_high)
    assert np.mean(held) > 0.9


def test_what_is_expected_of_a_draw_is_the_mean_over_all_candidates(shop):
    touches, candidates, _ = touches_of(500, 6)
    shown = read_shown_products(touches, candidates)
    model = shown.model_of("click")
    of_each = np.stack([shown.expected(model, np.full(500, place)) for place in range(PRODUCTS)])
    assert shown.uniform("click", model).expected == pytest.approx(of_each.mean(axis=0))
    assert (shown.best(model) == of_each.argmax(axis=0)).all()


def test_departments_and_favourites_that_nobody_knows():
    touches, candidates, _ = touches_of(500, 6)
    unknown = np.where(np.arange(PRODUCTS) < 3, 0, 1 + np.arange(PRODUCTS))
    candidates = candidates.set_column(2, "department_code", pa.array(unknown))
    at = touches.column_names.index("favourite_code")
    favourite = np.where(np.arange(500) % 3 == 0, 0, np.arange(500) % 14)
    shown = read_shown_products(touches.set_column(at, "favourite_code", pa.array(favourite)), candidates)
    model = shown.model_of("click")
    of_each = np.stack([shown.expected(model, np.full(500, place)) for place in range(PRODUCTS)])
    assert shown.uniform("click", model).expected == pytest.approx(of_each.mean(axis=0))
    assert (shown.best(model) == of_each.argmax(axis=0)).all()


def test_where_recommendations_have_nothing_it_is_as_it_was():
    touches, candidates, _ = touches_of(2_000, 7)
    at = touches.column_names.index("recommended_code")
    none = touches.set_column(at, "recommended_code", pa.array(np.full(2_000, -1)))
    rows, _ = values_of(none, candidates)
    row = rows["recommendations", "click", "snips"]
    assert (row["value"], row["gain"]) == (pytest.approx(row["logged_value"]), pytest.approx(0))
    assert row["reason"].endswith("100% of choices are as they were: the lists have nothing for them.")
    # of occasions without lists nothing is said
    at = touches.column_names.index("has_lists")
    rows, _ = values_of(touches.set_column(at, "has_lists", pa.array([False] * 2_000)), candidates)
    assert not [key for key in rows if key[0] == "recommendations"]


def test_an_occasion_whose_propensities_do_not_add_up_is_left_out_and_said():
    good, candidates, _ = touches_of(3_000, 8)
    wrong, others, _ = touches_of(1_000, 9)
    wrong = wrong.set_column(2, "occasion_code", pa.array(np.full(1_000, 2)))
    wrong = wrong.set_column(5, "propensity", pa.array(wrong["propensity"].to_numpy() / 3))
    wrong = wrong.set_column(0, "touch_code", pa.array(np.arange(1_000) + 10_000))
    others = others.set_column(0, "occasion_code", pa.array(np.full(PRODUCTS, 2)))
    rows, step = values_of(pa.concat_tables([good, wrong]), pa.concat_tables([candidates, others]))
    alone, _ = values_of(good, candidates)
    assert step.tables["occasions"].to_pylist() == [{"occasion_code": 2, "choices": 1_000}]
    assert rows["uniform", "click", "ips"]["choices"] == 3_000
    assert rows["uniform", "click", "ips"]["value"] == alone["uniform", "click", "ips"]["value"]


def test_a_sender_that_never_draws_is_refused():
    touches, candidates, _ = touches_of(3_000, 10, epsilon=0.0)
    touches = touches.set_column(5, "propensity", pa.array(np.ones(3_000)))
    rows, _ = values_of(touches, candidates)
    assert rows["uniform", "click", "dr"]["verdict"] == "refused"
    assert "The log shows 12% of what the policy would show" in rows["uniform", "click", "dr"]["reason"]
    assert rows["logged", "click", "dr"]["verdict"] == "logged"


def test_rows_in_another_order_give_the_same_bytes():
    touches, candidates, _ = touches_of(2_000, 11)
    offers, _ = offers_of(2_000, 12)
    at, of = np.random.default_rng(0).permutation(2_000), np.arange(PRODUCTS)[::-1]
    _, one = values_of(touches, candidates, offers)
    _, other = values_of(touches.take(at), candidates.take(of), offers.take(at))
    assert one.tables["values"].equals(other.tables["values"])
    assert one.input_fingerprint == other.input_fingerprint


def test_odd_touches_are_an_error():
    touches, candidates, _ = touches_of(50, 1)
    with pytest.raises(ValueError, match="'touch_code' has a number twice"):
        read_shown_products(pa.concat_tables([touches, touches]), candidates)
    with pytest.raises(ValueError, match="shows a candidate of its occasion"):
        read_shown_products(touches, candidates.slice(0, 2))
    offers, _ = offers_of(50, 1)
    with pytest.raises(ValueError, match="1 customers stand twice in a campaign"):
        read_drawn_offers(pa.concat_tables([offers, offers.slice(0, 1)]))
    shown = read_shown_products(touches, candidates)
    assert shown.candidates.find(np.array([1, 1, 9]), np.array([103, -1, 103])).tolist() == [3, NOTHING, NOTHING]


def test_nothing_logged_says_so():
    touches, candidates, _ = touches_of(50, 1)
    rows, step = values_of(touches.slice(0, 0), candidates.slice(0, 0))
    assert rows == {}
    assert step.status == "Nothing that was shown and nobody who was drawn has a known probability."


def test_a_rule_for_segments_is_worth_what_it_is_worth():
    touches, candidates, _ = touches_of(50, 1)
    offers, truth = offers_of(40_000, 3)
    rows, _ = values_of(touches.slice(0, 0), candidates.slice(0, 0), offers)
    for policy, value in truth.items():
        row = rows[policy, "conversion", "dr"]
        assert row["ci_low"] <= value <= row["ci_high"], policy
        assert (row["campaign_code"], row["people"]) == (3, 40_000)
    assert rows["offer_rule", "conversion", "dr"]["verdict"] == "better"


def test_a_rule_is_not_judged_on_what_it_was_chosen_by():
    """Where no variant is better, the best by chance earns no more: of forty shops one in twenty is called better."""
    flat = ((0.06, 0.06, 0.06), (0.06, 0.06, 0.06))
    touches, candidates, _ = touches_of(50, 1)
    gains = []
    for seed in range(40):
        offers, _ = offers_of(3_000, 200 + seed, effects=flat)
        rows, _ = values_of(touches.slice(0, 0), candidates.slice(0, 0), offers)
        gains.append(rows["offer_rule", "conversion", "dr"]["gain"])
    assert abs(np.mean(gains)) < 3 * np.std(gains) / 40**0.5


def test_unknown_probabilities_of_a_draw_are_refused():
    offers, _ = offers_of(1_000, 5)
    at = offers.column_names.index("propensity")
    unknown = offers.set_column(at, "propensity", pa.array(np.full(1_000, np.nan)))
    touches, candidates, _ = touches_of(50, 1)
    rows, _ = values_of(touches.slice(0, 0), candidates.slice(0, 0), unknown)
    assert {row["verdict"] for row in rows.values()} == {"refused"}
    assert rows["uniform", "conversion", "dr"]["reason"].startswith("1,000 of 1,000 rows have no propensity")


def test_the_first_half_of_a_ranking_is_worth_what_it_is_worth():
    rng = np.random.default_rng(6)
    count, propensity = 20_000, 0.6
    first, treated = rng.random(count) < 0.5, rng.random(count) < propensity
    chance = 0.05 + 0.06 * (treated & first) - 0.02 * (treated & ~first)
    halves = pa.table(
        {
            "campaign_code": np.full(count, 2),
            "variant_code": np.full(count, 1),
            "customer_code": np.arange(count),
            "metric": np.full(count, "conversion"),
            "is_treated": treated,
            "is_first_half": first,
            "propensity": np.full(count, propensity),
            "outcome": (rng.random(count) < chance).astype(float),
            "if_treated": np.where(first, 0.1, 0.04),
            "if_not": np.full(count, 0.05),
        }
    )
    assert list(halves.column_names)[4:] == list(uplift_halves.HALVES)[3:]
    touches, candidates, _ = touches_of(50, 1)
    rows, _ = values_of(touches.slice(0, 0), candidates.slice(0, 0), halves=halves.take(rng.permutation(count)))
    row = rows["uplift_ranking", "conversion", "dr"]
    assert row["ci_low"] <= 0.08 <= row["ci_high"]
    assert (row["verdict"], row["variant_code"], row["campaign_code"]) == ("better", 1, 2)
