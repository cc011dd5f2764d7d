"""Sums of weighted features: logistic regression and the linear support vector machine.

Sources: Cox 1958 (logistic regression); Cortes and Vapnik, Machine Learning 1995 (support vectors); Fan et al., JMLR
2008 (the solver).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from customer_insight.numerics import SEED
from customer_insight.numerics.arrays import Bools, Floats

# Strength of the prior: weak, since features are few and customers many.
_REGRESSION_C = 1.0
_MACHINE_C = 0.1
# Nearer to the optimum the order of customers stays the same.
_MACHINE_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Linear:
    """weights: (features,). Features have mean 0 where the model learned, so the intercept is the average answer."""

    weights: Floats
    intercept: float

    def scores(self, values: Floats) -> Floats:
        """Log-odds, shape (customers,); of the support vector machine the distance from the border."""
        return np.asarray(values @ self.weights + self.intercept, dtype=np.float64)

    def effects(self, values: Floats) -> tuple[Floats, float]:
        """Effects (customers, features) and base, which add up to the scores."""
        return values * self.weights, self.intercept


def logistic_regression(values: Floats, bought: Bools) -> Linear:
    """Learned from values (customers, features) and who bought; both outcomes must occur."""
    model = LogisticRegression(C=_REGRESSION_C, solver="newton-cholesky", tol=1e-6).fit(values, bought)
    return Linear(np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0]))


def linear_svm(values: Floats, bought: Bools) -> Linear:
    """The same with the squared hinge loss."""
    model = LinearSVC(C=_MACHINE_C, dual=False, tol=_MACHINE_TOLERANCE, max_iter=2000, random_state=SEED).fit(
        values, bought
    )
    return Linear(np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0]))
