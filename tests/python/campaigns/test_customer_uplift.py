"""Uplift of customers from campaigns: planted effects are found, and nothing is said where there is nothing."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.campaigns import assigned_customers, customer_uplift, qini, uplift_choice
from customer_insight.campaigns.uplift_learners import LEARNERS, UpliftLearners
from made_campaigns import campaign, features, today
from threadpoolctl import threadpool_limits


@pytest.fixture(scope="module")
def shop():
    """Three campaigns of 16,000 customers, seen by 4,000 of today.

    persuaded: frequent visitors, and nobody else. misled: who orders much converts anyway, who does not is moved.
    right: what is added is a share of who converts anyway. constant: everybody alike. tiny: too few.
    """
    generator = np.random.default_rng(7)
    values = features(16_000, generator)
    orders, visits = values[:, 1], values[:, 2]
    visitor, many = visits > 3, orders > 2
    chance = {
        "persuaded": np.full(16_000, 0.1),
        "misled": np.where(many, 0.4, 0.1),
        "right": np.where(many, 0.25, 0.05),
        "constant": np.where(many, 0.2, 0.1),
    }
    uplift = {
        "persuaded": np.where(visitor, 0.12, 0.0),
        "misled": np.where(many, -0.03, 0.1),
        "right": np.where(many, 0.12, 0.02),
        "constant": np.full(16_000, 0.03),
    }
    tables = [campaign(name, values, chance[name], uplift[name], generator) for name in chance]
    tables.append(campaign("tiny", values[:900], chance["right"][:900], uplift["right"][:900], generator))
    now = features(4_000, generator)
    truth = {
        "persuaded": np.where(now[:, 2] > 3, 0.12, 0.0),
        "misled": np.where(now[:, 1] > 2, -0.03, 0.1),
        "right": np.where(now[:, 1] > 2, 0.12, 0.02),
    }
    return pa.concat_tables(tables), today(now), truth


@pytest.fixture(scope="module")
def found(shop):
    return customer_uplift.run(*shop[:2])


def of(table, name):
    return {each["learner"]: each for each in table.to_pylist() if each["campaign_id"] == name}


def uplift_of(found, name):
    return found.tables["uplift"].to_pandas().query("campaign_id == @name")


@pytest.mark.parametrize("name", ["persuaded", "misled", "right"])
def test_what_was_planted_is_found(found, shop, name):
    served, truth = uplift_of(found, name), shop[2][name]
    assert list(served.customer_code) == list(range(4_000))
    assert np.corrcoef(served.uplift, truth)[0, 1] > 0.7
    assert qini.qini(served.uplift.to_numpy(), truth) > 0.6 * qini.qini(truth, truth)
    assert ((served.ci_low < truth) & (truth < served.ci_high)).mean() > 0.6
    (champion,) = [each for each in of(found.tables["evaluation"], name).values() if each["is_champion"]]
    assert champion["ci_low"] > 0
    assert found.status == "ok"


def test_of_a_constant_effect_nothing_is_said_but_the_average(found):
    (said,) = [each for each in found.tables["campaigns"].to_pylist() if each["campaign_id"] == "constant"]
    assert not said["is_separable"]
    assert said["sentence"].startswith("Nothing is separable: on ")
    assert said["ci_low"] < 0.03 < said["ci_high"]
    assert uplift_of(found, "constant").empty


def test_of_too_few_customers_the_sentence_says_so(found):
    (said,) = [each for each in found.tables["campaigns"].to_pylist() if each["campaign_id"] == "tiny"]
    assert said["sentence"].startswith("Too few customers: ")
    assert "1,000 of each" in said["sentence"]
    assert said["p_value"] is said["learner"] is said["average_uplift"] is None
    assert not of(found.tables["evaluation"], "tiny")


def test_a_ranking_by_response_that_misleads_is_beaten(found):
    judged = of(found.tables["evaluation"], "misled")
    (champion,) = [name for name, each in judged.items() if each["is_champion"]]
    assert champion != "response"
    assert judged["response"]["ci_high"] < 0 < judged[champion]["ci_low"]


def test_a_ranking_by_response_that_is_right_is_not_undercut(found):
    judged = of(found.tables["evaluation"], "right")
    (champion,) = [each for each in judged.values() if each["is_champion"]]
    assert champion["value"] >= 0.9 * judged["response"]["value"]
    assert judged["random"]["value"] == 0


def test_rows_in_any_order_and_any_number_of_threads_give_the_same_bytes(shop, monkeypatch):
    assigned, now, _ = shop
    some = assigned.filter(pa.compute.is_in(assigned["campaign_id"], pa.array(["misled", "tiny"])))
    turned = np.random.default_rng(1).permutation(some.num_rows)
    back = now.slice(0, 50).take(np.arange(50)[::-1])
    first = customer_uplift.run(some, now.slice(0, 50)).as_rows("customer_uplift")
    monkeypatch.setattr("customer_insight.numerics.threads.THREADS", 1)
    second = customer_uplift.run(some.take(turned), back).as_rows("customer_uplift")
    assert first.equals(second)


def test_variants_are_campaigns_of_their_own():
    generator = np.random.default_rng(3)
    values = features(2_200, generator)
    chance = np.full(2_200, 0.02)
    parts = [campaign("mail", values, chance, chance, generator, variant=each) for each in ("red", "blue", None)]
    found = customer_uplift.run(pa.concat_tables(parts), today(values[:10]))
    assert found.tables["campaigns"]["variant"].to_pylist() == [None, "blue", "red"]
    assert "of 3 campaigns 3 have too little" in found.status
    assert found.tables["uplift"].schema.names == [
        "campaign_id",
        "variant",
        "customer_code",
        "uplift",
        "ci_low",
        "ci_high",
    ]


def test_without_campaigns_the_status_says_so():
    nothing = campaign("none", np.zeros((0, 3)), np.zeros(0), np.zeros(0), np.random.default_rng(0))
    found = customer_uplift.run(nothing, today(np.zeros((2, 3))))
    assert found.status == "No campaign had its customers assigned by lot, so nobody's uplift is known."
    assert {name: table.num_rows for name, table in found.tables.items()} == {
        "uplift": 0,
        "evaluation": 0,
        "campaigns": 0,
        "halves": 0,
    }


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("propensity", 1.0, "'propensity': expected a probability above 0 and below 1, found 1"),
        ("outcome", None, "'outcome': expected a number, found nothing"),
        ("is_treated", None, "'is_treated': expected true or false, found nothing"),
        ("campaign_id", None, "'campaign_id' has 1 nulls"),
        ("customer_code", 1, "Campaign 'odd' has 1 rows of customers that it has already"),
    ],
)
def test_odd_rows_are_refused_in_one_sentence(column, value, said):
    values = features(20, np.random.default_rng(0))
    table = campaign("odd", values, np.full(20, 0.5), np.zeros(20), np.random.default_rng(0))
    cells = table[column].to_pylist()
    place = table.column_names.index(column)
    odd = table.set_column(place, column, pa.array([value, *cells[1:]], table.schema.field(column).type))
    with pytest.raises(ValueError, match=said):
        customer_uplift.run(odd, today(values))


def test_a_feature_of_the_past_must_be_there_today():
    values = features(20, np.random.default_rng(0))
    table = campaign("odd", values, np.full(20, 0.5), np.zeros(20), np.random.default_rng(0))
    with pytest.raises(ValueError, match="'f_visits' is missing"):
        customer_uplift.run(table, today(values).drop(["f_visits"]))
    with pytest.raises(ValueError, match="expected columns f_"):
        customer_uplift.run(table.drop(["f_age", "f_orders", "f_visits"]), today(values))


def test_of_a_large_campaign_both_arms_are_drawn_with_true_probabilities(monkeypatch):
    monkeypatch.setattr(assigned_customers, "SAMPLE_CUSTOMERS", 4_000)
    generator = np.random.default_rng(5)
    values = features(30_000, generator)
    table = campaign("large", values, np.full(30_000, 0.2), np.full(30_000, 0.1), generator, share=0.9)
    (drawn,) = assigned_customers.read_assigned_customers(table, ["f_age", "f_orders", "f_visits"])
    assert drawn.customers.size == 4_000
    assert drawn.is_treated.mean() == pytest.approx(0.5, abs=0.01)
    assert drawn.propensity == pytest.approx(0.5, abs=0.02)
    nothing = np.zeros(4_000)
    gain = qini.gains(drawn.outcome, drawn.is_treated, drawn.propensity, nothing, nothing)
    assert gain.mean() == pytest.approx(0.1, abs=4 * gain.std() / np.sqrt(4_000))
    assert sum(drawn.assigned) == 30_000


def test_a_customer_is_scored_once():
    values = features(20, np.random.default_rng(0))
    table = campaign("odd", values, np.full(20, 0.5), np.zeros(20), np.random.default_rng(0))
    with pytest.raises(ValueError, match="20 rows of customers to be scored are of customers that are there already"):
        customer_uplift.run(table, pa.concat_tables([today(values), today(values)]))


def test_a_learner_that_is_proven_worse_than_response_gives_way(monkeypatch):
    generator = np.random.default_rng(6)
    values = features(6_000, generator)
    many = values[:, 1] > 2
    table = campaign("right", values, np.where(many, 0.3, 0.1), np.where(many, 0.25, 0.0), generator)
    (drawn,) = assigned_customers.read_assigned_customers(table, ["f_age", "f_orders", "f_visits"])
    true_scores = UpliftLearners.all_scores

    def with_a_bad_one(self, *inputs):
        scores = true_scores(self, *inputs)
        scores[:, -1] = generator.random(len(scores))
        return scores

    monkeypatch.setattr(UpliftLearners, "all_scores", with_a_bad_one)
    with threadpool_limits(1):
        assert uplift_choice.choose(drawn).learner != LEARNERS[-1]
        monkeypatch.setattr(uplift_choice, "champion", lambda _: len(LEARNERS) - 1)
        assert uplift_choice.choose(drawn).learner == "response"


def test_p_values_are_corrected_for_the_number_of_campaigns():
    found = customer_uplift._adjusted([0.01, None, 0.04, 0.03, 0.5])
    assert found == pytest.approx([0.04, None, 0.16 / 3, 0.16 / 3, 0.5])
    assert customer_uplift._adjusted([None]) == [None]
