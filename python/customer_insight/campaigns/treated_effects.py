"""The effect among those who were touched, estimated from those who were not: augmented inverse propensity weighting.

Of each customer is learned from the others how likely they were to be touched (e) and what they would have done
untouched (m). The touched did y - m more than expected on the mean; the untouched, weighted by e / (1 - e) so that they
look like the touched, show by how much m is off. The difference is right if either e or m is.

Sources: Robins, Rotnitzky and Zhao 1994; Chernozhukov et al. 2018 (cross-fitting; section 5.1: the effect on the
treated).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

from customer_insight.numerics.arrays import Bools, Floats, Ints

FOLDS = 5
# Odds of being touched at most, where groups of equal size have 1 (a propensity of 0.98): as many touched customers
# does an untouched one stand for at most.
MOST_ODDS = 49.0
# Features in standard deviations at most, so that no one whale bends a line.
_MOST_DEVIATIONS = 4.0
# Penalties for standardised features: weak, there are hundreds of customers for each.
_LOGISTIC_C, _RIDGE = 1.0, 10.0


@dataclass(frozen=True)
class TreatedEffects:
    """Effects among the touched, one for each outcome; shapes (outcomes,).

    mean: of the touched; control_mean: what they would have done untouched. standard_error: of mean - control_mean;
    relative_standard_error: of log(mean / control_mean), NaN where one is not above nought. effective_controls: how
    many untouched customers of equal weight say as much. unmatched_share: of the touched, those beyond MOST_ODDS.
    """

    mean: Floats
    control_mean: Floats
    standard_error: Floats
    relative_standard_error: Floats
    effective_controls: float
    unmatched_share: float


def prepared(features: Floats) -> Floats:
    """Standardised features: as they are, as logarithms where they are amounts or counts, and whether they are missing.

    features: shape (customers, features), NaN where missing (they get the mean). What never varies is left out.
    """
    found = []
    for values in features.T:
        is_known = np.isfinite(values)
        known = values[is_known]
        shapes = [known]
        if known.size and known.min() >= 0 and known.max() > 1:
            shapes.append(np.log1p(known))  # few customers have most: a line through amounts alone would be theirs
        for shape in shapes:
            deviation = shape.std() if shape.size else 0.0
            if deviation > 1e-12 * np.abs(shape).max(initial=0.0):
                scaled = np.zeros(values.size)
                scaled[is_known] = np.clip((shape - shape.mean()) / deviation, -_MOST_DEVIATIONS, _MOST_DEVIATIONS)
                found.append(scaled)
        if known.size and not is_known.all():
            found.append(np.where(is_known, 0.0, 1.0))
    return np.column_stack(found) if found else np.zeros((len(features), 0))


def treated_effects(features: Floats, is_touched: Bools, outcomes: Floats, folds: Ints) -> TreatedEffects:
    """From prepared features (customers, features) and outcomes (customers, outcomes); folds: shape (customers,).

    Needs touched and untouched customers in each fold's complement.
    """
    propensity, expected = _learned(features, is_touched, outcomes, folds)
    with np.errstate(divide="ignore"):
        odds = propensity / (1 - propensity) * (~is_touched).sum() / is_touched.sum()
    weight = np.where(is_touched, 0.0, np.minimum(odds, MOST_ODDS))
    rest = outcomes - expected
    mean = outcomes[is_touched].mean(axis=0)
    more = rest[is_touched].mean(axis=0)
    off = weight @ rest / weight.sum()
    control_mean = mean - (more - off)
    # influence of each customer on the touched's mean, and on what they would have done
    count = len(outcomes)
    treated = is_touched[:, None] * count / is_touched.sum()
    on_mean = treated * (outcomes - mean)
    on_control = treated * (expected - (control_mean - off)) + weight[:, None] * count / weight.sum() * (rest - off)
    with np.errstate(divide="ignore", invalid="ignore"):
        on_log = np.where((mean > 0) & (control_mean > 0), on_mean / mean - on_control / control_mean, np.nan)
    return TreatedEffects(
        mean=mean,
        control_mean=control_mean,
        standard_error=(on_mean - on_control).std(axis=0, ddof=1) / np.sqrt(count),
        relative_standard_error=on_log.std(axis=0, ddof=1) / np.sqrt(count),
        effective_controls=float(weight.sum() ** 2 / (weight**2).sum()),
        unmatched_share=float((odds[is_touched] > MOST_ODDS).mean()),
    )


def _learned(features: Floats, is_touched: Bools, outcomes: Floats, folds: Ints) -> tuple[Floats, Floats]:
    """Propensities (customers,), and outcomes expected without a touch, each learned from the other folds."""
    propensity, expected = np.empty(len(features)), np.empty(outcomes.shape)
    for fold in np.unique(folds):
        here, others = folds == fold, folds != fold
        propensity[here] = _likelihood(features[others], is_touched[others], features[here])
        alone = others & ~is_touched
        for column, values in enumerate(outcomes[alone].T):
            expected[here, column] = _expected(features[alone], values, features[here])
    return propensity, expected


def _expected(features: Floats, values: Floats, asked: Floats) -> Floats:
    if features.shape[1] == 0 or (values == values[0]).all():
        return np.full(len(asked), values.mean())
    if np.isin(values, (0.0, 1.0)).all():
        return _likelihood(features, values == 1.0, asked)
    return np.asarray(Ridge(alpha=_RIDGE).fit(features, values).predict(asked), dtype=np.float64)


def _likelihood(features: Floats, happened: Bools, asked: Floats) -> Floats:
    if features.shape[1] == 0:
        return np.full(len(asked), happened.mean())
    model = LogisticRegression(C=_LOGISTIC_C, max_iter=500).fit(features, happened)
    return np.asarray(model.predict_proba(asked)[:, 1], dtype=np.float64)
