"""Learners of uplift: what treating a customer of these features would bring.

All stand on forecasts of `outcome_forecasts` and know the probability of being treated, since it was drawn.

- t_learner: forecast of the treated less forecast of the others.
- s_learner: one forecast, with the treatment among the features: its answer with it less its answer without.
- x_learner: each customer's outcome less the other arm's forecast, foretold in each arm and mixed.
- transformed_outcome: the outcome weighted by the inverse probability, whose mean is the effect, foretold. The common
  mean is taken off before, which changes no expectation and much noise.
- response: the forecast of the treated, which says who responds and not who is moved: what others are measured by.

Sources: Künzel et al., PNAS 2019 (S, T, X); Athey and Imbens 2015 (transformed outcome).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from customer_insight.campaigns import outcome_forecasts
from customer_insight.campaigns.outcome_forecasts import FeatureScale, Forecast
from customer_insight.numerics.arrays import Bools, Floats, Ints

# Rows that are scored at a time.
_BLOCK_ROWS = 1 << 17

RESPONSE = "response"
# By rising complexity.
LEARNERS = [RESPONSE, "transformed_outcome", "s_learner", "t_learner", "x_learner"]


@dataclass(frozen=True)
class UpliftLearners:
    """All learners, fitted to the same customers. share: of them that were treated, by probability."""

    scale: FeatureScale
    if_treated: Forecast
    if_not: Forecast
    with_treatment: Forecast
    transformed: Forecast
    of_treated: Forecast
    of_others: Forecast
    share: float

    def outcomes(self, values: Floats) -> tuple[Floats, Floats]:
        """Foretold outcomes if treated, and if not; shapes (customers,)."""
        seen = self.scale.codes(values), self.scale.terms(values)
        return self.if_treated.of(*seen), self.if_not.of(*seen)

    def all_scores(self, values: Floats, if_treated: Floats, if_not: Floats) -> Floats:
        """What each of LEARNERS says of each customer, shape (customers, learners); outcomes as they were foretold."""
        known = {RESPONSE: if_treated, "t_learner": if_treated - if_not}
        seen = self.scale.codes(values), self.scale.terms(values)
        return np.column_stack([known[name] if name in known else self._scores(name, *seen) for name in LEARNERS])

    def scores(self, values: Floats, name: str) -> Floats:
        """What one learner says of any number of customers, shape (customers,)."""
        found = np.empty(len(values))
        for start in range(0, len(values), _BLOCK_ROWS):
            rows = slice(start, start + _BLOCK_ROWS)
            found[rows] = self._scores(name, self.scale.codes(values[rows]), self.scale.terms(values[rows]))
        return found

    def _scores(self, name: str, codes: Floats, terms: Floats) -> Floats:
        if name == RESPONSE:
            return self.if_treated.of(codes, terms)
        if name == "transformed_outcome":
            return self.transformed.of(codes, terms)
        if name == "s_learner":
            treated, others = (
                self.with_treatment.of(*_beside(codes, terms, np.full(len(codes), given))) for given in (1.0, 0.0)
            )
            return treated - others
        if name == "t_learner":
            return self.if_treated.of(codes, terms) - self.if_not.of(codes, terms)
        # the arm with more customers foretells the outcomes of the other arm better, so that one's answer counts more
        return (1 - self.share) * self.of_treated.of(codes, terms) + self.share * self.of_others.of(codes, terms)


def fit(values: Floats, outcome: Floats, is_treated: Bools, propensity: Floats) -> UpliftLearners:
    """From features (customers, features), outcomes, who was treated and with which probability."""
    scale = outcome_forecasts.scale_of(values)
    codes, terms = scale.codes(values), scale.terms(values)
    weight = np.where(is_treated, 1 / propensity, 1 / (1 - propensity))
    treated, others = np.flatnonzero(is_treated), np.flatnonzero(~is_treated)

    def learned(rows: Ints, target: Floats) -> Forecast:
        return outcome_forecasts.fit(codes[rows], terms[rows], target, weight[rows])

    if_treated, if_not = learned(treated, outcome[treated]), learned(others, outcome[others])
    sign = np.where(is_treated, weight, -weight)
    mean = float(weight @ outcome / weight.sum())
    return UpliftLearners(
        scale=scale,
        if_treated=if_treated,
        if_not=if_not,
        with_treatment=outcome_forecasts.fit(*_beside(codes, terms, is_treated.astype(np.float64)), outcome, weight),
        transformed=outcome_forecasts.fit(codes, terms, sign * (outcome - mean), np.ones(outcome.size)),
        of_treated=learned(treated, outcome[treated] - if_not.of(codes[treated], terms[treated])),
        of_others=learned(others, if_treated.of(codes[others], terms[others]) - outcome[others]),
        share=float(propensity.mean()),
    )


def _beside(codes: Floats, terms: Floats, given: Floats) -> tuple[Floats, Floats]:
    """Codes with the treatment among them, and terms with it and its products."""
    away = (given - 0.5)[:, None]
    return np.column_stack([codes, given]), np.column_stack([terms, away, terms * away])
