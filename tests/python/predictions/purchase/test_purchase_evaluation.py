import numpy as np
import pytest
from customer_day_shops import days, lively_shop, order, table
from customer_insight.predictions.purchase import purchase_choice, purchase_evaluation
from customer_insight.predictions.purchase.purchase_model import BAYESIAN, CLASSIFIERS, MODELS, TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.predictions.purchase.rhythm import PurchaseRhythm
from customer_insight.scoring.champion import champion

HORIZON = 30


def past(rows, **options):
    return PurchasePast(days(rows), options.pop("horizon_days", HORIZON), **({"only_buyers": False} | options))


@pytest.fixture(scope="module")
def rows():
    return lively_shop()


@pytest.fixture(scope="module")
def evaluated(rows):
    return purchase_choice.evaluate(past(rows))


def test_a_training_set_learns_only_from_windows_that_had_ended_by_its_cut(rows):
    for cut in (0, 30, 60):
        cuts = past(rows).training_cuts(cut)
        assert cuts[0] == cut + HORIZON
        assert min(cuts) - HORIZON >= cut


def test_nothing_that_happens_after_a_cut_changes_what_is_learned_there(rows):
    cut = 60
    later = [row for row in rows if row[1] >= cut] + [(row[0], 59, order(999.0)) for row in rows[:300:10]]
    later = list({(customer, age): (customer, age, done) for customer, age, done in later}.values())
    for name in ("bayesian", "logistic_regression", "gradient_boosting"):
        models = [TrainingSet(past(each), cut) for each in (rows, later)]
        own, other = (
            training.fit(name).probability(training.past.known(cut, training.rhythm_model)) for training in models
        )
        np.testing.assert_array_equal(own, other)


def test_rewriting_the_reporting_window_changes_no_choice(rows, evaluated):
    rewritten = [(c, age, order()) if age < HORIZON else (c, age, done) for c, age, done in rows]
    rewritten += [(c, 3, order()) for c in range(100) if not any(who == c and age == 3 for who, age, _ in rows)]
    assert purchase_choice.evaluate(past(rewritten)).champion == evaluated.champion


def test_the_champion_is_the_least_complex_that_no_other_beats_before_the_reporting_window(evaluated):
    choosing = [window for window in evaluated.judged if window.cut > HORIZON]
    assert [window.cut for window in choosing] == [60, 90]
    by_customer = {}
    for window in choosing:
        given = np.where(window.bought[:, None], window.probabilities, 1 - window.probabilities)
        for customer, losses in zip(window.customers, -np.log(given), strict=True):
            by_customer.setdefault(customer, []).append(losses)
    means = np.array([np.mean(losses, axis=0) for _, losses in sorted(by_customer.items())])
    assert evaluated.champion == MODELS[champion(-means)]


def test_bought_is_an_order_in_the_window_and_nothing_else(rows):
    shop = past(rows)
    bought = shop.bought(90)
    expected = {customer for customer, age, done in rows if 60 <= age < 90 and done.get("orders", 0) > 0}
    assert set(shop.days.customer_codes[bought]) == expected


def test_churn_is_only_judged_of_those_who_had_ordered(rows):
    visitors = [(10_000 + number, 70, {"sessions": 1}) for number in range(30)]
    shop = past(rows + visitors, only_buyers=True)
    known = shop.known(60, "mbg_nbd")
    assert not set(shop.days.customer_codes[known.customers]) & {10_000 + number for number in range(30)}


def test_the_year_before_is_used_where_the_history_reaches_back_so_far():
    assert past([(1, 424, order()), (1, 1, order())]).year_before(30) == 395
    assert past([(1, 423, order()), (1, 1, order())]).year_before(30) is None


def test_too_short_a_history_falls_back_and_says_so():
    found = purchase_choice.evaluate(past([(c, c % 40, order()) for c in range(300)]))
    assert found.champion == "bayesian"
    assert "so the Bayesian answer is taken" in found.sentence


@pytest.mark.parametrize("name", MODELS)
def test_buyers_of_the_year_before_alone_are_too_few_to_fit_a_classifier_to(name):
    one_week_a_year = [(customer, 725, order()) for customer in range(160)]
    one_week_a_year += [(customer, 361, order()) for customer in range(80)]
    training = TrainingSet(past(one_week_a_year, horizon_days=7), 0)
    assert training.year_before is not None
    assert not training.is_enough
    assert training.fit(name).name == BAYESIAN


def test_figures_have_intervals_around_them_and_every_model_has_all(evaluated):
    figures = purchase_choice.figures(evaluated.judged[0])
    assert {(each.method, each.metric) for each in figures} == {
        (model, metric) for model in MODELS for metric in ("auc", "brier", "log_loss", "calibration_error")
    }
    for each in figures:
        if each.metric != "calibration_error":
            assert each.ci_low <= each.value <= each.ci_high


def test_without_evaluation_there_are_no_figures_and_the_default_is_proposed(rows):
    learned = purchase_evaluation.run(table(rows), prediction_horizon_days=30, churn_days=90, evaluate=False)
    assert learned.status.startswith(
        "Purchase: not evaluated, as the setting evaluate asks: bayesian is used unless an earlier run chose. Churn:"
    )
    assert learned.tables["evaluation"].num_rows == 0
    assert {row["model"] for row in learned.tables["choice"].to_pylist()} == {"bayesian"}
    assert set(learned.metrics["champions"].values()) == {None}


def test_the_mean_of_what_two_halves_have_learned_answers_but_a_tree_is_one(rows):
    training = TrainingSet(past(rows), 0)
    scaling, values = training.scaled
    for name in ("logistic_regression", "random_forest", "gradient_boosting", "decision_tree"):
        model = training.fit(name).model
        if name == "decision_tree":
            assert len(model.classifier.trees) == 1
            continue
        halves = [
            CLASSIFIERS[name](values[each], training.bought[each])
            for number in range(2)
            if (each := training._is_fitted & (training._fold != number)).any()
        ]
        expected = (halves[0].scores(values) + halves[1].scores(values)) / 2
        np.testing.assert_allclose(model.scores(training.known), expected, atol=1e-12)
        effects, base = model.effects(training.known)
        np.testing.assert_allclose(base + effects.sum(axis=1), expected, atol=1e-9)
        assert effects.shape[1] == len(training.known.names) > scaling.used.size


def test_the_rhythm_of_older_windows_is_fitted_to_what_was_known_a_quarter_before_at_most(rows):
    shop = past(rows)
    fitted_at = dict.fromkeys((0, 30, 90, 120, 150, 180, 210, 390), 0)
    for cut in fitted_at:
        parameters = shop.rhythm(cut).parameters("mbg_nbd")
        fresh = {at: PurchaseRhythm(shop.days.before(at)) for at in range(0, 400, 30)}
        fitted_at[cut] = next(at for at, each in fresh.items() if each.parameters("mbg_nbd") == parameters)
    assert fitted_at == {0: 0, 30: 30, 90: 90, 120: 180, 150: 180, 180: 180, 210: 270, 390: 390}
    churn = past(rows, horizon_days=90)
    assert churn.rhythm(360).parameters("mbg_nbd") == PurchaseRhythm(shop.days.before(360)).parameters("mbg_nbd")
