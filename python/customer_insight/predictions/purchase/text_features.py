"""Whether what customers wrote tells who buys: it is read only where it does, since more to read is more to err by."""

from __future__ import annotations

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.predictions.purchase.classifiers import linear
from customer_insight.scoring import probability_scores
from customer_insight.scoring.champion import champion, mean_by_unit


def help_to_predict(values: Floats, is_text: Bools, bought: Bools, customers: Ints, fold: Ints) -> bool:
    """Whether a logistic regression with the columns of texts beats one without, by the rule of `champion`.

    values: scaled, (examples, features); is_text: (features,); bought, customers, fold: (examples,). Each answers for
    customers of the other folds than those that it has learned from. Both outcomes must occur in each fold, else False.
    """
    outs = [fold == number for number in np.unique(fold)]
    if not is_text.any() or any(np.unique(bought[~out]).size < 2 for out in outs):
        return False
    losses = np.zeros((bought.size, 2))
    for column, read in enumerate((~is_text, np.ones_like(is_text))):
        for out in outs:
            scores = linear.logistic_regression(values[~out][:, read], bought[~out]).scores(values[out][:, read])
            losses[out, column] = probability_scores.log_loss(1 / (1 + np.exp(-scores)), bought[out])
    return champion(-mean_by_unit(customers, losses)) == 1
