"""The Bayesian answer: the value model's posterior probability that a customer with such a rhythm orders again.

What moved it: exact Shapley values over its three inputs, against a typical customer. Sources: Fader, Hardie and Lee
2005 (the models); Shapley 1953.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from customer_insight.numerics.arrays import Bools, Floats
from customer_insight.predictions.purchase.features import RHYTHM_INPUTS, Features
from customer_insight.predictions.purchase.rhythm import PurchaseRhythm, log_odds

# Shapley's weights for three players, by how many others are known.
_WEIGHTS = (1 / 3, 1 / 6, 1 / 3)


@dataclass(frozen=True)
class Bayesian:
    """rhythm, kind: the fitted value model. typical: of the RHYTHM_INPUTS. newcomer: log-odds without an order."""

    rhythm: PurchaseRhythm
    kind: str
    horizon_days: int
    typical: Floats
    newcomer: float

    def scores(self, known: Features) -> Floats:
        """Log-odds, shape (customers,)."""
        return np.nan_to_num(known.values[:, known.names.index("rhythm_log_odds")], nan=self.newcomer)

    def effects(self, known: Features) -> tuple[Floats, float]:
        """Effects (customers, features) and base, which add up to the scores."""
        found = np.zeros(known.values.shape)
        own = known.values[:, [known.names.index(name) for name in RHYTHM_INPUTS]]
        has_ordered = (own[:, 0] > 0) & bool(self.typical.size)
        base = self._answer(self.typical[None, :])[0] if self.typical.size else self.newcomer
        if has_ordered.any():
            shares = self._shapley(own[has_ordered])
            for place, name in enumerate(RHYTHM_INPUTS):
                found[has_ordered, known.names.index(name)] = shares[:, place]
        found[~has_ordered, known.names.index("has_ordered")] = self.newcomer - base
        return found, float(base)

    def _shapley(self, own: Floats) -> Floats:
        answers = {
            known: self._answer(np.where(np.array(known), own, self.typical))
            for known in product((False, True), repeat=len(RHYTHM_INPUTS))
        }
        effects = np.zeros(own.shape)
        for known, answer in answers.items():
            size = sum(known)
            for place, is_known in enumerate(known):
                effects[:, place] += answer * (_WEIGHTS[size - 1] if is_known else -_WEIGHTS[size])
        return effects

    def _answer(self, inputs: Floats) -> Floats:
        return self.rhythm.log_odds(self.kind, self.horizon_days, *inputs.T)


def fit(rhythm: PurchaseRhythm, kind: str, horizon_days: int, known: Features, bought: Bools) -> Bayesian:
    """rhythm: as of the moment. known, bought: examples of earlier windows, for those who have not ordered yet."""
    has_ordered = known.values[:, known.names.index("has_ordered")] > 0
    first_orders = bought[~has_ordered]
    share = (first_orders.sum() + 1.0) / (first_orders.size + 20.0)
    typical = np.zeros(0)
    if rhythm.buyers.size:
        typical = np.array([np.median(part) for part in (rhythm.order_days, rhythm.since_last, rhythm.since_first)])
    return Bayesian(rhythm, kind, horizon_days, typical, float(log_odds(np.array([share]))[0]))
