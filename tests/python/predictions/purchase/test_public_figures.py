"""Figures on public data that were published or measured for the best of others."""

import csv
from datetime import date

import numpy as np
import pytest
from customer_day_shops import days, order
from customer_insight.predictions.purchase.classifiers import trees
from customer_insight.predictions.purchase.purchase_model import TrainingSet
from customer_insight.predictions.purchase.purchase_windows import PurchasePast
from customer_insight.scoring import probability_scores as scores
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

AS_OF, HORIZON = date(1997, 9, 30), 30


@pytest.fixture(scope="module")
def cdnow(public_data):
    """Customer days up to AS_OF, and who bought in the 30 days after it; same-day purchases merged."""
    known, later = {}, set()
    for line in (public_data / "cdnow" / "CDNOW_sample.txt").read_text().splitlines():
        _, customer, day, _, value = line.split()
        age = (AS_OF - date.fromisoformat(day)).days
        if age >= 0:
            known[int(customer), age] = known.get((int(customer), age), 0.0) + float(value)
        elif age >= -HORIZON:
            later.add(int(customer))
    return days([(customer, age, order(value)) for (customer, age), value in known.items()]), later


def predicted(cdnow, model):
    shop, later = cdnow
    training = TrainingSet(PurchasePast(shop, HORIZON, only_buyers=False), 0)
    known = training.past.known(0, training.rhythm_model)
    came = np.isin(shop.customer_codes[known.customers], list(later))
    probability = training.fit(model).probability(known)
    return scores.auc(probability, came)[0], float(scores.brier(probability, came).mean())


def test_cdnow_logistic_regression_predicts_purchases_better_than_bg_nbd_out_of_time(cdnow):
    auc, brier = predicted(cdnow, "logistic_regression")
    assert auc > 0.8047
    assert brier < 0.05597


def test_cdnow_the_bayesian_answer_ranks_better_than_bg_nbd(cdnow):
    auc, brier = predicted(cdnow, "bayesian")
    assert auc > 0.8047
    assert brier == pytest.approx(0.05597, abs=0.0003)


def test_online_shoppers_gradient_boosting_reaches_093_in_ten_folds(public_data):
    file = public_data / "online_shoppers" / "online_shoppers_intention.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    bought = np.array([row.pop("Revenue").upper() == "TRUE" for row in rows])
    texts = {name: sorted({row[name] for row in rows}) for name in ("Month", "VisitorType", "Weekend")}
    values = np.array(
        [[texts[name].index(value) if name in texts else float(value) for name, value in row.items()] for row in rows],
        dtype=np.float64,
    )
    found = []
    for learned, judged in StratifiedKFold(10, shuffle=True, random_state=0).split(values, bought):
        model = trees.gradient_boosting(values[learned], bought[learned])
        found.append(roc_auc_score(bought[judged], model.scores(values[judged])))
    assert np.mean(found) >= 0.93
