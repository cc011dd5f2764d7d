"""A model of who buys within the horizon, learned at a cut: a classifier, and the calibration of its answers.

A classifier is fitted twice, to each half of the customers. Each half's answers for the other half, which it has not
seen, show how far to trust them (the calibration); the mean of both answers new questions, so nothing is fitted to all
once more. A decision tree is one tree, so it is fitted to all besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.predictions.purchase import calibration, expected_buyers, features, text_features
from customer_insight.predictions.purchase.calibration import Calibration
from customer_insight.predictions.purchase.classifiers import bayesian, linear, trees
from customer_insight.predictions.purchase.contract import Classifier, FeatureModel, FitClassifier
from customer_insight.predictions.purchase.expected_buyers import ExpectedBuyers
from customer_insight.predictions.purchase.features import Features, Scaling
from customer_insight.predictions.purchase.purchase_windows import PurchasePast, together

BAYESIAN = "bayesian"
# By rising complexity: of several that do equally well the first is taken.
CLASSIFIERS: dict[str, FitClassifier] = {
    "logistic_regression": linear.logistic_regression,
    "decision_tree": trees.decision_tree,
    "linear_svm": linear.linear_svm,
    "random_forest": trees.random_forest,
    "gradient_boosting": trees.gradient_boosting,
}
MODELS = (BAYESIAN, *CLASSIFIERS)
# Whose mean is no longer what its name says.
_FITTED_TO_ALL = ("decision_tree",)
# Buyers, and as many customers who did not buy, without whom nothing is learned.
MIN_EXAMPLES = 50
# Groups of customers for calibration.
_FOLDS = 2
_AS_IT_IS = Calibration(slope=1.0, level=0.0)


@dataclass(frozen=True)
class Mean:
    """Classifiers of one kind, each fitted to a part of the customers; the answer is their mean."""

    classifiers: list[Classifier]

    def scores(self, values: Floats) -> Floats:
        """Log-odds, shape (customers,)."""
        return np.asarray(np.mean([each.scores(values) for each in self.classifiers], axis=0), dtype=np.float64)

    def effects(self, values: Floats) -> tuple[Floats, float]:
        """Effects (customers, features) and base, which add up to the scores."""
        found = [each.effects(values) for each in self.classifiers]
        effects = np.mean([effects for effects, _ in found], axis=0)
        return np.asarray(effects, dtype=np.float64), float(np.mean([base for _, base in found]))


@dataclass(frozen=True)
class Scaled:
    """A classifier and the scaling of what it reads."""

    scaling: Scaling
    classifier: Classifier

    def scores(self, known: Features) -> Floats:
        """Log-odds, shape (customers,)."""
        return self.classifier.scores(self.scaling.apply(known))

    def effects(self, known: Features) -> tuple[Floats, float]:
        """Effects (customers, features) and base, which add up to the scores."""
        found = np.zeros(known.values.shape)
        found[:, self.scaling.used], base = self.classifier.effects(self.scaling.apply(known))
        return found, base


@dataclass(frozen=True)
class PurchaseModel:
    """name: one of MODELS. expected: from log-odds to probabilities that add up to what is expected; None: as it is."""

    name: str
    model: FeatureModel
    expected: ExpectedBuyers | None

    @property
    def calibration(self) -> Calibration:
        """From log-odds to probabilities."""
        return self.expected.calibration if self.expected else _AS_IT_IS

    def probability(self, known: Features) -> Floats:
        """Of an order within the horizon, shape (customers,)."""
        return self.calibration.probabilities(self.model.scores(known))


class TrainingSet:
    """What can be learned at a cut: the examples of the windows before it, and models made of them."""

    def __init__(self, past: PurchasePast, cut: int) -> None:
        self.past, self.cut, self.rhythm_model = past, cut, past.rhythm_model(cut)
        self._cuts, earlier = past.training_cuts(cut), past.year_before(cut)
        windows = [past.window(at, self.rhythm_model) for at in self._cuts]
        self.year_before: int | None = None  # the number of that window
        if windows and earlier is not None:
            self.year_before = len(windows)
            windows.append(past.window(earlier, self.rhythm_model))
        nobody = past.known(cut, self.rhythm_model).rows(np.zeros(0, dtype=np.int64))
        self.known, self.bought, self.window = together(windows, nobody)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough buyers, and enough others, to learn from."""
        return min(self.buyers, self.others) >= MIN_EXAMPLES

    @cached_property
    def buyers(self) -> int:
        """Examples of customers who bought in a window; each customer is one in each window."""
        return int(self.bought[self._is_fitted].sum())

    @cached_property
    def others(self) -> int:
        """Examples of customers who did not."""
        return int(self._is_fitted.sum()) - self.buyers

    @cached_property
    def _is_fitted(self) -> Bools:
        """Which examples a classifier sees: the window a year before serves the level of the calibration alone."""
        return np.asarray(self.window != self.year_before, dtype=np.bool_)

    def fit(self, name: str) -> PurchaseModel:
        """One of MODELS, learned and calibrated; without enough examples the Bayesian one, as it is."""
        if name == BAYESIAN or not self.is_enough:
            return self._bayesian()
        fit, fits = CLASSIFIERS[name], self._is_fitted
        scaling, values = self.scaled
        log_odds, halves = np.zeros(self.bought.size), []
        for number in range(_FOLDS):
            out = self._fold == number
            rows = fits & ~out
            if len(np.unique(self.bought[rows])) == 2:
                halves.append(fit(values[rows], self.bought[rows]))
                log_odds[out] = halves[-1].scores(values[out])
        is_one = name in _FITTED_TO_ALL or not halves
        classifier = fit(values[fits], self.bought[fits]) if is_one else Mean(halves)
        model = Scaled(scaling, classifier)
        return PurchaseModel(name, model, self._expected(model, log_odds))

    @cached_property
    def scaled(self) -> tuple[Scaling, Floats]:
        """The scaling of what classifiers see, and all examples so scaled: the same for each of them."""
        scaling, values = self._scaled_with_texts
        if self.texts_help:
            return scaling, values
        return scaling.rows(~self._is_text), values[:, ~self._is_text]

    @cached_property
    def _scaled_with_texts(self) -> tuple[Scaling, Floats]:
        scaling = features.scaling(self.known.rows(self._is_fitted))
        return scaling, scaling.apply(self.known)

    @property
    def _is_text(self) -> Bools:
        """Which of the scaled features are of what customers wrote."""
        names = [self.known.names[at] for at in self._scaled_with_texts[0].used]
        return np.isin(names, features.TEXT_FEATURES)

    @cached_property
    def texts_help(self) -> bool:
        """Whether what customers wrote is read: it tells who buys, see `text_features`."""
        fits, values = self._is_fitted, self._scaled_with_texts[1]
        rows = values[fits], self._is_text, self.bought[fits], self.known.customers[fits], self._fold[fits]
        return text_features.help_to_predict(*rows)

    @cached_property
    def _fold(self) -> Ints:
        """The group of each example's customer, by rank: customers who came after the cut have a position, too."""
        return np.asarray(np.unique(self.known.customers, return_inverse=True)[1] % _FOLDS, dtype=np.int64)

    def _bayesian(self) -> PurchaseModel:
        rhythm, days = self.past.rhythm(self.cut), self.past.horizon_days
        model = bayesian.fit(rhythm, self.rhythm_model, days, self.known, self.bought)
        expected = self._expected(model, model.scores(self.known)) if self.is_enough else None
        return PurchaseModel(BAYESIAN, model, expected)

    def _expected(self, model: FeatureModel, log_odds: Floats) -> ExpectedBuyers:
        """log_odds: of all examples, by classifiers that have not seen them."""
        levels = calibration.fit(log_odds, self.bought, self.window, self.year_before)
        errors = np.full((len(self._cuts), expected_buyers.OPINIONS), np.nan)
        for number, at in enumerate(self._cuts):
            rows = self.window == number
            came = int(self.bought[rows].sum())
            errors[number] = expected_buyers.errors_of_window(self.past, at, levels, number, log_odds[rows], came)
        return expected_buyers.expect(self.past, self.cut, levels, model.scores(self.now), errors)

    @cached_property
    def now(self) -> Features:
        """Of the customers known at the cut."""
        if self.cut >= self.past.horizon_days:  # the window that judges holds them
            return self.past.window(self.cut, self.rhythm_model).known
        return self.past.known(self.cut, self.rhythm_model)
