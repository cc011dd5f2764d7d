"""How likely a customer buys a recommended product within the horizon: a base rate, updated by what the customer did.

Bayes' rule in odds: logit p = logit(base rate of the product) + sum over the evidence of ln(share of the bought pairs
with this evidence / share of the others), the pieces of evidence taken as independent. Since they are not quite, the
sum is calibrated by a logistic curve learned on customers that the shares were not counted on. Evidence: own purchases
of the product and where the customer is in the cycle, carts, views, how lively the customer is, and the list's order.

Sources: Good, Probability and the Weighing of Evidence, 1950; Platt 1999 (the curve); Niculescu-Mizil and Caruana,
ICML 2005 (why naive Bayes needs it).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from customer_insight.numerics import arrays, ranking
from customer_insight.numerics.arrays import Bools, Floats, Ints
from customer_insight.recommendations.history.history import History
from customer_insight.recommendations.history.pair_facts import facts_of
from customer_insight.recommendations.proposing.candidates import Candidates

# Bought recommendations without which nothing is learned.
MIN_POSITIVES = 50
# Pairs with everybody's share that a bucket starts with.
_PRIOR_PAIRS = 20.0
# Groups of customers, of which each is judged by what the others taught.
_FOLDS = 5


@dataclass(frozen=True)
class EvidenceBuckets:
    """prior: logit of the base rate; buckets: (recommendations, kinds of evidence), numbers from 0."""

    prior: Floats
    buckets: Ints


class PurchaseEvidence:
    """What is known, at a history's moment, of any recommendation."""

    def __init__(self, history: History, horizon_days: int) -> None:
        self.history = history
        catalogue = history.catalogue
        recent = (history.age < horizon_days) & (history.demand > 0)
        buyers = arrays.distinct(catalogue.keys(history.customer[recent], history.product[recent]))
        bought = np.bincount(catalogue.split(buyers)[1], minlength=max(1, catalogue.count))
        known = max(1, int((np.diff(history.owned.indptr) > 0).sum()))
        rate = np.clip((bought + bought.mean()) / (known + 1), 1e-6, 0.5)
        self.prior = np.log(rate / (1 - rate))

    def find_buckets(self, lists: Candidates, customers: Ints, places: Ints | None = None) -> EvidenceBuckets:
        """The evidence of lists of these customers (positions); places: those that the strategy gave (their order)."""
        ranks = ranking.ranks(lists.customer) if places is None else places
        facts = facts_of(self.history).find(customers[lists.customer], lists.product)
        cycle = np.digitize(np.nan_to_num(facts["cycle"], nan=-1.0), [0.0, 0.5, 1.0, 1.5, 3.0])
        recency = np.digitize(np.nan_to_num(facts["age"], nan=np.inf), [3, 10, 30, 90])
        rhythm = np.digitize(np.nan_to_num(facts["customer_age"], nan=np.inf), [3, 10, 30, 60, 120, 240])
        buckets = [
            np.digitize(facts["purchases"], [1, 2, 3, 6]) * 6 + cycle,
            np.digitize(facts["carts"], [1, 2]) * 5 + recency,
            np.digitize(facts["views"], [1, 2, 4]) * 5 + recency,
            np.digitize(facts["customer_baskets"], [1, 2, 4, 10, 30]) * 7 + rhythm,
            np.digitize(ranks, [2, 4, 7]),
        ]
        return EvidenceBuckets(self.prior[lists.product], np.column_stack(buckets).astype(np.int64))


@dataclass(frozen=True)
class PurchaseProbability:
    """ratios: ln likelihood ratio of each bucket of each kind of evidence; curve: the calibration; season: see `at`."""

    ratios: list[Floats]
    curve: LogisticRegression
    season: float = 0.0

    @property
    def trust_in_base_rate(self) -> float:
        """The weight of how often a product is bought, in log-odds."""
        return float(self.curve.coef_[0, 0])

    def at(self, season: float) -> PurchaseProbability:
        """The same with so much added to the log-odds of all."""
        return replace(self, season=season)

    def probabilities(self, evidence: EvidenceBuckets) -> Floats:
        """Probabilities, shape (recommendations,)."""
        if evidence.prior.size == 0:
            return np.zeros(0)
        columns = np.column_stack([evidence.prior, _total(evidence.buckets, self.ratios)])
        return np.asarray(expit(self.curve.decision_function(columns) + self.season), dtype=np.float64)


def fit(evidence: EvidenceBuckets, is_bought: Bools, customer: Ints) -> PurchaseProbability | None:
    """From recommendations made before a window, bought in it or not; None where too few were.

    customer: of each recommendation; the curve is learned on groups of customers left out of the counting.
    """
    if int(is_bought.sum()) < MIN_POSITIVES or is_bought.all():
        return None
    fold = customer % _FOLDS
    total = np.zeros(is_bought.size)
    for number in range(_FOLDS):
        out = fold == number
        total[out] = _total(evidence.buckets[out], _ratios(evidence.buckets[~out], is_bought[~out]))
    curve = LogisticRegression(C=1.0).fit(np.column_stack([evidence.prior, total]), is_bought)
    return PurchaseProbability(_ratios(evidence.buckets, is_bought), curve)


def _ratios(buckets: Ints, is_bought: Bools) -> list[Floats]:
    """Logarithms of P(bucket | bought) / P(bucket | not bought), drawn towards 0 where few were seen."""
    overall = (is_bought.sum() + 1) / (is_bought.size + 2)
    found: list[Floats] = []
    for column in buckets.T:
        count = np.bincount(column, minlength=64).astype(np.float64)
        bought = np.bincount(column, weights=is_bought, minlength=64)
        rate = (bought + _PRIOR_PAIRS * overall) / (count + _PRIOR_PAIRS)
        found.append(np.log(rate / (1 - rate)) - np.log(overall / (1 - overall)))
    return found


def _total(buckets: Ints, ratios: list[Floats]) -> Floats:
    parts = [ratio[column] for ratio, column in zip(ratios, buckets.T, strict=True)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
