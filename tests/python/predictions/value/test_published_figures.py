"""CDNOW, 39 weeks to learn and 39 to judge, against what the papers and other programs say."""

import numpy as np
import pytest
from cdnow_sample import without_first
from customer_insight.predictions.value import bg_nbd, gamma_gamma, mbg_nbd, pareto_nbd, purchase_histories
from sklearn.metrics import roc_auc_score

# Fader, Hardie and Lee 2005; BTYDplus; Fader and Hardie's note of 2005
PUBLISHED = {
    bg_nbd: ({"r": 0.2426, "alpha": 4.4136, "a": 0.7929, "b": 2.4259}, 4, -9582.43),
    mbg_nbd: ({"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}, 3, None),
    pareto_nbd: ({"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, 3, -9595.0),
}


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.NAME)
def test_parameters_on_cdnow_are_those_published(cdnow, model):
    parameters, digits, log_likelihood = PUBLISHED[model]
    found = model.fit(cdnow.histories)
    assert {name: round(value, digits) for name, value in found.parameters.items()} == parameters
    if log_likelihood is not None:
        assert found.log_likelihood == pytest.approx(log_likelihood, abs=0.05)


def test_bg_nbd_predicts_the_published_number_of_purchases(cdnow):
    later = (cdnow.bought.day > cdnow.cut_day) & (cdnow.bought.day <= cdnow.cut_day + 273)
    assert later.sum() == 1882
    assert bg_nbd.fit(cdnow.histories).expected_purchases(cdnow.histories, 39).sum() == pytest.approx(1653.4, abs=0.05)


def test_a_customer_of_the_paper_is_expected_to_buy_1_226_times():
    # Fader, Hardie and Lee's spreadsheet: x = 2, t_x = 30.43, T = 38.86, 39 weeks
    model = bg_nbd.DropoutAfterPurchase("bg_nbd", {"r": 0.2426, "alpha": 4.4136, "a": 0.7929, "b": 2.4259}, 0.0)
    history = purchase_histories.Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert model.expected_purchases(history, 39)[0] == pytest.approx(1.226, abs=5e-4)


def test_gamma_gamma_on_cdnow_is_as_published(cdnow):
    repeats = without_first(cdnow.bought.until(cdnow.cut_day))
    days, means = purchase_histories.mean_values(repeats, cdnow.customers)
    assert (days > 0).sum() == 946
    model = gamma_gamma.fit(days, means)
    assert model.parameters == pytest.approx({"p": 6.250, "q": 3.744, "v": 15.44}, abs=5e-3)
    # Fader, Hardie and Lee 2005: somebody who never came again is expected to spend the mean of all
    assert model.expected_value(np.zeros(1), np.zeros(1))[0] == pytest.approx(35.17, abs=0.02)


def test_who_buys_in_the_next_30_days_is_told_as_well_as_by_the_published_program(cdnow):
    bought = (cdnow.bought.day > cdnow.cut_day) & (cdnow.bought.day <= cdnow.cut_day + 30)
    is_back = np.bincount(cdnow.bought.customer[bought], minlength=cdnow.customers) > 0
    figures = {}
    for model in PUBLISHED:
        chance = model.fit(cdnow.histories).purchase_probability(cdnow.histories, 30 / 7)
        figures[model.NAME] = roc_auc_score(is_back, chance), np.mean((chance - is_back) ** 2)
    assert figures["bg_nbd"] == pytest.approx((0.8047, 0.05597), abs=5e-5)
    assert min(auc for auc, _ in figures.values()) > 0.803
    assert max(brier for _, brier in figures.values()) < 0.0561


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.NAME)
def test_the_unit_of_time_does_not_matter(cdnow, model):
    days = cdnow.histories.in_units_of(1 / 7)
    weekly, daily = model.fit(cdnow.histories), model.fit(days)
    assert daily.p_alive(days) == pytest.approx(weekly.p_alive(cdnow.histories), abs=1e-4)
    assert daily.log_likelihood == pytest.approx(
        weekly.log_likelihood - cdnow.histories.repeats.sum() * np.log(7), abs=1e-3
    )
