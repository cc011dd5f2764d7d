"""What a classifier is: fitted to examples, it scores customers in log-odds and says what moved each answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.predictions.purchase.features import Features
from customer_insight.scoring.contract import Asked, Scorer


class Explained(Scorer[Asked, Floats], Protocol[Asked]):
    """Scores are log-odds of a purchase before calibration, shape (customers,)."""

    def effects(self, asked: Asked, /) -> tuple[Floats, float]:
        """Effects (customers, features) and base, which add up to the scores."""
        ...


# Reads scaled features, shape (customers, features).
Classifier: TypeAlias = Explained[Floats]

# From scaled features and who bought; both outcomes must occur.
FitClassifier: TypeAlias = Callable[[Floats, Bools], Classifier]

# Reads features as they are.
FeatureModel: TypeAlias = Explained[Features]
